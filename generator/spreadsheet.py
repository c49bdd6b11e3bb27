"""XlsxWriter, and only here: tables as one workbook to take into a meeting.

Text is written as text: a cell that begins with an equals sign is words, never a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import xlsxwriter

from generator.tables import Link, Sheet, words_of

WIDEST = 70  # characters; a longer text wraps
LONGEST_NAME = 31  # of a sheet, as Excel allows
MOST_LINKS = 65_530  # of a sheet, as Excel allows; what comes after them is written as words


def render_workbook(title: str, sheets: Sequence[Sheet], as_of: date, to_hub: str = "") -> bytes:
    """An XLSX file, the same bytes for the same input. Where there are links, `to_hub` leads from the file's folder to the hub's."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "created": datetime.combine(as_of, datetime.min.time(), UTC)})
    head = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"text_wrap": True, "valign": "top", "underline": 1, "font_color": "#123f7a"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:LONGEST_NAME])
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
                    page.write_string(number, column, words_of(cell), body)
    book.close()
    return out.getvalue()
