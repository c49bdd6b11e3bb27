"""What a report tells beside the standings: who decided what by hand and why, and which entries are void."""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern

from clausebook.acknowledgements.register.entries import Entry
from clausebook.acknowledgements.register.replay import SIGNS, day_of
from clausebook.acknowledgements.register.standings import Key, Standings

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


class Noting:
    """Meets the entries of a register one by one, beside a `Gathering`."""

    def __init__(self, as_of: str) -> None:
        self._as_of = as_of
        self._on_behalf: dict[int, ByHand] = {}
        self._voids: list[tuple[int, int, str, str, str, Key]] = []
        self._what: dict[int, tuple[str, str, str, Key]] = {}
        self._entries = self._purged = 0

    def apply(self, entry: Entry) -> None:
        self._entries += 1
        body = entry.body
        if body is None:
            self._purged += 1
            return
        if day_of(body)[: len(self._as_of)] > self._as_of:
            return
        key: Key = (intern(body.person), intern(body.trust), intern(body.policy))
        if body.kind == "void" and body.about is not None:
            self._voids.append((entry.number, body.about, day_of(body), body.by, body.says, key))
        if body.kind == "on-behalf":
            self._on_behalf[entry.number] = ByHand(body.by, body.says)
        if body.kind in TOLD:
            ref = body.ref if body.kind in (*SIGNS, "not-understood", "held") else ""
            self._what[entry.number] = (body.kind, intern(day_of(body)[:10]), ref, key)

    def finish(self, standings: Standings) -> Noted:
        """What was noted, once it is known which entries are void."""
        void = standings.void
        return Noted(
            {number: one for number, one in self._on_behalf.items() if number not in void},
            tuple(
                self._voided(number, about, (day, by, says), own, standings)
                for number, about, day, by, says, own in self._voids
                if number not in void
            ),
            self._entries, self._purged,
        )  # fmt: skip

    def _voided(self, number: int, about: int, told: tuple[str, str, str], own: Key, standings: Standings) -> Voided:
        kind, day, ref, key = self._what.get(about, ("", "", "", own))
        link = standings.links.get(ref)
        key = (link.person, link.trust, key[2]) if link else key
        what = f"{TOLD[kind]} of {day} (entry {about})" if kind else f"entry {about}, which was purged"
        return Voided(number, key, about, what, *told)
