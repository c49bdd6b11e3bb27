"""The commands by which HR keeps what it must and forgets what it may: acks purge, acks subject-access."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from clausebook.acknowledgements.campaigns.outbox import file_name
from clausebook.acknowledgements.desk.paths import Desk, require_private
from clausebook.acknowledgements.desk.people import Person, forget_name, read_people
from clausebook.acknowledgements.desk.private_files import write_private_folder
from clausebook.acknowledgements.privacy.purge import (
    Choose,
    Expired,
    everything_on,
    expired_by,
    find_expired,
    purge_expired,
)
from clausebook.acknowledgements.privacy.subject_access import Sought, gather_subject, render_json, render_text, seek
from clausebook.acknowledgements.privacy.written import OUT_DAYS, files_that_name, old_folders
from clausebook.acknowledgements.register.people_noted import rewrite_people
from clausebook.acknowledgements.register.purges import Purge
from clausebook.acknowledgements.register.trust_keys import newest_key_at
from clausebook.cli.acks.options import (
    as_of_option,
    desk_at,
    desk_option,
    in_words,
    now,
    passphrase_option,
    signing_key,
    trust_of,
)
from clausebook.cli.options import content_or_exit, day, handbook_option
from clausebook.cli.showing import show_sheet
from clausebook.export.tables import Sheet
from clausebook.model.dates import count
from clausebook.model.handbook import Trust
from clausebook.model.problems import nearest
from clausebook.pages.privacy import keep_years


@click.command("purge", epilog='Examples:  clausebook acks purge att --desk ~/acknowledgements   ·   clausebook acks purge att --desk ~/acknowledgements --yes --by "HR manager" --why "The period for keeping is over."')  # fmt: skip
@click.argument("trust")
@desk_option
@click.option("--yes", is_flag=True, help="Take it out. Without this, it is only listed.")
@click.option(
    "--by",
    metavar="WHO",
    help="With --yes: who in HR decided it. It stays in the register and in every pack: a role will do.",
)
@click.option(
    "--why",
    metavar="WORDS",
    help="With --yes: why, in words that an auditor understands; no name of a member of staff.",
)
@click.option(
    "--person",
    metavar="STAFF_NUMBER",
    help="All that is held on this person, at once: someone who should never have been listed.",
)
@click.option(
    "--former-name", metavar="NAME", help="With --person: only this earlier name of theirs, out of people.json."
)
@passphrase_option
@as_of_option
@handbook_option
def purge_command(
    trust: str, desk: Path, by: str | None, why: str | None, person: str | None, former_name: str | None, passphrase_file: Path | None,
    as_of: datetime | None, handbook_folder: Path, *, yes: bool,
) -> None:  # fmt: skip
    """List what TRUST is not to keep any more, and with --yes take it out for good.

    Of whoever left it is all that is held, `keep_years` after their last day at work (the longest period of the trust's
    campaigns); of what came from nobody who is known, as long after it was taken in; of what commands wrote to out/, 400 days
    later. What the register says goes, with receipts and the line in people.json; its chain, and checkpoints, still hold. A
    signed entry says who took out what, and why.
    """
    root, today = handbook_folder.resolve(), day(as_of)
    own = trust_of(content_or_exit(root), trust)
    if yes and not (by and why):
        raise click.UsageError("--yes needs --by and --why: the register says who took something out, and why")
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        if former_name:
            _forget_name(place, _one(place, person or "", trust), former_name, yes=yes)
            return
        choose = everything_on(_one(place, person, trust), today) if person else expired_by(own, today)
        found = (
            _purge(place, own, choose, str(by), str(why), passphrase_file)
            if yes
            else find_expired(place, trust, choose)
        )
    folders = [] if person else old_folders(place.root / "out", today)
    if yes:
        for folder in folders:
            shutil.rmtree(folder)
    _tell(place, own, found, folders, yes=yes)


def _purge(
    place: Desk, own: Trust, choose: Choose, by: str, why: str, passphrase_file: Path | None
) -> tuple[Expired, ...]:
    if not find_expired(place, own.id, choose):
        return ()
    key = signing_key(place, newest_key_at(place, own.keys).id, passphrase_file)
    return purge_expired(place, own.id, choose, Purge(by, why, now(), key))


def _forget_name(place: Desk, person: Person, name: str, *, yes: bool) -> None:
    people = forget_name(read_people(place), person, name)
    if people is None:
        raise click.UsageError(
            f"{name} is no earlier name of {person.number}: it has {', '.join(person.aliases) or 'none'}"
        )
    if yes:
        rewrite_people(place, people, now())
    click.echo(
        f"{'Took out' if yes else 'Would take out'} the name {name} of {person.number}."
        + ("" if yes else " --yes does it.")
    )


def _one(place: Desk, number: str, trust: str) -> Person:
    people = read_people(place)
    found = _person(seek(people, number, trust), number, people).person
    return found or _nobody(number, people)


def _tell(place: Desk, own: Trust, found: Sequence[Expired], folders: Sequence[Path], *, yes: bool) -> None:
    years = count(keep_years(own), "year") or "no time"
    if not found and not folders:
        click.echo(
            f"No one: what is held is kept for {years} after someone's last day, or after it came from no one who is known."
        )
        return
    if found:
        show_sheet(_sheet(found), "table")
    for folder in folders:
        click.echo(f"{folder}: written more than {OUT_DAYS} days ago")
    people = len({one.person for one in found} - {""})
    entries, receipts = sum(len(one.entries) for one in found), sum(len(one.receipts) for one in found)
    told = ", ".join(filter(None, (
        f"{people} {'person' if people == 1 else 'people'}", f"{entries} {'entry' if entries == 1 else 'entries'}", count(receipts, "receipt"),
        f"{count(len(folders), 'folder')} of out/" if folders else "",
    )))  # fmt: skip
    if not yes:
        click.echo(f"Would be purged: {told}. Nothing was changed; --yes takes it out for good.")
        return
    click.echo(
        f"Purged: {told}. Your backups are not touched: clear them too. clausebook acks checkpoint signs what the register is now."
    )
    for name in _still_named(place, found):
        click.echo(f"Still names someone who was taken out: {place.root / 'out' / name}")


def _still_named(place: Desk, found: Sequence[Expired]) -> list[str]:
    people = [one.known for one in found if one.known]
    files = (
        name
        for person in people
        for name in files_that_name(place.root / "out", (person.name, *person.aliases, person.mail), person.number)
    )
    return sorted(set(files))


def _sheet(found: Sequence[Expired]) -> Sheet:
    rows = tuple(
        (one.known.number if one.known else "", one.known.name if one.known else one.person or "no one who is known",
         one.since.isoformat(), one.until.isoformat(), len(one.entries), len(one.receipts))
        for one in found
    )  # fmt: skip
    return Sheet(
        "Not to be kept", ("Staff number", "Name", "Last day or arrival", "Kept until", "Entries", "Receipts"), rows
    )


@click.command("subject-access", epilog='Examples:  clausebook acks subject-access 10234 --desk ~/acknowledgements   ·   clausebook acks subject-access "Jo O’Brien" --desk ~/acknowledgements')  # fmt: skip
@click.argument("who", metavar="STAFF_NUMBER")
@desk_option
@click.option("--trust", metavar="TRUST", help="Where two trusts have that staff number: which one.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="A new folder for it, outside the handbook and its site.  [default: out/ on the desk]")  # fmt: skip
@passphrase_option
@handbook_option
def subject_access_command(
    who: str, desk: Path, trust: str | None, out: Path | None, passphrase_file: Path | None, handbook_folder: Path
) -> None:
    """Write all that is held on one person, for a subject access request: subject.txt to read, subject.json in full.

    STAFF_NUMBER may be an email address or a name as well, also of somebody whom no list names. It has their line in
    people.json, every entry of the register that is about them or came from somebody of their name or address, what they sent,
    and the names of files in the desk's out/ that name them. Read it before you hand it over: it may speak of others.
    """
    root = handbook_folder.resolve()
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        if out:
            require_private(out, root)
        people = read_people(place)
        sought = _person(seek(people, who, trust), who, people)
        subject = gather_subject(place, sought, people)
        if not (sought.person or subject.perhaps or subject.files):
            _nobody(who, people)
        name = file_name(sought.person.number if sought.person else "somebody")
        folder = write_private_folder(
            out.resolve() if out else place.outgoing(day(None), f"subject-{name}"),
            [("subject.txt", render_text(subject).encode()), ("subject.json", render_json(subject).encode())],
        )
    perhaps = (
        f" {len(subject.perhaps)} more came under that name or address without a link: see whether it was this person."
        if subject.perhaps
        else ""
    )
    click.echo(
        f"Wrote {folder}: {len(subject.entries)} entries, {len(subject.receipts)} receipts.{perhaps} Read it before you hand it over."
    )


def _person(found: Sequence[Sought], who: str, people: Sequence[Person]) -> Sought:
    if not found:
        _nobody(who, people)
    if len(found) > 1:
        numbers = ", ".join(f"{sought.person.number} of {sought.person.trust}" for sought in found if sought.person)
        raise click.UsageError(
            f"{who} fits more than one person: {numbers}. Give the staff number, and --trust where two trusts have it"
        )
    return found[0]


def _nobody(who: str, people: Sequence[Person]) -> NoReturn:
    near = nearest(who, [person.number for person in people])
    raise click.UsageError(
        f"no one in people.json has the staff number {who}" + (f"; did you mean {near}?" if near else "")
    )
