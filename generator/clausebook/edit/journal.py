"""How files of an author are written: all of a change or none of it, whenever the machine stops.

The new texts stand whole in build/edits/ before the first of them takes its place, with a list of what they replace. A run that
was stopped on the way is finished by the next one, and nothing half-written ever stands among the author's own files.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from clausebook import system
from clausebook.files import digest

if TYPE_CHECKING:
    from clausebook.model.problems import Problem

FOLDER = "build/edits"
PLAN = "plan.json"
NOTHING = ""  # the digest of a file that is not there


class RefusedError(Exception):
    """With an edit the handbook would have these problems, so it is not written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def write_edits(root: Path, texts: Mapping[str, str | bytes]) -> None:
    """Write files of the handbook at `root`, by their paths in it: texts, or bytes such as those of a picture."""
    with _locked(root) as folder:
        _finish(root, folder)
        folder.mkdir(parents=True)
        plan = [{"file": name, "old": _digest_at(root / name), "new": digest(text)} for name, text in texts.items()]
        for number, text in enumerate(texts.values()):
            _write_synced(folder / f"{number}.new", text.encode() if isinstance(text, str) else text)
        _write_synced(folder / "plan.new", json.dumps(plan).encode())
        (folder / "plan.new").replace(folder / PLAN)
        system.sync_folder(folder)
        _finish(root, folder)


def finish_edits(root: Path) -> tuple[str, ...]:
    """Finish what a command that was stopped had begun; returns the files that it wrote.

    A file that somebody has edited since is left as it is.
    """
    if not (root / FOLDER).is_dir():
        return ()
    with _locked(root) as folder:
        return _finish(root, folder)


@contextmanager
def _locked(root: Path) -> Iterator[Path]:
    """The folder, for one command at a time: the next one waits."""
    folder = root / FOLDER
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        system.lock(lock, wait=True)
        yield folder


def _finish(root: Path, folder: Path) -> tuple[str, ...]:
    plan = json.loads((folder / PLAN).read_bytes()) if (folder / PLAN).is_file() else []
    written = []
    for number, one in enumerate(plan):
        staged, target = folder / f"{number}.new", root / one["file"]
        if staged.is_file() and _digest_at(target) == one["old"]:
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
            system.sync_folder(target.parent)
            written.append(one["file"])
    shutil.rmtree(folder, ignore_errors=True)
    return tuple(written)


def _digest_at(path: Path) -> str:
    return digest(path.read_bytes()) if path.is_file() else NOTHING


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
