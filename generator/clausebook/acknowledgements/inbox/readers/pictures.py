"""Pillow and zxing-cpp, and only here: the QR codes in a picture, whichever way up it was scanned."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageSequence, UnidentifiedImageError

from clausebook.acknowledgements.inbox.readers.qr_codes import Codes
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, or_nothing, unreadable

FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP", "AVIF")
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
MOST_PIXELS = 120_000_000  # A3 at 600 dpi has 70 million
MOST_PAGES = 1_000
SMALLER = (1, 2, 4)  # the noise of a scan is gone at half the size; small print needs all of it
SCAN_AGAIN = "scan the form again at 150 to 300 dpi, in grey or black and white"


def read_picture(item: Item) -> Iterator[Arrival]:
    """Every form's code in a picture, or in the pages of a TIFF."""
    return or_nothing(item.origin, _pages(item))


def codes_in(picture: Image.Image) -> list[str]:
    """The text of every QR code in a picture."""
    grey = picture.convert("L")
    for part in SMALLER:
        smaller = grey if part == 1 else grey.reduce(part)
        found = [one.text for one in zxingcpp.read_barcodes(smaller, formats=QR)]
        if found:
            return list(dict.fromkeys(found))
    return []


def _pages(item: Item) -> Iterator[Arrival]:
    codes = Codes(item)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures before their size can be asked for
        try:
            with Image.open(io.BytesIO(item.raw), formats=FORMATS) as picture:
                for number, page in enumerate(ImageSequence.Iterator(picture), 1):
                    if page.width * page.height > MOST_PIXELS or number > MOST_PAGES:
                        yield unreadable(
                            item.origin.at(f"page {number}"), "it is larger than any scan of a form", SCAN_AGAIN
                        )
                        return
                    yield from codes.on_page(number, codes_in(page))
        except Image.DecompressionBombError:
            yield unreadable(item.origin, "it is larger than any scan of a form", SCAN_AGAIN)
        except (UnidentifiedImageError, OSError, ValueError, TypeError, SyntaxError, EOFError, KeyError, IndexError, OverflowError):  # fmt: skip
            yield unreadable(item.origin, "it is a damaged picture", SCAN_AGAIN)
