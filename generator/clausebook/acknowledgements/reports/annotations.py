"""What a report tells beside the standings: who decided what by hand and why, and which entries are void."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clausebook.acknowledgements.register.standings import Key
from clausebook.acknowledgements.register.standings_as_at import Counted, said

TOLD = {
    "issued": "the link that was issued",
    "acknowledged": "the acknowledgement",
    "on-behalf": "what was recorded on behalf",
    "carried": "the carrying forward",
    "not-understood": "the word that clauses were not understood",
    "exempt": "the exemption",
    "left": "the last day at work",
    "void": "an earlier voiding",
    "held": "the receipt that was held",
}
BY = f"{said('by')}, {said('says')}"


@dataclass(frozen=True, slots=True)
class ByHand:
    """Who in HR decided, and why."""

    by: str
    says: str


@dataclass(frozen=True, slots=True)
class Voided:
    """An entry that does not count, and the entry that says so."""

    entry: int
    key: Key
    about: int
    what: str
    """What it was, in words, with its day."""
    day: str
    by: str
    says: str


@dataclass(frozen=True)
class Noted:
    """What was noted of a register."""

    on_behalf: dict[int, ByHand]
    """By the number of the entry."""
    voided: tuple[Voided, ...]
    entries: int
    purged: int
    """How many entries say nothing any more, because the law or the campaign's period asked for it."""


def read_noted(counted: Counted) -> Noted:
    """What was noted of what counted."""
    ((entries, purged),) = counted.register.query("SELECT count(*), count(*) - count(body) FROM entries")
    by_hand = {number: ByHand(*row) for _, (number, *row) in counted.in_force(f"number, {BY}", "kind = 'on-behalf'")}
    return Noted(by_hand, tuple(_voided(counted)), entries, purged)


def _voided(counted: Counted) -> Iterator[Voided]:
    what = {
        number: (key, row)
        for key, (number, *row) in counted.rows("number, kind, substr(day, 1, 10)", f"kind IN {tuple(TOLD)}")
    }
    for own, (number, about, *told) in counted.in_force(
        f"number, about, day, {BY}", "kind = 'void' AND about IS NOT NULL"
    ):
        key, (kind, day) = what.get(about, (own, ("", "")))
        told_of = f"{TOLD[kind]} of {day} (entry {about})" if kind else f"entry {about}, which was purged"
        yield Voided(number, key, about, told_of, *told)
