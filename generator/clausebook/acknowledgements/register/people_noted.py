"""What the register knows of people.json: its digest, before it is written, so that a list that was edited or taken away is noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import BrokenPeopleError, Person, read_people, render_people, write_people
from clausebook.acknowledgements.register.entries import Body, Entry, Register, open_register

STOPPED = "a command was stopped before it had written it: run that command again"


class PeopleNoted:
    """Meets the entries of a register, and keeps the last digest of people.json and the one before it."""

    def __init__(self) -> None:
        self.before, self.last = "", ""
        self._nothing_since = False

    def apply(self, entry: Entry) -> None:
        self._nothing_since = entry.body is not None and entry.body.kind == "people"
        if entry.body and entry.body.kind == "people":
            self.before, self.last = self.last, str(entry.body.facts.get("digest", ""))

    def fault(self, desk: Desk) -> str:
        """What is wrong with the file, in words; empty where nothing is, or where the register knows of none."""
        if not self.last:
            return ""
        if not desk.people.is_file():
            never_written = self._nothing_since and not self.before
            return STOPPED if never_written else "it is gone: put back the copy that you have"
        found = _digest(desk.read(desk.people))
        if found == self.last:
            return ""
        if found == self.before:
            return STOPPED
        return "it was changed by something else than our commands: put back the copy that you have"


def read_known_people(desk: Desk, noted: PeopleNoted) -> tuple[Person, ...]:
    """Everybody. Raises BrokenPeopleError where the file is another one than the register knows, or the one before it."""
    fault = noted.fault(desk)
    if fault not in ("", STOPPED):
        raise BrokenPeopleError(f"{desk.people}: {fault}")
    return read_people(desk)


def people_bodies(desk: Desk, noted: PeopleNoted, people: Sequence[Person], at: str) -> list[Body]:
    """The entries that stand in the register before these people are written.

    First of what is there now, where the register does not know that: the first time, or where a command was stopped before.
    """
    there = _digest(desk.read(desk.people)) if desk.people.is_file() else noted.last
    digests = (noted.last, there, _digest(render_people(people)))
    return [Body(kind="people", at=at, facts={"digest": new}) for old, new in pairwise(digests) if new != old]


def write_noted_people(desk: Desk, register: Register, noted: PeopleNoted, people: Sequence[Person], at: str) -> None:
    """Write people.json where it says something else now, or the register does not know it yet."""
    for entry in register.add(people_bodies(desk, noted, people, at)):
        noted.apply(entry)
    if not desk.people.is_file() or desk.read(desk.people) != render_people(people):
        write_people(desk, people)


def rewrite_people(desk: Desk, people: Sequence[Person], at: str) -> None:
    """Write people.json anew. Raises RegisterInUseError, BrokenRegisterError, BrokenPeopleError."""
    noted = PeopleNoted()
    with open_register(desk.register, noted.apply) as register:
        read_known_people(desk, noted)
        write_noted_people(desk, register, noted, people, at)


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
