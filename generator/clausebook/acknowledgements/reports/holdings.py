"""Who holds which revision, and which changed clauses each still owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.acknowledgements.campaigns.carry_forward import Asks, judge, owed_clauses
from clausebook.acknowledgements.campaigns.owed_texts import OwedTexts, key_of
from clausebook.acknowledgements.desk.academy_texts import AcademyTexts
from clausebook.acknowledgements.register.standings import Asked, Signed, Standing
from clausebook.acknowledgements.reports.cases import Case
from clausebook.compare.revisions.clause_diffs import ClauseDiff, say_all
from clausebook.model.citation import heading_of, number_of
from clausebook.model.clause import Clause
from clausebook.model.handbook import Policy, Revision, Trust


@dataclass(frozen=True)
class Holding:
    """What one person holds of one policy, and what they owe of it."""

    case: Case
    holds: Signed | None
    """Of the newest revision that they acknowledged, in whatever way."""
    owes: str
    """The revision that they owe; empty where none."""
    is_asked: bool
    """Whether a link asks them for it; otherwise `issue` has not been run since that revision came."""
    since: str
    """The revision since which only the changes are to be read; empty where they owe the whole of it."""
    clauses: tuple[str, ...]
    """Of the changes: the ids of those clauses that changed in substance and bind them."""
    diffs: tuple[ClauseDiff, ...] = ()
    """Of what a link asks for: these changes themselves."""


@dataclass(frozen=True)
class OwedClause:
    """A clause that changed in substance, and how many still owe it."""

    policy: str
    revision: str
    since: str
    clause: str
    place: str
    """Its number with its section's heading."""
    what: str
    """What changed, in a sentence."""
    count: int


def find_holdings(cases: Sequence[Case], trust: Trust, kept: AcademyTexts, day: date) -> tuple[Holding, ...]:
    """A holding for each case but those who have left; in the order of the cases. `kept` are the texts of academies."""
    texts = {policy.id: OwedTexts(trust, policy, kept) for policy in trust.policies}
    return tuple(
        _holding(case, texts[case.policy], day) for case in cases if case.state != "left" and case.policy in texts
    )


def _newest(standing: Standing, policy: Policy) -> Signed | None:
    """The newest revision that somebody holds; of revisions that the handbook has lost, the last to be signed."""
    order = {revision.id: -place for place, revision in enumerate(policy.revisions)}
    return max(standing.signed, key=lambda one: (order.get(one.revision, -len(order)), one.day), default=None)


def _holding(case: Case, texts: OwedTexts, day: date) -> Holding:
    holds = _newest(case.standing, texts.policy)
    if case.is_outstanding:
        diffs = _asked_for(case.standing, case.standing.asked[-1], texts, case.person.roles)
        return Holding(case, holds, case.revision, True, case.since, tuple(diff.clause for diff in diffs), diffs)
    now = texts.policy.in_force
    if now and case.is_done and _has_come(now, day):
        text = texts.of(case.person)
        judged = None if case.standing.signed_of(key_of(text)) else judge(case.standing, texts, text, case.person.roles)
        if isinstance(judged, Asks):
            return Holding(case, holds, now.id, False, judged.since, judged.clauses)
    return Holding(case, holds, "", False, "", ())


def _asked_for(standing: Standing, asked: Asked, texts: OwedTexts, roles: Sequence[str]) -> tuple[ClauseDiff, ...]:
    """The changes that a link asks for: since what its person read last when it was issued."""
    read = [one for one in standing.signed if one.revision == asked.since and one.how != "carried"]
    text = texts.find(asked)
    return owed_clauses(texts.changed(read[-1], text), roles) if read and text else ()


def _has_come(revision: Revision, day: date) -> bool:
    """Whether the revision that is in force now was so on `day`, as far as it says from when it holds."""
    starts = revision.record.dates.starts
    return starts is None or starts[1] <= day.isoformat()


def count_owed_clauses(holdings: Sequence[Holding], roles: Mapping[str, str]) -> tuple[OwedClause, ...]:
    """For each clause that somebody still owes, how many do; the most first. `roles` has each role's label by its id."""
    count: Counter[tuple[str, str, str, str, str]] = Counter()
    told: dict[tuple[str, str, str, str, str], ClauseDiff] = {}
    for holding in holdings:
        academy = holding.case.standing.asked[-1].academy if holding.diffs else ""
        for diff in holding.diffs:
            key = (
                holding.case.policy,
                holding.owes,
                holding.since,
                diff.clause,
                academy if diff.place.of_academy else "",
            )
            told[key] = diff
            count[key] += 1
    found = (
        OwedClause(policy, revision, since, clause, place_of(diff.place), say_all(diff, roles), count[key])
        for key, diff in told.items()
        for policy, revision, since, clause, _ in [key]
    )
    return tuple(sorted(found, key=lambda one: (-one.count, one.policy, one.revision, one.clause)))


def place_of(clause: Clause) -> str:
    """How a reader finds a clause: its number and its section's heading."""
    return f"{number_of(clause)} {heading_of(clause)}" if clause.number else number_of(clause)
