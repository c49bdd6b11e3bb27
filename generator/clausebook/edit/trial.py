"""New texts of an author's files are tried on a copy of the handbook: only what holds there is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from clausebook.check.library import MayWait, read_handbook
from clausebook.edit.journal import RefusedError, write_edits
from clausebook.load import PolicyId
from clausebook.model.handbook import Handbook
from clausebook.model.problems import Problem


def edit_file(path: Path, edit: Callable[[str], str]) -> str:
    """The text of a file after `edit`, with the line endings and the byte order mark that it had. Writes nothing."""
    raw = path.read_bytes().decode("utf-8")
    mark, text = ("\ufeff", raw[1:]) if raw.startswith("\ufeff") else ("", raw)
    ending = "\r\n" if "\r\n" in text else "\n"
    return mark + edit(text.replace(ending, "\n")).replace("\n", ending)


def try_edits(
    root: Path, texts: Mapping[str, str | bytes], may_wait: MayWait, only: PolicyId | None = None
) -> tuple[Handbook, list[Problem]]:
    """The handbook as it would be with these texts, and the problems that may wait. Raises RefusedError. Writes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        for name in ("content", "trusts", "models", "quizzes"):
            if (root / name).is_dir():
                shutil.copytree(root / name, trial / name, symlinks=True)
        for name, text in texts.items():
            (trial / name).parent.mkdir(parents=True, exist_ok=True)
            (trial / name).write_bytes(text.encode() if isinstance(text, str) else text)
        handbook, problems = read_handbook(trial, may_wait=may_wait, only=only)
    if handbook is None:
        raise RefusedError([problem for problem in problems if not may_wait(problem)])
    return handbook, [problem for problem in problems if not problem.asks]


def write_tried(
    root: Path, texts: Mapping[str, str | bytes], may_wait: MayWait = lambda _: False, only: PolicyId | None = None
) -> list[Problem]:
    """Write the files, and only if the handbook, or `only` one policy of it, then has no problem but those that may wait.

    Returns these. Raises RefusedError.
    """
    _, waiting = try_edits(root, texts, may_wait, only)
    write_edits(root, texts)
    return waiting
