"""The command `clausebook`: its commands, their options, how progress looks and what the exit code says.

0: done. 1: the content has problems. 2: wrong command line, or this machine lacks something. 3: our bug.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from generator import __version__
from generator.audit import audit_policy, render_audit
from generator.build import Folders, Options, Say, build, read_library, write_trees
from generator.check import check_handbook
from generator.exports import author_schemas
from generator.findings import find_all
from generator.load import load_handbook
from generator.merge import Library, merge_policy
from generator.pdf import MissingLibraryError
from generator.problems import RENDERERS, Problem
from generator.publish import write_files

CONTENT, USAGE, BUG = 1, 2, 3
OF_THE_MACHINE = {"EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EADDRINUSE", "ENOTDIR", "EEXIST", "EISDIR"}
LOOKS = ("mkdocs.yml", "content/pages", "overrides/theme", "overrides/print")
MARK = "assets/stylesheets/clausebook.css"  # a folder that has this is a site that we built
F = TypeVar("F", bound=Callable[..., object])


def main() -> None:
    """Run the command line; every error becomes an exit code here, and nowhere else."""
    try:
        sys.exit(cli(standalone_mode=False))  # click returns the code of an Exit here
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except MissingLibraryError as error:
        click.echo(f"clausebook: {error}", err=True)
        sys.exit(USAGE)
    except Exception as error:  # noqa: BLE001 — the one place that turns our bugs into an exit code
        if isinstance(error, OSError) and errno.errorcode.get(error.errno or 0) in OF_THE_MACHINE:
            click.echo(
                f"clausebook: {error.strerror}: {error.filename or 'while writing'}",
                err=True,
            )
            sys.exit(USAGE)
        traceback.print_exc()
        click.echo(
            "clausebook: this is a mistake of ours, not of your files. Please report it with the lines above.", err=True
        )
        sys.exit(BUG)


def _handbook_option(command: F) -> F:
    return click.option(
        "--handbook", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), metavar="DIR",
        help="The handbook's folder, with content/, trusts/ and quizzes/ in it.  [default: this folder]",
    )(command)  # fmt: skip


def _build_options(command: F) -> F:
    for option in (
        click.option("--quiet", is_flag=True, help="Say nothing unless something is wrong."),
        click.option("--jobs", type=click.IntRange(1, 64), default=min(4, os.cpu_count() or 1), show_default=True,
                     help="How many things to build side by side."),
        click.option("--no-pdf", "pdf", is_flag=True, flag_value=False, default=True, help="Build without PDFs."),
        click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
                     help="The day by which reviews are overdue.  [default: today, or SOURCE_DATE_EPOCH]"),
        click.option("--site", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
                     help="Where the site goes.  [default: site/ in the handbook]"),
        click.option("--trust", metavar="TRUST", help="Build this trust's site and the hub only; the others stay as they are."),
        _handbook_option,
    ):  # fmt: skip
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="clausebook")
def cli() -> None:
    """A trust's staff policies as clauses: a site for each trust, comparisons, quizzes and printed pages."""


@cli.command("build", epilog="Examples:  clausebook build   ·   clausebook build --trust att --no-pdf")
@_build_options
def build_command(
    handbook: Path, trust: str | None, site: Path | None, as_of: datetime | None, jobs: int, *, pdf: bool, quiet: bool
) -> None:
    """Check everything, then build all sites, PDFs and data, and publish them in one step.

    If anything is wrong, every problem is shown, nothing is built, and the last good site stays as it is.
    """
    folders = _folders(handbook, site)
    library = _library_or_exit(folders.root, trust)
    options = Options(_day(as_of), trust, pdf, jobs)
    _build_with_progress(folders, library, options, quiet=quiet)
    if not quiet:
        click.echo(f"Published {_count(library, trust)} to {folders.site}: open {folders.site / 'index.html'}")


@cli.command("generate", epilog="Example:  clausebook generate && mkdocs serve")
@_build_options
def generate_command(
    handbook: Path, trust: str | None, site: Path | None, as_of: datetime | None, jobs: int, *, pdf: bool, quiet: bool
) -> None:
    """Write the pages of all sites to build/ and stop, for plain `mkdocs build` or `mkdocs serve`."""
    folders = _folders(handbook, site)
    library = _library_or_exit(folders.root, trust)
    options = Options(_day(as_of), trust, pdf, jobs)
    trusts = [one for one in library.handbooks if trust in (None, one.id)]
    trees = write_trees(folders, library, trusts, find_all(library, options.as_of), options)
    if not quiet:
        click.echo(
            f"Wrote {len(trees)} trees below {folders.build}. The hub: mkdocs build. A trust: mkdocs build -f build/trusts/TRUST/mkdocs.yml"
        )


@cli.command("check", epilog="Examples:  clausebook check   ·   clausebook check --format github")
@_handbook_option
@click.option("--format", "form", type=click.Choice(list(RENDERERS)), default="text", show_default=True,
              help="text for people, github for annotations in a pull request, json for programs.")  # fmt: skip
