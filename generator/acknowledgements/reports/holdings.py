"""Who holds which revision, and which changed clauses each still owes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.acknowledgements.carrying import Asks, Deltas, judge, material_changes, owed_clauses
from generator.acknowledgements.reports.cases import Case
from generator.acknowledgements.standing import Signed, Standing
from generator.diffs import ClauseDiff, say_all
from generator.merge import Clause, Handbook, Series


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

    def __init__(self, series: Series) -> None:
        self._series = series
        self._deltas: dict[str, Deltas] = {}
        self._order = {one.revision_id: -place for place, one in enumerate(series.revisions)}

    def newest(self, standing: Standing) -> Signed | None:
        """The newest revision that somebody holds; of revisions that the handbook has lost, the last to be signed."""
        lowest = -len(self._order)
        return max(standing.signed, key=lambda one: (self._order.get(one.revision, lowest), one.day), default=None)

    def series_to(self, revision: str) -> Series | None:
        """The series as it was when `revision` was in force."""
        revisions = self._series.revisions
        place = next((place for place, one in enumerate(revisions) if one.revision_id == revision), None)
        return None if place is None else Series(revisions[place], revisions[place + 1 :], None)

    def deltas(self, revision: str) -> Deltas:
        """From each earlier revision to `revision`."""
        if revision not in self._deltas:
            series = self.series_to(revision)
            self._deltas[revision] = material_changes(series) if series else {}
        return self._deltas[revision]

    def changed(self, since: str, revision: str, roles: Sequence[str]) -> tuple[ClauseDiff, ...]:
        """What changed in substance from one to the other and binds somebody with `roles`."""
        return owed_clauses(self.deltas(revision).get(since, ()), roles)


def find_holdings(cases: Sequence[Case], handbook: Handbook, day: date) -> tuple[Holding, ...]:
    """A holding for each case but those who have left; in the order of the cases."""
    ladders = {one.id: (one, Ladder(one)) for one in handbook.series}
    return tuple(
        _holding(case, *ladders[case.policy], day) for case in cases if case.state != "left" and case.policy in ladders
    )


def _holding(case: Case, series: Series, ladder: Ladder, day: date) -> Holding:
    holds = ladder.newest(case.standing)
    if case.is_outstanding:
        diffs = ladder.changed(case.since, case.revision, case.person.roles)
        return Holding(case, holds, case.revision, True, case.since, tuple(diff.clause for diff in diffs))
    if case.is_done and _has_come(series, day) and not case.standing.signed_of(series.in_force.revision_id):
        deltas = ladder.deltas(series.in_force.revision_id)
        judged = judge(case.standing, series, deltas, case.person.roles)
        if isinstance(judged, Asks):
            return Holding(case, holds, series.in_force.revision_id, False, judged.since, judged.clauses)
    return Holding(case, holds, "", False, "", ())


def _has_come(series: Series, day: date) -> bool:
    """Whether the revision that is in force now was so on `day`, as far as it says from when it holds."""
    starts = series.in_force.revision.dates.starts
    return starts is None or starts[1] <= day.isoformat()


def count_owed_clauses(
    holdings: Sequence[Holding], handbook: Handbook, roles: Mapping[str, str]
) -> tuple[OwedClause, ...]:
    """For each clause that somebody still owes, how many do; the most first. `roles` has each role's label by its id."""
    count = Counter(
        (one.case.policy, one.owes, one.since, clause) for one in holdings if one.is_asked for clause in one.clauses
    )
    return tuple(
        sorted(_told(count, handbook, roles), key=lambda one: (-one.count, one.policy, one.revision, one.clause))
    )


def _told(
    count: Counter[tuple[str, str, str, str]], handbook: Handbook, roles: Mapping[str, str]
) -> Iterator[OwedClause]:
    for series in handbook.series:
        ladder = Ladder(series)
        for (policy, revision, since, clause), number in count.items():
            if policy != series.id:
                continue
            diff = next(one for one in ladder.deltas(revision)[since] if one.clause == clause)
            yield OwedClause(policy, revision, since, clause, place_of(diff.place), say_all(diff, roles), number)


def place_of(clause: Clause) -> str:
    """How a reader finds a clause: its number and its section's heading."""
    return f"{clause.number} {clause.section.heading}" if clause.number else clause.section.heading
