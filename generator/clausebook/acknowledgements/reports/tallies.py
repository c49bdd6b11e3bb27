"""Cases counted by state, for a whole trust or by whatever they are gathered by; every table of counts adds up to the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from clausebook.acknowledgements.reports.cases import DONE, OUTSTANDING, STATES, Case, State

NOBODY = "not given"
BANDS: tuple[tuple[str, int, int], ...] = (
    ("Not yet due", 0, 0),
    ("1 to 7 days overdue", 1, 7),
    ("8 to 14 days overdue", 8, 14),
    ("15 to 30 days overdue", 15, 30),
    ("31 to 60 days overdue", 31, 60),
    ("More than 60 days overdue", 61, 100_000),
)


@dataclass(frozen=True)
class Tally:
    """How many cases are in which state."""

    name: tuple[str, ...]
    counts: tuple[int, ...]
    """In the order of STATES."""

    def of(self, state: State) -> int:
        return self.counts[STATES.index(state)]

    @property
    def done(self) -> int:
        return sum(self.of(state) for state in DONE)

    @property
    def outstanding(self) -> int:
        return sum(self.of(state) for state in OUTSTANDING)

    @property
    def to_sign(self) -> int:
        """All that were asked, without those who have left or are exempt."""
        return self.done + self.outstanding

    @property
    def share(self) -> str:
        return share_of(self.done, self.to_sign)


@dataclass(frozen=True)
class Band:
    """How much is outstanding for how long."""

    label: str
    first: int
    last: int
    count: int


def share_of(done: int, whole: int) -> str:
    """In percent, rounded down: 100% means all."""
    return f"{100 * done // whole}%" if whole else "–"


def tally(name: tuple[str, ...], cases: Iterable[Case]) -> Tally:
    count = Counter(case.state for case in cases)
    return Tally(name, tuple(count[state] for state in STATES))


def tally_by(cases: Sequence[Case], key: Callable[[Case], tuple[str, ...]]) -> tuple[Tally, ...]:
    """A tally for each group, by name; those whose group is not given come last."""
    groups: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        groups.setdefault(tuple(part or NOBODY for part in key(case)), []).append(case)
    names = sorted(groups, key=lambda name: (name[0] == NOBODY, tuple(part.casefold() for part in name)))
    return tuple(tally(name, groups[name]) for name in names)


def by_academy(case: Case) -> tuple[str, ...]:
    return (case.person.academy,)


def by_manager(case: Case) -> tuple[str, ...]:
    return (case.manager,)


def by_policy(case: Case) -> tuple[str, ...]:
    return (case.policy,)


def by_campaign(case: Case) -> tuple[str, ...]:
    return case.campaign, case.policy, case.revision


@dataclass(frozen=True)
class CampaignTally:
    """How many people are how far with all that a campaign asks of them; whoever has left or is exempt is in none of the counts."""

    campaign: str
    policies: int
    """How many it asks somebody to sign."""
    people: int
    done: int
    """Who signed all that they were asked for."""
    overdue: int
    """Of those who owe something: with whom some of it is overdue."""
    not_asked: int
    """Whom it would ask and has not asked yet, for some policy or for all."""

    @property
    def owing(self) -> int:
        return self.people - self.done

    @property
    def share(self) -> str:
        return share_of(self.done, self.people)


def tally_campaigns(cases: Iterable[Case]) -> tuple[CampaignTally, ...]:
    """A tally for each campaign, by its id; what no campaign asks for any more comes last."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.campaign, []).append(case)
    return tuple(_campaign(name or NOBODY, groups[name]) for name in sorted(groups, key=lambda name: (not name, name)))


def _campaign(name: str, cases: Sequence[Case]) -> CampaignTally:
    asked = [case for case in cases if case.must_sign]
    people, owing, overdue = (
        {case.person.id for case in some}
        for some in (
            asked,
            (case for case in asked if case.is_outstanding),
            (case for case in asked if case.state == "overdue"),
        )
    )
    not_asked = {case.person.id for case in cases if case.state == "not-asked"}
    return CampaignTally(
        name, len({case.policy for case in asked}), len(people), len(people - owing), len(overdue), len(not_asked)
    )


def count_bands(cases: Iterable[Case]) -> tuple[Band, ...]:
    """What is outstanding, by the days that it is overdue."""
    days = Counter(case.overdue for case in cases if case.is_outstanding)
    return tuple(
        Band(label, first, last, sum(count for day, count in days.items() if first <= day <= last))
        for label, first, last in BANDS
    )
