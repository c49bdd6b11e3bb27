"""Collecting: what lies in a heap is judged, and the register and the receipts get what is new. It can be run again at any time.

A receipt is on the disk before the entry that names it, and an entry before anybody is told of it. So whatever moment a machine
stops at, the next run over the same heap finds what was written, and adds what was not.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.desk.paths import Desk, UnreadableFileError
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.desk.private_files import make_folder
from clausebook.acknowledgements.inbox.readers.apart import Reader
from clausebook.acknowledgements.inbox.readers.files import read_heap
from clausebook.acknowledgements.inbox.readers.submission import Arrival, PlatformRow
from clausebook.acknowledgements.inbox.rules.case import Clock
from clausebook.acknowledgements.inbox.rules.decision import Decision
from clausebook.acknowledgements.inbox.rules.judge import judge, split
from clausebook.acknowledgements.inbox.rules.register_index import Known, RegisterIndex
from clausebook.acknowledgements.register.entries import Body, Register, open_register, read_register
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.acknowledgements.signing.receipts import FoundReceipt, read_receipt
from clausebook.system import open_private, sync_files

BATCH = 500  # entries in one write


@dataclass(frozen=True)
class Judged:
    """An arrival with what was decided, and the entry that the register has of it, if any."""

    arrival: Arrival
    decision: Decision
    entry: int | None


@dataclass(frozen=True)
class Heap:
    """Files and folders in which receipts may lie; `fetched` are those that HR took itself from a platform or a form."""

    paths: Sequence[Path]
    fetched: Sequence[Path] = ()


def collect(
    heap: Heap, desk: Desk, books: HandbookIndex, people: Sequence[Person], clock: Clock, *, dry: bool = False
) -> Iterator[Judged]:
    """Judge all that lies in `heap`; nothing is yielded before it is written. With `dry`, nothing is written.

    Where it is interrupted, what was judged by then is written and yielded before it stops.
    Raises RegisterInUseError, BrokenRegisterError.
    """
    memory = RegisterIndex()
    with (read_register if dry else open_register)(desk.register, memory.apply) as register:
        known = Known(
            memory,
            read_standings(register),
            people,
            lambda receipt: read_stored(desk, receipt),
            read_salt(desk, make=not dry),
        )
        writing = _Writing(desk, None if dry else register, known, memory.last)
        try:
            with closing(Reader(meanwhile=writing.write)) as reader:
                for arrival in read_heap(heap.paths, heap.fetched, reader.read):
                    for one in split(arrival, known, books):
                        writing.take(one, judge(one, known, books, clock), clock)
                    if len(writing.judged) >= BATCH:
                        yield from writing.flush()
        except KeyboardInterrupt:
            yield from writing.flush()
            raise
        yield from writing.flush()


def read_salt(desk: Desk, *, make: bool) -> bytes:
    """What keys of deliveries are salted with; made where there is none, so that none is ever empty."""
    if not desk.salt.is_file():
        salt = secrets.token_bytes(32)
        if make:
            desk.write(desk.salt, salt)
        return salt
    return desk.read(desk.salt)


def read_stored(desk: Desk, receipt: str) -> FoundReceipt | None:
    """A receipt that was collected before, by its id; None where it is no longer there."""
    try:
        found = read_receipt(desk.read(desk.receipt_file(receipt)).decode().strip())
    except (OSError, UnicodeDecodeError, UnreadableFileError):
        return None
    return found if isinstance(found, FoundReceipt) and found.id == receipt else None


class _Writing:
    """What was judged and is not yet written."""

    def __init__(self, desk: Desk, register: Register | None, known: Known, last: int) -> None:
        self._desk, self._register, self._known, self._last = desk, register, known, last
        self._bodies: list[Body] = []
        self._stored: list[Path] = []
        self.judged: list[Judged] = []

    def take(self, arrival: Arrival, decision: Decision, clock: Clock) -> None:
        bodies = _entries(arrival, decision, self._known, clock) if decision.recorded else []
        if bodies and self._register:
            self._store(arrival)
        for body in bodies:
            self._bodies.append(body)
            self._known.note(self._next, body)
        self.judged.append(Judged(arrival, decision, self._next if bodies and self._register else decision.about))

    @property
    def _next(self) -> int:
        """The number that the last of the waiting entries will get."""
        return self._last + len(self._bodies)

    def write(self) -> None:
        """Write what waits: first the receipts, then the entries that name them."""
        if self._register and self._bodies:
            sync_files(self._stored)
            self._stored = []
            self._register.add(self._bodies)
        self._last = self._next
        self._bodies = []

    def flush(self) -> list[Judged]:
        """Write what waits; returns what was judged since the last time."""
        self.write()
        done, self.judged = self.judged, []
        return done

    def _store(self, arrival: Arrival) -> None:
        """A part of a file that a stopped machine leaves has no entry, and is written anew."""
        content = arrival.content
        if not isinstance(content, FoundReceipt | PlatformRow):
            return
        make_folder(self._desk.receipts)
        path = self._desk.receipt_file(content.id)
        kept = self._desk.as_kept(path, content.line.encode() + b"\n")
        with open(path, "wb", opener=open_private) as file:
            file.write(kept)
        self._stored.append(path)


def _entries(arrival: Arrival, decision: Decision, known: Known, clock: Clock) -> list[Body]:
    """What the register gets: where it held the same thing before, first that this is settled."""
    body = _body(arrival, decision, clock)
    prior = known.prior(arrival.content.id, arrival.policy)
    if prior is None or prior.state != "held":
        return [body]
    settled = Body(
        kind="resolved", at=clock.at, ref=body.ref, person=body.person, trust=body.trust, policy=body.policy,
        says="It was collected again, and what is known by now decides it.", about=prior.entry, facts={"outcome": decision.outcome},
    )  # fmt: skip
    return [settled, body]


def _body(arrival: Arrival, decision: Decision, clock: Clock) -> Body:
    whose, facts = decision.whose, dict(decision.facts)
    if decision.outcome == "hold":
        facts |= {"next": decision.next_step, "assurance": decision.assurance}
    return Body(
        kind=decision.kind, at=clock.at,
        ref=whose.asked.ref if whose else "", person=whose.person if whose else "", trust=whose.trust if whose else "",
        policy=whose.policy if whose else arrival.policy, revision=whose.asked.revision if whose else "",
        digest=whose.asked.digest if whose else "", campaign=whose.asked.campaign if whose else "",
        received=decision.received, channel=arrival.origin.channel, assurance="" if decision.outcome == "hold" else decision.assurance,
        receipt=arrival.content.id, says=decision.reason, about=decision.about, facts=facts,
    )  # fmt: skip
