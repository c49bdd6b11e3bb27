"""Who holds which revision, and which changed clauses each still owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.acknowledgements.campaigns.carry_forward import Asks, Deltas, judge, material_changes, owed_clauses
from clausebook.acknowledgements.register.standings import Signed, Standing
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


class Ladder:
    """The revisions of one policy, with what changed in substance from each to each, worked out once."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._deltas: dict[str, Deltas] = {}
        self._order = {revision.id: -place for place, revision in enumerate(policy.revisions)}

    def newest(self, standing: Standing) -> Signed | None:
        """The newest revision that somebody holds; of revisions that the handbook has lost, the last to be signed."""
        lowest = -len(self._order)
        return max(standing.signed, key=lambda one: (self._order.get(one.revision, lowest), one.day), default=None)

    def series_to(self, revision: str) -> Policy | None:
        """The policy as it was when `revision` was in force."""
        revisions = self._policy.revisions
        place = next((place for place, one in enumerate(revisions) if one.id == revision), None)
        return None if place is None else Policy(self._policy.id, revisions[place], revisions[place + 1 :], None)

    def deltas(self, revision: str) -> Deltas:
        """From each earlier revision to `revision`."""
        if revision not in self._deltas:
            policy = self.series_to(revision)
            self._deltas[revision] = material_changes(policy) if policy else {}
        return self._deltas[revision]

    def changed(self, since: str, revision: str, roles: Sequence[str]) -> tuple[ClauseDiff, ...]:
        """What changed in substance from one to the other and binds somebody with `roles`."""
        return owed_clauses(self.deltas(revision).get(since, ()), roles)


def find_holdings(cases: Sequence[Case], trust: Trust, day: date) -> tuple[Holding, ...]:
    """A holding for each case but those who have left; in the order of the cases."""
    ladders = {policy.id: (policy, Ladder(policy)) for policy in trust.policies}
    return tuple(
        _holding(case, *ladders[case.policy], day) for case in cases if case.state != "left" and case.policy in ladders
    )


def _holding(case: Case, policy: Policy, ladder: Ladder, day: date) -> Holding:
    holds = ladder.newest(case.standing)
    if case.is_outstanding:
        diffs = ladder.changed(case.since, case.revision, case.person.roles)
        return Holding(case, holds, case.revision, True, case.since, tuple(diff.clause for diff in diffs))
    now = policy.in_force
    if now and case.is_done and _has_come(now, day) and not case.standing.signed_of(now.id):
        deltas = ladder.deltas(now.id)
        judged = judge(case.standing, policy, deltas, case.person.roles)
        if isinstance(judged, Asks):
            return Holding(case, holds, now.id, False, judged.since, judged.clauses)
    return Holding(case, holds, "", False, "", ())


def _has_come(revision: Revision, day: date) -> bool:
    """Whether the revision that is in force now was so on `day`, as far as it says from when it holds."""
    starts = revision.record.dates.starts
    return starts is None or starts[1] <= day.isoformat()


def count_owed_clauses(holdings: Sequence[Holding], trust: Trust, roles: Mapping[str, str]) -> tuple[OwedClause, ...]:
    """For each clause that somebody still owes, how many do; the most first. `roles` has each role's label by its id."""
    count = Counter(
        (holding.case.policy, holding.owes, holding.since, clause)
        for holding in holdings
        if holding.is_asked
        for clause in holding.clauses
    )
    return tuple(sorted(_told(count, trust, roles), key=lambda one: (-one.count, one.policy, one.revision, one.clause)))


def _told(count: Counter[tuple[str, str, str, str]], trust: Trust, roles: Mapping[str, str]) -> Iterator[OwedClause]:
    for policy in trust.policies:
        ladder = Ladder(policy)
        for (policy_id, revision, since, clause), number in count.items():
            if policy_id != policy.id:
                continue
            diff = next(one for one in ladder.deltas(revision)[since] if one.clause == clause)
            yield OwedClause(policy_id, revision, since, clause, place_of(diff.place), say_all(diff, roles), number)


def place_of(clause: Clause) -> str:
    """How a reader finds a clause: its number and its section's heading."""
    return f"{number_of(clause)} {heading_of(clause)}" if clause.number else number_of(clause)
