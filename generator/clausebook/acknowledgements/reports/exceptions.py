"""Exceptions: whatever is neither a plain acknowledgement nor plainly outstanding, each with who, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.standings import Standings
from clausebook.acknowledgements.reports.annotations import Noted
from clausebook.acknowledgements.reports.cases import Case

Kind = Literal["left", "exempt", "on-behalf", "void", "held", "not-understood"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_WORDS: dict[Kind, str] = {
    "left": "Left",
    "exempt": "Exempt",
    "on-behalf": "Recorded on behalf",
    "void": "Void",
    "held": "Held for a decision",
    "not-understood": "Not understood",
}


@dataclass(frozen=True)
class Exceptional:
    """One exception; `person` is None where nobody knows whose it is."""

    kind: Kind
    person: Person | None
    policy: str
    day: str
    by: str
    says: str
    entry: int | None
    """The entry of the register; None where people.json alone says it."""
    clauses: tuple[str, ...] = ()
    """Of what was not understood."""


def find_exceptions(
    cases: Sequence[Case], standings: Standings, noted: Noted, people: Sequence[Person], trust: str
) -> tuple[Exceptional, ...]:
    """All of a trust, kind by kind, the oldest first."""
    by_id = {person.id: person for person in people if person.trust == trust}
    found = [one for case in cases for one in _of_case(case, noted)]
    found += [
        Exceptional(
            "void", by_id.get(one.key[0]), one.key[2], one.day[:10], one.by, f"{one.what}: {one.says}", one.entry
        )
        for one in noted.voided
        if one.key[1] == trust
    ]
    found += [
        Exceptional("held", by_id.get(one.person), one.policy, one.day[:10], "", one.says, one.entry)
        for one in standings.held
        if one.trust in (trust, "")
    ]
    once = {(one.kind, one.entry or id(one)): one for one in found}  # who left has left for every policy
    return tuple(sorted(once.values(), key=lambda one: (KINDS.index(one.kind), one.day, one.entry or 0)))


def _of_case(case: Case, noted: Noted) -> Iterator[Exceptional]:
    standing, person = case.standing, case.person
    if case.state == "left":
        signed = "" if standing.signed else " Nothing was acknowledged."
        if standing.left:
            left = standing.left
            yield Exceptional("left", person, "", left.day[:10], left.by, f"{left.says}{signed}", left.entry)
        else:
            yield Exceptional("left", person, case.policy, person.leaves, "", f"The last roster gives this last day.{signed}", None)  # fmt: skip
    for one in standing.exempt:
        says = f"From {one.campaign}: {one.says}"
        yield Exceptional("exempt", person, case.policy, one.day[:10], one.by, says, one.entry)
    for signed_ in standing.signed:
        if signed_.how == "on-behalf":
            by_hand = noted.on_behalf[signed_.entry]
            yield Exceptional("on-behalf", person, case.policy, signed_.day[:10], by_hand.by, by_hand.says, signed_.entry)  # fmt: skip
    for unclear in standing.unclear:
        says = (unclear.question or "No question was typed.") + (" Answered." if unclear.answered else " Not answered yet.")  # fmt: skip
        yield Exceptional("not-understood", person, case.policy, unclear.day[:10], "", says, unclear.entry, unclear.clauses)  # fmt: skip
