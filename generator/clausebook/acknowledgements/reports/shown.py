"""The tables of a dashboard: those of the workbook, with as many columns and rows as a page has room for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clausebook.acknowledgements.reports.charts import Line
from clausebook.acknowledgements.reports.report import Report
from clausebook.acknowledgements.reports.sheets import owing_by_person, report_sheets
from clausebook.acknowledgements.reports.tallies import Tally
from clausebook.export.tables import Cell, Sheet
from clausebook.model.dates import in_words

MOST_ROWS = 100  # of people; the workbook has all
MOST_GROUPS = 40  # academies or managers: those with most outstanding
COUNTS = ("To sign", "Done", "Done %", "Not yet due", "Overdue", "Exempt", "Left", "Not asked yet")
DAYS = frozenset({"Due", "First day", "Day", "Asked", "Link ends"})  # headings under which days stand
COLUMNS = {
    "New starters": ("Name", "Academy", "Manager", "First day", "Policy", "State", "Due", "Days overdue"),
    "Exceptions": ("Kind", "Name", "Policy", "Day", "Decided by", "Says", "Clauses", "Entry"),
    "Not understood": ("Clause", "Policy", "Revision", "Where", "People", "Not answered yet", "They asked"),
    "Clauses owed": ("Where", "What changed", "Policy", "From", "To", "People who owe it"),
}


@dataclass(frozen=True)
class Shown:
    """A table, and how many rows it has in full."""

    sheet: Sheet
    of: int


def find_shown(report: Report) -> dict[str, Shown]:
    """Every table of the dashboard by the name of its sheet; the week by week ones of the trends are `shown_weeks`."""
    sheets = {sheet.name: sheet for sheet in report_sheets(report)}
    shown = {name: _in_words(_cut(sheet.only(COLUMNS.get(name, sheet.headings)))) for name, sheet in sheets.items()}
    return shown | {
        "Who owes what": _cut(owing_by_person(report, report.owing)),
        "By academy": _tallies("Academy", report.by_academy),
        "By manager": _tallies("Manager", report.by_manager),
        "By policy": _tallies("Policy", tuple(replace(one, name=(report.title(one.name[0]),)) for one in report.by_policy)),
        "Campaigns by policy": _tallies("Campaign, policy, revision", tuple(
            replace(one, name=(one.name[0], report.title(one.name[1]), one.name[2])) for one in report.by_campaign
        )),
    }  # fmt: skip


def _in_words(shown: Shown) -> Shown:
    """With days as a reader says them; the workbook has days that can be sorted."""
    headings = shown.sheet.headings
    rows = tuple(
        tuple(in_words(str(cell)) if heading in DAYS and cell else cell for heading, cell in zip(headings, row, strict=True))
        for row in shown.sheet.rows
    )  # fmt: skip
    return Shown(Sheet(shown.sheet.name, headings, rows), shown.of)


def _cut(sheet: Sheet) -> Shown:
    return Shown(Sheet(sheet.name, sheet.headings, sheet.rows[:MOST_ROWS]), len(sheet.rows))


def _tallies(first: str, tallies: tuple[Tally, ...]) -> Shown:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (", ".join(tally.name), tally.to_sign, tally.done, tally.share, *(tally.of(state) for state in ("due", "overdue", "exempt", "left", "not-asked")))
        for tally in most_outstanding(tallies)
    )  # fmt: skip
    return Shown(Sheet(first, (first, *COUNTS), rows), len(tallies))


def most_outstanding(tallies: tuple[Tally, ...]) -> tuple[Tally, ...]:
    """All of them by name; where they are too many, those with most outstanding."""
    if len(tallies) <= MOST_GROUPS:
        return tallies
    return tuple(
        sorted(tallies, key=lambda tally: (-tally.of("overdue"), -tally.outstanding, tally.name))[:MOST_GROUPS]
    )


def shown_weeks(line: Line) -> Shown:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (in_words(day.day), day.asked, day.done, day.asked - day.done) for day in line.weekly
    )
    return Shown(Sheet("Weeks", ("By the end of", "Asked", "Done", "Outstanding"), rows), len(rows))
