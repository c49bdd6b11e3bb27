"""WeasyPrint, and only here: the HTML of a print template into a tagged PDF/UA-1 file."""

from __future__ import annotations

import logging
import os
from bisect import bisect_left
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
VARIANT = "pdf/ua-1"
# In points, of the root: the smallest words of a print are 0.85 of it, and 7.5 pt can still be read on a wall.
SMALLEST = 8.9
SIZES = tuple(round(SMALLEST + 0.3 * step, 1) for step in range(15, -1, -1))
LEAVE_OUT = (".nothing", ".may-go-first", ".may-go-first, .may-go")  # what a page that must be one page goes without


class MissingLibraryError(Exception):
    """A system library that WeasyPrint needs is not installed."""


class UnprintableError(Exception):
    """A page that must be one page is longer at the smallest readable size: our mistake, not the author's."""


def require_libraries() -> None:
    """Raises MissingLibraryError, with the command that mends it, where WeasyPrint cannot work on this machine."""
    try:
        with redirect_stdout(StringIO()):  # where WeasyPrint says at length what we say in a line
            import weasyprint  # noqa: F401, PLC0415 — the import itself looks for Pango
    except OSError as error:
        raise MissingLibraryError(
            f"PDFs need the system library Pango: run `apt-get install {PANGO}`, or build without them with --no-pdf"
        ) from error


def write_pdf(html: str, base: Path, out: Path, *, form: bool = False, one_page: bool = False) -> None:
    """Lay `html` out and write it to `out`.

    `base` is the folder that addresses in the HTML start from. With `form`, inputs become fields to fill in. With
    `one_page` the text is as large as one page allows; raises UnprintableError where even the smallest does not fit.
    """
    from weasyprint import HTML  # noqa: PLC0415 — most of a second of imports, only where a PDF is made

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    page = HTML(string=html, base_url=f"{base.resolve().as_uri()}/")
    document = _fill_one_page(page) if one_page else page.render(pdf_forms=form, pdf_variant=VARIANT)
    if document is None:
        raise UnprintableError(f"{out.name} does not fit on one page")
    out.parent.mkdir(parents=True, exist_ok=True)
    document.write_pdf(out, pdf_forms=form, pdf_variant=VARIANT)


def _fill_one_page(page: Any) -> Any:
    """The layout of `page` that is one page long, leaves out the least, and is then the largest; None where none is."""
    from weasyprint import CSS  # noqa: PLC0415 — see above

    @cache
    def lay_out(size: float, left_out: str) -> Any:
        style = f"html {{ font-size: {size:.1f}pt !important }} {left_out} {{ display: none }}"
        return page.render(stylesheets=[CSS(string=style)], font_config=_unpacked_fonts(), pdf_variant=VARIANT)

    if len(lay_out(SIZES[0], LEAVE_OUT[0]).pages) == 1:  # most briefs: no need to search
        return lay_out(SIZES[0], LEAVE_OUT[0])
    for left_out in LEAVE_OUT:
        if len(lay_out(SMALLEST, left_out).pages) == 1:
            fits = bisect_left(SIZES, x=True, key=lambda size: len(lay_out(size, left_out).pages) == 1)
            return lay_out(SIZES[fits], left_out)
    return None


@cache
def _unpacked_fonts() -> Any:
    """Fonts that are unpacked once in a process: for each layout anew, that took three quarters of a search's time."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 — see above

    return FontConfiguration()
