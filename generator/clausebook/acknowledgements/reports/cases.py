"""Cases: each person with each policy, in exactly one state on a day, so that whatever is counted adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, get_args

from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.register.standings import Signed, Standing, Standings, Unclear, find_owed, settled_by
from clausebook.model import Campaign
from clausebook.model.dates import last_day
from clausebook.model.handbook import Policy, Trust

State = Literal["acknowledged", "carried", "on-behalf", "due", "overdue", "exempt", "left", "not-asked"]
STATES: tuple[State, ...] = get_args(State)
DONE: tuple[State, ...] = ("acknowledged", "carried", "on-behalf")
OUTSTANDING: tuple[State, ...] = ("due", "overdue")
STATE_WORDS: dict[State, str] = {
    "acknowledged": "Acknowledged",
    "carried": "Carried forward",
    "on-behalf": "Recorded on behalf",
    "due": "Outstanding, not yet due",
    "overdue": "Overdue",
    "exempt": "Exempt",
    "left": "Left",
    "not-asked": "Not asked yet",
}


@dataclass(frozen=True)
class Case:
    """One person and one policy."""

    person: Person
    manager: str
    """Who leads them, by name and staff number where the roster gives the number of somebody whom it lists."""
    standing: Standing
    policy: str
    campaign: str
    revision: str
    """The one that they were asked to acknowledge last, or would be."""
    state: State
    due: str
    """Of somebody who was asked: the day. Empty where nobody asked."""
    overdue: int
    """Days past it, of what is outstanding."""
    settled: Signed | None
    """What settles it, of what is done."""
    is_new: bool
    """Whether their day follows from their first day at work, and not from the campaign."""
    is_held: bool
    """Whether a receipt of theirs waits for a decision."""

    @property
    def is_done(self) -> bool:
        return self.state in DONE

    @property
    def is_outstanding(self) -> bool:
        return self.state in OUTSTANDING

    @property
    def must_sign(self) -> bool:
        """Whether it counts towards what is to be done: asked, and neither left nor exempt."""
        return self.is_done or self.is_outstanding

    @property
    def since(self) -> str:
        """The revision since which only the changes are to be read; empty where it is the whole policy."""
        return self.standing.asked[-1].since if self.standing.asked else ""

    @property
    def asked(self) -> str:
        """The day on which the campaign first asked them for this revision; of one that was never asked, of its settling."""
        days = [one.issued[:10] for one in self.standing.asked if one.campaign == self.campaign]
        return min(days, default=self.settled.day[:10] if self.settled else "")

    @property
    def expires(self) -> str:
        return self.standing.asked[-1].expires if self.standing.asked else ""

    @cached_property
    def open_questions(self) -> tuple[Unclear, ...]:
        """What they said that they do not understand, and nobody has answered."""
        return tuple(one for one in self.standing.unclear if not one.answered)


def find_cases(
    standings: Standings, people: Sequence[Person], trust: Trust, day: date
) -> tuple[Case, ...]:  # fmt: skip
    """Every case of a trust on `day`, by academy, manager and name."""
    held = {(one.person, one.policy) for one in standings.held}
    by_policy = {one.id: one for one in trust.policies}
    names = {one.number.casefold(): f"{one.name} ({one.number})" for one in people if one.trust == trust.id}
    found = (
        _case(
            person,
            names.get(person.manager.casefold(), person.manager),
            standings.of(person.id, trust.id, policy),
            by_policy.get(policy),
            trust,
            day,
            held,
        )
        for person, policy in _pairs(standings, people, trust)
    )
    cases = (case for case in found if case)
    return tuple(sorted(cases, key=_place))


def _place(case: Case) -> tuple[str, ...]:
    person = case.person
    return person.academy.casefold(), case.manager.casefold(), person.name.casefold(), person.number, case.policy


def _pairs(standings: Standings, people: Sequence[Person], trust: Trust) -> Iterator[tuple[Person, str]]:
    """Everybody with each policy that a campaign asks for, or that they were ever asked for."""
    known = {one.id: _named(one, trust) for one in people if one.trust == trust.id}
    pairs = {(person, policy): None for person in known for campaign in trust.campaigns for policy in campaign.policies}
    pairs |= {
        (standing.person, standing.policy): None
        for standing in standings
        if standing.trust == trust.id and standing.person
    }
    return ((known.get(person) or _stranger(person, trust.id), policy) for person, policy in pairs)


def _named(person: Person, trust: Trust) -> Person:
    """With the full name of the academy, whatever the roster calls it."""
    name = trust.academy_name(person.academy)
    return person if name == person.academy else person.model_copy(update={"academy": name})


def _stranger(person: str, trust: str) -> Person:
    """Somebody whom the register knows and people.json does not."""
    return Person.model_construct(id=person, trust=trust, number="", name=f"{person} (not in people.json)")


def _case(
    person: Person,
    manager: str,
    standing: Standing,
    policy: Policy | None,
    trust: Trust,
    day: date,
    held: set[tuple[str, str]],
) -> Case | None:
    campaign = trust.campaign_for(standing.policy, person.roles, person.academy)
    state = _state(person, standing, campaign, trust, day)
    if state is None or (state in OUTSTANDING and policy and policy.is_withdrawn):
        return None
    last = standing.asked[-1] if standing.asked else None
    settled = _settling(standing) if state in DONE else None
    owed = find_owed(standing, day) if state in OUTSTANDING else None
    dues = [one.due for one in standing.asked if last and one.text == last.text]
    now = campaign.id if campaign else ""
    revision = (
        settled.revision
        if settled
        else last.revision
        if last
        else policy.in_force.id
        if policy and policy.in_force
        else ""
    )
    return Case(
        person, manager, standing, standing.policy, last.campaign if last and last.revision == revision else now, revision, state,
        min(dues, default=""), owed.overdue if owed else 0, settled, _is_new(person, campaign, day),
        (person.id, standing.policy) in held,
    )  # fmt: skip


def _state(person: Person, standing: Standing, campaign: Campaign | None, trust: Trust, day: date) -> State | None:
    """None where the policy is no matter of this person's."""
    today = day.isoformat()
    known = bool(standing.asked or standing.signed)
    if person.has_left(today) or standing.has_left(today):
        return "left" if known else None
    if owed := find_owed(standing, day):
        return "overdue" if owed.overdue else "due"
    if settled_by(standing):
        return _how(standing)
    if standing.asked or (campaign and standing.is_exempt(campaign.id)):
        return "exempt"
    if standing.signed:
        return _how(standing)
    is_asked = campaign and trust.is_named(campaign, person.roles, person.academy) and person.starts <= today
    return "not-asked" if is_asked else None


def _settling(standing: Standing) -> Signed | None:
    """What was said last: an earlier acknowledgement that was carried forward is settled by that."""
    last = standing.asked[-1].entry if standing.asked else 0
    later = [one for one in standing.signed if one.how != "acknowledged" and one.entry > last]
    return later[-1] if later else settled_by(standing) or next(reversed(standing.signed), None)


def _how(standing: Standing) -> State:
    settled = _settling(standing)
    states: Mapping[str, State] = {"carried": "carried", "on-behalf": "on-behalf"}
    return states.get(settled.how if settled else "", "acknowledged")


def _is_new(person: Person, campaign: Campaign | None, day: date) -> bool:
    if not campaign or not person.starts or person.starts > day.isoformat():
        return False
    own = date.fromisoformat(person.starts) + timedelta(days=campaign.new_starters_within)
    return own > last_day(campaign.due)
