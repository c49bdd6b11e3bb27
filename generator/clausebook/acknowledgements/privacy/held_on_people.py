"""What a register holds on each person of a trust, and what it holds of nobody who is known: receipts of strangers, damaged ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clausebook.acknowledgements.register.entries import Body, Entry, Kind
from clausebook.acknowledgements.register.standings import Excused

OF_THE_REGISTER = ("key", "checkpoint", "purged", "people")
"""Entries on nobody: a checkpoint's `about` is where the register stood."""


@dataclass
class Stray:
    """An entry on nobody who is known."""

    number: int
    arrived: str
    """The day on which HR's command wrote it down: what came with it may tell any other."""
    receipt: str
    about: int | None


@dataclass
class Holdings:
    """Meets the entries of a register one by one, and keeps what it holds on whom."""

    trust: str
    entries: dict[str, list[int]] = field(default_factory=dict)
    """By person."""
    kinds: dict[int, Kind] = field(default_factory=dict)
    naming: dict[str, set[int]] = field(default_factory=dict)
    """By the id of a receipt: the entries that rest on it, one for each policy that it speaks of, and of any trust."""
    asked: dict[str, str] = field(default_factory=dict)
    """The last day on which each was issued a link."""
    strays: dict[int, Stray] = field(default_factory=dict)
    left: Mapping[tuple[str, str], Excused] = field(default_factory=dict)
    """Who has left, by person and trust."""
    _by_ref: dict[str, str] = field(default_factory=dict)
    _by_entry: dict[int, str] = field(default_factory=dict)

    def apply(self, entry: Entry) -> None:
        body = entry.body
        if body is None or body.kind in OF_THE_REGISTER:
            return
        person = body.person or self._by_ref.get(body.ref, "") or self._by_entry.get(body.about or 0, "")
        if body.receipt:
            self.naming.setdefault(body.receipt, set()).add(entry.number)
        if body.trust not in (self.trust, ""):
            return
        self.kinds[entry.number] = body.kind
        if person:
            self._keep(entry.number, body, person)
        else:
            self.strays[entry.number] = Stray(entry.number, body.at[:10], body.receipt, body.about)

    def _keep(self, number: int, body: Body, person: str) -> None:
        if body.about in self.strays:
            self._found_out(body.about, person)
        self._by_entry[number] = person
        self.entries.setdefault(person, []).append(number)
        if body.kind == "issued":
            self._by_ref[body.ref] = person
            self.asked[person] = max(self.asked.get(person, ""), body.day[:10])

    def _found_out(self, number: int | None, person: str) -> None:
        """Whose it is that came from nobody who was known, with what was decided on it, and with what came in the same receipt."""
        receipts = {one.receipt for one in self.strays.values() if one.number == number and one.receipt}
        for stray in [
            one for one in self.strays.values() if number in (one.number, one.about) or one.receipt in receipts
        ]:
            del self.strays[stray.number]
            self._by_entry[stray.number] = person
            self.entries.setdefault(person, []).append(stray.number)
