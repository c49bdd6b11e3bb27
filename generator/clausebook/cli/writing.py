"""How a command writes into an author's files: tried on a copy first, then each file in one step."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from clausebook.check.library import MayWait, read_handbook
from clausebook.cli.options import CONTENT, show
from clausebook.edit.journal import write_edits
from clausebook.load import PolicyId
from clausebook.model.handbook import Handbook
from clausebook.model.problems import Problem

WAITING = frozenset({"P411", "P412", "P413", "P415", "P810"})


def waits_for_somebody(problem: Problem) -> bool:
    """Whether somebody has only to look and to say so: what `confirm-changes` and `quiz review` are for."""
    return problem.code in WAITING


def is_of_quizzes(problem: Problem) -> bool:
    """Whether it is mended in a quiz, and not in a policy."""
    file = problem.place.file
    return file.startswith("quizzes/") or file.endswith("/quizzes.yml") or problem.code == "P809"


def edited(path: Path, edit: Callable[[str], str]) -> str:
    """The text of a file after `edit`, with the line endings and the byte order mark that it had."""
    raw = path.read_bytes().decode("utf-8")
    mark, text = ("\ufeff", raw[1:]) if raw.startswith("\ufeff") else ("", raw)
    ending = "\r\n" if "\r\n" in text else "\n"
    return mark + edit(text.replace(ending, "\n")).replace("\n", ending)


def tried(
    root: Path, texts: Mapping[str, str], may_wait: MayWait, only: PolicyId | None = None
) -> tuple[Handbook, list[Problem]]:
    """The handbook as it would be with these texts, and the problems that may wait; where others are, shows all and exits."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        for name in ("content", "trusts", "quizzes"):
            if (root / name).is_dir():
                shutil.copytree(root / name, trial / name, symlinks=True)
        for name, text in texts.items():
            (trial / name).write_bytes(text.encode())
        handbook, problems = read_handbook(trial, may_wait=may_wait, only=only)
    if handbook is None:
        show([problem for problem in problems if not may_wait(problem)])
        click.echo("Nothing was written.", err=True)
        raise click.exceptions.Exit(CONTENT)
    return handbook, [problem for problem in problems if not problem.asks]


def write_tried(
    root: Path, texts: Mapping[str, str], may_wait: MayWait = lambda _: False, only: PolicyId | None = None
) -> list[Problem]:
    """Write the files, and only if the handbook, or `only` one policy of it, then has no problem but those that may wait.

    Returns these.
    """
    _, waiting = tried(root, texts, may_wait, only)
    write_edits(root, texts)
    return waiting
