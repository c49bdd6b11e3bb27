"""Whether a desk is as it was written: the register's chain, receipts, people and checkpoints against trusted public keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clausebook.acknowledgements.desk.academy_texts import damaged_texts
from clausebook.acknowledgements.desk.encryption import is_encrypted
from clausebook.acknowledgements.desk.paths import Desk, UnreadableFileError
from clausebook.acknowledgements.register.checkpoints import SignedCheckpoint, read_checkpoint
from clausebook.acknowledgements.register.database import DamagedDatabaseError, open_to_read
from clausebook.acknowledgements.register.entries import Body, Entry, Fault, damaged, read_entries
from clausebook.acknowledgements.register.people_noted import PeopleNoted
from clausebook.acknowledgements.register.purges import entries_of, is_genuine
from clausebook.acknowledgements.signing.receipts import receipt_id

STORED = ("acknowledged", "not-understood", "held", "duplicate")
"""Kinds that rest on a receipt, which lies on the desk as it came."""


@dataclass(frozen=True)
class CheckpointFault:
    """A checkpoint that does not hold, or that the register does not agree with: its file's name, and what is wrong."""

    file: str
    what: str


@dataclass(frozen=True)
class FileFault:
    """A file of the desk that is not as the register knows it."""

    file: str
    what: str


@dataclass(frozen=True)
class Verdict:
    """What was looked at and what is wrong with it; nothing is, where all lists are empty."""

    entries: int
    purged: int
    hash: str
    """Of the last entry; empty where there is none."""
    faults: tuple[Fault, ...]
    checkpoints: int
    """How many hold."""
    checkpoint_faults: tuple[CheckpointFault, ...]
    covered: int
    """How many entries the newest checkpoint that holds covers, with the one that tells of it."""
    keys_of_desk: bool
    """Whether no handbook told the keys, so that the desk vouched for itself."""
    file_faults: tuple[FileFault, ...]

    @property
    def holds(self) -> bool:
        return not self.faults and not self.checkpoint_faults and not self.file_faults


