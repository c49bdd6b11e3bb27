"""The command that shows HR what needs its eye: findings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from clausebook.cli.options import as_of_option, content_or_exit, day, handbook_option, known
from clausebook.cli.showing import format_option, show_sheet
from clausebook.export.comparison import findings_in_brief, findings_sheet
from clausebook.findings.find import KINDS, find_all
from clausebook.findings.stale_answers import find_doubts


@click.command(
    "findings",
    epilog="Examples:  clausebook findings att --as-of 2026-11-20   ·   clausebook findings --kind overdue --kind due",
)
@click.argument("trusts", nargs=-1, metavar="[TRUST]...")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True,
              help="Only this kind; can be given more than once.  [default: all]")  # fmt: skip
@as_of_option
@format_option
@handbook_option
def findings_command(
    trusts: tuple[str, ...], kinds: tuple[str, ...], as_of: datetime | None, form: str, handbook_folder: Path
) -> None:
    """Show what is due, out of date, contradictory or missing in the policies of all trusts, or of those that are named.

    Reviews that are overdue or due within 90 days, clauses that contradict each other with the ruling if there is one,
    references that have moved on with what replaced them, gaps in the source; and of academies what they are to read again beside the
    trust's text, where they ask for less, and what they have not filled in or adopted.
    """
    handbook = content_or_exit(handbook_folder.resolve())
    for trust in trusts:
        known(trust, "trust", list(handbook.short_names))
    found = [
        finding for finding in (*find_all(handbook, day(as_of)), *find_doubts(handbook, day(as_of)))
        if finding.trust in (trusts or handbook.short_names) and finding.kind in (kinds or KINDS)
    ]  # fmt: skip
    if form != "table":
        show_sheet(findings_sheet(handbook, found), form)
    elif found:
        show_sheet(findings_in_brief(handbook, found), form)
    else:
        click.echo("Nothing to note.")
