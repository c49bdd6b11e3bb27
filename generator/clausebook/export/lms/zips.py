"""A zip whose bytes follow from its files alone: the same names and contents give the same archive on any day and machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that the format knows
READABLE = (
    0o100644 << 16
)  # a plain file that everybody may read: without it, unpacking on Unix can give files that nobody may


def render_zip(files: Mapping[str, bytes]) -> bytes:
    """The archive of `files` (name in it → content), in the order of their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = READABLE
            archive.writestr(entry, files[name], compresslevel=9)
    return packed.getvalue()
