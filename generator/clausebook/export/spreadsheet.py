"""XlsxWriter, and only here: tables as one workbook to take into a meeting.

Text is written as text: a cell that begins with an equals sign is words, never a formula.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import xlsxwriter

from clausebook.export.tables import Link, Sheet, Toned, words_of

WIDEST = 45  # characters; a longer text wraps, so that a sheet of paper has room for all columns
A4 = 9  # XlsxWriter's number for it
LONGEST_NAME = 31  # of a sheet, as Excel allows
MOST_LINKS = 65_530  # of a sheet, as Excel allows; what comes after them is written as words


Colours = Mapping[str, tuple[str, str]]
"""The colours of words and ground of a cell, by the word that it begins with, or by its tone."""


def render_workbook(
    title: str,
    sheets: Sequence[Sheet],
    as_of: date,
    to_hub: str = "",
    colours: Colours = MappingProxyType({}),
    tones: Colours = MappingProxyType({}),
) -> bytes:
    """An XLSX file, the same bytes for the same input. Where there are links, `to_hub` leads from the file's folder to the hub's."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "created": datetime.combine(as_of, datetime.min.time(), UTC)})
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"text_wrap": True, "valign": "top", "underline": 1, "font_color": "#123f7a"})
    shades = {
        word: book.add_format({"font_color": word_colour, "bg_color": ground})
        for word, (word_colour, ground) in colours.items()
    }
    toned = {
        tone: book.add_format({"text_wrap": True, "valign": "top", "font_color": word_colour, "bg_color": ground})
        for tone, (word_colour, ground) in tones.items()
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:LONGEST_NAME])
        _set_up_print(page, title, sheet.name)
        for word, shade in shades.items():
            page.conditional_format(
                1, 1, max(1, len(sheet.rows)), len(sheet.headings) - 1,
                {"type": "text", "criteria": "begins with", "value": word, "format": shade},
            )  # fmt: skip
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.headings) - 1)
        page.write_row(0, 0, sheet.headings, head)
        for column, heading in enumerate(sheet.headings):
            longest = max((len(words_of(row[column])) for row in sheet.rows), default=0)
            page.set_column(column, column, min(WIDEST, max(len(heading) + 4, longest + 2)))
        links = 0
        for number, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                links += isinstance(cell, Link)
                if isinstance(cell, int):
                    page.write_number(number, column, cell, body)
                elif isinstance(cell, Link) and links <= MOST_LINKS:
                    page.write_url(number, column, f"external:{to_hub}{cell.address}", link, cell.text)
                else:
                    look = toned.get(cell.tone, body) if isinstance(cell, Toned) else body
                    page.write_string(number, column, words_of(cell), look)
    book.close()
    return out.getvalue()


def _set_up_print(page: Any, title: str, name: str) -> None:
    """On A4, turned, as wide as the paper, with the headings on each page and with what it is at the foot."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    title, name = (text.replace("&", "&&") for text in (title, name))
    page.set_footer(f"&L&8{title}: {name}&R&8Page &P of &N")
