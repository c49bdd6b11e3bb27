"""What HR writes down by hand, with who and why: somebody left, is exempt, signed on paper or by word of mouth, or an entry is void."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.entries import Body, Entry, Register
from clausebook.acknowledgements.register.standings import Standing, Standings, TextKey
from clausebook.model import Campaign
from clausebook.model.handbook import Revision

NoteKind = Literal["left", "exempt", "on-behalf", "void"]
NOTES: tuple[NoteKind, ...] = ("left", "exempt", "on-behalf", "void")
NEVER_VOID = ("key", "checkpoint", "purged", "people", "replied", "duplicate", "rejected")


class RefusedNoteError(Exception):
    """What is to be noted does not fit what the register says; the words say why, and what to do."""


@dataclass(frozen=True)
class Note:
    """What HR says."""

    kind: NoteKind
    person: Person
    revision: Revision
    campaign: Campaign | None
    by: str
    why: str
    day: date
    """From which it counts; of somebody who left, the last day at work."""
    at: str
    entry: int | None = None
    """Of `void`: the entry that does not count; the person's last acknowledgement of the policy where it is not given."""


def note_body(note: Note, standings: Standings) -> Body:
    """The entry to be added. Raises RefusedNoteError."""
    standing = standings.of(note.person.id, note.person.trust, note.revision.policy)
    make = {"left": _left, "exempt": _exempt, "on-behalf": _on_behalf, "void": _void}[note.kind]
    return make(note, standing)


def find_repeated(note: Note, register: Register, standings: Standings) -> Entry | None:
    """The entry that says what a note says, unless it was taken back since: the command was run before."""
    said = [
        entry
        for entry in register.find(kind=note.kind, person=note.person.id)
        if entry.body and _says(entry.body, note)
    ]
    return said[-1] if said and said[-1].number not in standings.void else None


def _says(body: Body, note: Note) -> bool:
    same = (body.received, body.by, body.says) == (note.day.isoformat(), note.by, note.why)
    return same and body.policy in ("", note.revision.policy) and note.entry in (None, body.about)


def require_voidable(note: Note, entry: Entry | None, standings: Standings) -> None:
    """Raises RefusedNoteError where the entry that is to be void is not the person's, or is void already."""
    if entry is None or entry.body is None:
        raise RefusedNoteError(f"there is no entry {note.entry}, or it was purged")
    body = entry.body
    link = standings.links.get(body.ref)
    owner = (link.person, link.trust, body.policy) if link else (body.person, body.trust, body.policy)
    if owner[0] != note.person.id or body.kind in NEVER_VOID:
        raise RefusedNoteError(f"entry {note.entry} ({body.kind}) is none of {note.person.number}'s that could be void")
    if entry.number in standings.void:
        raise RefusedNoteError(f"entry {note.entry} is void already")


def _common(note: Note, **more: Any) -> Body:
    return Body(
        kind=note.kind, at=note.at, person=note.person.id, trust=note.person.trust, received=note.day.isoformat(),
        channel="by hand", by=note.by, says=note.why, **more,
    )  # fmt: skip


def _left(note: Note, standing: Standing) -> Body:
    if standing.left:
        raise RefusedNoteError(
            f"entry {standing.left.entry} says already that {note.person.number} left on {standing.left.day[:10]}: void it first"
        )
    return _common(note)


def _exempt(note: Note, standing: Standing) -> Body:
    if note.campaign is None:
        raise RefusedNoteError(f"no campaign asks for {note.revision.policy}: there is nothing to be exempt from")
    if standing.is_exempt(note.campaign.id):
        raise RefusedNoteError(f"{note.person.number} is exempt from {note.campaign.id} already")
    return _common(note, policy=note.revision.policy, revision=note.revision.id, campaign=note.campaign.id)


def _on_behalf(note: Note, standing: Standing) -> Body:
    text = TextKey(note.revision.id, note.revision.digest if note.revision.academy else "")
    signed = standing.signed_of(text)
    if signed:
        raise RefusedNoteError(
            f"{note.person.number} acknowledged {signed.revision} on {signed.day[:10]} already (entry {signed.entry}): the first date stays"
        )
    link = next((one for one in reversed(standing.asked) if one.text == text), None)
    return _common(
        note, ref=link.ref if link else "", policy=note.revision.policy, revision=note.revision.id,
        digest=note.revision.digest, campaign=note.campaign.id if note.campaign else "", assurance="on behalf",
        facts={"academy": note.revision.academy} if note.revision.academy else {},
    )  # fmt: skip


def _void(note: Note, standing: Standing) -> Body:
    read = [one.entry for one in standing.signed if one.how != "carried"]  # what was carried forward falls with it
    number = note.entry or max(read, default=None)
    if number is None:
        raise RefusedNoteError(
            f"{note.person.number} has acknowledged no revision of {note.revision.policy}: name what is void with --entry NUMBER"
        )
    return _common(note, policy=note.revision.policy, about=number)
