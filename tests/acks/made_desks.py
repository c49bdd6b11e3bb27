"""Desks made by hand with the real links, receipts and register, so that a test knows every entry by its name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from acks.registers import lines_of
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person, write_people
from clausebook.acknowledgements.desk.private_files import write_private
from clausebook.acknowledgements.register.checkpoints import Checkpoint, sign_checkpoint
from clausebook.acknowledgements.register.entries import Body, open_register
from clausebook.acknowledgements.signing.keys import SigningKey, new_key, write_key
from clausebook.acknowledgements.signing.links import Link, LinkedPolicy, write_link
from clausebook.acknowledgements.signing.receipts import read_receipt, write_receipt
from clausebook.check.library import read_handbook
from clausebook.model import PublicKey
from clausebook.model.base64url import decode, encode
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.model.identity import canonical_json
from larkhill import write_larkhill
from receipts_made import receipt_on

TRUST = "larkhill-example"
POLICY = "social-media"
NOW = "2025-11-20T09:00:00Z"
PASSPHRASE = "correct horse battery staple"


@cache
def larkhill() -> Handbook:
    with TemporaryDirectory() as folder:
        handbook, problems = read_handbook(write_larkhill(Path(folder) / "handbook"))
    assert handbook, problems
    return handbook


def name_link(line: str) -> str:
    """A link as the page names it in a receipt."""
    _, payload, signature = line.split(".")
    return f"r1.{json.loads(decode(payload))['ref']}.{signature}"


def trust() -> Trust:
    return larkhill().trusts[0]


def revision_named(name: str) -> Revision:
    return next(one for one in trust().policies[0].revisions if one.id == name)


@dataclass
class MadeDesk:
    """A desk to which entries are added one by one."""

    desk: Desk
    key: SigningKey = field(default_factory=new_key)
    people: dict[str, Person] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    """The last link of each person."""
    receipts: dict[str, str] = field(default_factory=dict)
    """The last receipt's line of each person."""

    @property
    def public_key(self) -> PublicKey:
        return PublicKey(id=self.key.id, public=self.key.public, first="2024-01-01")

    def person(self, name: str, /, academy: str = "Alder", manager: str = "M. Moss", **more: Any) -> Person:
        number = f"{len(self.people) + 1:03}"
        own = {
            "id": f"p-{name.lower():a<16}"[:18], "trust": TRUST, "number": number, "name": f"{name} Example", "academy": academy,
            "manager": manager, "mail": f"{name.lower()}@example.org", "roles": ("staff",),
        }  # fmt: skip
        person = Person.model_validate(own | more)
        self.people[name] = person
        write_people(self.desk, self.people.values())
        return person

    def add(self, *bodies: Body) -> int:
        """Returns the number of the last entry."""
        with open_register(self.desk.register) as register:
            return register.add(bodies)[-1].number

    def begin(self) -> int:
        write_private(self.desk.key_file(self.key.id), write_key(self.key, PASSPHRASE))
        return self.add(
            Body(kind="key", at=NOW, trust=TRUST, facts={"id": self.key.id, "public": self.key.public, "first": "2024-01-01"})
        )  # fmt: skip

    def issue(self, name: str, day: str, due: str = "2025-10-31", wanted: str = "2025-09", **more: Any) -> int:
        revision = revision_named(wanted)
        campaign = more.pop("campaign", "2025-26")
        asked = LinkedPolicy(policy=POLICY, revision=wanted, digest=revision.digest[:16], since=more.pop("since", ""))
        link = Link(
            ref=encode(f"{name}{len(self.links)}".encode().ljust(16, b".")[:16]), trust=TRUST, campaign=campaign, policies=[asked],
            quiz="none", quizzes="each", due=due, issued=day, expires=str(date.fromisoformat(due) + timedelta(days=60)), key=self.key.id,
        )  # fmt: skip
        self.links[name] = link
        facts = {
            "issued": day, "due": due, "expires": link.expires, "since": asked.since, "quiz": "none", "quizzes": "each", "key": self.key.id,
        }  # fmt: skip
        return self.add(self.body("issued", name, campaign=campaign, facts=facts | {"paper": False}))

    def acknowledge(self, name: str, day: str, assurance: str = "link only", **changes: Any) -> int:
        line = self.receipt(name, day, **changes)
        found = read_receipt(line)
        assert not isinstance(found, str), found
        write_private(self.desk.receipt_file(found.id), line.encode() + b"\n")
        kind = changes.get("outcome", "acknowledged")
        part = found.receipt.policies[0]
        facts = {"unclear": part.unclear, "question": part.question} if kind == "not-understood" else {}
        return self.add(self.body(kind, name, received=day, channel="mail", assurance=assurance, receipt=found.id,
                                  says=f"acknowledges revision {self.asked(name).revision}", facts=facts | {"signed": found.receipt.signed, "shown": part.shown}))  # fmt: skip

    def receipt(self, name: str, day: str, /, **changes: Any) -> str:
        link, asked = self.links[name], self.asked(name)
        revision = revision_named(asked.revision)
        says = {
            "link": name_link(write_link(link, self.key)), "trust": TRUST, "policy": POLICY, "revision": asked.revision, "digest": revision.digest,
            "shown": asked.since or "whole", "statement": trust().statement_for(revision), "name": f"{name} Example",
            "opened": f"{day}T08:00:00Z", "signed": f"{day}T08:10:00Z",
        }  # fmt: skip
        self.receipts[name] = write_receipt(receipt_on(says | changes))
        return self.receipts[name]

    def asked(self, name: str) -> LinkedPolicy:
        """What the person's link asks for."""
        return self.links[name].policies[0]

    def by_hand(self, kind: str, name: str, day: str, by: str = "R. Ward, HR", says: str = "", **more: Any) -> int:
        return self.add(self.body(kind, name, received=day, channel="by hand", by=by, says=says or f"{kind}, by hand", **more))  # fmt: skip

    def store(self, line: str) -> str:
        """What came by another way than a page: a row of a platform's report."""
        receipt = hashlib.sha256(line.encode()).hexdigest()
        write_private(self.desk.receipt_file(receipt), line.encode() + b"\n")
        return receipt

    def reply(self, number: int) -> int:
        """HR's countersigned line for an entry, as `reply` writes it."""
        line = self.lines()[number - 1]
        body, head = line["body"], hashlib.sha256(canonical_json(line["head"])).hexdigest()
        told = {
            name: body.get(name, "") for name in ("receipt", "ref", "trust", "policy", "revision", "digest", "received")
        }
        begun = f"ackc1.{encode(canonical_json(told | {'entry': number, 'hash': head, 'at': NOW, 'key': self.key.id}))}"
        return self.add(Body(kind="replied", at=NOW, trust=TRUST, policy=POLICY, about=number, facts={"line": f"{begun}.{self.key.sign(begun.encode())}"}))  # fmt: skip

    def checkpoint(self, at: str = NOW) -> int:
        with open_register(self.desk.register) as register:
            told = Checkpoint(number=register.length, hash=register.hash, at=at, key=self.key.id)
            write_private(self.desk.checkpoint_file(register.length), sign_checkpoint(told, self.key))
            register.add(
                [Body(kind="checkpoint", at=at, about=told.number, facts={"hash": told.hash, "key": told.key})]
            )
            return told.number

    def body(self, kind: str, name: str, **more: Any) -> Body:
        person, link = self.people[name], self.links.get(name)
        own: dict[str, Any] = {"at": NOW, "person": person.id, "trust": person.trust}
        if link and kind != "left":
            revision = link.policies[0].revision
            own |= {"ref": link.ref, "policy": POLICY, "revision": revision, "digest": revision_named(revision).digest}
        return Body.model_validate({"kind": kind, **own, **more})

    def lines(self) -> list[dict[str, Any]]:
        return lines_of(self.desk.register)


