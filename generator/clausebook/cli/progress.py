"""How a build shows what it has done: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

import click

from clausebook.build.incremental import BuildListener
from clausebook.build.options import Folders, Options
from clausebook.build.pipeline import NOBODY, build
from clausebook.build.state import TargetResult
from clausebook.build.workers import Pool
from clausebook.model.handbook import Handbook


def build_with_progress(
    folders: Folders, handbook: Handbook, options: Options, inputs: Mapping[str, str], pool: Pool | None = None,
    listener: BuildListener = NOBODY, *, quiet: bool,
) -> tuple[TargetResult, ...]:  # fmt: skip
    """As `build`, which says what becomes of each piece."""
    listener = replace(listener, tell=_tell)
    if quiet:
        return build(folders, handbook, options, lambda *_: None, inputs, pool, listener)
    if not sys.stderr.isatty():
        return build(folders, handbook, options, _say_plainly, inputs, pool, listener)
    from rich.console import Console  # noqa: PLC0415 — only where there is a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Building", total=None)

        def say(what: str, done: int, total: int) -> None:
            progress.update(task, description=f"Built {what}", completed=done, total=total)

        return build(folders, handbook, options, say, inputs, pool, listener)


def _say_plainly(what: str, done: int, total: int) -> None:
    click.echo(f"[{done}/{total}] {what}", err=True)


def _tell(line: str) -> None:
    click.echo(line, err=True)
