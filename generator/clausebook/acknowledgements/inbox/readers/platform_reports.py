"""A learning platform's report: rows of a table that name a person by mail address and say how far they came.

A report is told by what stands in its cells as well as by its headings: Moodle's "Activity completion" heads the column of names
with nothing, and each column of results with the name of an activity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clausebook.acknowledgements.inbox.readers.dates import month_first, read_moment
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, PlatformRow, unreadable

MOST_HEADINGS = 20  # rows within which the headings stand
LONGEST = 200
ADDRESS = re.compile(r"[^@\s<>,;:\"]{1,200}@[^@\s<>,;:\"]{1,200}\.[^@\s<>,;:\"]{1,60}")
DONE = frozenset({"passed", "pass", "completed", "complete", "completed (achieved pass grade)", "passed/completed", "completed/passed"})  # fmt: skip
NOT_DONE = frozenset({
    "failed", "fail", "incomplete", "not attempted", "not completed", "not complete", "not started", "in progress", "enrolled", "browsed",
    "completed (did not achieve pass grade)", "completed/failed", "no", "started",
})  # fmt: skip
SET_BY = re.compile(r" \((?:set|overridden|marked) by .*\)")  # whom Moodle names where a teacher set it by hand
HEADINGS = {
    "mail": re.compile(r"(?i)\b(e-?mail|mail|user ?name|user ?principal ?name|upn|login)\b"),
    "date": re.compile(r"(?i)^(?!.*\b(start|due|enrol|access|download)).*(\bdate\b|\btime\b|\bcompleted on\b|\bfinished\b|\btimestamp\b)"),
    "status": re.compile(r"(?i)\bstatus\b|\bcompletion\b|^(result|state|passed|completed)$"),
    "name": re.compile(r"(?i)^(full )?name$|^(learner|student|user|participant|first name|last name|surname|forename)( name)?$"),
    "score": re.compile(r"(?i)\b(score|grade|mark|points)\b|\(real\)"),
    "course": re.compile(r"(?i)\b(course|activity|package|module|lesson|title)\b"),
}  # fmt: skip
NO_RESULTS = (
    "it is a platform's report that does not say who completed what",
    "fetch the report that does, with email addresses: of Moodle, Reports > Activity completion, downloaded as CSV",
)


@dataclass(frozen=True)
class _Activity:
    """A column of results that is headed with what they are of, and the column of its dates."""

    name: str
    status: int
    date: tuple[int, ...]


@dataclass(frozen=True)
class _Report:
    """The columns of a report by what they tell, and the number of the row below its headings."""

    columns: dict[str, tuple[int, ...]]
    activities: tuple[_Activity, ...]
    first: int

    def of(self, row: Sequence[str], what: str) -> tuple[str, ...]:
        return _cells(row, self.columns[what])


def read_report(item: Item, rows: Sequence[Sequence[str]]) -> Iterator[Arrival]:
    """The rows of a report that name somebody; nothing where the table is none."""
    report = _find(rows)
    if report is None:
        return
    if not report.columns["status"] and not report.activities:
        yield unreadable(item.origin, *NO_RESULTS)
        return
    body = rows[report.first :]
    dates = (*report.columns["date"], *(place for activity in report.activities for place in activity.date))
    american = month_first(cell for row in body for cell in _cells(row, dates))
    for number, row in enumerate(body, report.first + 1):
        for content in _contents(report, row, item, american=american):
            origin = replace(
                item.origin.at(f"row {number}"), channel="platform", source=content.id,
                received=content.finished or item.origin.received, sender="",
            )  # fmt: skip
            yield Arrival(origin, content)


def _contents(report: _Report, row: Sequence[str], item: Item, *, american: bool) -> Iterator[PlatformRow]:
    """What a row says: of one course, or of each activity."""
    mail = next((found[0].lower() for cell in report.of(row, "mail") if (found := ADDRESS.search(cell))), "")
    name = " ".join(filter(None, report.of(row, "name")))
    if not mail and not name:
        return
    score = " ".join(filter(None, report.of(row, "score")))
    course = " ".join(filter(None, report.of(row, "course")))
    if report.columns["status"]:
        finished = _finished(report.of(row, "date"), american=american)
        yield PlatformRow(name, mail, report.of(row, "status"), score, course or item.name, finished)
    for activity in report.activities:
        finished = _finished(_cells(row, activity.date), american=american)
        yield PlatformRow(name, mail, _cells(row, (activity.status,)), score, activity.name[:LONGEST], finished)


def _cells(row: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[place].strip()[:LONGEST] for place in places if place < len(row))


def _finished(cells: Sequence[str], *, american: bool) -> str:
    return next(filter(None, (read_moment(cell, american=american) for cell in cells)), "")


def _find(rows: Sequence[Sequence[str]]) -> _Report | None:
    """A report has a heading for a person, and below its headings results or marks."""
    for number, row in enumerate(rows[:MOST_HEADINGS], 1):
        columns = {what: _places(row, what) for what in HEADINGS}
        activities = _activities(row, rows[number:], columns)
        told = {activity.status for activity in activities}
        if columns["mail"] and not row[0].strip():
            columns["name"] = (0, *columns["name"])
        columns |= {what: tuple(place for place in columns[what] if place not in told) for what in ("score", "course")}
        results = columns["status"] or activities
        if (results and (columns["mail"] or columns["name"])) or (columns["mail"] and columns["score"]):
            return _Report(columns, activities, number)
    return None


def _places(row: Sequence[str], what: str) -> tuple[int, ...]:
    """A heading tells one thing: a day before a result ("Completion date"), and a result before all else."""
    before = {"mail": (), "date": ("mail",), "status": ("mail", "date")}.get(what, ("date", "status"))
    return tuple(
        place
        for place, cell in enumerate(row)
        if HEADINGS[what].search(cell.strip()) and not any(HEADINGS[one].search(cell.strip()) for one in before)
    )


def _activities(
    headings: Sequence[str], body: Sequence[Sequence[str]], columns: dict[str, tuple[int, ...]]
) -> tuple[_Activity, ...]:
    """The columns in which nothing but results stands, though their headings name something else."""
    taken = {*columns["status"], *columns["mail"], *columns["date"]}
    return tuple(
        _Activity(heading.strip(), place, _date_of(headings, place))
        for place, heading in enumerate(headings)
        if place not in taken and heading.strip() and _holds_results(body, place)
    )


def _holds_results(body: Sequence[Sequence[str]], place: int) -> bool:
    found = {SET_BY.sub("", row[place].strip().casefold()) for row in body if place < len(row) and row[place].strip()}
    return bool(found) and found <= DONE | NOT_DONE and found != {"no"}


def _date_of(headings: Sequence[str], place: int) -> tuple[int, ...]:
    """The next column, where it has no heading or the same one with another word behind it."""
    following = headings[place + 1].strip() if place + 1 < len(headings) else None
    if following == "" or (following and following.startswith(headings[place].strip())):
        return (place + 1,)
    return ()
