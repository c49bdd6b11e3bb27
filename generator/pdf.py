"""WeasyPrint, and only here: the HTML of a print template into a tagged PDF/UA-1 file."""

from __future__ import annotations

import logging
import os
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any

PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
VARIANT = "pdf/ua-1"
SMALLEST = 8.9  # points of the root: the smallest words of print.css are 0.85 of it, and 7.5 pt can still be read on a wall
SIZES = tuple(SMALLEST + 0.3 * step for step in range(17, -1, -1))
TRIES = (
    *(f"html {{ font-size: {size:.1f}pt !important }}" for size in SIZES),
    f"html {{ font-size: {SMALLEST}pt !important }} .may-go {{ display: none }}",
)  # what is tried in turn to fill one page: smaller and smaller, and at last without what may go


class MissingLibraryError(Exception):
    """A system library that WeasyPrint needs is not installed."""


class UnprintableError(Exception):
    """A page that must be one page is longer at the smallest readable size: our mistake, not the author's."""


def require_libraries() -> None:
    """Raises MissingLibraryError, with the command that mends it, where WeasyPrint cannot work on this machine."""
    try:
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
    """The layout of the first of TRIES that is one page long; None where none is. Each is shorter than the one before."""
    from weasyprint import CSS  # noqa: PLC0415 — see above

    @cache
    def lay_out(style: str) -> Any:
        return page.render(stylesheets=[CSS(string=style)], pdf_variant=VARIANT)

    first = bisect_left(TRIES, x=True, key=lambda style: len(lay_out(style).pages) == 1)
    return lay_out(TRIES[first]) if first < len(TRIES) else None
