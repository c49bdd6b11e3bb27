"""How a build shows what it has done: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from generator.build import Folders, Options, Say, build
from generator.merge import Library


def build_with_progress(folders: Folders, library: Library, options: Options, *, quiet: bool) -> None:
    console = Console(stderr=True)
    if quiet:
        build(folders, library, options, lambda *_: None)
    elif not console.is_terminal:
        build(folders, library, options, _say_plainly)
    else:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("Building", total=None)
            build(folders, library, options, _say_on(progress, task))


def _say_on(progress: Progress, task: TaskID) -> Say:
    def say(what: str, done: int, total: int) -> None:
        progress.update(task, description=f"Built {what}", completed=done, total=total)

    return say


def _say_plainly(what: str, done: int, total: int) -> None:
    click.echo(f"[{done}/{total}] {what}", err=True)
