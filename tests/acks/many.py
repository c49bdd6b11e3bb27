"""A trust of many policies and a desk of many people, made in memory: what a report on several policies is tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from acks.made_desks import NOW, TRUST, larkhill
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person, write_people
from clausebook.acknowledgements.register.entries import Body, open_register
from clausebook.model.handbook import Handbook, Policy, Revision

TITLES = {
    "social-media": "Social media", "code-of-conduct": "Code of conduct", "acceptable-use": "Acceptable use", "whistleblowing": "Whistleblowing", "grievance": "Grievance",
    "mobile-phones": "Mobile phones", "gifts": "Gifts and hospitality", "lone-working": "Lone working", "absence": "Sickness absence", "leave": "Leave of absence",
    "data-protection": "Data protection", "health-and-safety": "Health and safety",
}  # fmt: skip
CAMPAIGN, FIRST, DUE = "2025-26", date(2025, 9, 15), "2025-10-31"


def many(policies: int) -> Handbook:
    """The starter's trust with so many policies, all with the text of its first, and one campaign over them."""
    handbook = larkhill()
    trust = handbook.trust(TRUST)
    names = tuple(TITLES)[:policies]
    (campaign,) = (one for one in trust.campaigns if one.id == CAMPAIGN)
    every = tuple(_policy(trust.policies[0], name) for name in names)
    trust = replace(trust, policies=every, campaigns=(campaign.model_copy(update={"policies": names}),))
    return replace(handbook, trusts=(trust,))


def _policy(model: Policy, name: str) -> Policy:
    def called(revision: Revision) -> Revision:
        return replace(revision, policy=name, record=revision.record.model_copy(update={"title": TITLES[name]}))

    assert model.in_force
    return replace(model, id=name, in_force=called(model.in_force), past=tuple(map(called, model.past)))


def fill(desk: Desk, handbook: Handbook, people: int) -> int:
    """Everybody gets one link over all policies, and signs those whose number does not go into theirs; returns how many entries."""
    trust = handbook.trust(TRUST)
    everybody = [_person(number) for number in range(people)]
    issued, signed = [], []
    for number, person in enumerate(everybody):
        for place, policy in enumerate(trust.policies, 2):
            common = {
                "at": NOW, "trust": TRUST, "policy": policy.id, "revision": policy.current.id, "digest": policy.current.digest,
                "person": person.id, "ref": f"{number:022d}", "campaign": CAMPAIGN,
            }  # fmt: skip
            issued.append(Body(kind="issued", facts=_facts(number), **common))
            if number % (place + 1):
                day = FIRST + timedelta(days=number % 60)
                signed.append(Body(kind="acknowledged", received=day.isoformat(), channel="mail", assurance="link and sender",
                                   receipt=f"{number:064d}", **common))  # fmt: skip
    write_people(desk, everybody)
    with open_register(desk.register) as register:
        register.add(issued)
        register.add(signed)
    return len(issued) + len(signed)


def _person(number: int) -> Person:
    return Person(
        id=f"p-{number:016d}", trust=TRUST, number=f"E{number}", name=f"Person {number}", mail=f"p{number}@example.org",
        academy=f"Academy {number % 12}", manager=f"E{number // 12}", roles=("staff",),
    )  # fmt: skip


def _facts(number: int) -> dict[str, object]:
    due = (date.fromisoformat(DUE) + timedelta(days=30 * (number % 3 == 0))).isoformat()
    return {"issued": FIRST.isoformat(), "due": due, "expires": "2025-12-30", "since": "", "quiz": "none", "quizzes": "each", "key": "0" * 12, "paper": False}  # fmt: skip


def made(folder: Path, policies: int, people: int) -> tuple[Desk, Handbook]:
    desk, handbook = Desk(folder), many(policies)
    fill(desk, handbook, people)
    return desk, handbook
