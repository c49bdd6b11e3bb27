"""What several commands share: their options, and how these become a handbook, a day and a place."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from clausebook.build.options import Folders
from clausebook.build.remote_store import is_address
from clausebook.build.toolchain import SITES
from clausebook.edit.journal import finish_edits

if TYPE_CHECKING:  # a build that finds nothing new is over before these are imported
    from clausebook.check.library import MayWait
    from clausebook.load import PolicyId
    from clausebook.model.handbook import Handbook, Trust
    from clausebook.model.problems import Problem

CONTENT, USAGE, BUG = 1, 2, 3
FINISHED = "clausebook.edit.journal"
MARK = "assets/stylesheets/clausebook.css"  # a folder that has this is a site that we built
F = TypeVar("F", bound=Callable[..., object])


def _finished(context: click.Context, _: click.Parameter, handbook_folder: Path) -> Path:
    """What a command that was stopped had begun to write is finished before anything else is done."""
    if written := finish_edits(handbook_folder.resolve()):
        context.meta[FINISHED] = written
        click.echo(f"Finished what a command that was stopped had begun: wrote {', '.join(written)}.", err=True)
    return handbook_folder


def was_finished(name: str) -> bool:
    """Whether this run finished a change of a file whose path begins so."""
    finished: tuple[str, ...] = click.get_current_context().meta.get(FINISHED, ())
    return any(one.startswith(name) for one in finished)


def handbook_option(command: F) -> F:
    return click.option(
        "--handbook", "handbook_folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), metavar="DIR",
        help="The handbook's folder, with content/, trusts/ and quizzes/ in it.  [default: this folder]", callback=_finished,
    )(command)  # fmt: skip


def as_of_option(command: F) -> F:
    return click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
        help="The day by which reviews are due or overdue.  [default: today, or SOURCE_DATE_EPOCH]",
    )(command)  # fmt: skip


def site_option(command: F) -> F:
    return click.option(
        "--site", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
        help="Where the site goes.  [default: site/ in the handbook]",
    )(command)  # fmt: skip


def build_options(command: F) -> F:
    for option in (
        click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong."),
        click.option("--no-pdf", "pdf", is_flag=True, flag_value=False, default=True, help="Build without PDFs."),
        click.option("--drafts", is_flag=True, help="Build drafts as well, marked as such: for a consultation, or to look at."),
        as_of_option,
        site_option,
        click.option("--trust", metavar="TRUST", help="Build this trust's site and the hub only; the others stay as they are."),
        handbook_option,
    ):  # fmt: skip
        command = option(command)
    return command


def pool_options(command: F) -> F:
    for option in (
        click.option("--cluster", metavar="ADDRESS", help="Build on the Dask cluster whose scheduler is at this address, such as tcp://host:8786."),
        click.option("--jobs", type=click.IntRange(1, 64), default=min(4, os.cpu_count() or 1), show_default=True, envvar="CLAUSEBOOK_JOBS", show_envvar=True,
                     help="How many things to build side by side on this machine."),
    ):  # fmt: skip
        command = option(command)
    return command


def engine_option(command: F) -> F:
    return click.option(
        "--engine", type=click.Choice(tuple(SITES)), default="mkdocs", show_default=True,
        help="What turns the pages into sites. Zensical, its successor, is an extra: pip install clausebook[zensical].",
    )(command)  # fmt: skip


class _CachePlace(click.ParamType[Path | str]):
    """The address of storage as it is written, or the path of a folder."""

    name = "cache"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        if isinstance(value, str) and is_address(value):
            return value
        path: Path = click.Path(file_okay=False, path_type=Path).convert(value, param, ctx)
        return path


def cache_option(command: F) -> F:
    return click.option(
        "--cache", type=_CachePlace(), metavar="DIR|URL", envvar="CLAUSEBOOK_CACHE", show_envvar=True,
        help="Where what was built is kept to be used again; handbooks and machines may share it: a folder, or s3://bucket/folder, or https://host/folder to read only.  [default: build/cache in the handbook]",
    )(command)  # fmt: skip


def folders(handbook_folder: Path, site: Path | None, cache: Path | str | None = None) -> Folders:
    if site and site.is_dir() and any(site.iterdir()) and not (site / MARK).is_file():
        raise click.UsageError(f"{site} holds something else than a site of ours, which a build would take away: name a new folder")  # fmt: skip
    shared, address = (cache.resolve(), "") if isinstance(cache, Path) else (None, cache or "")
    return Folders(handbook_folder.resolve(), (site or handbook_folder / "site").resolve(), shared, address)


def content_or_exit(
    root: Path, undone: str = "Nothing was done.", only: PolicyId | None = None, may_wait: MayWait = lambda _: False
) -> Handbook:
    """The merged handbook; exits with its problems where it has any that may not wait: `only` those of what concerns one policy."""
    from clausebook.check.library import read_handbook  # noqa: PLC0415 — see above

    handbook, problems = read_handbook(root, may_wait=may_wait, only=only)
    if handbook is None:
        show([problem for problem in problems if not may_wait(problem)])
        click.echo(undone, err=True)
        raise click.exceptions.Exit(CONTENT)
    return handbook


def handbook_or_exit(root: Path, trust: str | None) -> Handbook:
    """The merged handbook; exits with its problems, or where it has no such trust."""
    handbook = content_or_exit(root, "Nothing was built.")
    require_trust(handbook, trust)
    return handbook


def require_trust(handbook: Handbook, trust: str | None) -> None:
    """Raises UsageError where there is no such trust."""
    known = [chosen_trust.id for chosen_trust in handbook.trusts]
    if trust and trust not in known:
        raise click.UsageError(f"there is no trust {trust!r}; there are: {', '.join(known)}")


def known(word: str, noun: str, those: list[str]) -> str:
    """`word` where it is one of `those`. Raises UsageError, with the nearest one, where it is not."""
    if word in those:
        return word
    from clausebook.model.problems import nearest  # noqa: PLC0415 — see above

    near = nearest(word, those)
    raise click.UsageError(
        f"there is no {noun} {word!r}" + (f"; did you mean {near}?" if near else f"; there are: {', '.join(those)}")
    )


def at_academy(trust: Trust, name: str | None) -> Trust:
    """The trust as it is for the staff of the academy `name`, by id; the trust itself where none is named. Raises UsageError, with the nearest one."""
    if name is None:
        return trust
    return trust.at(trust.academy_by_id[known(name, f"academy of {trust.id}", list(trust.academy_by_id))])


academy_option = click.option(
    "--academy",
    metavar="ACADEMY",
    help="The text in force of one academy: the trust's with its own details and appendix.",
)


def show(problems: list[Problem]) -> None:
    from clausebook.model.problems import RENDERERS  # noqa: PLC0415 — see above

    click.echo(RENDERERS["text"]([problem for problem in problems if not problem.asks]), err=True)


def day(as_of: datetime | None) -> date:
    """The day that counts as today: the one on the command line, else the clock's."""
    if as_of:
        return as_of.date()
    from clausebook.clock import BadClockError, today  # noqa: PLC0415 — see above

    try:
        return today()
    except BadClockError as error:
        raise click.UsageError(str(error)) from error
