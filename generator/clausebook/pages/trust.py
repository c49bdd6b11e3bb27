"""Which pages a trust's site has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from clausebook.compare.departures import departures_of
from clausebook.compare.nearest import Key, Near
from clausebook.compare.revisions.changesets import clause_histories
from clausebook.compare.revisions.provenance import whose_clauses
from clausebook.findings.find import Finding
from clausebook.findings.policy_register import find_register
from clausebook.findings.rights_and_duties import find_balance, find_consequences, find_prohibitions
from clausebook.model import Question
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.pages import trust_views as views
from clausebook.pages.academies import academy_pages
from clausebook.pages.acknowledge import acknowledge_view, campaign_page
from clausebook.pages.departures import departures_page
from clausebook.pages.page import (
    Page,
    answered,
    answered_elsewhere,
    answers_by_group,
    answers_of_trust,
    guide_groups,
    not_looked_at,
    notes_by_clause,
    place_gaps,
    roles_bound,
)
from clausebook.pages.reading_list import reading_list
from clausebook.pages.revisions import draft_pages, revision_pages, withdrawn_pages
from clausebook.pages.rules import choose_rules
from clausebook.pages.terms import find_terms
from clausebook.pages.trust_views import OtherTrusts
from clausebook.quizzes import TakenQuiz, draw_options, may_offer_course, take_campaign_quiz, take_quiz


def others_of(trust: Trust, handbook: Handbook, nearest: Mapping[Key, tuple[Near, ...]]) -> OtherTrusts:
    """What the pages of `trust` show of the other trusts. `nearest`: what find_nearest found in the handbook."""
    near = {
        key: nearest[key]
        for one in trust.in_force for clause in one.clauses if nearest.get(key := (trust.id, one.policy, clause.id))
    }  # fmt: skip
    named = {one.clause.trust for found in near.values() for one in found}
    names = {name: handbook.short_names[name] for name in sorted(named)}
    return OtherTrusts(near, names, handbook.compared_topics)


def trust_pages(
    trust: Trust,
    handbook: Handbook,
    findings: tuple[Finding, ...],
    others: OtherTrusts,
    as_of: date,
    *,
    drafts: bool = False,
) -> tuple[Page, ...]:
    """Every page of one trust's site on the day `as_of`, in the order of its navigation. `handbook` may have that trust alone."""
    own = tuple(
        found for found in findings if found.trust == trust.id and found.kind != "doubtful" and not found.academy
    )
    quizzes = {revision.policy: taken for revision in trust.in_force if (taken := take_quiz(trust, revision, handbook))}
    campaign_quizzes = {
        campaign.id: taken for campaign in trust.campaigns if (taken := take_campaign_quiz(trust, campaign, handbook))
    }
    pages = [_home(trust, handbook, own, quizzes, campaign_quizzes)]
    if len(trust.in_force) > 1:
        answers = views.TrustAnswers(trust, handbook, answers_of_trust(trust, handbook))
        pages.append(Page("questions", "Questions", "trust/all-questions.md", answers))
    for policy in trust.policies:
        own_pages: list[Page] = []
        if policy.in_force:
            own_pages += _policy_pages(trust, policy, policy.in_force, handbook, own, others)
        elif policy.shown:
            own_pages += withdrawn_pages(trust, policy, policy.shown, handbook, others.compared_topics)
        own_pages += revision_pages(trust, policy, handbook, others.compared_topics)
        own_pages += draft_pages(trust, policy, handbook, others.compared_topics) if drafts else ()
        pages += [_in_section(page, policy) for page in own_pages] if len(trust.in_force) > 1 else own_pages
    courses = [campaign.id for campaign in trust.campaigns if may_offer_course(trust, campaign, handbook)]
    pages += [
        Page(taken.path, f"Check yourself: policies of {taken.campaign}", "trust/quiz.md", views.CampaignQuizPage(trust, handbook, taken, draw_options),
             hide=("navigation", "toc"), in_nav=False, in_search=False)
        for taken in campaign_quizzes.values()
    ]  # fmt: skip
    pages += [
        campaign_page(campaign, campaign_quizzes.get(campaign.id), trust, handbook)
        for campaign in trust.campaigns
        if len(campaign.policies) > 1
    ]
    pages += academy_pages(trust, handbook, quizzes, campaign_quizzes, as_of)
    register = find_register(trust, handbook, as_of, drafts=drafts)
    pages.append(
        Page(
            "policies",
            "Policies",
            "trust/policies.md",
            views.PolicyRegister(trust, handbook, register),
            hide=("navigation", "toc"),
        )
    )
    pages.append(
        Page("downloads", "Downloads", "trust/downloads.md", views.Downloads(trust, quizzes, campaign_quizzes, courses))
    )
    return tuple(pages)


