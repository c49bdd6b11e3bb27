"""Files that only their owner may read, and that are there whole or not at all, whenever the machine stops."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from clausebook.files import walk_files
from clausebook.system import FILE, FOLDER, open_private, sync_files, sync_folder


def make_folder(path: Path) -> None:
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write `path` in one step: a reader finds the old content or the new, never a part."""
    make_folder(path.parent)
    beside = half_written(path)
    with open(beside, "wb", opener=open_private) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.chmod(FILE)  # where one that was left behind had other rights
    beside.replace(path)
    sync_folder(path.parent)


def half_written(path: Path) -> Path:
    """Where what is to be at `path` lies until it is whole."""
    return path.with_name(f".{path.name}.new")


def rewrite_private(files: Sequence[tuple[Path, bytes]]) -> None:
    """Give many files that are there new content, each in one step."""
    for path, content in files:
        with open(half_written(path), "wb", opener=open_private) as file:
            file.write(content)
    sync_files(half_written(path) for path, _ in files)
    for path, _ in files:
        half_written(path).replace(path)
    for folder in {path.parent for path, _ in files}:
        sync_folder(folder)


def write_private_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> Path:
    """Write a folder of files in one step, one file in memory at a time; returns where.

    What stands there already is left alone: the new folder then has a number behind its name.
    """
    make_folder(folder.parent)
    aside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    make_folder(aside)
    for name, content in files:
        path = aside / name
        make_folder(path.parent)
        with open(path, "wb", opener=open_private) as file:
            file.write(content)
    sync_files(walk_files(aside))
    there, number = folder, 1
    while there.exists():
        number += 1
        there = folder.with_name(f"{folder.name}-{number}")
    aside.rename(there)
    sync_folder(folder.parent)
    return there
