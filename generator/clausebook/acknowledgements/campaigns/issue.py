"""Issuing: who is asked gets a link, and the register knows each link before anybody else does."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.acknowledgements.campaigns.carry_forward import carry_body, material_changes
from clausebook.acknowledgements.campaigns.invitations import Ask, link_of, page_address, write_ask
from clausebook.acknowledgements.campaigns.plan import Plan, ToAsk, plan_campaign
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Merged, Person, merge_people, read_people
from clausebook.acknowledgements.desk.roster_row import Row
from clausebook.acknowledgements.register.entries import Body, Register, open_register
from clausebook.acknowledgements.register.people_noted import PeopleNoted, read_known_people, write_noted_people
from clausebook.acknowledgements.register.replay import Gathering
from clausebook.acknowledgements.register.standings import Asked, Standings, find_owed
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.model import Campaign
from clausebook.model.base64url import encode
from clausebook.model.handbook import Policy, Trust
from clausebook.pages.privacy import privacy_in_brief

BY_ROSTER = "the roster"
BATCH = 500  # entries in one write: what a crash in the middle leaves is whole entries


@dataclass(frozen=True)
class Issuing:
    """What `issue` is asked to do."""

    trust: Trust
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
        file = f"trusts/{self.trust.id}/acknowledgements.yml"
        return {campaign.id: page_address(campaign, self.trust.id, file) for campaign in self.campaigns}

    def policy(self, policy_id: str) -> Policy:
        return self.trust.policy(policy_id)


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
    with open_register(desk.register, gathering.apply, noted.apply) as register:
        merged = merge_people(read_known_people(desk, noted), issuing.trust.id, issuing.rows)
        write_noted_people(desk, register, noted, merged.people, issuing.at)
        standings = _note_leavers(register, gathering, merged.in_roster, issuing)
        plans = tuple(
            _plan(issuing, campaign, policy, merged.in_roster, standings)
            for campaign in issuing.campaigns
            for policy in campaign.policies
        )
        for plan in plans:
            _add(register, gathering, _carried(plan, issuing))
        _add(register, gathering, [_issued(ask, plan, issuing) for plan in plans for ask in plan.ask])
    new = {(ask.person.id, plan.campaign.id) for plan in plans for ask in plan.ask}
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
    with open_register(desk.register, gathering.apply):
        people = merge_people(read_people(desk), issuing.trust.id, issuing.rows).in_roster
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
            gathering.apply(entry)


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


def _plan(issuing: Issuing, campaign: Campaign, policy_id: str, people: Sequence[Person], standings: Standings) -> Plan:
    policy = issuing.policy(policy_id)
    return plan_campaign(campaign, policy, issuing.trust, material_changes(policy), people, standings, issuing.day)


def _carried(plan: Plan, issuing: Issuing) -> list[Body]:
    revision = plan.policy.current
    return [
        carry_body(one.person, one.carries, revision, plan.campaign.id, issuing.day, issuing.at) for one in plan.carry
    ]


def _issued(one: ToAsk, plan: Plan, issuing: Issuing) -> Body:
    revision = plan.policy.current
    return Body(
        kind="issued", at=issuing.at, ref=new_ref(), person=one.person.id, trust=revision.trust, policy=revision.policy,
        revision=revision.id, digest=revision.digest, campaign=plan.campaign.id,
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
            for policy in issuing.trust.asked_by(campaign, person.roles, person.academy):
                revision = issuing.policy(policy).current
                standing = standings.of(person.id, person.trust, policy)
                link = standing.link_for(revision.id, issuing.day.isoformat())
                if link and find_owed(standing, issuing.day):
                    yield person, campaign, link


def _ask(issuing: Issuing, pages: dict[str, str], person: Person, campaign: Campaign, asked: Asked) -> Ask:
    revision = issuing.policy(campaign.policies[0]).current
    words = (issuing.trust.record.name, campaign.statement, privacy_in_brief(issuing.trust))
    return write_ask(
        person,
        campaign,
        revision,
        words,
        link_of(asked, revision.trust, revision.policy),
        issuing.key,
        pages[campaign.id],
    )
