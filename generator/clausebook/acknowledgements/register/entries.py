"""The register: entries that are only ever added to, each chained to the one before it, without a name in it.

An entry has a head and a body. The head holds the number, the digest of the salted body and the hash of the head before it; an entry's
hash is taken of its head. So a body can be purged, as the law asks, and the chain still holds. They lie in a SQLite file (database.py).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clausebook.acknowledgements.desk.private_files import make_folder
from clausebook.acknowledgements.register.database import (
    DamagedDatabaseError,
    Database,
    DatabaseInUseError,
    Row,
    open_to_read,
    open_to_write,
)
from clausebook.acknowledgements.signing.receipts import Moment
from clausebook.model.identity import canonical_json

FIRST = "0" * 64  # what the first entry hangs from
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Kind = Literal[
    "issued", "acknowledged", "not-understood", "duplicate", "held", "rejected", "resolved", "void", "left", "exempt",
    "on-behalf", "carried", "replied", "purged", "checkpoint", "key", "people",
]  # fmt: skip
Assurance = Literal["", "signed-in channel", "link and sender", "link only", "paper with witness", "on behalf"]


class Body(BaseModel):
    """What an entry says. It names a person by an opaque reference only."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Kind
    at: Moment
    """When HR's command wrote it, by HR's clock."""
    ref: str = ""
    """The reference of the link: of a person and a campaign, whatever policies it asks for."""
    person: str = ""
    """The opaque id of the person in people.json."""
    trust: str = ""
    policy: str = ""
    revision: str = ""
    digest: str = ""
    campaign: str = ""
    received: str = ""
    """The day or moment on which HR received it, as the channel tells; of a decision, the day from which it counts."""
    channel: str = ""
    """mail, text, csv, xlsx, json, scan, platform, or by hand."""
    assurance: Assurance = ""
    receipt: str = ""
    """SHA-256 of the receipt's line, or of the scan."""
    says: str = ""
    """Why, in words; for decisions by hand also who: no name of a member of staff."""
    by: str = ""
    """Of a decision by hand: who in HR made it."""
    about: int | None = None
    """The number of the entry that this one resolves, voids, replies to or carries forward."""
    facts: dict[str, Any] = Field(default={})
    """What else belongs to the kind.

    issued: issued, due, expires, since, quiz, quizzes, key, paper (with which the link is written again, byte for byte).
    not-understood: unclear (clauses); the question stands in the receipt alone. carried: from, reason (editorial, other-roles), clauses.
    key: id, public, first. checkpoint: hash, key. people: digest (of people.json, as the next step writes it).
    purged: people (how many), entries (the numbers whose bodies were taken out), kinds (of each), key, signature (see purges.py).
    """

    @property
    def day(self) -> str:
        """The day or moment from which the entry counts: of a receipt when it was received, however late it was collected."""
        return self.received or str(self.facts.get("issued", "")) or self.at


class Head(BaseModel):
    """What the chain is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    number: Annotated[int, Field(ge=1)]
    before: Hash
    body: Hash
    """SHA-256 of the salt and the canonical body."""

    @property
    def text(self) -> str:
        """Its RFC 8785 form, written out: every command works it out for every entry."""
        return f'{{"before":"{self.before}","body":"{self.body}","number":{self.number}}}'

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Entry:
    """One entry; a purged one has no body and no salt."""

    head: Head
    salt: str
    body: Body | None
    text: str = field(default="", repr=False)
    """The body in canonical form, of which with the salt the digest was taken."""

    @property
    def number(self) -> int:
        return self.head.number

    @property
    def line(self) -> str:
        """The whole entry in canonical form, for an evidence pack."""
        body, salt = (f'"body":{self.text},', f',"salt":{json.dumps(self.salt)}') if self.text else ("", "")
        return f'{{{body}"head":{self.head.text}{salt}}}'


@dataclass(frozen=True)
class Fault:
    """Something in the register that cannot be as we wrote it."""

    place: int
    """Where it shows: at how many entries from the first; 0 where it is the file as a whole."""
    what: str

    def __str__(self) -> str:
        return f"register.sqlite:{self.place}: {self.what}" if self.place else f"register.sqlite: {self.what}"


class RegisterInUseError(Exception):
    """Another command is writing to the register at this moment."""


class BrokenRegisterError(Exception):
    """The register does not hold; nothing is added to it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults[:5])))
        self.faults = tuple(faults)


def read_entries(path: Path) -> Iterator[Entry | Fault]:
    """Every entry in its order, and before it each fault that shows there; one is in memory at a time. Raises RegisterInUseError, OSError."""
    try:
        with open_to_read(path) as database:
            yield from _checked(database)
    except DatabaseInUseError as error:
        raise RegisterInUseError from error
    except DamagedDatabaseError as error:
        yield damaged(str(error))


