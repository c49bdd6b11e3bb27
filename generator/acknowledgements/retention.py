"""Keeping and forgetting: who left so long ago that nothing is kept on them, and taking it out so that the chain still holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from generator.acknowledgements.desk import Desk
from generator.acknowledgements.gathering import Gathering, day_of
from generator.acknowledgements.people import Person, read_people, write_people
from generator.acknowledgements.private_files import open_private, sync_folder
from generator.acknowledgements.register import Body, Entry, Head, Register, open_register, read_whole
from generator.merge import Handbook

OF_THE_REGISTER = ("key", "checkpoint", "purged")  # on nobody: a checkpoint's `about` is where the register stood
YEARS = 6  # where no campaign says otherwise; it is the limit for most claims in contract (Limitation Act 1980, s. 5)


@dataclass(frozen=True)
class Leaver:
    """Somebody of whom nothing is to be kept any more."""

    person: str
    known: Person | None
    """None where they are in the register and no longer in people.json."""
    left: date
    until: date
    """The last day on which it is kept."""
    entries: tuple[int, ...]
    receipts: tuple[str, ...]
    """Those that no entry on anybody else names."""


@dataclass
class Holdings:
    """What the register holds on each person of a trust; meets its entries one by one."""

    trust: str
    gathering: Gathering = field(default_factory=Gathering)
    entries: dict[str, list[int]] = field(default_factory=dict)
    receipts: dict[str, set[str]] = field(default_factory=dict)
    """By the id of a receipt: whose entries name it."""
    asked: dict[str, str] = field(default_factory=dict)
    """The last day on which each was issued a link."""
    last: Head | None = None
    _by_ref: dict[str, str] = field(default_factory=dict)
    _by_entry: dict[int, str] = field(default_factory=dict)

    def meet(self, entry: Entry) -> None:
        self.gathering.meet(entry)
        self.last, body = entry.head, entry.body
        if body is None or body.kind in OF_THE_REGISTER:
            return
        person = body.person or self._by_ref.get(body.ref, "") or self._by_entry.get(body.about or 0, "")
        if body.receipt:
            self.receipts.setdefault(body.receipt, set()).add(person)
        if not person or body.trust not in (self.trust, ""):
            return
        self._by_entry[entry.number] = person
        self.entries.setdefault(person, []).append(entry.number)
        if body.kind == "issued":
            self._by_ref[body.ref] = person
            self.asked[person] = max(self.asked.get(person, ""), day_of(body)[:10])

    def receipts_of(self, person: str) -> tuple[str, ...]:
        return tuple(sorted(one for one, whose in self.receipts.items() if whose == {person}))


def keep_years(handbook: Handbook) -> int:
    """The longest period of the trust's campaigns: what is held on somebody belongs to all of them."""
    return max((one.keep_years for one in handbook.campaigns), default=YEARS)


def find_leavers(desk: Desk, handbook: Handbook, day: date) -> tuple[Leaver, ...]:
    """Who would be purged on `day`, by the day on which they left. Raises BrokenRegisterError, BrokenPeopleError."""
    holdings = Holdings(handbook.id)
    for entry in read_whole(desk.register):
        holdings.meet(entry)
    return _leavers(holdings, read_people(desk.people), handbook, day)


def purge_leavers(desk: Desk, handbook: Handbook, day: date, at: str) -> tuple[Leaver, ...]:
    """Take out what is held on them, and say in the register how many there were. Run again after a crash, it goes on.

    Bodies and salts go, heads stay. First go the receipts, last the people: what is still listed is not yet done. Raises
    RegisterInUseError, BrokenRegisterError, BrokenPeopleError.
    """
    holdings = Holdings(handbook.id)
    with open_register(desk.register, holdings.meet):
        people = read_people(desk.people)
        leavers = _leavers(holdings, people, handbook, day)
        if not leavers:
            return ()
        _remove(desk.receipt_file(receipt) for one in leavers for receipt in one.receipts)
        entries = sorted(number for one in leavers for number in one.entries)
        if entries:
            _rewrite(desk.register, holdings.last, _purged(handbook.id, len(leavers), entries, at), frozenset(entries))
        _remove([desk.database])
        gone = {one.person for one in leavers}
        write_people(desk.people, (one for one in people if one.id not in gone))
    return leavers


def _leavers(holdings: Holdings, people: Sequence[Person], handbook: Handbook, day: date) -> tuple[Leaver, ...]:
    known = {one.id: one for one in people if one.trust == handbook.id}
    left = {
        person: one.day[:10]
        for (person, trust), one in holdings.gathering.finish().left.items()
        if trust == handbook.id
    }
    for one in known.values():
        if one.leaves:
            left[one.id] = max(one.leaves, left.get(one.id, ""))
    years = keep_years(handbook)
    found = []
    for person, last in sorted(left.items(), key=lambda one: (one[1], one[0])):
        until = _years_later(date.fromisoformat(last), years)
        if until < day and holdings.asked.get(person, "") <= last:  # a link issued since then: they have come back
            entries = tuple(holdings.entries.get(person, ()))
            found.append(
                Leaver(
                    person, known.get(person), date.fromisoformat(last), until, entries, holdings.receipts_of(person)
                )
            )
    return tuple(one for one in found if one.known or one.entries)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)


def _purged(trust: str, count: int, entries: Sequence[int], at: str) -> Body:
    return Body(
        kind="purged", at=at, trust=trust, says=f"The period for keeping has passed for {count} who left.",
        facts={"people": count, "entries": list(entries)},
    )  # fmt: skip


def _remove(paths: Iterable[Path]) -> None:
    folders = set()
    for path in paths:
        if path.exists():
            path.unlink()
            folders.add(path.parent)
    for folder in folders:
        sync_folder(folder)


def _rewrite(register: Path, last: Head | None, told: Body, purged: frozenset[int]) -> None:
    """The register with heads alone where something was purged and the entry that says so, there whole or not at all."""
    beside = register.with_name(f".{register.name}.new")
    with register.open("rb") as lines, open(beside, "wb", opener=open_private) as out:
        out.writelines(_head_of(line) if number in purged else line for number, line in enumerate(lines, 1))
    Register(beside, last).add([told])  # which syncs the whole file
    beside.replace(register)
    sync_folder(register.parent)


def _head_of(line: bytes) -> bytes:
    return json.dumps({"head": json.loads(line)["head"]}, separators=(",", ":")).encode() + b"\n"
