"""The command that tells how a trust stands: acks report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from clausebook.acknowledgements.desk.paths import require_private
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.desk.private_files import write_private_folder
from clausebook.acknowledgements.inbox.questions import with_questions
from clausebook.acknowledgements.register.entries import read_whole
from clausebook.acknowledgements.reports.files import render_files
from clausebook.acknowledgements.reports.report import read_report
from clausebook.cli.acks.options import as_of_option, desk_at, desk_option, in_words, passphrase_option, trust_of
from clausebook.cli.options import content_or_exit, day, handbook_option
from clausebook.model.dates import count


@click.command("report", epilog="Examples:  clausebook acks report att --desk ~/acknowledgements   ·   clausebook acks report att --desk ~/acknowledgements --as-of 2025-10-31 --out ~/october")  # fmt: skip
@click.argument("trust")
@desk_option
@as_of_option
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR",
    help="A new folder for it, outside the handbook and its site.  [default: out/ on the desk]",
)  # fmt: skip
@passphrase_option
@handbook_option
def report_command(
    trust: str,
    desk: Path,
    as_of: datetime | None,
    out: Path | None,
    passphrase_file: Path | None,
    handbook_folder: Path,
) -> None:
    """Write how TRUST stands: who has acknowledged which revision, who still owes what, and every exception.

    report.html is a dashboard of one file that opens from its folder; report.xlsx, csv/ and report.json have the same in full;
    managers/ has a workbook for each manager with their own team only. With --as-of it is as at the end of that day. It names
    people: keep it where only HR can read it.
    """
    root, today = handbook_folder.resolve(), day(as_of)
    handbook = content_or_exit(root)
    trust_of(handbook, trust)
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        if out:
            require_private(out, root)
        report = read_report(
            with_questions(place, read_whole(place.register)), read_people(place), handbook, trust, today
        )
        folder = write_private_folder(
            out.resolve() if out else place.outgoing(today, "report"), render_files(report, root)
        )
    total, managers = report.total, len({case.manager for case in report.cases if case.manager})
    click.echo(
        f"Wrote {folder}: {total.done} of {total.to_sign} done, {total.of('overdue')} overdue; {count(managers, 'manager') or 'no manager'}. Keep it private: it names people."
    )
    if missed := total.of("not-asked"):
        click.echo(f"Not asked yet, though a campaign names their role: {missed}. clausebook acks issue asks them.")
