"""Spreadsheets with a row a clause, as Clausebook writes them or as tools for requirements do: XLSX and CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time

import openpyxl
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from clausebook.edit.importers.blocks import Block, Document, Place, UnreadableError
from clausebook.edit.importers.readers.markup import damaged
from clausebook.edit.importers.readers.packages import open_package
from clausebook.model.word_identity import bookmark_of

COLUMNS: Mapping[str, str] = {
    "id": r"id|uid|identifier|key",
    "kind": r"kind|type|node type",
    "level": r"level|depth",
    "number": r"(?:clause |section )?(?:number|no\.?|num|ref\.?)",
    "text": r"text|statement|requirement|description|body|wording|clause|content",
    "heading": r"heading|header|title|section",
    "after": r"after(?: its list)?",
    "note": r"footnote|note",
    "force": r"force|modality",
    "binds": r"applies to|binds|who",
    "topics": r"topics?",
    "must_know": r"everyone must know|must know",
    "more": r"also holds",
}
"""What a column may be called: StrictDoc and Doorstop have their own names for the same things."""
KINDS = {"heading": r"heading|section|chapter|title", "item": r"item|list item|bullet|point"}
MOST_ROWS = 20_000
NO_TEXT = UnreadableError(
    "no column of the sheet holds texts",
    "a sheet with a row a clause has a row of headings with “Text” in it",
    "call the column of the clauses' words Text; `clausebook export` shows how such a sheet looks",
)


def read_xlsx(data: bytes) -> Document:
    """The first sheet of a workbook. Each of its parts is held to the limits first: openpyxl has none."""
    package = open_package(data)
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            package.xml(name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [
            ["" if cell is None else str(cell) for cell in row]
            for row in book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS)
        ]
    except (InvalidFileException, KeyError, ValueError, IndexError, OSError, EOFError) as error:
        raise damaged() from error
    return _document("xlsx", rows)


def read_csv(data: bytes) -> Document:
    """A table as text; whatever signs its program puts between the cells."""
    text = data.decode("utf-8-sig", errors="replace")
    try:
        form = csv.Sniffer().sniff(text[:4000], delimiters=",;\t")
    except csv.Error:
        form = csv.excel
    return _document("csv", list(csv.reader(io.StringIO(text, newline=""), form))[:MOST_ROWS])


def looks_like_sheet(text: str) -> bool:
    """Whether a text is a table with a row a clause: its first line has the headings."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    names = [name.strip(' "\r') for name in re.split(r"[,;\t]", first)]
    return len(names) > 1 and {"text"} <= {_column(name) for name in names}


def _column(name: str) -> str | None:
    words = " ".join(name.lower().split())
    return next((column for column, pattern in COLUMNS.items() if re.fullmatch(pattern, words)), None)


def _document(form: str, rows: Sequence[Sequence[str]]) -> Document:
    start = next((place for place, row in enumerate(rows[:20]) if "text" in map(_column, row)), None)
    if start is None:
        raise NO_TEXT
    columns = [_column(name) for name in rows[start]]
    unknown = [name for name, column in zip(rows[start], columns, strict=True) if name.strip() and column is None]
    warnings = (f"These columns were not read: {', '.join(unknown)}.",) if unknown else ()
    blocks = [
        block for line, row in enumerate(rows[start + 1 :], start + 2) for block in _row(_by_name(columns, row), line)
    ]
    return Document(form, tuple(blocks), warnings=warnings)


def _by_name(columns: Sequence[str | None], row: Sequence[str]) -> dict[str, str]:
    """The cells of a row; of two columns for the same, the first that is filled in."""
    told: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=False):
        if column and cell.strip() and column not in told:
            told[column] = cell.strip()
    return told


def _row(told: Mapping[str, str], line: int) -> Iterator[Block]:
    place, name = Place(line), told.get("id", "")
    anchors = (bookmark_of(name),) if name else ()
    level = int(found[0]) if (found := re.search(r"\d+", told.get("level", ""))) else None
    kind = next(
        (kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, told.get("kind", "").lower())), "clause"
    )
    given = {key: told[key] for key in ("id", "force", "binds", "topics", "must_know") if key in told} | {"row": kind}
    if kind == "heading" or (told.get("heading") and not told.get("text")):
        words = told.get("text") or told.get("heading", "")
        yield Block(
            "heading",
            place,
            words,
            told.get("number", ""),
            level=max(1, level or 1),
            anchors=anchors,
            given=given | {"row": "heading"},
        )
        return
    if told.get("heading"):
        yield Block("heading", place, told["heading"], level=1, given={"row": "heading", "of": "column"})
    if "text" in told:
        mark = told.get("number", "") or ("•" if kind == "item" else "")
        yield Block(
            "item" if kind == "item" else "paragraph",
            place,
            told["text"],
            mark,
            level=max(0, (level or 1) - 1) if kind == "item" else None,
            anchors=anchors,
            given=given,
        )
    for key in ("after", "note"):
        if key in told:
            yield Block("paragraph", place, told[key], given={"row": key})
    if "more" in told:
        yield Block(
            "furniture",
            place,
            told["more"],
            reason="a table, a picture or a form in words: `clausebook take` keeps it, an import cannot make it again",
        )


def day_of_number(number: float, form: str) -> str | None:
    """The day, or the time of day, that a spreadsheet's number stands for where its format is one of these; raises ValueError or OverflowError for what is none."""
    if not is_date_format(form):
        return None
    day = from_excel(number)
    return f"{day:%H:%M}" if isinstance(day, time) else f"{day:%Y-%m-%d}"
