"""XlsxWriter, and only here: tables as one workbook to take into a meeting.

Text is written as text: a cell that begins with an equals sign is words, never a formula.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import xlsxwriter

from clausebook.export.tables import Link, Sheet, Toned, words_of
from clausebook.export.zips import copy_zip

WIDEST = 45  # characters; a longer text wraps, so that a sheet of paper has room for all columns
A4 = 9  # XlsxWriter's number for it
LONGEST_NAME = 31  # of a sheet, as Excel allows
MOST_LINKS = 65_530  # of a sheet, as Excel allows; what comes after them is written as words


Colours = Mapping[str, tuple[str, str]]
"""The colours of words and ground of a cell, by the word that it begins with, or by its tone."""
NONE: Colours = MappingProxyType({})
AS_TEXT = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def render_workbook(
    title: str, sheets: Iterable[Sheet], as_of: date, to_hub: str = "", colours: Colours = NONE, tones: Colours = NONE
) -> bytes:
    """An XLSX file, the same bytes for the same input. Where there are links, `to_hub` leads from the file's folder to the hub's."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **AS_TEXT}) as book:
        pages = _Pages(book, title, as_of, to_hub, colours, tones)
        for sheet in sheets:
            pages.add(sheet)
    return out.getvalue()


@contextmanager
def open_workbook(
    file: Path, title: str, as_of: date, to_hub: str = "", colours: Colours = NONE, tones: Colours = NONE
) -> Iterator[Callable[[Sheet], None]]:
    """As `render_workbook`, for tables that would fill the memory: what is yielded adds one to the `file`, and keeps none of its rows."""
    with TemporaryDirectory() as folder:
        written = Path(folder) / "written.xlsx"
        with xlsxwriter.Workbook(written, {"constant_memory": True, "tmpdir": folder, **AS_TEXT}) as book:
            yield _Pages(book, title, as_of, to_hub, colours, tones).add
        file.parent.mkdir(parents=True, exist_ok=True)
        copy_zip(written, file)


class _Pages:
    """The sheets of a workbook, with the looks of their cells."""

    def __init__(
        self, book: Any, title: str, as_of: date, to_hub: str, colours: Colours, tones: Colours
    ) -> None:  # fmt: skip
        book.set_properties({"title": title, "created": datetime.combine(as_of, datetime.min.time(), UTC)})
        self._book, self._title, self._to_hub = book, title, to_hub
        self._head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
        self._body = book.add_format({"text_wrap": True, "valign": "top"})
        self._link = book.add_format({"text_wrap": True, "valign": "top", "underline": 1, "font_color": "#123f7a"})
        self._shades = {
            word: book.add_format({"font_color": word_colour, "bg_color": ground})
            for word, (word_colour, ground) in colours.items()
        }
        self._toned = {
            tone: book.add_format({"text_wrap": True, "valign": "top", "font_color": word_colour, "bg_color": ground})
            for tone, (word_colour, ground) in tones.items()
        }

    def add(self, sheet: Sheet) -> None:
        page, last = self._book.add_worksheet(sheet.name[:LONGEST_NAME]), max(1, len(sheet.rows))
        _set_up_print(page, self._title, sheet.name)
        for word, shade in self._shades.items():
            page.conditional_format(
                1, 1, last, len(sheet.headings) - 1,
                {"type": "text", "criteria": "begins with", "value": word, "format": shade},
            )  # fmt: skip
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, last, len(sheet.headings) - 1)
        page.write_row(0, 0, sheet.headings, self._head)
        for column, heading in enumerate(sheet.headings):
            longest = max((len(words_of(row[column])) for row in sheet.rows), default=0)
            page.set_column(column, column, min(WIDEST, max(len(heading) + 4, longest + 2)))
        self._write_rows(page, sheet)

    def _write_rows(self, page: Any, sheet: Sheet) -> None:
        links = 0
        for number, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                links += isinstance(cell, Link)
                if isinstance(cell, int):
                    page.write_number(number, column, cell, self._body)
                elif isinstance(cell, Link) and links <= MOST_LINKS:
                    page.write_url(number, column, f"external:{self._to_hub}{cell.address}", self._link, cell.text)
                else:
                    look = self._toned.get(cell.tone, self._body) if isinstance(cell, Toned) else self._body
                    page.write_string(number, column, words_of(cell), look)


def _set_up_print(page: Any, title: str, name: str) -> None:
    """On A4, turned, as wide as the paper, with the headings on each page and with what it is at the foot."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    title, name = (text.replace("&", "&&") for text in (title, name))
    page.set_footer(f"&L&8{title}: {name}&R&8Page &P of &N")
