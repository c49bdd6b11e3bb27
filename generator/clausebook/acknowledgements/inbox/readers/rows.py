"""Rows of a table, from wherever it comes: the receipts or slips in its cells, with the row's own time and mail address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from clausebook.acknowledgements.inbox.readers.dates import month_first, read_moment
from clausebook.acknowledgements.inbox.readers.platform_reports import ADDRESS, HEADINGS, MOST_HEADINGS, read_report
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, digest, or_nothing, unfetched
from clausebook.acknowledgements.inbox.readers.texts import lines_in, may_hold_lines

Row = Sequence[str]
# The best first: what a form calls the moment of sending, then anything that is a time.
TIME_HEADINGS = tuple(
    re.compile(rf"(?i){words}")
    for words in (r"completion time", r"timestamp|submitted|submission", r"\breceived\b|finished|\bend\b", r"^(?!.*\bstart).*\b(date|time)\b")
)  # fmt: skip


@dataclass(frozen=True)
class _Columns:
    """Which column tells what; None where none does."""

    time: int | None
    mail: int | None
    american: bool


NOBODY_TELLS = _Columns(None, None, american=False)


def read_rows(item: Item, rows: Sequence[Row]) -> Iterator[Arrival]:
    """Receipts of a form's export; where there are none, what a learning platform's report says."""
    if item.origin.sought == "slip" or any(may_hold_lines(cell, item.origin) for row in rows for cell in row):
        return or_nothing(item.origin, _lines(item, rows))
    report = read_report(item, rows)
    if item.fetched:
        return or_nothing(item.origin, report)
    return or_nothing(item.origin, (unfetched(item.origin) for _ in islice(report, 1)))


def _lines(item: Item, rows: Sequence[Row]) -> Iterator[Arrival]:
    columns = _columns(item, rows) if item.fetched else NOBODY_TELLS
    for number, row in enumerate(rows, 1):
        origin = replace(
            item.origin.at(f"row {number}"), source=digest("\x1f".join(row).encode("utf-8", "replace")),
            received=_time(row, columns) or item.origin.received, sender=_mail(row, columns),
        )  # fmt: skip
        for place, cell in enumerate(row, 1):
            yield from lines_in(cell, origin.at(f"column {place}"))


def _columns(item: Item, rows: Sequence[Row]) -> _Columns:
    headings: Row = ()
    for row in rows[:MOST_HEADINGS]:
        if not any(may_hold_lines(cell, item.origin) for cell in row) and any(
            HEADINGS["mail"].search(cell) or _is_time(cell) for cell in row
        ):
            headings = row
            break
    time = next((place for words in TIME_HEADINGS for place, cell in enumerate(headings) if words.search(cell)), None)
    mail = next((place for place, cell in enumerate(headings) if HEADINGS["mail"].search(cell)), None)
    cells = [row[time] for row in rows if time is not None and time < len(row)]
    return _Columns(time, mail, month_first(cells))


def _is_time(cell: str) -> bool:
    return any(words.search(cell) for words in TIME_HEADINGS)


def _time(row: Row, columns: _Columns) -> str:
    if columns.time is None or columns.time >= len(row):
        return ""
    return read_moment(row[columns.time], american=columns.american)


def _mail(row: Row, columns: _Columns) -> str:
    if columns.mail is None or columns.mail >= len(row):
        return ""
    found = ADDRESS.search(row[columns.mail])
    return found[0].lower() if found else ""
