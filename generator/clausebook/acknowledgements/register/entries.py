"""The register: an append-only file of entries, each chained to the one before it, without a name in it.

A line is one entry as JSON: `head` and `body`. The head holds the number, the digest of the salted body and the hash of the
head before it; an entry's hash is taken of its head. So a body can be purged, as the law asks, and the chain still holds.
What counts is what stands on the disk: an entry is accepted once its line, with its end, has been written and synced.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clausebook.acknowledgements.desk.private_files import make_folder
from clausebook.acknowledgements.signing.receipts import Moment
from clausebook.model.identity import canonical_json
from clausebook.system import FILE, open_private, sync_folder
from clausebook.system import lock as lock_file

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
    """The reference of the link; each person has one for each policy and campaign."""
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

    issued: issued, due, expires, since, quiz, key, paper (with which the link is written again, byte for byte).
    not-understood: unclear (clauses); the question stands in the receipt alone. carried: from, reason (editorial, other-roles), clauses.
    key: id, public, first. checkpoint: hash, key. people: digest (of people.json, as the next step writes it).
    purged: people (how many), entries (the numbers whose bodies were taken out), kinds (of each), key, signature (see purges.py).
    """


class Head(BaseModel):
    """What the chain is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    number: Annotated[int, Field(ge=1)]
    before: Hash
    body: Hash
    """SHA-256 of the salt and the canonical body."""

    @property
    def hash(self) -> str:
        return hashlib.sha256(canonical_json(self.model_dump())).hexdigest()


@dataclass(frozen=True)
class Entry:
    """One entry; a purged one has no body and no salt."""

    head: Head
    salt: str
    body: Body | None

    @property
    def number(self) -> int:
        return self.head.number


@dataclass(frozen=True)
class Fault:
    """Something in the register that cannot be as we wrote it: the line, and what is wrong in words."""

    line: int
    what: str


class RegisterInUseError(Exception):
    """Another command is writing to the register at this moment."""


class BrokenRegisterError(Exception):
    """The register does not hold; nothing is added to it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"line {fault.line}: {fault.what}" for fault in faults[:5]))
        self.faults = tuple(faults)


def read_entries(path: Path) -> Iterator[Entry | Fault]:
    """Every entry in its order, and before it each fault that shows there. One entry is in memory at a time.

    A last line without its end was being written when the machine stopped: it was never accepted, and is passed over.
    """
    if not path.exists():
        return
    before, number = FIRST, 0
    with path.open("rb") as lines:
        for place, line in enumerate(lines, 1):
            if not line.endswith(b"\n"):
                return
            try:
                value = json.loads(line.decode(), parse_float=_refuse, parse_constant=_refuse)
                head = Head.model_validate(value["head"])
            except (ValueError, KeyError, TypeError, RecursionError):
                yield Fault(place, "this is no entry of a register: it was changed")
                continue
            if line != _as_written(value, head):
                yield Fault(
                    place, f"entry {head.number} is not written as our program writes it: something was added to it"
                )
            if head.number != number + 1:
                yield Fault(
                    place,
                    f"entry {head.number} stands where entry {number + 1} should: an entry was cut out, put in or moved",
                )
            elif head.before != before:
                yield Fault(
                    place, f"entry {head.number} does not hang from the entry before it: one of the two was changed"
                )
            yield _read(value, head, place)
            before, number = head.hash, head.number


def read_whole(path: Path) -> Iterator[Entry]:
    """Every entry in its order. Raises BrokenRegisterError at the first fault."""
    for entry in read_entries(path):
        if isinstance(entry, Fault):
            raise BrokenRegisterError([entry])
        yield entry


def _read(value: dict[str, Any], head: Head, place: int) -> Entry | Fault:
    if "body" not in value:
        return Entry(head, "", None)
    try:
        entry = Entry(head, str(value["salt"]), Body.model_validate(value["body"]))
        told = digest_of(entry.salt, value["body"])
    except (ValueError, KeyError, TypeError, RecursionError):
        told = ""
    if told != head.body:
        return Fault(place, f"entry {head.number} does not say what it said when it was written: it was edited")
    return entry


def _refuse(number: str) -> None:
    raise ValueError(number)  # no entry holds a fraction: 40.0 would have the same digest as 40


def _as_written(value: dict[str, Any], head: Head) -> bytes:
    """The one way to write an entry: a field more, a key twice or a byte order mark make another line."""
    try:
        return line_of(head, str(value["salt"]), value["body"]) if "body" in value else line_of(head)
    except (KeyError, ValueError):
        return b""


def line_of(head: Head, salt: str = "", body: dict[str, Any] | None = None) -> bytes:
    """An entry's line; one without a body was purged."""
    value = {"head": head.model_dump()} | ({} if body is None else {"salt": salt, "body": body})
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def digest_of(salt: str, body: dict[str, Any]) -> str:
    """What a head says of its body."""
    return hashlib.sha256(salt.encode() + canonical_json(body)).hexdigest()


class Register:
    """A register that is open for adding, by one command at a time."""

    def __init__(self, path: Path, last: Head | None) -> None:
        self._path, self._last = path, last

    @property
    def length(self) -> int:
        return self._last.number if self._last else 0

    @property
    def hash(self) -> str:
        """The hash of the last entry, on which all before it hang."""
        return self._last.hash if self._last else FIRST

    def add(self, bodies: Sequence[Body]) -> list[Entry]:
        """Add entries, in one write that is synced to the disk before this returns."""
        entries, lines, last = [], [], self._last
        for body in bodies:
            value, salt = body.model_dump(exclude_defaults=True), secrets.token_hex(16)
            head = Head(
                number=last.number + 1 if last else 1, before=last.hash if last else FIRST, body=digest_of(salt, value)
            )
            lines.append(line_of(head, salt, value))
            entries.append(Entry(head, salt, body))
            last = head
        if not lines:
            return []
        _append(self._path, b"".join(lines))
        self._last = last
        return entries


def _append(path: Path, content: bytes) -> None:
    """All of it or nothing: a disk that is full takes back what it took."""
    with open(path, "ab", buffering=0, opener=open_private) as file:
        before = os.fstat(file.fileno()).st_size
        try:
            while content:
                content = content[file.write(content) :]
            os.fsync(file.fileno())
        except BaseException:
            os.ftruncate(file.fileno(), before)
            raise


@contextmanager
def open_register(path: Path, *apply_each: Callable[[Entry], object]) -> Iterator[Register]:
    """The register at `path`, locked for this command; each of `apply_each` is called with each of its entries.

    What was half-written when a machine stopped is taken off. Raises RegisterInUseError where another command has it, BrokenRegisterError where the chain does not hold.
    """
    make_folder(path.parent)
    with open(path.with_suffix(".lock"), "w", opener=open_private) as lock:
        if not lock_file(lock):
            raise RegisterInUseError
        truncate_partial_line(path)
        path.touch(FILE)
        sync_folder(path.parent)
        faults, last = [], None
        for entry in read_entries(path):
            if isinstance(entry, Fault):
                faults.append(entry)
            else:
                last = entry.head
                for apply in apply_each:
                    apply(entry)
        if faults:
            raise BrokenRegisterError(faults)
        yield Register(path, last)


def truncate_partial_line(path: Path) -> None:
    if not path.exists():
        return
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        while end:
            start = max(0, end - 65536)
            file.seek(start)
            newline = file.read(end - start).rfind(b"\n")
            if newline >= 0:
                file.truncate(start + newline + 1)
                return
            end = start
        file.truncate(0)
