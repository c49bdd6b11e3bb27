"""Replies to acknowledgements: a mail for each person with HR's countersigned line, and the entry that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.campaigns.invitations import listed
from clausebook.acknowledgements.campaigns.letters import Confirmed, ReplyLetter, draft_letter
from clausebook.acknowledgements.campaigns.outbox import file_name
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.desk.private_files import write_private_folder
from clausebook.acknowledgements.register.countersignatures import countersign
from clausebook.acknowledgements.register.entries import Body, Entry, open_register
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.looks import Looks
from clausebook.pages.templates import render_letter

BATCH = 500


@dataclass(frozen=True)
class Reply:
    """What a person gets for one acknowledgement."""

    entry: Entry
    body: Body
    person: Person
    line: str


@dataclass(frozen=True)
class Replied:
    """What was done; `folder` is None where there was nothing to do."""

    folder: Path | None
    replies: tuple[Reply, ...]
    without: tuple[Person, ...]
    """Those who have no mail address: their reply is a text to print."""

    @property
    def letters(self) -> int:
        """How many emails and texts there are: one for each receipt, whatever policies it acknowledged."""
        return len(_by_receipt(self.replies))


def write_replies(
    desk: Desk, books: HandbookIndex, people: Sequence[Person], key: SigningKey, day: date, at: str, looks: Looks
) -> Replied:
    """Write a reply to each acknowledgement that has none. The mails are on the disk before the register says so.

    Raises RegisterInUseError, BrokenRegisterError.
    """
    waiting: dict[int, Entry] = {}

    def apply(entry: Entry) -> None:
        if entry.body and entry.body.kind == "acknowledged" and entry.body.receipt:
            waiting[entry.number] = entry
        elif entry.body and entry.body.kind == "replied" and entry.body.about:
            waiting.pop(entry.body.about, None)

    with open_register(desk.register, apply) as register:
        void, by_id = read_standings(register).void, {person.id: person for person in people}
        replies = tuple(
            Reply(entry, entry.body, by_id[entry.body.person], countersign(entry, at, key))
            for number, entry in waiting.items()
            if number not in void and entry.body and entry.body.person in by_id
        )
        if not replies:
            return Replied(None, (), ())
        folder = write_private_folder(desk.outgoing(day, "reply"), _files(replies, books, looks))
        bodies = [_replied(reply, at) for reply in replies]
        for start in range(0, len(bodies), BATCH):
            register.add(bodies[start : start + BATCH])
    without = {reply.person.id: reply.person for reply in replies if not reply.person.mail}
    return Replied(folder, replies, tuple(without.values()))


def _replied(reply: Reply, at: str) -> Body:
    body = reply.body
    return Body(
        kind="replied", at=at, ref=body.ref, person=body.person, trust=body.trust, policy=body.policy, revision=body.revision,
        digest=body.digest, campaign=body.campaign, receipt=body.receipt, about=reply.entry.number, facts={"line": reply.line},
    )  # fmt: skip


def _files(replies: Sequence[Reply], books: HandbookIndex, looks: Looks) -> Iterator[tuple[str, bytes]]:
    """A letter for each receipt, whatever policies it acknowledged."""
    for group in _by_receipt(replies):
        first = group[0]
        name = f"{file_name(first.person.number)}-{first.body.campaign or first.body.policy}-{first.entry.number}"
        letter = _letter(group, books)
        if first.person.mail:
            yield f"mails/{name}.eml", draft_letter("reply.txt", letter, _sender(first, books), looks)
        else:
            yield f"print/{name}.txt", render_letter("reply.txt", looks, letter)[1].encode()


def _by_receipt(replies: Sequence[Reply]) -> list[list[Reply]]:
    found: dict[tuple[str, str], list[Reply]] = {}
    for reply in replies:
        found.setdefault((reply.person.id, reply.body.receipt), []).append(reply)
    return list(found.values())


def _sender(reply: Reply, books: HandbookIndex) -> str | None:
    trust = books.handbook.trust_by_id.get(reply.body.trust)
    campaign = trust.campaign_for(reply.body.policy, reply.person.roles, reply.person.academy) if trust else None
    return campaign.receipts.mail if campaign else None


def _letter(group: Sequence[Reply], books: HandbookIndex) -> ReplyLetter:
    first = group[0]
    trust = books.handbook.trust_by_id.get(first.body.trust)
    confirmed = [
        Confirmed(
            books.title(one.body.trust, one.body.policy, one.body.revision), one.body.revision, one.body.received[:10], one.entry.number, one.line
        )
        for one in group
    ]  # fmt: skip
    titles = listed([one.title for one in confirmed])
    return ReplyLetter(first.person, titles, confirmed, trust.record.name if trust else "HR")
