"""A learning platform's report: rows of a table that name a person by mail address and say how far they came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.acknowledgements.heaps.arrival import Arrival, Item, PlatformRow
from generator.acknowledgements.heaps.moments import month_first, read_moment

MOST_HEADINGS = 20  # rows within which the headings stand
LONGEST = 200
ADDRESS = re.compile(r"[^@\s<>,;:\"]{1,200}@[^@\s<>,;:\"]{1,200}\.[^@\s<>,;:\"]{1,60}")
HEADINGS = {
    "mail": re.compile(r"(?i)\b(e-?mail|mail|user ?name|user ?principal ?name|upn|login)\b"),
    "status": re.compile(r"(?i)\bstatus\b|\bcompletion\b|^(result|state|passed|completed)$"),
    "name": re.compile(r"(?i)^(full )?name$|^(learner|student|user|participant|first name|last name|surname|forename)( name)?$"),
    "score": re.compile(r"(?i)\b(score|grade|mark|points)\b"),
    "course": re.compile(r"(?i)\b(course|activity|package|module|lesson|title)\b"),
    "date": re.compile(r"(?i)^(?!.*\b(start|due|enrol|access)).*(\bdate\b|\btime\b|\bcompleted on\b|\bfinished\b|\btimestamp\b)"),
}  # fmt: skip


@dataclass(frozen=True)
class _Report:
    """The columns of a report by what they tell, and the number of the row below its headings."""

    columns: dict[str, tuple[int, ...]]
    first: int

    def of(self, row: Sequence[str], what: str) -> tuple[str, ...]:
        return tuple(row[place].strip()[:LONGEST] for place in self.columns[what] if place < len(row))


def read_report(item: Item, rows: Sequence[Sequence[str]]) -> Iterator[Arrival]:
    """The rows of a report that name somebody; nothing where the table is none."""
    report = _find(rows)
    if report is None:
        return
    american = month_first(cell for row in rows[report.first :] for cell in report.of(row, "date"))
    for number, row in enumerate(rows[report.first :], report.first + 1):
        mail = next((found[0].lower() for cell in report.of(row, "mail") if (found := ADDRESS.search(cell))), "")
        name = " ".join(filter(None, report.of(row, "name")))
        if mail or name:
            dates = (read_moment(cell, american=american) for cell in report.of(row, "date"))
            content = PlatformRow(
                name, mail, report.of(row, "status"), " ".join(filter(None, report.of(row, "score"))),
                " ".join(filter(None, report.of(row, "course"))) or item.name, next(filter(None, dates), ""),
            )  # fmt: skip
            origin = replace(
                item.origin.at(f"row {number}"), channel="platform", source=content.id,
                received=content.finished or item.origin.received, sender="",
            )  # fmt: skip
            yield Arrival(origin, content)


def _find(rows: Sequence[Sequence[str]]) -> _Report | None:
    """A report has a heading for a person and one for a status, in one of its first rows."""
    for number, row in enumerate(rows[:MOST_HEADINGS], 1):
        columns = {what: _places(row, what) for what in HEADINGS}
        if columns["status"] and (columns["mail"] or columns["name"]):
            return _Report(columns, number)
    return None


def _places(row: Sequence[str], what: str) -> tuple[int, ...]:
    found = [place for place, cell in enumerate(row) if HEADINGS[what].search(cell.strip())]
    if what != "status":
        found = [place for place in found if not HEADINGS["status"].search(row[place].strip())]
    return tuple(found)