def _home(
    trust: Trust,
    handbook: Handbook,
    own: tuple[Finding, ...],
    quizzes: dict[str, TakenQuiz],
    campaign_quizzes: dict[str, TakenQuiz],
) -> Page:
    """What a member of staff is to do. A trust with one policy has its three steps; one with several has a list to read."""
    hide = ("navigation", "toc")
    if len(trust.in_force) <= 1:
        view = views.TrustHome(trust, handbook, own, quizzes)
        return Page("", trust.record.short_name, "trust/home.md", view, _banner_of_trust(trust, own), hide=hide)
    many = reading_list(trust, handbook, quizzes, campaign_quizzes)
    return Page("", trust.record.short_name, "trust/home-of-many.md", many, _banner_of_trust(trust, own), hide=hide)


def _banner_of_trust(trust: Trust, findings: tuple[Finding, ...]) -> str | None:
    """As `_banner`; where there are several policies, it names the one that is meant, or says how many are."""
    said, overdue = _banner(findings), [found for found in findings if found.kind == "overdue"]
    if not said or not trust.has_several:
        return said
    if len(overdue) > 1:
        return f"{len(overdue)} policies are past their review dates. They still apply."
    return f"{trust.policy(overdue[0].policy).title}: {said}"


def _banner(findings: tuple[Finding, ...]) -> str | None:
    overdue = (found for found in findings if found.kind == "overdue")
    return next((f"{found.what} It still applies." for found in overdue), None)


def _policy_pages(
    trust: Trust, policy: Policy, revision: Revision, handbook: Handbook, own: tuple[Finding, ...],
    others: OtherTrusts,
) -> list[Page]:  # fmt: skip
    findings = tuple(found for found in own if (found.policy, found.revision) == (policy.id, revision.id))
    taken = take_quiz(trust, revision, handbook)
    shared = views.OfRevision(trust, policy, revision, handbook, findings, notes_by_clause(findings), taken is not None,
                                departures_of(revision, handbook))  # fmt: skip
    cells, elsewhere = answered(revision, handbook), answered_elsewhere(trust, revision, handbook)
    roles, name = roles_bound(revision, handbook), revision.policy
    pages = [
        Page(name, revision.record.title, "trust/policy.md", views.PolicyText(
            shared, roles, place_gaps(revision), _questions_by_clause(handbook, revision), others,
            clause_histories(policy, handbook.role_labels), *find_terms(revision, handbook.terms),
            whose_clauses(policy, revision),
        ), _banner(findings)),
        Page(f"{name}/quick-guide", "Quick guide", "trust/quick-guide.md", views.QuickGuide(
            shared, choose_rules(revision, handbook), guide_groups(cells, elsewhere), roles)),
        Page(f"{name}/questions", "Questions and answers", "trust/questions.md", views.Answers(
            shared, answers_by_group(revision, handbook), not_looked_at(revision, handbook), elsewhere)),
        Page(f"{name}/rights-and-duties", "Rights and duties", "trust/rights-and-duties.md", views.RightsAndDuties(
            shared, find_consequences(revision), "consequences" in revision.record.model_fields_set, find_prohibitions(revision),
            find_balance(revision, handbook),
        )),
    ]  # fmt: skip
    if taken:
        pages.append(_quiz_page(taken, "Check yourself", shared))
    pages += [
        _quiz_page(delta, f"Check what changed since {past.id}", shared)
        for past in policy.past if (delta := take_quiz(trust, revision, handbook, past))
    ]  # fmt: skip
    pages += [
        Page(f"{name}/acknowledge", "Confirm", "trust/acknowledge.md", acknowledge_view(policy, revision, trust, handbook), hide=("navigation", "toc")),
        *departures_page(shared),
        Page(f"{name}/document", "About the document", "trust/document.md", shared),
    ]  # fmt: skip
    return pages


def _in_section(page: Page, policy: Policy) -> Page:
    """A page of one of several policies: its title names the policy, and the menu has it below that."""
    if page.path == policy.id:
        return replace(page, section=policy.title, menu="The whole policy", hide=())
    hide = page.hide if "toc" in page.hide else ()
    title = page.title if policy.title in page.title else f"{page.title}: {policy.title}"
    return replace(page, title=title, section=policy.title, menu=page.title, hide=hide)


def _quiz_page(taken: TakenQuiz, title: str, shared: views.OfRevision) -> Page:
    return Page(taken.path, title, "trust/quiz.md", views.QuizPage(shared, taken, draw_options), hide=("navigation", "toc"),
                in_nav=taken.since is None, in_search=taken.since is None)  # fmt: skip


def _questions_by_clause(handbook: Handbook, revision: Revision) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in handbook.questions:
        if position := revision.record.positions.get(question.id):
            for clause in position.clauses:
                found.setdefault(clause, []).append(question)
    return found
