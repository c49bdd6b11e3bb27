"""Issuing: who is asked gets a link, and the register knows each link before anybody else does."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.acknowledgements.campaigns.carry_forward import academy_in, carry_body
from clausebook.acknowledgements.campaigns.invitations import Ask, AskedPolicy, link_of, page_address, personal_address
from clausebook.acknowledgements.campaigns.owed_texts import OwedTexts, key_of
from clausebook.acknowledgements.campaigns.plan import Plan, ToAsk, plan_campaign
from clausebook.acknowledgements.desk.academy_texts import AcademyTexts, keep_texts
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Merged, Person, merge_people, read_people
from clausebook.acknowledgements.desk.roster_row import Row
from clausebook.acknowledgements.register.entries import Body, Register, open_register
from clausebook.acknowledgements.register.people_noted import PeopleNoted, read_known_people, write_noted_people
from clausebook.acknowledgements.register.standings import Asked, Standings, find_owed
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.acknowledgements.signing.links import Link, LinkedPolicy
from clausebook.model import Campaign
from clausebook.model.base64url import encode
from clausebook.model.handbook import Revision, Trust
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

    def require_sites(self) -> None:
        """Raises NoSiteError where a campaign's links could not begin."""
        for campaign in self.campaigns:
            page_address(campaign, self.trust.id)

    def texts_of(self, policy: str, kept: AcademyTexts) -> OwedTexts:
        return OwedTexts(self.trust, self.trust.policy(policy), kept)


@dataclass(frozen=True)
class Issued:
    """What was done."""

    merged: Merged
    plans: tuple[Plan, ...]
    asks: tuple[Ask, ...]
    """The new links, person by person."""


def issue_links(desk: Desk, issuing: Issuing) -> Issued:
    """Read the roster into people.json, carry forward what can be, and issue a link to everybody who owes one.

    A person has one link for each campaign, whatever policies it asks for. Each link is in the register, and synced, before it
    is anywhere else. Run again, it issues nothing twice. Raises NoSiteError before anything is written; RegisterInUseError,
    BrokenRegisterError.
    """
    issuing.require_sites()
    noted = PeopleNoted()
    with open_register(desk.register, noted.apply) as register:
        merged = merge_people(read_known_people(desk, noted), issuing.trust.id, issuing.rows)
        write_noted_people(desk, register, noted, merged.people, issuing.at)
        standings = _note_leavers(register, merged.in_roster, issuing)
        kept = AcademyTexts(desk, issuing.trust.texts_of_academies)
        plans = tuple(
            plan_campaign(campaign, issuing.texts_of(policy, kept), merged.in_roster, standings, issuing.day)
            for campaign in issuing.campaigns
            for policy in campaign.policies
        )
        keep_texts(desk, [one.text for plan in plans for one in plan.ask])
        keep_texts(desk, [one.text for plan in plans for one in plan.carry])
        for plan in plans:
            _add(register, [*_carried(plan, issuing), *_taken_back(plan, standings, issuing)])
        _add(register, [body for campaign in issuing.campaigns for body in _new_links(campaign, plans, issuing)])
        standings = read_standings(register)
    new = {(ask.person.id, plan.campaign.id) for plan in plans for ask in plan.ask}
    asks = (
        _ask(issuing, person, campaign, link)
        for person, campaign, link in _links(issuing, merged.in_roster, standings)
        if (person.id, campaign.id) in new
    )
    return Issued(merged, plans, tuple(asks))


def links_of_day(desk: Desk, issuing: Issuing) -> tuple[tuple[Ask, ...], int]:
    """The links that were issued on a day and are still owed, once more: for the files of a run that was interrupted.

    Also how many there are that another key signed, which are left out.
    """
    issuing.require_sites()
    with open_register(desk.register) as register:
        standings = read_standings(register)
        people = merge_people(read_people(desk), issuing.trust.id, issuing.rows).in_roster
    held = [
        (person, campaign, link)
        for person, campaign, link in _links(issuing, people, standings)
        if link.issued == issuing.day.isoformat()
    ]
    ours = [one for one in held if one[2].key == issuing.key.id]
    return tuple(_ask(issuing, *one) for one in ours), len(held) - len(ours)


def _add(register: Register, bodies: Sequence[Body]) -> None:
    for first in range(0, len(bodies), BATCH):
        register.add(bodies[first : first + BATCH])


