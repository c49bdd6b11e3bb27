"""What is known before an arrival is judged: the register, with what this run has added to it, and the people."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from clausebook.acknowledgements.desk.names import compare_names, fold_name, name_key
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.inbox.rules.decision import LinkOwner
from clausebook.acknowledgements.register.entries import Body, Entry
from clausebook.acknowledgements.register.standings import IssuedLink, Standings, TextKey
from clausebook.acknowledgements.signing.receipts import FoundReceipt

State = Literal["accepted", "held", "rejected", "settled"]
STATES: dict[str, State] = {
    "acknowledged": "accepted", "not-understood": "accepted", "on-behalf": "accepted", "held": "held", "rejected": "rejected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EarlierReceipt:
    """The last word that the register has on a receipt. `settled`: somebody in HR decided that it does not count."""

    entry: int
    state: State
    kind: str
    receipt: str
    received: str


class RegisterIndex:
    """Meets the entries of a register one by one, and keeps of each receipt what became of it."""

    def __init__(self) -> None:
        self.priors: dict[tuple[str, str], EarlierReceipt] = {}
        """By receipt and policy; under no policy, the last word on any of the receipt."""
        self.by_ref: dict[tuple[str, str], list[EarlierReceipt]] = {}
        """What was accepted of a policy by way of a link, in the order of the entries."""
        self.deliveries: set[str] = set()
        """The keys of what came: see `delivery_key`. Until November 2026 they were digests without a salt."""
        self.seeds: dict[str, str] = {}
        """Whose quiz a seed was drawn for, by `seed_key`."""
        self.last = 0
        """The number of the last entry of the register."""
        self._held: dict[int, tuple[str, str]] = {}

    def apply(self, entry: Entry) -> None:
        self.last = entry.number
        if entry.body:
            self.note(entry.number, entry.body)

    def note(self, number: int, body: Body) -> None:
        """An entry, or one that is about to be added."""
        if body.kind == "resolved" and (held := self._held.get(body.about or 0)):
            self._keep(held, EarlierReceipt(number, "settled", body.kind, held[0], body.received))
        if delivery := body.facts.get("delivery") or body.facts.get("way"):
            self.deliveries.add(str(delivery))
        if seed := body.facts.get("seed"):
            self.seeds.setdefault(str(seed), body.person)
        if body.receipt and (state := STATES.get(body.kind)):
            name = (body.receipt, body.policy)
            prior = EarlierReceipt(number, state, body.kind, body.receipt, body.received)
            self._keep(name, prior)
            if state == "held":
                self._held[number] = name
            elif state == "accepted" and body.ref:
                self.by_ref.setdefault((body.ref, body.policy), []).append(prior)

    def _keep(self, name: tuple[str, str], prior: EarlierReceipt) -> None:
        self.priors[name] = self.priors[name[0], ""] = prior


class Known:
    """What is known; `stored` gives a receipt that was accepted before, by its id."""

    def __init__(
        self, memory: RegisterIndex, standings: Standings, people: Sequence[Person], stored: Callable[[str], FoundReceipt | None] = lambda _: None, salt: bytes = b"",
    ) -> None:  # fmt: skip
        self._memory, self._people, self.stored, self._salt = memory, people, stored, salt
        self.standings = standings
        self._signed: dict[tuple[str, str, str, TextKey], tuple[int, str]] = {}

    @cached_property
    def people(self) -> dict[str, Person]:
        return {person.id: person for person in self._people}

    @cached_property
    def by_name(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self._people:
            for key in {name_key(name) for name in (person.name, *person.aliases)}:
                found.setdefault(key, []).append(person)
        return found

    @cached_property
    def _by_part(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self._people:
            for part in {part for name in (person.name, *person.aliases) for part in fold_name(name)}:
                found.setdefault(part, []).append(person)
        return found

    def others_called(self, typed: str, person: Person) -> list[Person]:
        """Who else of the trust may mean themselves by a name that was typed short, or with initials."""
        near = {one.id: one for part in fold_name(typed) for one in self._by_part.get(part, ())}
        return [
            one for one in near.values()
            if one.id != person.id and one.trust == person.trust and compare_names(typed, (one.name, *one.aliases)) == "fits"
        ]  # fmt: skip

    @cached_property
    def by_mail(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self._people:
            if person.mail:
                found.setdefault(person.mail.lower(), []).append(person)
        return found

    def link(self, ref: str) -> IssuedLink | None:
        """The link of a reference as it was issued, taken back or not."""
        return self.standings.links.get(ref)

    def owners(self, ref: str) -> list[LinkOwner]:
        """Whose link a reference is of, for each policy that it asks for and that was not taken back."""
        link = self.link(ref)
        if link is None:
            return []
        return [
            LinkOwner(link.person, link.trust, policy, asked)
            for policy, asked in link.asked.items()
            if asked.entry not in self.standings.void
        ]

    def whose(self, ref: str, policy: str) -> LinkOwner | None:
        """Whose link a reference is of, as far as it asks for a policy."""
        return next((owner for owner in self.owners(ref) if owner.policy == policy), None)

    @cached_property
    def _links(self) -> dict[str, list[list[LinkOwner]]]:
        found: dict[str, list[list[LinkOwner]]] = {}
        for key, standing in self.standings.by_key.items():
            if standing.asked:
                found.setdefault(key[0], []).append([LinkOwner(*key, asked) for asked in standing.asked])
        return found

    def links_of(self, person: Person) -> list[list[LinkOwner]]:
        """Of each policy that somebody was asked for, their links in the order in which they were issued."""
        return self._links.get(person.id, [])

    def prior(self, receipt: str, policy: str) -> EarlierReceipt | None:
        """What became of a receipt that arrived before, as far as it concerns a policy."""
        found = self._memory.priors.get((receipt, policy))
        if found and found.entry in self.standings.void:
            return EarlierReceipt(found.entry, "settled", "void", receipt, found.received)
        return found

    def delivery_key(self, delivery: str) -> str:
        """What the register says of a delivery: nobody who lacks the desk's salt finds a name or an address in it."""
        return hmac.new(self._salt, delivery.encode(), "sha256").hexdigest()[:16]

    def has_come(self, delivery: str) -> bool:
        keys = {self.delivery_key(delivery), hashlib.sha256(delivery.encode()).hexdigest()[:16]}
        return not keys.isdisjoint(self._memory.deliveries)

    def taker_of(self, seed: str) -> str:
        """Whose quiz was drawn by a seed, as far as an accepted receipt has told; empty where nobody's."""
        return self._memory.seeds.get(seed, "")

    def accepted_by(self, ref: str, policy: str, kind: str) -> EarlierReceipt | None:
        """The last acknowledgement of a policy, or the last word of not understanding it, that came by way of a link."""
        found = self._memory.by_ref.get((ref, policy), ())
        return next(
            (
                receipt
                for receipt in reversed(found)
                if receipt.kind == kind and receipt.entry not in self.standings.void
            ),
            None,
        )

    def signed(self, whose: LinkOwner) -> tuple[int, str] | None:
        """The entry and the day by which the person has acknowledged the link's text, by whatever way."""
        name = (whose.person, whose.trust, whose.policy, whose.asked.text)
        if name in self._signed:
            return self._signed[name]
        found = self.standings.of(*name[:3]).signed_of(whose.asked.text)
        return (found.entry, found.day) if found else None

    def note(self, number: int, body: Body) -> None:
        """An entry that this run is about to add."""
        self._memory.note(number, body)
        if body.kind == "acknowledged" and (whose := self.whose(body.ref, body.policy)):
            name = (body.person, body.trust, body.policy, whose.asked.text)
            self._signed.setdefault(name, (number, body.received))
