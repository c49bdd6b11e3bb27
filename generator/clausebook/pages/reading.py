"""What the staff of a trust are to read: the policies that a campaign asks for, or that new staff are given, and all others by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clausebook.model import Role
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.pages.page import reading_minutes
from clausebook.quizzes import TakenQuiz


@dataclass(frozen=True)
class Reading:
    """A policy in force as something to read: for whom, how long it takes with its quiz, and by when."""

    revision: Revision
    kind: str
    roles: tuple[str, ...]
    """Whom it is for."""
    minutes: int
    """To read it, and to take its quiz where it has one of its own."""
    due: str | None
    """The day by which a campaign asks for it; None where none does."""
    is_owed: bool
    """Whether somebody must read it: a campaign asks for it, or new staff are given it."""
    quiz: TakenQuiz | None
    """The quiz of its own that goes with it; None where there is none, or one on all policies of a campaign."""
    acknowledge: str
    """The page on which it is acknowledged, below the trust's site."""


def find_readings(trust: Trust, handbook: Handbook, quizzes: Mapping[str, TakenQuiz]) -> tuple[Reading, ...]:
    """Every policy in force: those that are owed first, in the order in which they are due, then the others by kind and title.

    What a campaign asks for by one day stands as the campaign names it: it is to be read in that order.
    """
    named = tuple(dict.fromkeys(policy for campaign in trust.campaigns for policy in campaign.policies))
    found = [
        _reading(trust, policy, policy.in_force, quizzes, handbook) for policy in trust.policies if policy.in_force
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                not one.is_owed,
                one.due or "9999",
                named.index(one.revision.policy) if one.due else 0,
                "" if one.is_owed else one.kind,
                one.revision.record.title,
            ),
        )
    )


def _reading(
    trust: Trust, policy: Policy, revision: Revision, quizzes: Mapping[str, TakenQuiz], handbook: Handbook
) -> Reading:
    campaigns, record, kind = trust.campaigns_for(policy.id), policy.record, policy.kind
    asked = tuple(dict.fromkeys(role for one in campaigns for role in one.roles))
    bound = tuple(role.id for role in handbook.roles if role.id in revision.record.binds)
    taken = None if any(campaign.has_one_quiz for campaign in campaigns) else quizzes.get(policy.id)
    at_induction = kind is not None and kind.at_induction.value if record.at_induction is None else record.at_induction
    return Reading(
        revision, kind.label if kind else "Other policies", asked or record.audience or bound,
        reading_minutes(revision) + (taken.minutes if taken else 0), min((one.due for one in campaigns), default=None),
        bool(campaigns) or at_induction, taken,
        campaigns[0].path if campaigns else f"{policy.id}/acknowledge",
    )  # fmt: skip


def roles_of(readings: tuple[Reading, ...], handbook: Handbook) -> tuple[Role, ...]:
    """The roles that something is for, in the order of the shared list."""
    found = {role for one in readings for role in one.roles}
    return tuple(role for role in handbook.roles if role.id in found)