def damaged(what: str) -> Fault:
    """That the file as a whole is damaged."""
    return Fault(0, f"the file is damaged, or was changed by another program: {what}")


def read_whole(path: Path) -> Iterator[Entry]:
    """Every entry in its order. Raises BrokenRegisterError at the first fault."""
    for entry in read_entries(path):
        if isinstance(entry, Fault):
            raise BrokenRegisterError([entry])
        yield entry


def _checked(database: Database) -> Iterator[Entry | Fault]:
    before, number = FIRST, 0
    for place, row in enumerate(database.rows(), 1):
        try:
            head = _head(row)
        except ValueError:
            yield Fault(place, "this is no entry of a register: it was changed")
            continue
        if head.number != number + 1:
            yield Fault(place, f"entry {head.number} is where entry {number + 1} should: an entry was cut out, put in or moved")  # fmt: skip
        elif head.before != before:
            yield Fault(place, f"entry {head.number} does not follow from the entry before it: one of the two was changed")  # fmt: skip
        yield _read(row, head, place)
        before, number = head.hash, head.number


def _read(row: Row, head: Head, place: int) -> Entry | Fault:
    if row.body is None and row.salt is None:
        return Entry(head, "", None)
    try:
        if row.body is not None and row.salt is not None and digest_of(row.salt, row.body) == head.body:
            return _entry(row, head)
    except (ValueError, TypeError):
        pass
    return Fault(place, f"entry {head.number} does not say what it said when it was written: it was edited")


def _head(row: Row) -> Head:
    return Head(number=row.number, before=row.before, body=row.digest)


def _entry(row: Row, head: Head) -> Entry:
    assert row.body
    return Entry(head, row.salt or "", Body.model_validate_json(row.body), row.body)


def digest_of(salt: str, text: str) -> str:
    """What a head says of its body, by the body's canonical form."""
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


class Register:
    """A register that is open for adding, by one command at a time."""

    def __init__(self, database: Database, last: Head | None) -> None:
        self._database, self._last = database, last

    @property
    def length(self) -> int:
        return self._last.number if self._last else 0

    @property
    def hash(self) -> str:
        """The hash of the last entry, on which all before it hang."""
        return self._last.hash if self._last else FIRST

    def find(self, **wanted: str | int) -> list[Entry]:
        """The entries that say so and are not purged, in their order, with those that this command added; `wanted` are names of TO_QUERY."""
        return [_entry(row, _head(row)) for row in self._database.find(wanted) if row.body is not None]

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """What a query finds in the entries, with those that this command added; database.py tells their table."""
        return self._database.query(sql, parameters)

    def add(self, bodies: Sequence[Body], taken: Collection[int] = ()) -> list[Entry]:
        """Add entries, all of them or none; they are on the disk before this returns. Raises RegisterInUseError, OSError.

        `taken` are the numbers of the entries that lose their bodies by it, which the first that is added tells of as purged.
        """
        entries, last = [], self._last
        for body in bodies:
            text, salt = canonical_json(body.model_dump(exclude_defaults=True)).decode(), secrets.token_hex(16)
            before = last.hash if last else FIRST
            last = Head(number=last.number + 1 if last else 1, before=before, body=digest_of(salt, text))
            entries.append(Entry(last, salt, body, text))
        if entries:
            rows = [Row(one.number, one.head.before, one.head.body, one.salt, one.text) for one in entries]
            with _in_our_words():
                self._database.append(rows, taken)
        self._last = last
        return entries


@contextmanager
def open_register(path: Path, *apply_each: Callable[[Entry], object]) -> Iterator[Register]:
    """The register at `path`, for this command alone to add to; each of `apply_each` is called with each of its entries.

    Raises RegisterInUseError where another command has it, BrokenRegisterError where the chain does not hold, OSError.
    """
    make_folder(path.parent)
    with _in_our_words(), open_to_write(path) as database:
        yield Register(database, _pass_by(database, apply_each))


@contextmanager
def read_register(path: Path, *apply_each: Callable[[Entry], object]) -> Iterator[Register]:
    """As `open_register`, only to be read, as it is at this moment; one that is not there yet has no entries."""
    with _in_our_words(), open_to_read(path) as database:
        database.query("BEGIN")  # what is checked is what is asked, whatever another command adds meanwhile
        yield Register(database, _pass_by(database, apply_each))


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except DatabaseInUseError as error:
        raise RegisterInUseError from error
    except DamagedDatabaseError as error:
        raise BrokenRegisterError([damaged(str(error))]) from error


def _pass_by(database: Database, apply_each: Sequence[Callable[[Entry], object]]) -> Head | None:
    """The last head. Raises BrokenRegisterError."""
    faults, last = [], None
    for entry in _checked(database):
        if isinstance(entry, Fault):
            faults.append(entry)
            continue
        last = entry.head
        for apply in apply_each:
            apply(entry)
    if faults:
        raise BrokenRegisterError(faults)
    return last
