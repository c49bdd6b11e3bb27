"""What keeps a receipt of a genuine link from being accepted: one rule each, in the order in which they are asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from clausebook.acknowledgements.desk.names import compare_names, is_whole, name_key
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.inbox.rules.as_written import not_as_written
from clausebook.acknowledgements.inbox.rules.case import BY_HAND, Case
from clausebook.acknowledgements.inbox.rules.decision import Decision
from clausebook.acknowledgements.signing.receipts import Receipt

NEW_LINK = "`clausebook acks issue` gives the person a new link; or settle it with `clausebook acks review ENTRY`"
TOLERANCE = timedelta(
    days=1
)  # by which a device's clock may be ahead or behind, or its wall show another day than HR's
WEST = timedelta(hours=12)  # by which a day on a wall may be later than the same moment's day in UTC


def of_another_text(case: Case) -> Decision | None:
    """The receipt names the trust, the campaign and the revision of its link; the page makes no other."""
    receipt, part, link = case.receipt, case.part, case.link
    told = (receipt.trust, receipt.campaign, part.revision)
    if told != (link.trust, link.campaign, case.linked.revision):
        return case.reject(
            f"the receipt is for {'/'.join(told)}, and its link for {link.trust}/{link.campaign}/{case.linked.revision}",
            "ask the person to open their link again: the page makes no such receipt",
        )
    if part.digest != case.whose.asked.digest:
        return case.hold(
            "the text that was shown is not the one that the link was issued for",
            "find out whether the site was built from another text; then " + BY_HAND,
        )
    return None


def by_a_leaver(case: Case) -> Decision | None:
    left = case.known.standings.left.get((case.whose.person, case.whose.trust))
    days = [case.person.leaves if case.person else "", left.day[:10] if left else ""]
    last = min(filter(None, days), default="")
    if last and last < case.receipt.signed[:10]:
        return case.hold(f"the person's last day was {last}, before it was signed", BY_HAND)
    return None


def expired(case: Case) -> Decision | None:
    if _first_day(case.received) > case.link.expires:
        return case.hold(
            f"the link expired on {case.link.expires}, and it was received on {case.received[:10]}",
            NEW_LINK, f"signed {case.receipt.signed} by the clock of the person's device",
        )  # fmt: skip
    return None


def at_an_odd_time(case: Case) -> Decision | None:
    """The device's clock is a claim; it is not believed where it cannot be right."""
    signed, issued = (
        case.receipt.signed,
        datetime.combine(date.fromisoformat(case.link.issued), datetime.min.time(), UTC),
    )
    moment = datetime.fromisoformat(signed)
    if moment < issued - TOLERANCE:
        return case.hold(
            f"it says that it was signed on {signed[:10]}, before the link was issued on {case.link.issued}",
            f"the device's clock may be behind: ask the person; then {BY_HAND}",
        )
    if moment > _end(case.received) + TOLERANCE:
        return case.hold(
            f"it says that it was signed on {signed[:10]}, after HR received it on {case.received[:10]}",
            f"the device's clock may be ahead: ask the person; then {BY_HAND}",
        )
    return None


def other_words(case: Case) -> Decision | None:
    """What was ticked is the campaign's statement, word for word."""
    statement = case.books.statement(case.link.trust, case.whose.asked.campaign)
    if statement is None or statement.split() == case.receipt.statement.split():
        return None
    return case.hold(
        "the words that were ticked are not the campaign's statement",
        f"compare them with acknowledgements.yml; then {BY_HAND}", f"“{case.receipt.statement[:200]}”",
    )  # fmt: skip


