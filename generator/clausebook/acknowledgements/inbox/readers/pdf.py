"""pypdfium2, and only here: a PDF's pages as pictures, from which codes are read, and its words, in which receipts may stand."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

import pypdfium2

from clausebook.acknowledgements.inbox.readers.pictures import codes_in
from clausebook.acknowledgements.inbox.readers.qr_codes import Codes
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, or_nothing, unreadable
from clausebook.acknowledgements.inbox.readers.texts import lines_in

POINTS = 72  # to an inch
RESOLUTIONS = (150, 300)  # dpi
MOST_PIXELS = 40_000_000
MOST_PAGES = 1_000
FAULTS = (pypdfium2.PdfiumError, ctypes.ArgumentError, OSError, ValueError, TypeError, RuntimeError, OverflowError)


def read_scan(item: Item) -> Iterator[Arrival]:
    """Every form's code and every receipt in a PDF."""
    return or_nothing(item.origin, _pages(item))


def _pages(item: Item) -> Iterator[Arrival]:
    try:
        document = pypdfium2.PdfDocument(item.raw)
        pages = len(document)
    except FAULTS as error:
        locked = "password" in str(error).lower()
        yield unreadable(
            item.origin, "it is locked with a password" if locked else "it is a damaged PDF",
            "save it without a password" if locked else "scan the form again, or ask for the line of the receipt",
        )  # fmt: skip
        return
    if pages > MOST_PAGES:
        yield unreadable(item.origin, f"it has {pages:,} pages", f"divide it into parts of {MOST_PAGES:,}")
        return
    codes = Codes(item)
    for number in range(1, pages + 1):
        yield from _page(document, number, codes)


def _page(document: pypdfium2.PdfDocument, number: int, codes: Codes) -> Iterator[Arrival]:
    origin = codes.item.origin.at(f"page {number}")
    try:
        page = document[number - 1]
        words = page.get_textpage().get_text_bounded()
        found = _codes(page)
        page.close()
    except FAULTS:
        yield unreadable(origin, "it is a damaged page", "scan the form again")
        return
    yield from lines_in(words, origin)
    yield from codes.on_page(number, found)


def _codes(page: pypdfium2.PdfPage) -> list[str]:
    width, height = page.get_size()
    for dpi in RESOLUTIONS:
        scale = min(dpi / POINTS, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
        found = codes_in(page.render(scale=scale, grayscale=True).to_pil())
        if found:
            return found
    return []
