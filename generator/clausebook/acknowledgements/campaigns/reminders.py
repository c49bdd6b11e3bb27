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
from clausebook.acknowledgements.campaigns.invitations import NoSiteError, link_of, personal_address
from clausebook.acknowledgements.campaigns.letters import ReminderLetter, draft_letter
from clausebook.acknowledgements.campaigns.outbox import file_name
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.desk.private_files import write_private_folder
from clausebook.acknowledgements.register.standings import Owed, Standings, find_owed
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.export.tables import Sheet, csv_file
from clausebook.looks import Looks
from clausebook.model import Campaign

LIST = "reminded.csv"
HEADINGS = ("Reference", "Staff number", "Policies", "Due", "Days overdue")


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
class Due:
    """What somebody is reminded of: all that they still owe of one personal link."""

    person: Person
    owed: tuple[Owed, ...]

    @property
    def first(self) -> Owed:
        """What is due first."""
        return min(self.owed, key=lambda one: one.due)


@dataclass(frozen=True)
class Reminder:
    """Somebody who is reminded; `address` is empty where the link works no more, or another key signed it."""

    due: Due
    campaign: Campaign
    address: str


def find_due(
    standings: Standings,
    people: Mapping[str, Person],
    books: HandbookIndex,
    reminded: Mapping[str, date],
    today: date,
    rhythm: Rhythm,
) -> list[Due]:
    """Who is to be reminded today; `reminded` are the days on which each reference was reminded last."""
    owed: dict[tuple[str, str], list[Owed]] = {}
    for standing in standings:
        one, person = find_owed(standing, today), people.get(standing.person)
        if one and person and not person.has_left(today.isoformat()) and not books.is_withdrawn(one.trust, one.policy):
            owed.setdefault((person.id, one.asked.ref), []).append(one)
    found = (Due(people[person], tuple(all_of_link)) for (person, _), all_of_link in owed.items())
    return [due for due in found if _falls_due(due, reminded, today, rhythm)]


def _falls_due(due: Due, reminded: Mapping[str, date], today: date, rhythm: Rhythm) -> bool:
    asked, day = due.first.asked, rhythm.last_day(date.fromisoformat(due.first.due), today)
    return day is not None and day > reminded.get(asked.ref, date.fromisoformat(asked.issued))


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
    due: Sequence[Due],
    standings: Standings,
    books: HandbookIndex,
    keys: Mapping[str, SigningKey],
    today: date,
    looks: Looks,
) -> tuple[Path | None, list[Reminder]]:
    """Write a mail for each, and the list of all; returns where, and what they are."""
    reminders = [_reminder(one, standings, books, keys, today) for one in due]
    if not reminders:
        return None, []
    return write_private_folder(desk.outgoing(today, "remind"), _files(reminders, books, looks)), reminders


def _reminder(
    due: Due, standings: Standings, books: HandbookIndex, keys: Mapping[str, SigningKey], today: date
) -> Reminder:
    owed, person = due.first, due.person
    trust = books.handbook.trust(owed.trust)
    campaign = next(
        (one for one in trust.campaigns if one.id == owed.campaign),
        trust.campaign_for(owed.policy, person.roles, person.academy),
    )
    if campaign is None:
        raise NoSiteError(f"trusts/{owed.trust}/acknowledgements.yml has no campaign for {owed.policy} any more: put it back, or void what was issued")  # fmt: skip
    key = keys.get(owed.asked.key)
    known = all(books.revision(one.trust, one.policy, one.revision) for one in due.owed)
    if key is None or not known or owed.asked.expires < today.isoformat():
        return Reminder(due, campaign, "")
    return Reminder(due, campaign, personal_address(link_of(standings.links[owed.asked.ref]), campaign, key))


def _files(reminders: Sequence[Reminder], books: HandbookIndex, looks: Looks) -> Iterator[tuple[str, bytes]]:
    rows = tuple(
        (
            one.due.first.asked.ref, one.due.person.number, ", ".join(owed.policy for owed in one.due.owed),
            one.due.first.due, str(one.due.first.overdue),
        )
        for one in reminders
    )  # fmt: skip
    yield LIST, csv_file(Sheet("Reminded", HEADINGS, rows))
    for one in reminders:
        if one.due.person.mail:
            yield f"mails/{file_name(one.due.person.number)}-{one.campaign.id}.eml", _mail(one, books, looks)


def _mail(reminder: Reminder, books: HandbookIndex, looks: Looks) -> bytes:
    due, campaign = reminder.due, reminder.campaign
    first = due.first
    titles = [f"{books.title(one.trust, one.policy, one.revision)}, revision {one.revision}" for one in due.owed]
    letter = ReminderLetter(
        due.person, titles, first.due, first.overdue > 0, reminder.address, first.asked.expires, campaign.on_expiry,
        books.handbook.trust(first.trust).record.name,
    )  # fmt: skip
    return draft_letter("reminder.txt", letter, campaign.receipts.mail, looks)
