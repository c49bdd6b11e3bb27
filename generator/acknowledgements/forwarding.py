"""Carrying forward for everybody at once: after a new revision, before anybody is asked again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from generator.acknowledgements.carrying import Asks, Carries, carry_body, judge, last_read, material_changes
from generator.acknowledgements.desk import Desk
from generator.acknowledgements.gathering import Gathering
from generator.acknowledgements.people import Person, read_people
from generator.acknowledgements.plan import ToCarry
from generator.acknowledgements.register import open_register
from generator.merge import Handbook, Series


@dataclass(frozen=True)
class Forwarded:
    """What was carried forward, and who still owes what."""

    carried: tuple[ToCarry, ...]
    asks: tuple[tuple[Asks, int], ...]
    """What is owed since which revision, and by how many people."""


def carry_forward(desk: Desk, handbook: Handbook, series: Series, day: date, at: str) -> Forwarded:
    """Add an entry for each person whose acknowledgement of an earlier revision holds for the one in force.

    Run again, it adds nothing twice. Raises RegisterInUseError, BrokenRegisterError.
    """
    gathering, deltas, policy = Gathering(), material_changes(series), series.in_force
    carried: list[ToCarry] = []
    asks: Counter[Asks] = Counter()
    with open_register(desk.register, gathering.meet) as register:
        standings = gathering.finish()
        for person in (one for one in read_people(desk) if one.trust == handbook.id):
            standing = standings.of(person.id, handbook.id, series.id)
            gone = person.has_left(day.isoformat()) or standing.has_left(day.isoformat())
            if gone or standing.signed_of(policy.revision_id) or not last_read(standing, series):
                continue
            judged = judge(standing, series, deltas, person.roles)
            if isinstance(judged, Carries):
                carried.append(ToCarry(person, judged))
            else:
                asks[judged] += 1
        register.add([
            carry_body(one.person, one.carries, policy, _campaign(handbook, series, one.person), day, at) for one in carried
        ])  # fmt: skip
    return Forwarded(tuple(carried), tuple(asks.most_common()))


def _campaign(handbook: Handbook, series: Series, person: Person) -> str:
    campaign = handbook.campaign_for(series.id, person.roles)
    return campaign.id if campaign else ""