def add_other_ways(made: MadeDesk) -> None:
    """What comes by other ways than a page: a platform's row, paper with a witness, a decision on a held receipt, a reply."""
    for name in ("Pia", "Quy", "Rob"):
        made.person(name)
        made.issue(name, "2025-09-15")
    row = '{"course":"Social media","finished":"2025-10-02","mail":"pia@example.org","name":"Pia\u2028Example","score":"","statuses":["passed"]}'
    first = made.add(made.body("acknowledged", "Pia", received="2025-10-02", channel="platform", assurance="signed-in channel", receipt=made.store(row)))  # fmt: skip
    made.add(made.body("acknowledged", "Quy", received="2025-10-03", channel="scan", assurance="paper with witness", receipt="5" * 64, by="R. Ward, HR",
                       facts={"decided": True, "witness": "Olga Witness"}))  # fmt: skip
    line = made.receipt("Rob", "2025-10-04", name="R. Smith", link="")
    made.add(made.body("acknowledged", "Rob", received="2025-10-04", channel="mail", assurance="link only", receipt=made.store(line), by="R. Ward, HR",
                       says="She married.", facts={"decided": True}))  # fmt: skip
    made.reply(first)
    made.checkpoint()


def term_of_2025(folder: Path) -> MadeDesk:
    """A small trust as at 20 November 2025, with one of everything. Asked on 15 September; due on 31 October."""
    made = MadeDesk(Desk(folder))
    made.begin()
    for name in ("Ann", "Ben", "Cat", "Dan"):
        made.person(name)
    for name in ("Eve", "Fay", "Gus", "Hal"):
        made.person(name, "Birch", "Noor, N.", leaves="2025-10-15" if name == "Gus" else "")
    made.person("Ida", "Birch", "Noor, N.", starts="2025-11-10")
    made.person("Jon", "Birch", "Noor, N.", starts="2025-11-17")
    made.person("Kim", "Birch", "M. Moss")
    made.person("Lou", "", "", roles=("staff", "account-owners"))
    made.person("Max", roles=("governors",))
    for name in ("Hal", "Lou"):
        made.issue(name, "2024-09-16", "2024-10-31", "2024-09", campaign="2024-25")
        made.acknowledge(name, "2024-10-02")
    for name in ("Ann", "Ben", "Cat", "Dan", "Eve", "Fay", "Gus", "Kim"):
        made.issue(name, "2025-09-15")
    made.issue("Lou", "2025-09-15", since="2024-09")
    carried = made.lines()
    first = next(line["head"]["number"] for line in carried if line["body"].get("person") == made.people["Hal"].id and line["body"]["kind"] == "acknowledged")  # fmt: skip
    made.add(Body(
        kind="carried", at=NOW, ref=made.links["Hal"].ref, person=made.people["Hal"].id, trust=TRUST, policy=POLICY, revision="2025-09",
        digest=revision_named("2025-09").digest, campaign="2025-26", received="2025-09-15", assurance="link only",
        says="Only editorial changes lie between 2024-09 and 2025-09.", about=first,
        facts={"from": "2024-09", "reason": "editorial", "clauses": []},
    ))  # fmt: skip
    made.acknowledge("Ann", "2025-10-01")
    made.by_hand("left", "Gus", "2025-10-15", by="the roster", says="The roster gives this last day.")
    made.by_hand("on-behalf", "Eve", "2025-10-20", says="Broken arm; read it with her manager.", assurance="on behalf")
    made.by_hand("exempt", "Fay", "2025-10-21", says="On maternity leave until March.", campaign="2025-26")
    made.acknowledge("Dan", "2025-10-22", outcome="not-understood", unclear=["relatives", "no-parent-contact"], question="Is my niece a relative?")  # fmt: skip
    made.checkpoint("2025-10-31T16:00:00Z")
    made.acknowledge("Ben", "2025-11-03", "link and sender")
    wrong = made.acknowledge("Kim", "2025-11-04")
    made.by_hand("void", "Kim", "2025-11-05", says="Sent by a colleague in her name.", about=wrong)
    made.add(made.body("held", "Kim", received="2025-11-06", channel="mail", says="The name that was typed is another one."))  # fmt: skip
    made.issue("Ida", "2025-11-10", "2025-11-24")
    made.checkpoint()
    return made
