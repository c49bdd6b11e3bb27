"""The commands by which HR keeps what it must and forgets what it may: acks retain, acks subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from generator.acknowledgements.desk import open_desk, require_private
from generator.acknowledgements.outgoing import file_name
from generator.acknowledgements.people import Person, read_people
from generator.acknowledgements.private_files import write_private_folder
from generator.acknowledgements.retention import Leaver, find_leavers, keep_years, purge_leavers
from generator.acknowledgements.subject import gather_subject, render_json, render_text
from generator.calendar_dates import count
from generator.cli.acks_options import as_of_option, desk_option, handbook_of, in_words, now
from generator.cli.options import content_or_exit, day, handbook_option
from generator.cli.showing import show_sheet
from generator.problems import nearest
from generator.tables import Sheet


@click.command("retain", epilog="Examples:  clausebook acks retain att --desk ~/acknowledgements   ·   clausebook acks retain att --desk ~/acknowledgements --yes")  # fmt: skip
@click.argument("trust")
@desk_option
@click.option("--yes", is_flag=True, help="Take it out. Without this, it is only listed.")
@as_of_option
@handbook_option
def retain_command(trust: str, desk: Path, as_of: datetime | None, handbook: Path, *, yes: bool) -> None:
    """List who left TRUST so long ago that nothing is to be kept on them, and with --yes take it out for good.

    The period is `keep_years` of the trust's campaigns, the longest of them, counted from the last day at work. What the
    register says of them goes, with their receipts and their line in people.json; its chain, and checkpoints, still hold.
    """
    root, today = handbook.resolve(), day(as_of)
    own = handbook_of(content_or_exit(root), trust)
    with in_words():
        place = open_desk(desk, root, make=False)
        leavers = purge_leavers(place, own, today, now()) if yes else find_leavers(place, own, today)
    years = count(keep_years(own), "year") or "no time"
    if not leavers:
        click.echo(f"Nobody: what is held is kept for {years} after somebody's last day.")
        return
    show_sheet(_sheet(leavers), "table")
    entries, receipts = sum(len(one.entries) for one in leavers), sum(len(one.receipts) for one in leavers)
    told = f"{count(len(leavers), 'person').replace('persons', 'people')}, {entries} entries, {receipts} receipts"
    if yes:
        click.echo(
            f"Purged: {told}. What was written to {place.root / 'out'} earlier, and your backups, are not touched: clear them too. "
            "clausebook acks checkpoint signs what the register is now."
        )
    else:
        click.echo(f"Would be purged: {told}. Nothing was changed; --yes takes it out for good.")


def _sheet(leavers: Sequence[Leaver]) -> Sheet:
    rows = tuple(
        (one.known.number if one.known else "", one.known.name if one.known else one.person, one.left.isoformat(), one.until.isoformat(),
         len(one.entries), len(one.receipts))
        for one in leavers
    )  # fmt: skip
    return Sheet("Left so long ago", ("Staff number", "Name", "Last day", "Kept until", "Entries", "Receipts"), rows)


@click.command("subject", epilog="Example:  clausebook acks subject 10234 --desk ~/acknowledgements")
@click.argument("staff_number")
@desk_option
@click.option("--trust", metavar="TRUST", help="Where two trusts have that staff number: which one.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="A new folder for it, outside the handbook and its site.  [default: out/ on the desk]")  # fmt: skip
@handbook_option
def subject_command(staff_number: str, desk: Path, trust: str | None, out: Path | None, handbook: Path) -> None:
    """Write all that is held on one person, for a subject access request: subject.txt to read, subject.json in full.

    It has their line in people.json, every entry of the register that is about them, what they sent, and the names of files in
    the desk's out/ that name them. Read it before you hand it over: what HR wrote down may speak of others.
    """
    root = handbook.resolve()
    with in_words():
        place = open_desk(desk, root, make=False)
        if out:
            require_private(out, root)
        people = read_people(place.people)
        person = _person(people, staff_number, trust)
        subject = gather_subject(place, person, people)
        folder = write_private_folder(
            out.resolve() if out else place.outgoing(day(None), f"subject-{file_name(person.number)}"),
            [("subject.txt", render_text(subject).encode()), ("subject.json", render_json(subject).encode())],
        )
    click.echo(
        f"Wrote {folder}: {len(subject.entries)} entries, {len(subject.receipts)} receipts. Read it before you hand it over."
    )


def _person(people: Sequence[Person], number: str, trust: str | None) -> Person:
    found = [one for one in people if one.number.casefold() == number.casefold() and trust in (None, one.trust)]
    if len(found) > 1:
        raise click.UsageError(
            f"{' and '.join(one.trust for one in found)} have the staff number {number}: say which with --trust"
        )
    if not found:
        near = nearest(number, [one.number for one in people])
        raise click.UsageError(
            f"nobody in people.json has the staff number {number}" + (f"; did you mean {near}?" if near else "")
        )
    return found[0]
