"""Whom a campaign asks on a day, and why it does not ask the others: decided before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clausebook.acknowledgements.campaigns.carry_forward import Asks, Carries, judge
from clausebook.acknowledgements.campaigns.owed_texts import OwedTexts, key_of
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.standings import Standing, Standings, TextKey
from clausebook.model import Campaign
from clausebook.model.dates import last_day
from clausebook.model.handbook import Policy, Revision


@dataclass(frozen=True)
class ToAsk:
    """Somebody who gets a link. Days are `2025-10-31`."""

    person: Person
    text: Revision
    """What they are to sign: the trust's text, or their academy's."""
    since: str
    """The revision that they read last; empty where they are to read the whole policy."""
    due: str
    expires: str


@dataclass(frozen=True)
class ToCarry:
    """Somebody whose earlier acknowledgement holds for the text that binds them now."""

    person: Person
    text: Revision
    carries: Carries


@dataclass(frozen=True)
class Plan:
    """What a campaign does on a day for one of its policies: everybody of the roster stands in one of these, once."""

    campaign: Campaign
    policy: Policy
    ask: tuple[ToAsk, ...]
    carry: tuple[ToCarry, ...]
    holding: tuple[ToAsk, ...]
    """Those who hold a link that still works, with what it asks: a new one of the same campaign asks it again."""
    signed: tuple[Person, ...]
    left: tuple[Person, ...]
    exempt: tuple[Person, ...]
    not_asked: tuple[Person, ...]
    """Those of whom the campaign asks nothing: none of their roles is named in it, or another campaign on the policy asks them."""


def plan_campaign(
    campaign: Campaign,
    texts: OwedTexts,
    people: Sequence[Person],
    standings: Standings,
    day: date,
) -> Plan:
    """Sort `people` by what the campaign asks of them on `day` for one of its policies, whose texts are `texts`."""
    sorted_: dict[str, list[Person]] = {name: [] for name in ("signed", "left", "exempt", "not_asked")}
    ask: list[ToAsk] = []
    carry: list[ToCarry] = []
    holding: list[ToAsk] = []
    policy, trust = texts.policy, texts.trust
    for person in people:
        text = texts.of(person)
        key = key_of(text)
        standing = standings.of(person.id, person.trust, policy.id)
        if policy.id not in trust.asked_by(campaign, person.roles, person.academy) and not _has_left(
            person, standing, day.isoformat()
        ):
            sorted_["not_asked"].append(person)
        elif reason := _settled(person, standing, campaign, key, day.isoformat()):
            sorted_[reason].append(person)
        elif link := standing.link_for(key, day.isoformat()):
            holding.append(ToAsk(person, text, link.since, link.due, link.expires))
        elif isinstance(judged := judge(standing, texts, text, person.roles), Carries):
            carry.append(ToCarry(person, text, judged))
        else:
            ask.append(_to_ask(person, text, judged, standing, campaign, day))
    return Plan(
        campaign, policy, tuple(ask), tuple(carry), tuple(holding),
        *(tuple(sorted_[name]) for name in ("signed", "left", "exempt", "not_asked")),
    )  # fmt: skip


def _settled(person: Person, standing: Standing, campaign: Campaign, text: TextKey, day: str) -> str:
    """Why nothing more is asked of a person; empty where something is."""
    if _has_left(person, standing, day):
        return "left"
    if standing.is_exempt(campaign.id):
        return "exempt"
    return "signed" if standing.signed_of(text) else ""


def _has_left(person: Person, standing: Standing, day: str) -> bool:
    return person.has_left(day) or standing.has_left(day)


def _to_ask(person: Person, text: Revision, asks: Asks, standing: Standing, campaign: Campaign, day: date) -> ToAsk:
    earlier = [one.due for one in standing.asked if one.text == key_of(text)]
    due = date.fromisoformat(min(earlier)) if earlier else due_day(campaign, person, day)
    expires = max(due, day) + timedelta(days=campaign.expires_after)
    return ToAsk(person, text, asks.since, due.isoformat(), expires.isoformat())


def due_day(campaign: Campaign, person: Person, day: date) -> date:
    """By when somebody is asked to sign who is asked for the first time on `day`.

    The campaign's day, or so many days after the first one at work, whichever is later. Whoever is asked after that (a
    new role, a new revision) has as many days as a new starter: nobody is overdue on the day on which they are asked.
    """
    within = timedelta(days=campaign.new_starters_within)
    due = last_day(campaign.due)
    if person.starts:
        due = max(due, date.fromisoformat(person.starts) + within)
    return due if due >= day else day + within
