"""A zip whose entries are stored as they are and bear one fixed date: the same files give the same bytes, and a page can read it."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from clausebook.export.zips import EPOCH, READABLE
from clausebook.system import open_private, sync_folder


def write_zip(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write `files` to `path` in one step, for its owner's eyes alone; one file is in memory at a time."""
    beside = path.with_name(f".{path.name}.new")
    with open(beside, "wb", opener=open_private) as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
            for name, content in files:
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.create_system = 3  # Unix, wherever it is made
                entry.external_attr = READABLE
                archive.writestr(entry, content)
        raw.flush()
        os.fsync(raw.fileno())
    beside.replace(path)
    sync_folder(path.parent)
