"""openpyxl, and only here: the cells of an XLSX file, as values; a formula is never worked out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl

from clausebook.acknowledgements.inbox.readers.rows import read_rows
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, or_nothing, unreadable

MOST_CELLS = 20_000_000
SAVE_AGAIN = "open it in a spreadsheet program, save it as CSV, and collect that"


class _TooLargeError(Exception):
    pass


def read_workbook(item: Item) -> Iterator[Arrival]:
    """Every sheet of a workbook. Its zip has been looked at before (see zips.py)."""
    return or_nothing(item.origin, _sheets(item))


def _sheets(item: Item) -> Iterator[Arrival]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(item.raw), read_only=True, data_only=True, keep_links=False)
        tables = [(sheet.title, _rows(sheet)) for sheet in book.worksheets]
    except _TooLargeError:
        yield unreadable(item.origin, f"it has more than {MOST_CELLS:,} cells", "divide it")
        return
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, OSError, EOFError, NotImplementedError):  # fmt: skip
        yield unreadable(item.origin, "it is a damaged workbook", SAVE_AGAIN)
        return
    for title, rows in tables:
        inside = replace(item, origin=item.origin.at(f"sheet {title[:40]}"))
        for arrival in read_rows(inside, rows):
            if getattr(arrival.content, "kind", "") != "nothing":
                yield arrival


def _rows(sheet: Any) -> list[tuple[str, ...]]:
    sheet.reset_dimensions()  # what it claims to measure can be anything
    rows, cells = [], 0
    for row in sheet.iter_rows(values_only=True):
        cells += len(row) + 1
        if cells > MOST_CELLS:
            raise _TooLargeError
        rows.append(tuple(_words(cell) for cell in row))
    return rows


def _words(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
