"""Keeping and forgetting: whose time is over, and taking out what is held on them so that the chain still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person, write_people
from clausebook.acknowledgements.privacy.held_on_people import Holdings
from clausebook.acknowledgements.register.entries import Body, Register, open_register, read_register
from clausebook.acknowledgements.register.people_noted import PeopleNoted, people_bodies, read_known_people
from clausebook.acknowledgements.register.purges import Purge, purge_body
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.model.handbook import Trust
from clausebook.pages.privacy import keep_years
from clausebook.system import sync_folder


@dataclass(frozen=True)
class Expired:
    """What is not to be kept any more: all that is held on a person, or one thing that came from nobody who is known."""

    person: str
    """Empty where nobody knows who it was."""
    known: Person | None
    """None where they are in the register and no longer in people.json."""
    since: date
    """The last day at work; of what nobody is known for, the day on which it was taken in."""
    until: date
    """The last day on which it is kept."""
    entries: tuple[int, ...]
    receipts: tuple[str, ...] = ()
    """Those that go with it: nothing that stays rests on them."""


Choose = Callable[[Holdings, Sequence[Person]], tuple[Expired, ...]]
"""Says what is to go."""


def expired_by(trust: Trust, day: date) -> Choose:
    """Whose period for keeping is over on `day`."""
    years = keep_years(trust)
    return lambda holdings, people: (*_leavers(holdings, people, years, day), *_strays(holdings, years, day))


def everything_on(person: Person, day: date) -> Choose:
    """All that is held on somebody who should never have been listed."""

    def choose(holdings: Holdings, _: Sequence[Person]) -> tuple[Expired, ...]:
        entries = tuple(holdings.entries.get(person.id, ()))
        return (Expired(person.id, person, day, day, entries),)

    return choose


def find_expired(desk: Desk, trust: str, choose: Choose) -> tuple[Expired, ...]:
    """What would be purged. Raises BrokenRegisterError, BrokenPeopleError."""
    holdings, noted = Holdings(trust), PeopleNoted()
    with read_register(desk.register, holdings.apply, noted.apply) as register:
        holdings.left = read_standings(register).left
    return _with_receipts(choose(holdings, read_known_people(desk, noted)), holdings)


def purge_expired(desk: Desk, trust: str, choose: Choose, purge: Purge) -> tuple[Expired, ...]:
    """Take it out, and say in the register what went, by whom and why. Run again after a crash, it goes on.

    Bodies and salts go, heads stay. First go the receipts, last the people: what is still listed is not yet done. Raises
    RegisterInUseError, BrokenRegisterError, BrokenPeopleError.
    """
    holdings, noted = Holdings(trust), PeopleNoted()
    with open_register(desk.register, holdings.apply, noted.apply) as register:
        holdings.left = read_standings(register).left
        people = read_known_people(desk, noted)
        expired = _with_receipts(choose(holdings, people), holdings)
        if not expired:
            return ()
        _remove(desk.receipt_file(receipt) for one in expired for receipt in one.receipts)
        gone = {one.person for one in expired}
        kept = [person for person in people if person.id not in gone]
        _take_out(register, holdings, purge, expired, people_bodies(desk, noted, kept, purge.at))
        if len(kept) < len(people):
            write_people(desk, kept)
    return expired


def _leavers(holdings: Holdings, people: Sequence[Person], years: int, day: date) -> tuple[Expired, ...]:
    known = {one.id: one for one in people if one.trust == holdings.trust}
    left = {person: one.day[:10] for (person, trust), one in holdings.left.items() if trust == holdings.trust}
    for one in known.values():
        if one.leaves:
            left[one.id] = max(one.leaves, left.get(one.id, ""))
    found = []
    for person, last in sorted(left.items(), key=lambda one: (one[1], one[0])):
        since = date.fromisoformat(last)
        until = _years_later(since, years)
        if until < day and holdings.asked.get(person, "") <= last:  # a link issued since then: they have come back
            entries = tuple(holdings.entries.get(person, ()))
            found.append(Expired(person, known.get(person), since, until, entries))
    return tuple(one for one in found if one.known or one.entries)


def _strays(holdings: Holdings, years: int, day: date) -> tuple[Expired, ...]:
    """What came from nobody who is known goes by its age."""
    found = [
        (stray, since, until)
        for stray in holdings.strays.values()
        if (until := _years_later(since := date.fromisoformat(stray.arrived), years)) < day
    ]
    return tuple(Expired("", None, since, until, (stray.number,)) for stray, since, until in found)


def _with_receipts(expired: Sequence[Expired], holdings: Holdings) -> tuple[Expired, ...]:
    """With the receipts on which nothing rests any more once all of this is gone, each with the first entry that names it."""
    going = {number for one in expired for number in one.entries}
    first = {min(numbers): receipt for receipt, numbers in holdings.naming.items() if numbers <= going}
    return tuple(
        replace(one, receipts=tuple(sorted(first[number] for number in one.entries if number in first)))
        for one in expired
    )


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)


def _remove(paths: Iterable[Path]) -> None:
    folders = set()
    for path in paths:
        if path.exists():
            path.unlink()
            folders.add(path.parent)
    for folder in folders:
        sync_folder(folder)


def _take_out(
    register: Register, holdings: Holdings, purge: Purge, expired: Sequence[Expired], told: Sequence[Body]
) -> None:
    """In one step the bodies that go, and the entries that say so."""
    taken = {number: holdings.kinds[number] for one in expired for number in one.entries}
    people = len({one.person for one in expired} - {""})
    bodies = [purge_body(purge, holdings.trust, people, taken, register.hash)] if taken else []
    register.add([*bodies, *told], taken)
