"""The emails to staff, worded by the templates of content/letters, ready to be sent by whatever HR sends email with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from clausebook.acknowledgements.campaigns.drafts import write_draft
from clausebook.acknowledgements.campaigns.invitations import Ask, listed
from clausebook.acknowledgements.desk.people import Person
from clausebook.looks import Looks
from clausebook.pages.templates import render_letter, require_letter


@dataclass(frozen=True)
class Invitation:
    """invitation.txt: all that one person is asked for."""

    person: Person
    asks: Sequence[Ask]
    due: str
    """The first day by which one of them is due."""
    titles: str
    privacy: str
    trust_name: str


@dataclass(frozen=True)
class ReminderLetter:
    """reminder.txt"""

    person: Person
    titles: Sequence[str]
    """The policies that are owed, each with its revision."""
    due: str
    """The first day by which one of them is due."""
    overdue: bool
    address: str
    """Of the page with the personal link; empty where the link works no more."""
    expires: str
    on_expiry: str
    trust_name: str


@dataclass(frozen=True)
class Confirmed:
    """An acknowledgement that HR has."""

    title: str
    revision: str
    received: str
    entry: int
    line: str
    """Signed with HR's key."""


@dataclass(frozen=True)
class ReplyLetter:
    """reply.txt: all that one receipt acknowledged."""

    person: Person
    titles: str
    confirmed: Sequence[Confirmed]
    trust_name: str


LETTERS = {"invitation.txt": Invitation, "reminder.txt": ReminderLetter, "reply.txt": ReplyLetter}


def require_letters(looks: Looks) -> None:
    """Raises BrokenLetterError where a letter that somebody reworded cannot be filled in: before anything is written."""
    for template, view in LETTERS.items():
        require_letter(template, looks, {field.name for field in fields(view)})


def invite(asks: Sequence[Ask], looks: Looks) -> bytes:
    """The email with all links of one person, as an .eml file that a mail program opens as a draft."""
    first = asks[0]
    titles = listed([policy.title for ask in asks for policy in ask.policies])
    letter = Invitation(first.person, asks, min(ask.link.due for ask in asks), titles, first.privacy, first.trust_name)
    sender = next((ask.campaign.receipts.mail for ask in asks if ask.campaign.receipts.mail), None)
    return draft_letter("invitation.txt", letter, sender, looks)


def draft_letter(
    template: str, letter: Invitation | ReminderLetter | ReplyLetter, sender: str | None, looks: Looks
) -> bytes:
    """A letter as an .eml file to its person."""
    subject, text = render_letter(template, looks, letter)
    return write_draft((letter.person.name, letter.person.mail), sender, subject, text)
