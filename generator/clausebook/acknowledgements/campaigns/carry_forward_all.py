"""Carrying forward for everybody at once: after a new revision, before anybody is asked again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from clausebook.acknowledgements.campaigns.carry_forward import (
    Asks,
    Carries,
    carry_body,
    judge,
    last_read,
)
from clausebook.acknowledgements.campaigns.owed_texts import OwedTexts, key_of
from clausebook.acknowledgements.campaigns.plan import ToCarry
from clausebook.acknowledgements.desk.academy_texts import AcademyTexts, keep_texts
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person, read_people
from clausebook.acknowledgements.register.entries import open_register
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.model.handbook import Policy, Trust


@dataclass(frozen=True)
class Forwarded:
    """What was carried forward, and who still owes what."""

    carried: tuple[ToCarry, ...]
    asks: tuple[tuple[Asks, int], ...]
    """What is owed since which revision, and by how many people."""


def carry_forward(desk: Desk, trust: Trust, policy: Policy, day: date, at: str) -> Forwarded:
    """Add an entry for each person whose acknowledgement of an earlier text holds for the one that binds them now.

    Run again, it adds nothing twice. Raises RegisterInUseError, BrokenRegisterError.
    """
    texts = OwedTexts(trust, policy, AcademyTexts(desk, trust.texts_of_academies))
    carried: list[ToCarry] = []
    asks: Counter[Asks] = Counter()
    with open_register(desk.register) as register:
        standings = read_standings(register)
        for person in (one for one in read_people(desk) if one.trust == trust.id):
            standing = standings.of(person.id, trust.id, policy.id)
            text = texts.of(person)
            gone = person.has_left(day.isoformat()) or standing.has_left(day.isoformat())
            if gone or standing.signed_of(key_of(text)) or not last_read(standing, policy):
                continue
            judged = judge(standing, texts, text, person.roles)
            if isinstance(judged, Carries):
                carried.append(ToCarry(person, text, judged))
            else:
                asks[judged] += 1
        keep_texts(desk, [one.text for one in carried])
        register.add([
            carry_body(one.person, one.carries, one.text, _campaign(trust, policy, one.person), day, at) for one in carried
        ])  # fmt: skip
    return Forwarded(tuple(carried), tuple(asks.most_common()))


def _campaign(trust: Trust, policy: Policy, person: Person) -> str:
    campaign = trust.campaign_for(policy.id, person.roles, person.academy)
    return campaign.id if campaign else ""