def _note_leavers(register: Register, people: Sequence[Person], issuing: Issuing) -> Standings:
    """Write down the last days that the roster gives, and take back those that it no longer gives."""
    standings, bodies = read_standings(register), []
    for person in people:
        left = standings.left.get((person.id, person.trust))
        if left and left.by == BY_ROSTER and left.day != person.leaves:
            bodies.append(Body(kind="void", at=issuing.at, person=person.id, trust=person.trust, received=issuing.day.isoformat(),
                               by=BY_ROSTER, about=left.entry, says="The roster does not give this last day any more."))  # fmt: skip
            left = None
        if person.leaves and left is None:
            bodies.append(Body(kind="left", at=issuing.at, person=person.id, trust=person.trust, received=person.leaves,
                               by=BY_ROSTER, says="The roster gives this last day."))  # fmt: skip
    _add(register, bodies)
    return read_standings(register) if bodies else standings


def _carried(plan: Plan, issuing: Issuing) -> list[Body]:
    return [
        carry_body(one.person, one.carries, one.text, plan.campaign.id, issuing.day, issuing.at) for one in plan.carry
    ]


def _taken_back(plan: Plan, standings: Standings, issuing: Issuing) -> Iterator[Body]:
    """Nobody owes the text of an academy where they do not work any more, and who is back has signed what binds them."""
    for person in plan.signed:
        owed = find_owed(standings.of(person.id, person.trust, plan.policy.id), issuing.day)
        if owed and owed.asked.academy != (issuing.trust.text_for(plan.policy.id, person.academy).academy or ""):
            yield Body(kind="void", at=issuing.at, person=person.id, trust=person.trust, policy=plan.policy.id, received=issuing.day.isoformat(),
                       by=BY_ROSTER, about=owed.asked.entry, says="The roster gives another academy now, whose text is signed.")  # fmt: skip


def _new_links(campaign: Campaign, plans: Sequence[Plan], issuing: Issuing) -> Iterator[Body]:
    """A link for everybody of whom something new is asked: over that, and over what they hold another link for."""
    own = [plan for plan in plans if plan.campaign == campaign]
    asked: dict[str, list[tuple[Plan, ToAsk]]] = {one.person.id: [] for plan in own for one in plan.ask}
    for plan in own:
        for one in (*plan.ask, *plan.holding):
            if one.person.id in asked:
                asked[one.person.id].append((plan, one))
    for found in asked.values():
        yield from _link(campaign, found, issuing)


def _link(campaign: Campaign, asked: Sequence[tuple[Plan, ToAsk]], issuing: Issuing) -> Iterator[Body]:
    """The entries of one link. One quiz on all that it asks for fits only whoever is to read the whole of that."""
    ref, expires = new_ref(), max(one.expires for _, one in asked)
    one_quiz = campaign.has_one_quiz and len(asked) > 1 and not any(one.since for _, one in asked)
    for _, one in asked:
        text = one.text
        yield Body(
            kind="issued", at=issuing.at, ref=ref, person=one.person.id, trust=text.trust, policy=text.policy,
            revision=text.id, digest=text.digest, campaign=campaign.id,
            facts={
                "issued": issuing.day.isoformat(), "due": one.due, "expires": expires, "since": one.since, "quiz": campaign.quiz,
                "quizzes": "one" if one_quiz else "each", "key": issuing.key.id, "paper": issuing.paper,
            } | academy_in(text),
        )  # fmt: skip


def new_ref() -> str:
    """128 random bits, as 22 characters."""
    return encode(secrets.token_bytes(16))


def _links(issuing: Issuing, people: Sequence[Person], standings: Standings) -> Iterator[tuple[Person, Campaign, Link]]:
    """The links with which somebody can sign what they owe, person by person."""
    for person in people:
        for campaign in issuing.campaigns:
            asked = issuing.trust.asked_by(campaign, person.roles, person.academy)
            found = [
                link
                for policy in asked
                if (link := _link_to_sign(person, policy, standings, issuing)) and link.campaign == campaign.id
            ]
            if found:
                last = max(found, key=lambda link: link.entry)
                yield person, campaign, link_of(standings.links[last.ref])


def _link_to_sign(person: Person, policy: str, standings: Standings, issuing: Issuing) -> Asked | None:
    standing, text = standings.of(person.id, person.trust, policy), issuing.trust.text_for(policy, person.academy)
    owes = find_owed(standing, issuing.day)
    return standing.link_for(key_of(text), issuing.day.isoformat()) if owes else None


def _text(trust: Trust, person: Person, linked: LinkedPolicy) -> Revision:
    """What a link asks for of a policy, which may have moved on since; where the handbook has lost it, what is in force."""
    now = trust.text_for(linked.policy, person.academy)
    return now if now.id == linked.revision else trust.policy(linked.policy).by_id.get(linked.revision, now)


def _ask(issuing: Issuing, person: Person, campaign: Campaign, link: Link) -> Ask:
    policies = tuple(AskedPolicy(_text(issuing.trust, person, one), one.since) for one in link.policies)
    address = personal_address(link, campaign, issuing.key)
    return Ask(person, campaign, policies, issuing.trust.record.name, privacy_in_brief(issuing.trust), link, address)
