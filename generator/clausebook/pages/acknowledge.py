"""The pages on which staff confirm that they have read: of one policy, or of all that a campaign asks for."""

from __future__ import annotations

from clausebook.compare.revisions.changesets import changesets_to_now
from clausebook.model import Campaign
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.pages import trust_views as views
from clausebook.pages.page import Page
from clausebook.pages.privacy import privacy_notice
from clausebook.quizzes import TakenQuiz, take_quiz


def acknowledge_view(policy: Policy, revision: Revision, trust: Trust, handbook: Handbook) -> views.Acknowledge:
    """A policy's own page: where it is signed alone, or read on the way where a campaign asks for it together with others."""
    asking = trust.campaigns_for(policy.id)
    alone = tuple(campaign for campaign in asking if campaign.path == f"{policy.id}/acknowledge")
    together = tuple(campaign for campaign in asking if campaign not in alone)
    by_link = bool(trust.keys and asking)
    return views.Acknowledge(
        trust, handbook, (_asked(policy, revision, trust, handbook, by_link),), alone, together, trust.statement_for(revision),
        privacy_notice(trust), by_link,
    )  # fmt: skip


def campaign_page(campaign: Campaign, quiz: TakenQuiz | None, trust: Trust, handbook: Handbook) -> Page:
    """The page of a campaign that asks for several policies; of an academy where `trust` is as it is for one."""
    by_link, policies = bool(trust.keys), [trust.policy(policy) for policy in campaign.policies]
    asked = tuple(_asked(policy, policy.current, trust, handbook, by_link) for policy in policies)
    view = views.Acknowledge(
        trust, handbook, asked, (campaign,), (), campaign.statement, privacy_notice(trust), by_link,
        quiz if by_link else None,
    )  # fmt: skip
    return Page(
        f"{trust.at_folder}{campaign.path}",
        f"Read and confirm, {campaign.id}",
        "trust/acknowledge.md",
        view,
        hide=("navigation", "toc"),
        in_nav=trust.academy is None,
        in_search=trust.academy is None,
    )


def _asked(policy: Policy, revision: Revision, trust: Trust, handbook: Handbook, by_link: bool) -> views.AskedPolicy:
    own = handbook.trust(trust.id).policy(
        policy.id
    )  # the quizzes and the changes of the trust's text are for all academies
    taken = take_quiz(trust, own.current, handbook)
    if not by_link:
        return views.AskedPolicy(policy, revision, taken)
    deltas = (take_quiz(trust, own.current, handbook, past) for past in own.past)
    return views.AskedPolicy(
        policy,
        revision,
        taken,
        [delta for delta in deltas if delta],
        changesets_to_now(own),
    )