def check_command(handbook: Path, form: str) -> None:
    """Show every problem in the handbook's files, with its place, the reason and the fix. Writes nothing."""
    loaded, problems = load_handbook(handbook.resolve())
    problems += check_handbook(loaded)
    shown = RENDERERS[form](problems)
    if shown:
        click.echo(shown)
    raise click.exceptions.Exit(CONTENT if problems else 0)


@cli.command("audit", epilog="Example:  clausebook audit att social-media --source ../shared/sources/att.txt")
@click.argument("trust")
@click.argument("policy")
@click.option("--source", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, metavar="FILE",
              help="The source's text, in which the lines were counted.")  # fmt: skip
@click.option("--revision", metavar="ID", help="Which revision.  [default: the one in force]")
@_handbook_option
def audit_command(trust: str, policy: str, source: Path, revision: str | None, handbook: Path) -> None:
    """Hold a restated revision against its source: lines nothing accounts for, lines told twice, another file."""
    loaded, problems = load_handbook(handbook.resolve())
    found = [
        one for one in loaded.revisions
        if (one.trust, one.policy) == (trust, policy)
        and (one.id == revision if revision else one.file.record.status == "in-force")
    ]  # fmt: skip
    if not found:
        if problems:
            click.echo(RENDERERS["text"](problems))
            raise click.exceptions.Exit(CONTENT)
        raise click.UsageError(
            f"there is no {f'revision {revision}' if revision else 'revision in force'} of {trust}/{policy} in {handbook.resolve() / 'trusts'}"
        )
    one = found[0]
    if one.file.record.source is None:
        raise click.UsageError(
            f"{one.file.document.file} is the trust's own text and names no source to hold it against"
        )
    audit = audit_policy(merge_policy(one.trust, one.policy, one.id, one.file.record), source.read_bytes())
    click.echo(render_audit(audit, one.file.document.file, source.name))
    raise click.exceptions.Exit(0 if audit.is_clean else CONTENT)


@cli.command("schema", epilog="Example:  clausebook schema .schemas")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(".schemas"))
def schema_command(folder: Path) -> None:
    """Write the JSON Schemas of the files that authors write into FOLDER (default .schemas/).

    Editors that know YAML schemas then complete field names and explain them. To bind one to a file, let the file's
    first line be:  # yaml-language-server: $schema=../../../.schemas/revision.schema.json
    """
    schemas = author_schemas()
    write_files(folder, schemas)
    click.echo("\n".join(str(folder / name) for name in schemas))


@cli.command("serve", epilog="Example:  clausebook serve --no-pdf --port 8000")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where the browser finds it."
)
@_build_options
def serve_command(
    handbook: Path,
    trust: str | None,
    site: Path | None,
    as_of: datetime | None,
    jobs: int,
    port: int,
    *,
    pdf: bool,
    quiet: bool,
) -> None:
    """Build, show the site on this machine, and build again and reload whenever a file changes."""
    from generator.serve import serve  # noqa: PLC0415 — a web server is wanted by this command alone

    folders = _folders(handbook, site)

    def rebuild(changed: bool) -> bool:
        library, problems = read_library(folders.root)
        if library is None:
            _show(problems)
            if changed:
                click.echo("Not built: the site shows the last good state. Mend the file and save it.")
            return False
        _require(folders.root, library, trust)
        _build_with_progress(folders, library, Options(_day(as_of), trust if changed else None, pdf, jobs), quiet=quiet)
        return True

    serve(folders.root, folders.site, port, rebuild, click.echo)


def _folders(handbook: Path, site: Path | None) -> Folders:
    if site and site.is_dir() and any(site.iterdir()) and not (site / MARK).is_file():
        raise click.UsageError(f"{site} holds something else than a site of ours, which a build would take away: name a new folder")  # fmt: skip
    return Folders(handbook.resolve(), (site or handbook / "site").resolve())


def _library_or_exit(root: Path, trust: str | None) -> Library:
    library, problems = read_library(root)
    if library is None:
        _show(problems)
        click.echo("Nothing was built.", err=True)
        raise click.exceptions.Exit(CONTENT)
    _require(root, library, trust)
    return library


def _require(root: Path, library: Library, trust: str | None) -> None:
    """Raises UsageError where there is no such trust, or where a part of the looks is missing."""
    known = [handbook.id for handbook in library.handbooks]
    if trust and trust not in known:
        raise click.UsageError(f"there is no trust {trust!r}; there are: {', '.join(known)}")
    if lacking := [name for name in LOOKS if not (root / name).exists()]:
        raise click.UsageError(f"{root} has no {', no '.join(lacking)}: copy them from another handbook")


def _show(problems: list[Problem]) -> None:
    click.echo(RENDERERS["text"](problems), err=True)


def _day(as_of: datetime | None) -> date:
    if as_of:
        return as_of.date()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}; it wants whole seconds since 1970") from error


def _count(library: Library, trust: str | None) -> str:
    count = 1 if trust else len(library.handbooks)
    return f"the hub and {count} trust site{'s' if count != 1 else ''}"


def _build_with_progress(folders: Folders, library: Library, options: Options, *, quiet: bool) -> None:
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
