"""WeasyPrint, and only here: the HTML of a print template into a tagged PDF/UA-1 file."""

from __future__ import annotations

import logging
import os
from pathlib import Path

SHRINK = (1.0, 0.93, 0.87, 0.81, 0.75, 0.7)  # how far a page that must be one page may be made smaller
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"


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
    `one_page` the text is made smaller, step by step, until it fits; raises UnprintableError where it never does.
    """
    from weasyprint import HTML  # noqa: PLC0415 — most of a second of imports, only where a PDF is made

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    for scale in SHRINK if one_page else SHRINK[:1]:
        sized = html.replace("--scale: 1;", f"--scale: {scale};").replace("10pt/*scaled*/", f"{10 * scale:.2f}pt")
        document = HTML(string=sized, base_url=f"{base.resolve().as_uri()}/").render(pdf_forms=form, pdf_variant="pdf/ua-1")
        if not one_page or len(document.pages) == 1:
            out.parent.mkdir(parents=True, exist_ok=True)
            document.write_pdf(out, pdf_forms=form, pdf_variant="pdf/ua-1")
            return
    raise UnprintableError(f"{out.name} does not fit on one page")
