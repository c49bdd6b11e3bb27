"""A table of words, counts and links, and the table as Markdown, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from clausebook.model.verdicts import Tone


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere: an address below the hub, and the words that show it."""

    address: str
    text: str


@dataclass(frozen=True)
class Toned:
    """A cell whose words a workbook colours by what they mean for staff."""

    text: str
    tone: Tone


Cell = str | int | Link | Toned


@dataclass(frozen=True)
class Sheet:
    """A table: its name, its headings, and rows with a cell for each heading."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    file: str = ""
    """What its file is called where that is not its name."""

    @property
    def file_name(self) -> str:
        return self.file or self.name.lower().replace("'", "").replace(" ", "-")

    def only(self, headings: Sequence[str]) -> Sheet:
        """The same with these columns alone, in this order."""
        places = [self.headings.index(heading) for heading in headings]
        return replace(
            self, headings=tuple(headings), rows=tuple(tuple(row[place] for place in places) for row in self.rows)
        )


def words_of(cell: Cell) -> str:
    """What a reader sees in the cell."""
    return cell.text if isinstance(cell, (Link, Toned)) else str(cell)


def render_markdown(sheet: Sheet) -> str:
    """The table as GitHub-flavoured Markdown."""
    lines = [sheet.headings, ("---",) * len(sheet.headings), *_plain(sheet)]
    return "\n".join(f"| {' | '.join(_in_markdown(cell) for cell in line)} |" for line in lines)


def _in_markdown(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", " ")


def render_csv(sheet: Sheet) -> str:
    """The table as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is led by an apostrophe."""
    return "".join(_csv_lines(sheet))


def csv_file(sheet: Sheet) -> bytes:
    """The table as a CSV file."""
    return "".join(stream_csv(sheet)).encode()


def stream_csv(sheet: Sheet) -> Iterator[str]:
    """As `csv_file`, a line at a time. It begins with a byte order mark: without it, Excel takes UTF-8 for Windows-1252."""
    return chain(["\ufeff"], _csv_lines(sheet))


def _csv_lines(sheet: Sheet) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in chain([sheet.headings], _plain(sheet)):
        writer.writerow([_never_formula(cell) for cell in line])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _never_formula(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def render_json(sheets: Sequence[Sheet]) -> str:
    """The tables as a JSON object: under each one's name, a list of objects by heading. Counts are numbers."""
    return "".join(stream_json(sheets))


def stream_json(sheets: Iterable[Sheet]) -> Iterator[str]:
    """As `render_json`, a piece at a time: as one text the tables of hundreds of trusts would fill the memory."""
    for place, sheet in enumerate(sheets):
        yield f"{',' if place else '{'}\n {json.dumps(sheet.name, ensure_ascii=False)}: "
        rows = (dict(zip(sheet.headings, map(_in_json, row), strict=True)) for row in sheet.rows)
        yield from stream_array(rows, depth=1)
    yield "\n}\n"


def stream_array(rows: Iterable[object], depth: int = 0, *, sort_keys: bool = False) -> Iterator[str]:
    """`rows` as json.dumps renders a list `depth` levels deep with indent=1, a piece at a time."""
    line, lead = "\n" + " " * (depth + 1), "["
    for row in rows:
        told = json.dumps(row, ensure_ascii=False, indent=1, sort_keys=sort_keys)
        yield lead + line + told.replace("\n", line)  # no text holds a bare one
        lead = ","
    yield "[]" if lead == "[" else f"{line[:-1]}]"


def _in_json(cell: Cell) -> str | int:
    return cell if isinstance(cell, int) else words_of(cell)


def _plain(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    return (tuple(words_of(cell) for cell in row) for row in sheet.rows)
