"""What a zip says of itself before anything is unpacked: how large it would become, and of how many parts it is made."""

from __future__ import annotations

import io
import zipfile

MOST_BYTES = 200_000_000
MOST_RATIO = 200
MOST_ENTRIES = 2_000


def names_in(raw: bytes) -> tuple[str, ...] | str:
    """The names of a zip's entries, or in words why it must not be unpacked.

    What it says of its sizes can be trusted: Python reads no more of an entry than was said.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return "it is a damaged zip"
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        return f"it is a zip of {len(entries):,} parts, and no export has more than {MOST_ENTRIES:,}"
    if size > MOST_BYTES:
        return f"unpacked it would be {size // 1_000_000:,} MB, and no more than {MOST_BYTES // 1_000_000} are read"
    if size > MOST_RATIO * max(1, len(raw)):
        return f"unpacked it would be {size // max(1, len(raw)):,} times as large: a zip made to fill the memory"
    if any(entry.flag_bits & 1 for entry in entries):
        return "it is locked with a password"
    return tuple(entry.filename for entry in entries)
