"""Issuing: who is asked gets a link, and the register knows each link before anybody else does."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.acknowledgements.asks import Ask, link_of, page_address, write_ask
from generator.acknowledgements.base64url import encode
from generator.acknowledgements.carrying import carry_body, material_changes
from generator.acknowledgements.desk import Desk
from generator.acknowledgements.gathering import Gathering
from generator.acknowledgements.keys import SigningKey
from generator.acknowledgements.people import Merged, Person, Row, merge_people, read_people
from generator.acknowledgements.people_noted import PeopleNoted, read_known_people, write_noted_people
from generator.acknowledgements.plan import Plan, ToAsk, plan_campaign
from generator.acknowledgements.register import Body, Register, open_register
from generator.acknowledgements.standing import Asked, Standings, find_owed
from generator.merge import Handbook, Series
from generator.model import Campaign
from generator.privacy import privacy_in_brief

BY_ROSTER = "the roster"
BATCH = 500  # entries in one write: what a crash in the middle leaves is whole entries


@dataclass(frozen=True)
class Issuing:
    """What `issue` is asked to do."""

    handbook: Handbook
    campaigns: tuple[Campaign, ...]
    rows: tuple[Row, ...]
    """Of the roster."""
    day: date
    at: str
    """This moment, by HR's clock."""
    key: SigningKey
    paper: bool = False

    @property
    def pages(self) -> dict[str, str]:
        """Where each campaign's links lead. Raises NoSiteError."""
        file = f"trusts/{self.handbook.id}/acknowledgements.yml"
        return {one.id: page_address(one, self.handbook.id, file) for one in self.campaigns}

    def series(self, policy: str) -> Series:
        return self.handbook.series_of(policy)


@dataclass(frozen=True)
class Issued:
    """What was done."""

    merged: Merged
    plans: tuple[Plan, ...]
    asks: tuple[Ask, ...]
    """The new links, person by person."""


def issue_links(desk: Desk, issuing: Issuing) -> Issued:
    """Read the roster into people.json, carry forward what can be, and issue a link to everybody who owes one.

    Each link is in the register, and synced, before it is anywhere else. Run again, it issues nothing twice. Raises
    NoSiteError before anything is written; RegisterInUseError, BrokenRegisterError.
    """
    pages, gathering, noted = issuing.pages, Gathering(), PeopleNoted()
    with open_register(desk.register, gathering.meet, noted.meet) as register:
        merged = merge_people(read_known_people(desk, noted), issuing.handbook.id, issuing.rows)
        write_noted_people(desk, register, noted, merged.people, issuing.at)
        standings = _note_leavers(register, gathering, merged.in_roster, issuing)
        plans = tuple(_plan(issuing, campaign, merged.in_roster, standings) for campaign in issuing.campaigns)
        for plan in plans:
            _add(register, gathering, _carried(plan, issuing))
        _add(register, gathering, [_issued(one, plan, issuing) for plan in plans for one in plan.ask])
    new = {(one.person.id, plan.campaign.id) for plan in plans for one in plan.ask}
    asks = (
        _ask(issuing, pages, person, campaign, link)
        for person, campaign, link in _links(issuing, merged.in_roster, gathering.finish())
        if (person.id, campaign.id) in new
    )
    return Issued(merged, plans, tuple(asks))


def links_of_day(desk: Desk, issuing: Issuing) -> tuple[tuple[Ask, ...], int]:
    """The links that were issued on a day and are still owed, once more: for the files of a run that was interrupted.

    Also how many there are that another key signed, which are left out.
    """
    pages, gathering = issuing.pages, Gathering()
    with open_register(desk.register, gathering.meet):
        people = merge_people(read_people(desk), issuing.handbook.id, issuing.rows).in_roster
    held = [
        (person, campaign, link)
        for person, campaign, link in _links(issuing, people, gathering.finish())
        if link.issued == issuing.day.isoformat()
    ]
    ours = [one for one in held if one[2].key == issuing.key.id]
    return tuple(_ask(issuing, pages, *one) for one in ours), len(held) - len(ours)


def _add(register: Register, gathering: Gathering, bodies: Sequence[Body]) -> None:
    for first in range(0, len(bodies), BATCH):
        for entry in register.add(bodies[first : first + BATCH]):
            gathering.meet(entry)


def _note_leavers(register: Register, gathering: Gathering, people: Sequence[Person], issuing: Issuing) -> Standings:
    """Write down the last days that the roster gives, and take back those that it no longer gives."""
    standings, bodies = gathering.finish(), []
    for person in people:
        left = standings.left.get((person.id, person.trust))
        if left and left.by == BY_ROSTER and left.day != person.leaves:
            bodies.append(Body(kind="void", at=issuing.at, person=person.id, trust=person.trust, received=issuing.day.isoformat(),
                               by=BY_ROSTER, about=left.entry, says="The roster does not give this last day any more."))  # fmt: skip
            left = None
        if person.leaves and left is None:
            bodies.append(Body(kind="left", at=issuing.at, person=person.id, trust=person.trust, received=person.leaves,
                               by=BY_ROSTER, says="The roster gives this last day."))  # fmt: skip
    _add(register, gathering, bodies)
    return gathering.finish() if bodies else standings


def _plan(issuing: Issuing, campaign: Campaign, people: Sequence[Person], standings: Standings) -> Plan:
    series = issuing.series(campaign.policy)
    return plan_campaign(campaign, issuing.handbook, material_changes(series), people, standings, issuing.day)


def _carried(plan: Plan, issuing: Issuing) -> list[Body]:
    policy = plan.series.in_force
    return [
        carry_body(one.person, one.carries, policy, plan.campaign.id, issuing.day, issuing.at) for one in plan.carry
    ]


def _issued(one: ToAsk, plan: Plan, issuing: Issuing) -> Body:
    policy = plan.series.in_force
    return Body(
        kind="issued", at=issuing.at, ref=new_ref(), person=one.person.id, trust=policy.trust, policy=policy.id,
        revision=policy.revision_id, digest=policy.digest, campaign=plan.campaign.id,
        facts={
            "issued": issuing.day.isoformat(), "due": one.due, "expires": one.expires, "since": one.since,
            "quiz": plan.campaign.quiz, "key": issuing.key.id, "paper": issuing.paper,
        },
    )  # fmt: skip


def new_ref() -> str:
    """128 random bits, as 22 characters."""
    return encode(secrets.token_bytes(16))


def _links(
    issuing: Issuing, people: Sequence[Person], standings: Standings
) -> Iterator[tuple[Person, Campaign, Asked]]:
    """The links with which somebody can sign what they owe, person by person."""
    for person in people:
        for campaign in issuing.campaigns:
            if issuing.handbook.campaign_for(campaign.policy, person.roles) != campaign:
                continue
            policy = issuing.series(campaign.policy).in_force
            standing = standings.of(person.id, person.trust, policy.id)
            link = standing.link_for(policy.revision_id, issuing.day.isoformat())
            if link and find_owed(standing, issuing.day):
                yield person, campaign, link


def _ask(issuing: Issuing, pages: dict[str, str], person: Person, campaign: Campaign, asked: Asked) -> Ask:
    policy = issuing.series(campaign.policy).in_force
    words = (issuing.handbook.trust.name, issuing.handbook.statement_for(policy), privacy_in_brief(issuing.handbook))
    return write_ask(
        person, campaign, policy, words, link_of(asked, policy.trust, policy.id), issuing.key, pages[campaign.id]
    )