def by_another_name(case: Case) -> Decision | None:
    typed, person = case.receipt.name, case.person
    if person is None:
        return case.hold(
            "people.json does not know whose link it is", "put the people.json back that belongs to this desk"
        )
    fit = compare_names(typed, (person.name, *person.aliases))
    if fit == "fits":
        return _by_a_short_name(case, person)
    others = [one for one in case.known.by_name.get(name_key(typed), ()) if one.id != person.id]
    if others:
        return case.hold(
            "the typed name is another person's", f"ask both whose receipt it is; then {BY_HAND}",
            f"“{typed}” is {', '.join(f'{one.name}, {one.number}' for one in others[:3])}; the link is {person.name}'s, {person.number}",
        )  # fmt: skip
    told = f"“{typed}”; the link is {person.name}'s, {person.number}"
    if fit == "near":
        return case.hold(
            "the typed name is near the person's, and not the same",
            f"add it to the roster's aliases and collect again, or {BY_HAND}", told,
        )  # fmt: skip
    return case.hold("the typed name is not the person's", f"ask the person whether they signed; then {BY_HAND}", told)


def _by_a_short_name(case: Case, person: Person) -> Decision | None:
    """`J Smith` is John's name and Jane's."""
    typed = case.receipt.name
    if is_whole(typed, (person.name, *person.aliases)):
        return None
    others = case.known.others_called(typed, person)
    if not others:
        return None
    told = ", ".join(f"{one.name}, {one.number}" for one in (person, *others[:3]))
    return case.hold(
        "the typed name is short, and more than one person may mean themselves by it",
        f"ask the person for their full name, or {BY_HAND}", f"“{typed}” may be {told}",
    )  # fmt: skip


def again(case: Case) -> Decision | None:
    """Another receipt by the same link: the first one stays, and an edited one is looked at."""
    before = case.known.accepted_by(case.link.ref, case.part.policy, _kind(case))
    if before is None:
        return _by_another_way(case)
    first = case.known.stored(before.receipt)
    if first is None:
        return case.hold(
            f"entry {before.entry} holds another receipt of this link, which is not on the desk any more", BY_HAND
        )
    if differs := _differs(first.receipt, case.receipt, case.part.policy):
        return case.hold(
            f"entry {before.entry} holds another receipt of this link {differs}", f"the first one stays; ask the person why there are two; then {BY_HAND}"
        )  # fmt: skip
    reason = f"the person had signed before: entry {before.entry}"
    return Decision("duplicate", reason, whose=case.whose, received=case.received, about=before.entry)


def _differs(old: Receipt, new: Receipt, policy: str) -> str:
    """What the same person would not have written otherwise; a quiz that was taken again has other questions."""
    before, after = old.part(policy), new.part(policy)
    if name_key(old.name) != name_key(new.name):
        return "with another name"
    if before and after and before.unclear != after.unclear:
        return "with other clauses"
    first, second = old.quiz or (before and before.quiz), new.quiz or (after and after.quiz)
    if first and second and (first.seed, first.attempt) == (second.seed, second.attempt):
        return "" if first.answers == second.answers else "with other answers to the same questions"
    return ""


def _by_another_way(case: Case) -> Decision | None:
    signed = case.known.signed(case.whose) if case.part.outcome == "acknowledged" else None
    if signed is None:
        return None
    reason = f"the person had acknowledged this revision on {signed[1][:10]}: entry {signed[0]}"
    return Decision("duplicate", reason, whose=case.whose, received=case.received, about=signed[0])


def _kind(case: Case) -> str:
    return "acknowledged" if case.part.outcome == "acknowledged" else "not-understood"


def _first_day(received: str) -> str:
    """The earliest day that a wall somewhere can have shown: an hour of difference makes nobody late."""
    if len(received) > len("2025-09-01"):
        return (datetime.fromisoformat(received) - WEST).date().isoformat()
    return received


def _end(received: str) -> datetime:
    """The last moment that `received` can mean."""
    if len(received) > len("2025-09-01"):
        return datetime.fromisoformat(received)
    return datetime.combine(date.fromisoformat(received), datetime.max.time(), UTC)


RULES = (not_as_written, of_another_text, by_a_leaver, expired, at_an_odd_time, other_words, by_another_name, again)
