"""What is held until somebody in HR decides, and the entries by which they do, with who and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clausebook.acknowledgements.desk.paths import Desk, UnreadableFileError
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.inbox.collect import read_stored
from clausebook.acknowledgements.inbox.rules.decision import LinkOwner
from clausebook.acknowledgements.inbox.rules.quizzes import seed_key
from clausebook.acknowledgements.inbox.rules.register_index import Known, RegisterIndex
from clausebook.acknowledgements.register.entries import Assurance, Body, Entry, open_register, read_register
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.acknowledgements.signing.receipts import Receipt, SignedPolicy


class RefusedDecisionError(Exception):
    """What is decided does not fit what is held; the words say why, and what to do."""


@dataclass(frozen=True)
class OnHold:
    """An entry that waits, with the person whose it is, as far as that is known."""

    number: int
    body: Body
    person: Person | None
    claims: str = ""
    """Who it says that it is, where nobody knows."""

    @property
    def next_step(self) -> str:
        return str(self.body.facts.get("next", "answer the person; then accept it"))


@dataclass(frozen=True)
class Resolution:
    """What somebody in HR decides of an entry."""

    number: int
    accept: bool
    by: str
    why: str
    at: str
    witness: str = ""
    """Of a form on paper: who saw it signed."""
    staff_number: str = ""
    """Whose it is, where the receipt does not tell."""


class _Waiting:
    """Meets the entries of a register, and keeps the bodies of those that wait."""

    def __init__(self) -> None:
        self.memory = RegisterIndex()
        self.decided: dict[int, list[Entry]] = {}
        """By the entry that was decided on: the entries by which it was."""
        self._open: dict[int, Body] = {}

    def apply(self, entry: Entry) -> None:
        self.memory.apply(entry)
        body = entry.body
        if body and body.kind in ("held", "not-understood") and body.about not in self.decided:
            self._open[entry.number] = body
        if body and body.about and body.kind in ("resolved", "replied", "acknowledged", "not-understood"):
            self._decide(entry, body, body.about)

    def _decide(self, entry: Entry, body: Body, about: int) -> None:
        """What was accepted waits until the entry is there that says what is acknowledged by it: a machine may stop before."""
        half = body.facts.get("outcome") == "accepted" and self._open.get(about, body).kind == "held"
        if body.kind in ("resolved", "replied"):
            self.decided.setdefault(about, []).append(entry)
            if not half:
                self._open.pop(about, None)
        elif about in self.decided:
            self.decided[about].append(entry)
            self._open.pop(about, None)

    def open(self, known: Known) -> list[OnHold]:
        return [
            OnHold(number, body, known.people.get(body.person))
            for number, body in self._open.items()
            if number not in known.standings.void
        ]


def find_holds(desk: Desk, people: Sequence[Person]) -> list[OnHold]:
    """All that waits: what is held, and what somebody did not understand and nobody has answered."""
    waiting = _Waiting()
    with read_register(desk.register, waiting.apply) as register:
        found = waiting.open(Known(waiting.memory, read_standings(register), people))
    return [one if one.person else replace(one, claims=_claims(desk, one.body.receipt)) for one in found]


def _claims(desk: Desk, receipt: str) -> str:
    stored = read_stored(desk, receipt)
    if stored:
        return f"typed: {stored.receipt.name}"
    try:
        row = json.loads(desk.read(desk.receipt_file(receipt)))
        return f"reported: {row['name'] or row['mail']}"
    except (OSError, ValueError, KeyError, TypeError, UnreadableFileError):
        return ""


def resolve(desk: Desk, people: Sequence[Person], resolution: Resolution) -> tuple[list[Entry], bool]:
    """Write the decision, and with an acceptance what is acknowledged by it; returns the entries, and whether any is new.

    What of it is written already is not written again.

    Raises RefusedDecisionError, RegisterInUseError, BrokenRegisterError.
    """
    waiting = _Waiting()
    with open_register(desk.register, waiting.apply) as register:
        known = Known(waiting.memory, read_standings(register), people)
        open_ = waiting.open(known)
        held = next((one for one in open_ if one.number == resolution.number), None)
        decided = waiting.decided.get(resolution.number, [])
        if held is None and _is_the_same(decided, resolution):
            return decided, False
        if held is None:
            raise RefusedDecisionError(f"entry {resolution.number} does not wait for a decision: clausebook acks review lists those that do")  # fmt: skip
        bodies = _entries(desk, known, held, resolution)[len(decided) :]
        bodies += [body for one in open_ if _goes_with(one, held) for body in _entries(desk, known, one, resolution)]
        return decided + register.add(bodies), True


def _goes_with(one: OnHold, held: OnHold) -> bool:
    """Whether it is another policy of the same receipt, or of the same form on paper, that waits for the same reason."""
    return (
        one.number != held.number
        and bool(held.body.receipt)
        and held.body.kind == one.body.kind == "held"
        and (one.body.receipt, one.body.says) == (held.body.receipt, held.body.says)
    )


def _is_the_same(decided: Sequence[Entry], resolution: Resolution) -> bool:
    """Whether that very decision was written down before."""
    body = decided[0].body if decided else None
    outcome = "accepted" if resolution.accept else "rejected"
    return bool(body and (body.by, body.says, body.facts.get("outcome")) == (resolution.by, resolution.why, outcome))


def _entries(desk: Desk, known: Known, held: OnHold, resolution: Resolution) -> list[Body]:
    outcome = "accepted" if resolution.accept else "rejected"
    settled = held.body.model_copy(
        update={
            "kind": "resolved", "at": resolution.at, "says": resolution.why, "by": resolution.by, "about": held.number, "assurance": "",
            "receipt": "", "received": "", "channel": "by hand", "facts": {"outcome": outcome},
        }
    )  # fmt: skip
    if not resolution.accept or held.body.kind == "not-understood":
        return [settled]
    stored = read_stored(desk, held.body.receipt)
    receipt = stored.receipt if stored else None
    part = receipt.part(held.body.policy) if receipt else None
    whose = _whose(known, held, receipt, resolution)
    facts = {"decided": True} | _facts(receipt, part) | ({"witness": resolution.witness} if resolution.witness else {})
    unclear = part is not None and part.outcome == "not-understood"
    taken = Body(
        kind="not-understood" if unclear else "acknowledged", at=resolution.at, ref=whose.asked.ref, person=whose.person, trust=whose.trust,
        policy=whose.policy, revision=whose.asked.revision, digest=whose.asked.digest, campaign=whose.asked.campaign,
        received=held.body.received, channel=held.body.channel, assurance=_assurance(held, receipt, resolution),
        receipt=held.body.receipt, says=resolution.why, by=resolution.by, about=held.number, facts=facts,
    )  # fmt: skip
    return [settled, taken]


def _whose(known: Known, held: OnHold, receipt: Receipt | None, resolution: Resolution) -> LinkOwner:
    """For which link of whom it counts."""
    if held.body.ref:
        if (
            resolution.staff_number
            and held.person
            and held.person.number.casefold() != resolution.staff_number.casefold()
        ):
            raise RefusedDecisionError(f"entry {held.number} came by the link of {held.person.number}: reject it, and issue {resolution.staff_number} a link")  # fmt: skip
        found = known.whose(held.body.ref, held.body.policy)
        if found is None:
            raise RefusedDecisionError(f"the link of entry {held.number} was taken back: issue a new one")
        return found
    if not resolution.staff_number:
        raise RefusedDecisionError(f"entry {held.number} does not tell whose it is: add --for STAFF_NUMBER")
    part = receipt.part(held.body.policy) if receipt else None
    people = [one for one in known.people.values() if one.number.casefold() == resolution.staff_number.casefold()]
    links = [links[-1] for person in people for links in known.links_of(person) if _fits(links[-1], receipt, part)]
    if len(links) != 1:
        told = f"{part.policy} {part.revision} of {receipt.trust}" if receipt and part else "what it is about"
        raise RefusedDecisionError(f"{'no link' if not links else 'more than one link'} was issued to {resolution.staff_number} for {told}: write it down with clausebook acks note on-behalf")  # fmt: skip
    return links[0]


def _fits(whose: LinkOwner, receipt: Receipt | None, part: SignedPolicy | None) -> bool:
    told = (whose.trust, whose.policy, whose.asked.revision, whose.asked.digest)
    return not (receipt and part) or told == (receipt.trust, part.policy, part.revision, part.digest)


def _facts(receipt: Receipt | None, part: SignedPolicy | None) -> dict[str, Any]:
    if not (receipt and part):
        return {}
    facts: dict[str, Any] = {"signed": receipt.signed, "shown": part.shown}
    if taken := receipt.quiz or part.quiz:
        facts["seed"] = seed_key(taken)
    if part.outcome == "not-understood":
        facts |= {"unclear": list(part.unclear)}
    return facts


def _assurance(held: OnHold, receipt: Receipt | None, resolution: Resolution) -> Assurance:
    """A form on paper rests on who saw it signed; what came without a link, on who in HR found out whose it is."""
    if held.body.channel == "scan" and receipt is None:
        if not resolution.witness:
            raise RefusedDecisionError(f"entry {held.number} is a form on paper: add --witness with the name of who saw it signed")  # fmt: skip
        return "paper with witness"
    if held.body.channel == "platform":
        return "signed-in channel"
    return "link and sender" if held.body.facts.get("assurance") == "link and sender" else "link only" if held.body.ref else "on behalf"  # fmt: skip
