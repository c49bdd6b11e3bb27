"""Replies to acknowledgements: a mail for each person with HR's countersigned line, and the entry that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clausebook.acknowledgements.campaigns.drafts import write_draft
from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.campaigns.outbox import file_name
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.desk.private_files import write_private_folder
from clausebook.acknowledgements.register.countersignatures import countersign
from clausebook.acknowledgements.register.entries import Body, Entry, open_register
from clausebook.acknowledgements.register.replay import Gathering
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.model.dates import in_words

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


def write_replies(
    desk: Desk, books: HandbookIndex, people: Sequence[Person], key: SigningKey, day: date, at: str
) -> Replied:
    """Write a reply to each acknowledgement that has none. The mails are on the disk before the register says so.

    Raises RegisterInUseError, BrokenRegisterError.
    """
    gathering, waiting = Gathering(), dict[int, Entry]()

    def apply(entry: Entry) -> None:
        gathering.apply(entry)
        if entry.body and entry.body.kind == "acknowledged" and entry.body.receipt:
            waiting[entry.number] = entry
        elif entry.body and entry.body.kind == "replied" and entry.body.about:
            waiting.pop(entry.body.about, None)

    with open_register(desk.register, apply) as register:
        void, by_id = gathering.finish().void, {one.id: one for one in people}
        replies = tuple(
            Reply(entry, entry.body, by_id[entry.body.person], countersign(entry, at, key))
            for number, entry in waiting.items()
            if number not in void and entry.body and entry.body.person in by_id
        )
        if not replies:
            return Replied(None, (), ())
        folder = write_private_folder(desk.outgoing(day, "reply"), _files(replies, books))
        bodies = [_replied(one, at) for one in replies]
        for start in range(0, len(bodies), BATCH):
            register.add(bodies[start : start + BATCH])
    without = {one.person.id: one.person for one in replies if not one.person.mail}
    return Replied(folder, replies, tuple(without.values()))


def _replied(reply: Reply, at: str) -> Body:
    body = reply.body
    return Body(
        kind="replied", at=at, ref=body.ref, person=body.person, trust=body.trust, policy=body.policy, revision=body.revision,
        digest=body.digest, campaign=body.campaign, receipt=body.receipt, about=reply.entry.number, facts={"line": reply.line},
    )  # fmt: skip


def _files(replies: Sequence[Reply], books: HandbookIndex) -> Iterator[tuple[str, bytes]]:
    for one in replies:
        name = f"{file_name(one.person.number)}-{one.body.policy}-{one.entry.number}"
        if one.person.mail:
            yield f"mails/{name}.eml", _mail(one, books)
        else:
            yield f"print/{name}.txt", _words(one, books).encode()


def _mail(reply: Reply, books: HandbookIndex) -> bytes:
    body, person = reply.body, reply.person
    trust = books.handbook.trust_by_id.get(body.trust)
    campaign = trust.campaign_for(body.policy, person.roles) if trust else None
    sender = campaign.receipts.mail if campaign else None
    subject = f"We have your acknowledgement: {books.title(body.trust, body.policy)}"
    return write_draft((person.name, person.mail), sender, subject, _words(reply, books))


def _words(reply: Reply, books: HandbookIndex) -> str:
    body = reply.body
    trust = books.handbook.trust_by_id.get(body.trust)
    return "\n\n".join([
        f"Dear {reply.person.name},",
        f"HR has your acknowledgement of the {books.title(reply.body.trust, reply.body.policy)}, revision {body.revision}. It was received on {in_words(body.received[:10])} and is entry {reply.entry.number} of the register.",
        "Keep this email. The line below is signed with HR's key and proves it:",
        reply.line,
        "If you did not sign this policy, tell HR now: somebody may have used your link.",
        trust.record.name if trust else "HR",
    ]) + "\n"  # fmt: skip
