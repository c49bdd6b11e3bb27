"""people.json: who is behind the opaque ids of the register, as the rosters have told it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.roster_row import Row

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # 32, without l, o, 0 and 1: 16 of them are 80 bits
PersonId = Annotated[str, StringConstraints(pattern=r"^p-[a-z0-9]{16}$")]


class Person(BaseModel):
    """A person of one trust. Days are `2025-09-01`, or empty where the roster gives none."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: PersonId
    """What the register calls them; it tells nothing of them."""
    trust: str
    number: str
    """The staff number, by which a roster's row is known to be the same person."""
    name: str
    aliases: tuple[str, ...] = ()
    """Other names that they may type: earlier ones, and those that the roster lists."""
    mail: str = ""
    academy: str = ""
    manager: str = ""
    roles: tuple[str, ...] = ()
    """Ids from content/roles.yml."""
    starts: str = ""
    leaves: str = ""
    """Their last day at work."""

    def has_left(self, day: str) -> bool:
        """Whether their last day was before `day`."""
        return bool(self.leaves) and self.leaves < day


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")
    people: tuple[Person, ...]


class BrokenPeopleError(Exception):
    """people.json was changed by something else than our commands."""


@dataclass(frozen=True)
class Merged:
    """Everybody after a roster was read, and what was new in it."""

    people: tuple[Person, ...]
    in_roster: tuple[Person, ...]
    """Those that the roster lists, in its order."""
    new: tuple[Person, ...]
    changed: tuple[Person, ...]
    gone: tuple[Person, ...]
    """Those of this trust that it no longer lists and of whom nobody has said that they left."""


def read_people(desk: Desk) -> tuple[Person, ...]:
    """Everybody who was ever in a roster. Raises BrokenPeopleError, UnreadableFileError."""
    path = desk.people
    if not path.exists():
        return ()
    try:
        return _File.model_validate_json(desk.read(path)).people
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BrokenPeopleError(f"{path} does not hold: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def write_people(desk: Desk, people: Iterable[Person]) -> None:
    """Everybody, in one step. Raises LockedDeskError."""
    desk.write(desk.people, render_people(people))


def render_people(people: Iterable[Person]) -> bytes:
    """The content of people.json."""
    return _File(people=tuple(people)).model_dump_json(indent=1).encode() + b"\n"


def new_person_id() -> str:
    return "p-" + "".join(secrets.choice(LETTERS) for _ in range(16))


def merge_people(known: Sequence[Person], trust: str, rows: Sequence[Row]) -> Merged:
    """Join a roster into those who are known, by trust and staff number. Nobody is ever taken out."""
    before = {person.number.casefold(): person for person in known if person.trust == trust}
    after: dict[str, Person] = {}
    new, changed = [], []
    for row in rows:
        old = before.get(row.staff_number.casefold())
        now = _joined(old, trust, row)
        after[now.id] = now
        if old is None:
            new.append(now)
        elif old != now:
            changed.append(now)
    gone = [person for person in before.values() if person.id not in after and not person.leaves]
    kept = tuple(after.get(person.id, person) for person in known)
    return Merged((*kept, *new), tuple(after.values()), tuple(new), tuple(changed), tuple(gone))


def forget_name(people: Sequence[Person], person: Person, name: str) -> tuple[Person, ...] | None:
    """Everybody, without an earlier name of that person; None where it is none of theirs."""
    if name not in person.aliases:
        return None
    now = person.model_copy(update={"aliases": tuple(alias for alias in person.aliases if alias != name)})
    return tuple(now if one.id == person.id else one for one in people)


def _joined(old: Person | None, trust: str, row: Row) -> Person:
    names = (*(old.aliases if old else ()), *((old.name,) if old else ()), *row.aliases)
    return Person(
        id=old.id if old else new_person_id(), trust=trust, number=old.number if old else row.staff_number, name=row.name,
        aliases=tuple(name for name in dict.fromkeys(names) if name != row.name),
        mail=row.mail, academy=row.academy, manager=row.manager, roles=row.roles, starts=row.starts, leaves=row.leaves,
    )  # fmt: skip
