"""What each academy adopted of its trust's policies, to take away: as a table or as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from clausebook.export.published import Published
from clausebook.export.tables import Sheet
from clausebook.findings.academies import AdoptionLine, BesideTrust, adoptions_of
from clausebook.findings.find import Finding
from clausebook.model import Ruling
from clausebook.model.academy import How
from clausebook.model.citation import number_of
from clausebook.model.dates import in_words
from clausebook.model.handbook import Handbook, Trust
from clausebook.model.labels import HOW_IN_BRIEF

HEADINGS = ("Academy", "Policy", "How", "Adopted", "Not filled in", "To be read again")


class AdoptedRecord(Published):
    revision: str
    date: str
    """As exact as it is stated."""
    by: str | None
    minute: str | None


class RulingRecord(Published):
    by: str
    date: str
    says: str


class BearingRecord(Published):
    clause: str
    """The id of the academy's clause."""
    target: str
    """The id of the clause of the trust that it is about."""
    how: Literal["names", "tightens", "loosens"]
    """As the academy's file says."""
    asks_less: bool
    """Whether it asks for less than the trust: because its file says so, or because the force of the two clauses shows it."""
    state: Literal["read", "changed", "never-read"]
    """changed: the trust's clause has changed since someone read the two together."""
    ruling: RulingRecord | None
    """What the trust decided of a clause that asks for less; null where it has not."""


class AcademyRecord(Published):
    """One academy and one policy in force of its trust."""

    trust: str
    academy: str
    name: str
    short_name: str
    policy: str
    revision: str
    """The id of the trust's revision in force."""
    how: How
    """How the trust lets academies adopt it; unchanged where nothing says otherwise."""
    called: str | None
    """The trust's own name for that."""
    by: str | None
    """The day by which each academy is to adopt it."""
    adopted: AdoptedRecord | None
    is_current: bool
    """Whether the academy adopted the revision in force."""
    missing: list[str]
    """The ids of the fields in its text that the academy has not filled in."""
    own_text: bool
    """Whether its text differs from the trust's, by fields or by an appendix."""
    digest: str
    """SHA-256 over its whole text, as of a revision of the trust."""
    bearings: list[BearingRecord]


def adoption_sheet(trust: Trust, as_of: date) -> Sheet:
    """A row for each academy and each policy in force."""
    return Sheet(
        f"Academies of {trust.record.short_name}", HEADINGS, tuple(_row(line) for line in adoptions_of(trust, as_of))
    )


def _row(line: AdoptionLine) -> tuple[str, ...]:
    how = f"{line.called}: {HOW_IN_BRIEF[line.how]}" if line.called else HOW_IN_BRIEF[line.how]
    missing = ", ".join(field.label for field in line.missing)
    return line.academy.record.short, line.policy.title, how, _adopted(line), missing, "\n".join(map(_to_read, line.to_read_again))  # fmt: skip


def _adopted(line: AdoptionLine) -> str:
    by = f", overdue since {in_words(line.by)}" if line.is_late and line.by else ""
    if line.adopted is None:
        return f"not recorded{by}" if line.policy.record.adoption else ""
    older = "" if line.is_current else f", an earlier text{by}"
    return f"{line.adopted.revision} on {in_words(line.adopted.date)}{older}"


def _to_read(one: BesideTrust) -> str:
    return f"{number_of(one.own)} beside {number_of(one.target)}"


def academy_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[AcademyRecord]:
    return (_record(line) for trust in handbook.trusts for line in adoptions_of(trust, date.min))


def _record(line: AdoptionLine) -> AcademyRecord:
    academy, policy, adopted = line.academy, line.policy, line.adopted
    return AcademyRecord(
        trust=academy.trust, academy=academy.id, name=academy.record.name, short_name=academy.record.short,
        policy=policy.id, revision=policy.current.id, how=line.how, called=line.called, by=line.by,
        adopted=AdoptedRecord(revision=adopted.revision, date=adopted.date, by=adopted.by, minute=adopted.minute) if adopted else None,
        is_current=line.is_current, missing=[field.id for field in line.missing], own_text=academy.has_own(policy.id),
        digest=academy.texts[policy.id].digest, bearings=[_bearing(one) for one in line.bearings],
    )  # fmt: skip


def _bearing(one: BesideTrust) -> BearingRecord:
    bearing = one.bearing
    return BearingRecord(
        clause=bearing.clause, target=bearing.target, how=bearing.how, asks_less=one.asks_less,
        state="read" if one.is_read else "changed" if bearing.seen else "never-read", ruling=_ruling(bearing.ruling),
    )  # fmt: skip


def _ruling(ruling: Ruling | None) -> RulingRecord | None:
    return RulingRecord(by=ruling.by, date=ruling.date, says=ruling.says) if ruling else None
