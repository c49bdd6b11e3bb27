"""Arrivals: what was found in a heap of files, with where it was found and what its channel tells of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from clausebook.acknowledgements.signing.receipts import FoundReceipt
from clausebook.model.identity import canonical_json
from clausebook.quizzes.broken_lines import DamagedLine
from clausebook.quizzes.slips import AnySlip

Channel = Literal["mail", "text", "csv", "xlsx", "json", "scan", "platform"]
Sought = Literal["receipt", "slip"]


@dataclass(frozen=True)
class Origin:
    """Where something was found. `received` is a day or a moment; it and `sender` are empty where nobody but the sender tells them."""

    file: str
    place: str = ""
    channel: Channel = "text"
    received: str = ""
    sender: str = ""
    """A mail address in lower case: of the outermost mail, which has one sender, and whose servers do not say that it is another's.
    Whoever writes a mail can write another one there."""
    source: str = ""
    """SHA-256 of the file, the mail or the row: the same however the file is called."""
    sought: Sought = "receipt"
    """What it is searched for."""

    def at(self, place: str) -> Origin:
        """A place within this one."""
        return replace(self, place=", ".join(part for part in (self.place, place) if part))


@dataclass(frozen=True)
class Unread:
    """Something that gives no receipt, with the reason and what to do, in words.

    `damaged` begins like a receipt; `unreadable` is a file that may hold receipts; `nothing` is a file that was read and holds none.
    """

    kind: Literal["damaged", "unreadable", "nothing"]
    reason: str
    next_step: str
    id: str


@dataclass(frozen=True)
class PaperCode:
    """The code of a form that somebody signed on paper: it tells whose form it is, and nothing of what was written on it."""

    ref: str
    scan: str
    """SHA-256 of the file with the scan."""

    @property
    def id(self) -> str:
        return digest(f"{self.scan} {self.ref}".encode())


@dataclass(frozen=True)
class PlatformRow:
    """What a learning platform reports of one person and one course, as it writes it."""

    name: str
    mail: str
    statuses: tuple[str, ...]
    score: str
    course: str
    """The course's name in the report; where it has none, the name of the file."""
    finished: str

    @property
    def line(self) -> str:
        """The row as one line, which is kept as a receipt is."""
        return canonical_json({**vars(self), "statuses": list(self.statuses)}).decode()

    @property
    def id(self) -> str:
        return digest(self.line.encode())


Content = FoundReceipt | AnySlip | Unread | PaperCode | PlatformRow


@dataclass(frozen=True)
class Arrival:
    """One thing that arrived, or what of it concerns one policy."""

    origin: Origin
    content: Content
    policy: str = ""
    """The policy: of a receipt, or of a form on paper, that speaks of several, each is judged by itself."""


@dataclass(frozen=True)
class Item:
    """A file, or what is attached to a mail, with all its bytes."""

    name: str
    raw: bytes
    origin: Origin
    depth: int = 0
    """How many mails it is attached to, one within the other."""
    fetched: bool = False
    """Whether HR says that it took this itself from a learning platform or from its own form: only then are the days, the addresses
    and the results in it more than what its sender wrote. What is attached to a mail never is."""


def digest(data: bytes) -> str:
    """SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def unreadable(origin: Origin, reason: str, next_step: str) -> Arrival:
    return Arrival(origin, Unread("unreadable", reason, next_step, _id(origin, reason)))


def nothing(origin: Origin) -> Arrival:
    """A file in which nothing of ours stands."""
    reason = "no receipt, no form's code and no platform's result is in it"
    return Arrival(origin, Unread("nothing", reason, "read it yourself, or leave it aside", _id(origin, reason)))


def unfetched(origin: Origin) -> Arrival:
    """What looks like a platform's report, wherever it came from: anybody can write such a table and send it."""
    reason = "it looks like a learning platform's report; it counts only if you fetched it from the platform yourself"
    next_step = "fetch the report from the platform, and collect it with `--fetched FILE`"
    return Arrival(origin, Unread("unreadable", reason, next_step, _id(origin, reason)))


def damaged(origin: Origin, line: DamagedLine) -> Arrival:
    next_step = "ask the person for the line again, copied whole or as the saved file"
    reason = f"{line.begins} cannot be read: {line.reason}" if origin.sought == "slip" else line.reason
    return Arrival(origin, Unread("damaged", reason, next_step, _id(origin, reason)))


def or_nothing(origin: Origin, arrivals: Iterator[Arrival]) -> Iterator[Arrival]:
    """The arrivals, or the one that says that there are none."""
    first = next(arrivals, None)
    yield first or nothing(origin)
    yield from arrivals


def _id(origin: Origin, reason: str) -> str:
    return digest(f"{origin.source} {origin.place} {reason}".encode())
