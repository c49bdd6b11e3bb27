"""How the academies of a trust stand to its policies: what each adopted, has not filled in, and is to read again beside the trust's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from clausebook.compare.revisions.force import asks_less
from clausebook.findings.finding import Finding, Kind
from clausebook.model import AcademyField
from clausebook.model.academy import Adopted, Bearing, How
from clausebook.model.citation import name_of
from clausebook.model.clause import Clause
from clausebook.model.dates import how_long, in_words, last_day
from clausebook.model.handbook import Academy, Policy, Revision, Trust
from clausebook.model.labels import FORCE

WRITTEN = {"names": "speaks of", "tightens": "is said to ask for more than", "loosens": "asks for less than"}


@dataclass(frozen=True)
class BesideTrust:
    """A clause of an academy's appendix beside the clause of the trust that it is about, as both are now."""

    bearing: Bearing
    place: int
    """Which of the appendix's bearings it is, counted from 0."""
    own: Clause
    target: Clause
    then: Clause | None
    """The trust's clause as somebody last read it; None where nobody has, and where no revision here has those words."""
    changed_in: Revision | None
    """The revision that gave the trust's clause the words that it has now; None where the oldest one here has them."""

    @property
    def is_read(self) -> bool:
        """Whether somebody has read the two together as they are."""
        return self.bearing.seen == self.target.mark

    @property
    def asks_less(self) -> bool:
        """Whether the academy's clause asks for less, as its author says or as the force of the two shows."""
        return self.bearing.how == "loosens" or asks_less(self.target.modality, self.own.modality)


@dataclass(frozen=True)
class AdoptionLine:
    """How one academy stands to one policy in force of its trust."""

    academy: Academy
    policy: Policy
    how: How
    called: str | None
    """The trust's own name for that."""
    by: str | None
    """The day by which each academy is to have adopted it."""
    adopted: Adopted | None
    is_current: bool
    """Whether the academy adopted the revision in force."""
    is_late: bool
    """Whether the day is over by which it was to adopt the revision in force, and it has not."""
    missing: tuple[AcademyField, ...]
    bearings: tuple[BesideTrust, ...]

    @property
    def to_read_again(self) -> tuple[BesideTrust, ...]:
        return tuple(one for one in self.bearings if not one.is_read)


def adoptions_of(trust: Trust, as_of: date) -> tuple[AdoptionLine, ...]:
    """A line for each academy and each policy in force, in the order of the academies and then of the policies."""
    return tuple(
        _line(academy, policy, as_of) for academy in trust.academies for policy in trust.policies if policy.in_force
    )


def _line(academy: Academy, policy: Policy, as_of: date) -> AdoptionLine:
    adoption, adopted = policy.record.adoption, academy.record.adopted.get(policy.id)
    is_current = adopted is not None and adopted.revision == policy.current.id
    by = adoption.by if adoption else None
    return AdoptionLine(
        academy, policy, adoption.how if adoption else "unchanged", adoption.called if adoption else None, by, adopted, is_current,
        not is_current and by is not None and last_day(by) < as_of, academy.missing[policy.id], bearings_of(academy, policy),
    )  # fmt: skip


def bearings_of(academy: Academy, policy: Policy) -> tuple[BesideTrust, ...]:
    """Each clause of an academy's appendix that is about one of the trust's, in the order of the file."""
    appendix = academy.appendices.get(policy.id)
    if appendix is None or policy.in_force is None:
        return ()
    now, own = policy.in_force.by_id, academy.texts[policy.id].by_id
    return tuple(
        BesideTrust(one, place, own[one.clause], target, _then(one, policy), _changed_in(target, policy))
        for place, one in enumerate(appendix.bears_on)
        if (target := now[one.target])
    )


def _then(bearing: Bearing, policy: Policy) -> Clause | None:
    clauses = (found for revision in policy.revisions if (found := revision.by_id.get(bearing.target)))
    return next((clause for clause in clauses if clause.mark == bearing.seen), None)


def _changed_in(target: Clause, policy: Policy) -> Revision | None:
    last = policy.current
    for revision in policy.past:
        before = revision.by_id.get(target.id)
        if before is None or before.mark != target.mark:
            return last
        last = revision
    return None