@dataclass
class _Seen:
    """What is kept of the entries that have passed by."""

    wanted: frozenset[int]
    hashes: dict[int, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    bodiless: set[int] = field(default_factory=set)
    purges: list[tuple[Entry, Body]] = field(default_factory=list)
    receipts: dict[str, int] = field(default_factory=dict)
    """The receipts that must lie on the desk, with an entry that names them."""
    noted: set[int] = field(default_factory=set)
    people: PeopleNoted = field(default_factory=PeopleNoted)
    last: Entry | None = None

    def apply(self, entry: Entry) -> None:
        self.last = entry
        self.people.apply(entry)
        if entry.number in self.wanted:
            self.hashes[entry.number] = entry.head.hash
        if entry.body is None:
            self.bodiless.add(entry.number)
        else:
            self._read(entry, entry.body)

    def _read(self, entry: Entry, body: Body) -> None:
        if body.kind == "key":
            self.keys[str(body.facts.get("id", ""))] = str(body.facts.get("public", ""))
        elif body.kind == "purged":
            self.purges.append((entry, body))
        elif body.kind in STORED and body.channel != "scan" and body.receipt:
            self.receipts.setdefault(body.receipt, entry.number)
        elif body.kind == "checkpoint" and body.about is not None:
            self.noted.add(body.about)


def find_damage(path: Path) -> Iterator[Fault]:
    """What is wrong with the file of a register itself, beside what shows in its entries. Raises OSError."""
    try:
        with open_to_read(path) as database:
            yield from (damaged(fault) for fault in [database.fault()] if fault)
    except DamagedDatabaseError as error:
        yield damaged(str(error))


def verify_desk(desk: Desk, public_keys: Mapping[str, str]) -> Verdict:
    """Read the whole register, one entry in memory at a time, and every checkpoint.

    `public_keys` are the handbook's, by their ids; where there are none the desk's own have to do.
    """
    files = {path.name: read_checkpoint(path.read_bytes()) for path in sorted(desk.checkpoints.glob("*.json"))}
    seen = _Seen(frozenset(one.checkpoint.number for one in files.values() if one))
    faults = list(find_damage(desk.register))
    for entry in read_entries(desk.register):
        if isinstance(entry, Fault):
            faults += [entry] if entry not in faults else []
        else:
            seen.apply(entry)
    keys = public_keys or seen.keys
    wrong = tuple(
        CheckpointFault(name, what)
        for name, checkpoint in files.items()
        for what in _checkpoint_faults(name, checkpoint, seen, keys)
    )
    wrong += tuple(_missing(seen, files))
    bad = {fault.file for fault in wrong}
    good = [checkpoint.checkpoint.number for name, checkpoint in files.items() if checkpoint and name not in bad]
    faults += _unexplained(seen, keys, max(good, default=0))
    return Verdict(
        seen.last.number if seen.last else 0, len(seen.bodiless), seen.last.head.hash if seen.last else "",
        tuple(faults), len(good), wrong, _covered(seen, good), not public_keys, tuple(_file_faults(desk, seen)),
    )  # fmt: skip


def _covered(seen: _Seen, good: Sequence[int]) -> int:
    newest, last = max(good, default=0), seen.last
    if last and last.body and last.body.kind == "checkpoint" and last.number == newest + 1:
        return last.number
    return newest


def _unexplained(seen: _Seen, keys: Mapping[str, str], covered: int) -> Iterator[Fault]:
    """A body may be taken out where the law asks for it, and then an entry says so that HR signed, or that a checkpoint covers."""
    purged: set[int] = set()
    for entry, body in seen.purges:
        if entry.number <= covered or is_genuine(body, entry.head.before, keys):
            purged |= {one for one in entries_of(body) if one < entry.number}
        else:
            yield Fault(entry.number, f"entry {entry.number} says that entries were purged, and HR did not sign it")
    for number in sorted(seen.bodiless - purged):
        yield Fault(number, f"entry {number} says nothing any more, and no entry says that it was purged")


def _file_faults(desk: Desk, seen: _Seen) -> Iterator[FileFault]:
    """Receipts and people, which the register knows by their digests; and what an encrypted desk cannot read, or has in clear."""
    if fault := _fault_of_people(desk, seen):
        yield FileFault(desk.people.name, fault)
    for receipt, number in seen.receipts.items():
        if not desk.receipt_file(receipt).is_file():
            yield FileFault(f"receipts/{receipt}.txt", f"it is gone: entry {number} rests on it")
    for path in damaged_texts(desk):
        yield FileFault(
            path.relative_to(desk.root).as_posix(),
            "it was edited: put back the copy that you have, because people signed that text",
        )
    for path in desk.naming_files():
        name = path.relative_to(desk.root).as_posix()
        try:
            content = desk.read(path)
        except UnreadableFileError as error:
            if path != desk.people:  # which was told above
                yield FileFault(name, error.what)
            continue
        entry = seen.receipts.get(path.stem) if path.parent == desk.receipts else None
        if entry and receipt_id(content) != path.stem:
            yield FileFault(name, f"it was edited: entry {entry} knows it by another digest")
        if desk.key and not is_encrypted(path.read_bytes()):
            yield FileFault(name, "it lies in clear on a desk that is encrypted: run clausebook acks encrypt again")


def _fault_of_people(desk: Desk, seen: _Seen) -> str:
    try:
        return seen.people.fault(desk)
    except UnreadableFileError as error:
        return error.what


def _checkpoint_faults(name: str, one: SignedCheckpoint | None, seen: _Seen, keys: Mapping[str, str]) -> Iterator[str]:
    if one is None:
        yield "this is no checkpoint: it was changed"
        return
    checkpoint = one.checkpoint
    if name != f"{checkpoint.number}.json":
        yield f"this is the checkpoint of entry {checkpoint.number}: it was renamed or copied over another"
    if checkpoint.key not in keys:
        yield f"it is signed with the key {checkpoint.key}, which is none of ours"
    elif not one.is_signed_by(keys[checkpoint.key]):
        yield "its signature does not fit: it was changed, or forged"
    last = seen.last.number if seen.last else 0
    if checkpoint.number > last:
        yield f"it knows entry {checkpoint.number} of {checkpoint.at}, and the register ends with entry {last}: its end was cut off"
    elif seen.hashes.get(checkpoint.number) != checkpoint.hash:
        yield f"entry {checkpoint.number} is not the one of {checkpoint.at}: it, or one before it, was written anew"


def _missing(seen: _Seen, files: Mapping[str, SignedCheckpoint | None]) -> Iterator[CheckpointFault]:
    for number in sorted(seen.noted):
        if f"{number}.json" not in files:
            yield CheckpointFault(f"{number}.json", "an entry says that this checkpoint was made, and it is gone")
