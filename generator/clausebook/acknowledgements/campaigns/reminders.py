"""Reminders: who has to be reminded on a day, and the mails for it. Nothing is sent, and the register is not written to.

What was written stands in the desk's out/: each folder of reminders lists whom it reminded, and by that nobody is reminded twice
for the same day on which a reminder falls due. A day on which nobody ran the command is made up for by the next run.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.campaigns.invitations import NoSiteError, link_of, page_address
from clausebook.acknowledgements.campaigns.letters import ReminderLetter, draft_letter
from clausebook.acknowledgements.campaigns.outbox import file_name
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.desk.private_files import write_private_folder
from clausebook.acknowledgements.register.standings import Owed, Standings, find_owed
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.acknowledgements.signing.links import write_link
from clausebook.export.tables import Sheet, csv_file
from clausebook.looks import Looks
from clausebook.model import Campaign

LIST = "reminded.csv"
HEADINGS = ("Reference", "Staff number", "Policy", "Due", "Days overdue")


@dataclass(frozen=True)
class Rhythm:
    """On which days before the due one somebody is reminded, and every how many days after it."""

    before: tuple[int, ...] = (14, 3, 0)
    every: int = 7

    def last_day(self, due: date, today: date) -> date | None:
        """The last day, not after `today`, on which a reminder falls due."""
        past = (today - due).days
        if past >= self.every:
            return due + timedelta(days=past // self.every * self.every)
        days = [due - timedelta(days=one) for one in self.before]
        return max((day for day in days if day <= today), default=None)


@dataclass(frozen=True)
class Reminder:
    """Somebody who is reminded of what they owe; `address` is empty where the link works no more, or another key signed it."""

    person: Person
    owed: Owed
    campaign: Campaign
    address: str


def find_due(
    standings: Standings, people: Mapping[str, Person], reminded: Mapping[str, date], today: date, rhythm: Rhythm
) -> list[tuple[Person, Owed]]:
    """Who is to be reminded today; `reminded` are the days on which each reference was reminded last."""
    found = []
    for standing in standings:
        owed, person = find_owed(standing, today), people.get(standing.person)
        if owed is None or person is None or person.has_left(today.isoformat()):
            continue
        due = rhythm.last_day(date.fromisoformat(owed.due), today)
        last = reminded.get(owed.asked.ref, date.fromisoformat(owed.asked.issued))
        if due and due > last:
            found.append((person, owed))
    return found


def read_reminded(desk: Desk) -> dict[str, date]:
    """When each reference was reminded last, by the folders in out/."""
    found: dict[str, date] = {}
    for path in sorted(desk.outgoing(date.min, "").parent.glob(f"*-remind*/{LIST}")):
        try:
            day = date.fromisoformat(path.parent.name[:10])
            with path.open(encoding="utf-8-sig", newline="") as file:
                references = [row[0] for row in csv.reader(file) if row][1:]
        except (ValueError, OSError, csv.Error):
            continue
        found |= {reference.lstrip("'"): max(day, found.get(reference.lstrip("'"), day)) for reference in references}
    return found


def write_reminders(
    desk: Desk,
    due: Sequence[tuple[Person, Owed]],
    books: HandbookIndex,
    keys: Mapping[str, SigningKey],
    today: date,
    looks: Looks,
) -> tuple[Path | None, list[Reminder]]:
    """Write a mail for each, and the list of all; returns where, and what they are."""
    reminders = [_reminder(person, owed, books, keys, today) for person, owed in due]
    if not reminders:
        return None, []
    return write_private_folder(desk.outgoing(today, "remind"), _files(reminders, books, looks)), reminders


def _reminder(
    person: Person, owed: Owed, books: HandbookIndex, keys: Mapping[str, SigningKey], today: date
) -> Reminder:
    trust = books.handbook.trust(owed.trust)
    campaign = next(
        (one for one in trust.campaigns if one.id == owed.campaign),
        trust.campaign_for(owed.policy, person.roles, person.academy),
    )
    if campaign is None:
        raise NoSiteError(f"trusts/{owed.trust}/acknowledgements.yml has no campaign for {owed.policy} any more: put it back, or void what was issued")  # fmt: skip
    revision = books.revision(owed.trust, owed.policy, owed.revision)
    key = keys.get(owed.asked.key)
    if revision is None or key is None or owed.asked.expires < today.isoformat():
        return Reminder(person, owed, campaign, "")
    page = page_address(campaign, owed.trust, f"trusts/{owed.trust}/acknowledgements.yml")
    return Reminder(person, owed, campaign, f"{page}#{write_link(link_of(owed.asked, owed.trust, owed.policy), key)}")


def _files(reminders: Sequence[Reminder], books: HandbookIndex, looks: Looks) -> Iterator[tuple[str, bytes]]:
    rows = tuple(
        (
            reminder.owed.asked.ref,
            reminder.person.number,
            reminder.owed.policy,
            reminder.owed.due,
            str(reminder.owed.overdue),
        )
        for reminder in reminders
    )
    yield LIST, csv_file(Sheet("Reminded", HEADINGS, rows))
    for reminder in reminders:
        if reminder.person.mail:
            yield f"mails/{file_name(reminder.person.number)}-{reminder.owed.policy}.eml", _mail(reminder, books, looks)


def _mail(reminder: Reminder, books: HandbookIndex, looks: Looks) -> bytes:
    owed, campaign = reminder.owed, reminder.campaign
    letter = ReminderLetter(
        reminder.person, books.title(owed.trust, owed.policy, owed.revision), owed.revision, owed.due, owed.overdue > 0, reminder.address,
        owed.asked.expires, campaign.on_expiry, books.handbook.trust(owed.trust).record.name,
    )  # fmt: skip
    return draft_letter("reminder.txt", letter, campaign.receipts.mail, looks)