def find_in_academies(trust: Trust, as_of: date) -> Iterator[Finding]:
    """What is to be read again, ruled on, filled in or adopted, academy by academy."""
    for line in adoptions_of(trust, as_of):
        for one in line.bearings:
            yield from _to_read(line, one, as_of)
            yield from _asks_less(line, one, as_of)
        if line.missing:
            fields = ", ".join(field.label for field in line.missing)
            yield _finding(line, "not-filled-in", f"{line.academy.record.short} has not filled in: {fields}.",
                           "Until it has, its pages say “ask your academy office” there.", as_of)  # fmt: skip
        yield from _adoption(line, as_of)


def _to_read(line: AdoptionLine, one: BesideTrust, as_of: date) -> Iterator[Finding]:
    if one.is_read:
        return
    academy, own, target = line.academy.record.short, _named(one.own), _named(one.target)
    changed = f", last in {one.changed_in.name}" if one.changed_in else ""
    if one.bearing.seen:
        what = f"{academy}: {own} {WRITTEN[one.bearing.how]} {target} of the trust’s text. {target[0].upper()}{target[1:]} has changed since someone read the two together{changed}."
    else:
        what = f"{academy}: no one has read {own} beside {target} of the trust’s text yet."
    read = f"clausebook academies read {line.academy.trust} {line.academy.id} {line.policy.id}"
    yield _finding(line, "to-read-again", what, f"Read the two together with “{read}”. What the academy filled in stays.", as_of, one.target)  # fmt: skip


def _asks_less(line: AdoptionLine, one: BesideTrust, as_of: date) -> Iterator[Finding]:
    if not one.asks_less:
        return
    academy, own, target, ruling = line.academy.record.short, _named(one.own), _named(one.target), one.bearing.ruling
    said = f"{academy}: {own} {WRITTEN[one.bearing.how]} {target} of the trust’s text"
    if one.bearing.how != "loosens":
        said += (
            f", and its words ask for less ({FORCE[one.target.modality].lower()}, {FORCE[one.own.modality].lower()})"
        )
    quoted = f"The trust says: “{one.target.in_full}” {academy} says: “{one.own.in_full}”"
    now = f"Ruling by {ruling.by}, {in_words(ruling.date)}: {ruling.says}" if ruling else "The trust has not ruled on this. Until it has, ask before you rely on the academy’s clause."  # fmt: skip
    yield _finding(line, "loosens", f"{said}. {quoted}", now, as_of, one.target, since=ruling.date if ruling else None)


def _adoption(line: AdoptionLine, as_of: date) -> Iterator[Finding]:
    academy, now = line.academy.record.short, line.policy.current
    if line.is_current or not (line.is_late or (line.adopted and not line.by)):
        return
    if line.adopted:
        older = line.policy.by_id[line.adopted.revision]
        what = f"{academy} adopted an earlier text of this policy, {older.name}, on {in_words(line.adopted.date)}. The text in force is {now.name}."
    else:
        what = f"{academy} has not adopted this policy."
    late = (
        f" Each academy was to adopt the text in force by {in_words(line.by)}: overdue by {how_long(last_day(line.by), as_of)} on {in_words(as_of)}."
        if line.by and line.is_late
        else ""
    )
    yield _finding(
        line,
        "not-adopted",
        what + late,
        "Ask the academy when it will. HR then records it in the academy’s file, under “adopted”.",
        as_of,
    )


def _finding(
    line: AdoptionLine, kind: Kind, what: str, now: str, as_of: date, target: Clause | None = None, *, since: str | None = None,
) -> Finding:  # fmt: skip
    revision = line.policy.current
    return Finding(
        revision.trust, revision.policy, revision.id, kind, (target.id,) if target else (), (), what, now, since, as_of.isoformat(), line.academy.id,
    )  # fmt: skip


def _named(clause: Clause) -> str:
    """Its name within a sentence: `clause 4.1`, or where it has no number a clause under its heading."""
    name = name_of(clause)
    return f"{name[0].lower()}{name[1:]}" if clause.number else f"the clause under “{name}”"
