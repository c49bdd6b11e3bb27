"""The commands that make sites: build, generate, serve."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from generator.build import Options, findings_for, read_library, write_trees
from generator.cli.options import build_options, day, folders, library_or_exit, require, show
from generator.cli.progress import build_with_progress
from generator.merge import Library


@click.command("build", epilog="Examples:  clausebook build   ·   clausebook build --trust att --no-pdf")
@build_options
def build_command(
    handbook: Path,
    trust: str | None,
    site: Path | None,
    as_of: datetime | None,
    jobs: int,
    *,
    pdf: bool,
    drafts: bool,
    quiet: bool,
) -> None:
    """Check everything, then build all sites, PDFs and data, and publish them in one step.

    If anything is wrong, every problem is shown, nothing is built, and the last good site stays as it is.
    """
    places = folders(handbook, site)
    library = library_or_exit(places.root, trust)
    options = Options(day(as_of), trust, pdf, drafts, jobs)
    build_with_progress(places, library, options, quiet=quiet)
    if not quiet:
        click.echo(f"Published {_count(library, trust)} to {places.site}: open {places.site / 'index.html'}")


@click.command("generate", epilog="Example:  clausebook generate && mkdocs serve")
@build_options
def generate_command(
    handbook: Path,
    trust: str | None,
    site: Path | None,
    as_of: datetime | None,
    jobs: int,
    *,
    pdf: bool,
    drafts: bool,
    quiet: bool,
) -> None:
    """Write the pages of all sites to build/ and stop, for plain `mkdocs build` or `mkdocs serve`."""
    places = folders(handbook, site)
    library = library_or_exit(places.root, trust)
    options = Options(day(as_of), trust, pdf, drafts, jobs)
    trusts = [one for one in library.handbooks if trust in (None, one.id)]
    trees = write_trees(places, library, trusts, findings_for(library, options), options)
    if not quiet:
        click.echo(
            f"Wrote {len(trees)} trees below {places.build}. The hub: mkdocs build. A trust: mkdocs build -f build/trusts/TRUST/mkdocs.yml"
        )


@click.command("serve", epilog="Example:  clausebook serve --no-pdf --port 8000")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where the browser finds it."
)
@build_options
def serve_command(
    handbook: Path,
    trust: str | None,
    site: Path | None,
    as_of: datetime | None,
    jobs: int,
    port: int,
    *,
    pdf: bool,
    drafts: bool,
    quiet: bool,
) -> None:
    """Build, show the site on this machine, and build again and reload whenever a file changes."""
    from generator.serve import serve  # noqa: PLC0415 — a web server is wanted by this command alone

    places = folders(handbook, site)

    def rebuild(changed: bool) -> bool:
        library, problems = read_library(places.root)
        if library is None:
            show(problems)
            if changed:
                click.echo("Not built: the site shows the last good state. Mend the file and save it.")
            return False
        require(places.root, library, trust)
        build_with_progress(
            places, library, Options(day(as_of), trust if changed else None, pdf, drafts, jobs), quiet=quiet
        )
        return True

    serve(places.root, places.site, port, rebuild, click.echo)


def _count(library: Library, trust: str | None) -> str:
    count = 1 if trust else len(library.handbooks)
    return f"the hub and {count} trust site{'s' if count != 1 else ''}"
