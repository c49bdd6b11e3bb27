"""The commands that write mails to staff for HR to send: acks reply, acks remind."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.campaigns.letters import require_letters
from clausebook.acknowledgements.campaigns.reminders import Rhythm, find_due, read_reminded, write_reminders
from clausebook.acknowledgements.campaigns.replies import Replied, write_replies
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.register.entries import read_register
from clausebook.acknowledgements.register.standings import Owed
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.acknowledgements.register.trust_keys import newest_key_at
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.cli.acks.options import (
    as_of_option,
    desk_at,
    desk_option,
    in_words,
    now,
    passphrase_option,
    signing_key,
    signing_keys,
)
from clausebook.cli.options import content_or_exit, day, handbook_option
from clausebook.looks import Looks
from clausebook.model.dates import count


@click.command("reply", epilog="Example:  clausebook acks reply --desk ~/acknowledgements")
@desk_option
@passphrase_option
@as_of_option
@handbook_option
def reply_command(desk: Path, passphrase_file: Path | None, as_of: datetime | None, handbook_folder: Path) -> None:
    """Write a reply to each acknowledgement that has none: an email with a line, signed with HR's key, that proves it.

    The emails are written to the desk's out/, ready to be sent; nothing is sent. Whoever has no email address gets a text to print.
    """
    root = handbook_folder.resolve()
    books = HandbookIndex(content_or_exit(root))
    with in_words():
        require_letters(Looks(root))
        place = desk_at(desk, root, passphrase_file)
        key = newest_key_at(place, [one for _, one in books.keys.values()])
        signing = signing_key(place, key.id, passphrase_file)
        done = write_replies(place, books, read_people(place), signing, day(as_of), now(), Looks(root))
    if done.folder is None:
        click.echo("Every acknowledgement has its reply.")
        return
    printed = (
        f"; {count(len(done.without), 'person', 'people')} without an email address: see print/" if done.without else ""
    )
    click.echo(
        f"Wrote {done.folder}: {count(done.letters, 'reply', 'replies')}{_to_how_many(done)}{printed}. Nothing was sent."
    )


def _to_how_many(done: Replied) -> str:
    number = len(done.replies)
    return f" to {count(number, 'acknowledgement')}" if number > done.letters else ""


@click.command("remind", epilog="Example:  clausebook acks remind --desk ~/acknowledgements")
@desk_option
@click.option(
    "--before",
    default="14,3,0",
    show_default=True,
    metavar="DAYS",
    help="How many days before the due one someone is reminded.",
)
@click.option(
    "--every", type=click.IntRange(1, 365), default=7, show_default=True, help="After it, every how many days."
)
@passphrase_option
@as_of_option
@handbook_option
def remind_command(
    desk: Path, before: str, every: int, passphrase_file: Path | None, as_of: datetime | None, handbook_folder: Path
) -> None:
    """Write the reminders that are due today, each with the person's own link; nothing is sent.

    What is written to the desk's out/ is the record of it: nobody is reminded twice for the same day. What fell due while
    nobody ran this is made up for, once.
    """
    root, today = handbook_folder.resolve(), day(as_of)
    books = HandbookIndex(content_or_exit(root))
    rhythm = Rhythm(_days(before), every)
    with in_words():
        require_letters(Looks(root))
        place = desk_at(desk, root, passphrase_file)
        people = {person.id: person for person in read_people(place)}
        with read_register(place.register) as register:
            standings = read_standings(register, today.isoformat())
        due = find_due(standings, people, books, read_reminded(place), today, rhythm)
        keys = _keys(place, books, [one.first for one in due], passphrase_file)
        folder, reminders = write_reminders(place, due, standings, books, keys, today, Looks(root))
    if folder is None:
        click.echo("No reminder is due.")
        return
    click.echo(f"Wrote {folder}: {count(len(reminders), 'reminder')}. Nothing was sent.")
    if without := [reminder.due.person.number for reminder in reminders if not reminder.due.person.mail]:
        click.echo(f"Without an email address, so only in reminded.csv: {', '.join(without)}")
    if dead := [reminder.due.person.number for reminder in reminders if not reminder.address]:
        click.echo(
            f"Their links have expired, or another key signed them; clausebook acks issue gives new ones: {', '.join(dead)}"
        )


def _days(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) <= 365 for part in parts):
        raise click.UsageError(f"--before wants days, such as 14,3,0, and not {text!r}")
    return tuple(int(part) for part in parts)


def _keys(place: Desk, books: HandbookIndex, owed: list[Owed], passphrase_file: Path | None) -> dict[str, SigningKey]:
    """The keys in use that the due links were signed with: a link is written again byte for byte."""
    wanted = {one.asked.key for one in owed} & {name for name, (_, key) in books.keys.items() if not key.last}
    there = sorted(one for one in wanted if place.key_file(one).is_file())
    return signing_keys(place, there, passphrase_file)
