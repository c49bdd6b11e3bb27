"""The commands that tell how a trust stands: acks report, acks owed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from clausebook.acknowledgements.desk.academy_texts import AcademyTexts
from clausebook.acknowledgements.desk.paths import Desk, require_private
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.desk.private_files import write_private_folder
from clausebook.acknowledgements.inbox.questions import with_questions
from clausebook.acknowledgements.register.entries import read_register
from clausebook.acknowledgements.register.standings_as_at import count_entries, standings_of
from clausebook.acknowledgements.reports.files import render_files
from clausebook.acknowledgements.reports.owing import find_owing
from clausebook.acknowledgements.reports.report import Report, make_report
from clausebook.acknowledgements.reports.sheets import campaign_sheet, owing_by_person, owing_sheet, policy_sheet
from clausebook.acknowledgements.reports.tallies import by_policy, tally_by, tally_campaigns
from clausebook.cli.acks.options import as_of_option, desk_at, desk_option, in_words, passphrase_option, trust_of
from clausebook.cli.options import content_or_exit, day, handbook_option, known
from clausebook.cli.showing import format_option, show_sheet
from clausebook.model.dates import count
from clausebook.model.dates import in_words as in_words_of
from clausebook.model.handbook import Handbook

IN_TERMINAL = {
    "person": ("Name", "Staff number", "Owes", "Academy"),
    "policy": ("Policy", "To sign", "Done", "Done %", "Outstanding", "Overdue"),
    "campaign": ("Campaign", "Policies", "People", "Signed all of it", "Owe some of it", "Of these overdue"),
}
"""The columns that have room there."""


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
    """Write how TRUST stands: who still owes what, who has acknowledged which revision, and every exception.

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
        report = _read(place, handbook, trust, today)
        folder = write_private_folder(
            out.resolve() if out else place.outgoing(today, "report"), render_files(report, root)
        )
    total, managers = report.total, len({case.manager for case in report.cases if case.manager})
    overdue = sum(one.overdue > 0 for one in report.owing)
    click.echo(
        f"Wrote {folder}: {total.done} of {total.to_sign} done, {total.of('overdue')} overdue; {count(managers, 'manager') or 'no manager'}. Keep it private: it names people."
    )
    if report.owing:
        click.echo(f"{count(len(report.owing), 'person', 'people')} {'owes' if len(report.owing) == 1 else 'owe'} something, {overdue} of them overdue: clausebook acks owed {trust} lists them.")  # fmt: skip
    if missed := total.of("not-asked"):
        click.echo(f"Not asked yet, though a campaign names their role: {missed}. clausebook acks issue asks them.")


@click.command("owed", epilog="Examples:  clausebook acks owed att --desk ~/acknowledgements   ·   clausebook acks owed att --policy code-of-conduct --format csv --desk ~/acknowledgements > owed.csv")  # fmt: skip
@click.argument("trust")
@click.option("--by", type=click.Choice(["person", "policy", "campaign"]), default="person", show_default=True, help="Who owes what, or how many people owe it.")  # fmt: skip
@click.option("--policy", metavar="POLICY", help="Only what is owed of this policy.")
@click.option("--campaign", metavar="CAMPAIGN", help="Only what is owed in this campaign.")
@desk_option
@as_of_option
@format_option
@passphrase_option
@handbook_option
def owed_command(
    trust: str, by: str, policy: str | None, campaign: str | None, desk: Path, as_of: datetime | None, form: str, passphrase_file: Path | None,
    handbook_folder: Path,
) -> None:  # fmt: skip
    """Tell who still owes what, over all policies of TRUST: the longest overdue first.

    In the terminal a row is a person; to take away, a row is a person and a policy, with email address, campaign and due day.
    """
    root, today = handbook_folder.resolve(), day(as_of)
    handbook = content_or_exit(root)
    own = trust_of(handbook, trust)
    if policy:
        known(policy, f"policy of {trust}", [one.id for one in own.policies])
    with in_words():
        report = _read(desk_at(desk, root, passphrase_file), handbook, trust, today)
    if campaign:
        known(campaign, f"campaign of {trust}", sorted({case.campaign for case in report.cases} - {""}))
    cases = [case for case in report.cases if policy in (None, case.policy) and campaign in (None, case.campaign)]
    owing = find_owing(cases, report.title)
    if not owing and by == "person" and form == "table":
        click.echo(f"No one owes anything as at {in_words_of(today)}.")
        return
    whole = {
        "person": lambda: owing_by_person(report, owing) if form == "table" else owing_sheet(report, owing),
        "policy": lambda: policy_sheet(report, tally_by(cases, by_policy)),
        "campaign": lambda: campaign_sheet(tally_campaigns(cases)),
    }[by]()
    show_sheet(whole.only(IN_TERMINAL[by]) if form == "table" else whole, form)


def _read(place: Desk, handbook: Handbook, trust: str, today: date) -> Report:
    with read_register(place.register) as register:
        counted = count_entries(register, today.isoformat())
        standings = with_questions(place, register, standings_of(counted))
        kept = AcademyTexts(place, handbook.trust(trust).texts_of_academies)
        return make_report(counted, standings, read_people(place), handbook, trust, kept, today)
