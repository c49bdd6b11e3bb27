"""A picture that Word can show: PNG or JPEG, with its size."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
EMU = 9525
"""How many of Word's units one pixel has, at 96 to the inch."""
WIDEST, HIGHEST = 5_040_000, 5_040_000
"""14 centimetres: what a page has room for beside some words."""


@dataclass(frozen=True)
class Drawing:
    """A picture with the size in which it is shown, in Word's units."""

    data: bytes
    ending: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """Its name in the file, which follows from what it shows."""
        return f"{hashlib.sha256(self.data).hexdigest()[:16]}.{self.ending}"


def read_drawing(data: bytes, *, widest: int = WIDEST, highest: int = HIGHEST) -> Drawing | None:
    """The picture in the size that it has, or smaller where the page is; None where it is no PNG or JPEG."""
    size = _size(data)
    if size is None or 0 in size:
        return None
    width, height = (one * EMU for one in size)
    scale = min(1.0, widest / width, highest / height)
    return Drawing(data, "png" if data.startswith(PNG) else "jpeg", round(width * scale), round(height * scale))


def _size(data: bytes) -> tuple[int, int] | None:
    if data.startswith(PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    return next(_jpeg_sizes(data), None) if data.startswith(JPEG) else None


def _jpeg_sizes(data: bytes) -> Iterator[tuple[int, int]]:
    """The size in each frame header, SOF0 to SOF15 (ITU-T T.81, B.2.2)."""
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            yield width, height
        place += 2 + length
