"""The commands that make sites, or bring one back: build, generate, serve, rollback."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clausebook.build.options import Folders, Options
from clausebook.build.publish import describe, kept_site, roll_back
from clausebook.build.state import is_as_it_was, read_inputs, read_last, read_settings
from clausebook.build.workers import load_ahead
from clausebook.cli.options import (
    build_options,
    cache_option,
    day,
    engine_option,
    folders,
    handbook_option,
    handbook_or_exit,
    pool_options,
    require_trust,
    show,
    site_option,
)
from clausebook.layout import ENGINE_CONFIG

if TYPE_CHECKING:  # see cli/options.py
    from clausebook.build.incremental import BuildListener
    from clausebook.build.state import TargetResult


@click.command("build", epilog="Examples:  clausebook build   ·   clausebook build --trust att --no-pdf")
@build_options
@pool_options
@engine_option
@cache_option
@click.option("--why", is_flag=True, help="Say of each piece whether it was reused, or because of what it was built.")
def build_command(
    handbook_folder: Path,
    trust: str | None,
    site: Path | None,
    as_of: datetime | None,
    cache: Path | str | None,
    jobs: int,
    cluster: str | None,
    engine: str,
    *,
    pdf: bool,
    drafts: bool,
    quiet: bool,
    why: bool,
) -> None:
    """Check everything, then build all sites, PDFs and data, and publish them in one step.

    What did not change since an earlier build is reused. If anything is wrong, every problem is shown, nothing is built, and
    the last good site stays as it is.
    """
    places, options = (
        folders(handbook_folder, site, cache),
        Options(day(as_of), trust, pdf, drafts, jobs, cluster, engine),
    )
    inputs, last = read_inputs(places), read_last(places)
    if is_as_it_was(places, last, inputs, read_settings(options)):
        if not quiet or why:
            click.echo(f"Nothing has changed since the last build: {places.site} stays as it is.")
        return
    made = _build(places, options, inputs, quiet=quiet)
    if why:
        _say_why(made, last.inputs if last else {}, inputs)
    if not quiet:
        what = _count(1 if trust else sum(result.target.startswith("site of ") for result in made) - 1)
        click.echo(f"Published {what} to {places.site}: open {places.site / 'index.html'}")


def _build(places: Folders, options: Options, inputs: Mapping[str, str], *, quiet: bool) -> tuple[TargetResult, ...]:
    load_ahead(options)
    from clausebook.cli.progress import build_with_progress  # noqa: PLC0415 — half a second of imports

    if options.pdf:
        _say_what_has_no_glyph(places.root)
    handbook = handbook_or_exit(places.root, options.trust)
    _require_others(places, options.trust, [trust.id for trust in handbook.trusts])
    return build_with_progress(places, handbook, options, inputs, quiet=quiet)


def _require_others(places: Folders, trust: str | None, trusts: list[str]) -> None:
    """One trust's site is built into a site that has the others': the hub leads to all of them."""
    missing = [one for one in trusts if one != trust and not (places.site / one / "index.html").is_file()]
    if trust and missing:
        named = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        raise click.UsageError(f"{places.site} has no site of {named} yet, and --trust builds that of {trust} alone: run clausebook build once without --trust")  # fmt: skip


def _say_what_has_no_glyph(root: Path) -> None:
    from clausebook.build.engines.fonts import tell_missing  # noqa: PLC0415 — see above

    for path in sorted(path for name in ("content", "quizzes", "trusts") for path in (root / name).rglob("*.yml")):
        if told := tell_missing(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8", errors="ignore")):
            click.echo(told, err=True)


def _say_why(made: tuple[TargetResult, ...], before: Mapping[str, str], now: Mapping[str, str]) -> None:
    from clausebook.build.incremental import name_changed  # noqa: PLC0415 — see above

    if before:
        click.echo(f"In the handbook: {name_changed(before, now) or 'nothing has changed'}")
    for result in made:
        click.echo(f"{result.target}: " + (f"built, because of {result.why}" if result.why else "reused"))


@click.command("generate", epilog="Example:  clausebook generate && mkdocs serve")
@build_options
@pool_options
def generate_command(
    handbook_folder: Path,
    trust: str | None,
    site: Path | None,
    as_of: datetime | None,
    jobs: int,
    cluster: str | None,
    *,
    pdf: bool,
    drafts: bool,
    quiet: bool,
) -> None:
    """Write the pages of all sites to build/ and stop, for plain `mkdocs build` or `mkdocs serve`, or Zensical's."""
    from clausebook.build.pipeline import findings_for  # noqa: PLC0415 — see cli/options.py
    from clausebook.build.site_sources import write_site_sources  # noqa: PLC0415

    places = folders(handbook_folder, site)
    handbook = handbook_or_exit(places.root, trust)
    options = Options(day(as_of), trust, pdf, drafts, jobs, cluster)
    trusts = [one for one in handbook.trusts if trust in (None, one.id)]
    sources = write_site_sources(places, handbook, trusts, findings_for(handbook, options), options)
    if not quiet:
        click.echo(
            f"Wrote the sources of {len(sources)} sites below {places.build}. The hub: mkdocs build. A trust: mkdocs build -f build/trusts/TRUST/mkdocs.yml"
        )
        if not (places.root / ENGINE_CONFIG).is_file():
            click.echo("Both need the looks in the handbook itself: clausebook eject overrides")


