"""A zip whose bytes follow from its files alone: the same names and contents give the same archive on any day and machine."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that the format knows
READABLE = (
    0o100644 << 16
)  # a plain file that everybody may read: without it, unpacking on Unix can give files that nobody may


def render_zip(files: Mapping[str, bytes]) -> bytes:
    """The archive of `files` (name in it → content), in the order of their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(files):
            archive.writestr(_entry(name), files[name], compresslevel=9)
    return packed.getvalue()


def copy_zip(source: Path, target: Path) -> None:
    """Write the files of the archive `source`, in their order, to an archive that says nothing of when and where it was made."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            with old.open(name) as content, new.open(_entry(name), "w") as copied:
                shutil.copyfileobj(content, copied)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = READABLE
    return entry