@click.command("serve", epilog="Example:  clausebook serve --no-pdf --port 8000")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where the browser finds it."
)
@build_options
@pool_options
@engine_option
@cache_option
def serve_command(
    handbook_folder: Path,
    trust: str | None,
    site: Path | None,
    as_of: datetime | None,
    cache: Path | str | None,
    jobs: int,
    cluster: str | None,
    engine: str,
    port: int,
    *,
    pdf: bool,
    drafts: bool,
    quiet: bool,
) -> None:
    """Build, show the site on this machine, and build again and reload whenever a file changes."""
    from clausebook.build.pipeline import MISTAKES, pool_of  # noqa: PLC0415 — see cli/options.py
    from clausebook.build.serve import PortError, serve  # noqa: PLC0415 — a web server is wanted by this command alone
    from clausebook.check.library import read_handbook  # noqa: PLC0415 — see cli/options.py
    from clausebook.cli.progress import build_with_progress  # noqa: PLC0415

    places = folders(handbook_folder, site, cache)

    def rebuild(changed: bool, listener: BuildListener) -> bool:
        options = Options(day(as_of), trust if changed else None, pdf, drafts, jobs, cluster, engine, served=changed)
        inputs = read_inputs(places)
        if is_as_it_was(places, read_last(places), inputs, read_settings(options)):
            return False
        handbook, problems = read_handbook(places.root)
        if handbook is None:
            show(problems)
            if changed:
                click.echo("Not built: the site shows the last good state. Mend the file and save it.")
            return False
        require_trust(handbook, trust)
        try:
            build_with_progress(places, handbook, options, inputs, pool, listener, quiet=quiet)
        except MISTAKES as error:
            if not changed:
                raise
            click.echo(f"Not built: {error}\nThe site shows the last good state.", err=True)
            return False
        return True

    asked = Options(day(as_of), pdf=pdf, jobs=jobs, cluster=cluster, engine=engine, served=True)
    load_ahead(asked)
    with pool_of(asked) as pool:
        try:
            serve(places.root, places.site, port, rebuild, click.echo)
        except PortError as error:
            raise click.ClickException(str(error)) from error


@click.command("rollback", epilog="Example:  clausebook rollback --site /srv/policies")
@site_option
@handbook_option
def rollback_command(handbook_folder: Path, site: Path | None) -> None:
    """Bring back the site that stood there before the last build. Run again, it undoes itself.

    The handbook's files stay as they are: mend them before the next build, which publishes what they say.
    """
    places = folders(handbook_folder, site)
    now, then = (describe(path) for path in (places.site, kept_site(places.site, places.build)))
    roll_back(places.site, places.build)
    click.echo(
        f"{places.site} is the site of {then} again. The one of {now} is kept in its place: run this again to undo it."
    )


def _count(trusts: int) -> str:
    return f"the hub and {trusts} trust site{'s' if trusts != 1 else ''}"
