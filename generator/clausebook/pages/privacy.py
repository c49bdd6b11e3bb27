"""What staff are told of the data that acknowledgement leaves: who keeps what, why, how long, and whom to ask (UK GDPR, Article 13)."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.model.dates import count
from clausebook.model.handbook import Trust

YEARS = 6  # where no campaign says otherwise; it is the limit for most claims in contract (Limitation Act 1980, s. 5)
HEADING = "What is kept about you"


def keep_years(trust: Trust) -> int:
    """How long something is kept on somebody who left: the longest period of the campaigns, because it belongs to all of them."""
    return max((campaign.keep_years for campaign in trust.campaigns), default=YEARS)


def privacy_notice(trust: Trust) -> tuple[tuple[str, str], ...]:
    """What is told, each part under the question that it answers."""
    return tuple(_parts(trust))


def privacy_in_brief(trust: Trust) -> str:
    """The same in one paragraph, for an email and a form on paper."""
    return (
        f"{HEADING}: {trust.record.name} keeps your name, your staff number and what you send, to show who has read this policy. HR sees it; "
        f"your line manager sees whether you have signed. It is deleted {_until(trust)}. You can ask for a copy, for a correction or for "
        f"deletion, or object: {_contact(trust)} The page to acknowledge says more, under “{HEADING}”."
    )


def _parts(trust: Trust) -> Iterator[tuple[str, str]]:
    name, privacy = trust.record.name, trust.privacy
    where = f": {privacy.notice}" if privacy and privacy.notice else ""
    yield "Who is responsible", f"{name}, your employer or whoever asked you to work in its schools."
    yield (
        "What",
        (
            "From HR’s list of staff: your name and earlier names, staff number, work email, academy, manager, roles, first and last day. From you: "
            "the receipt that you send, with the name that you type, its times, your answers in the quiz and what you ask. From HR: what it decides on it."
        ),
    )
    yield (
        "Why",
        (
            "To show who has read which wording of the policy, and to remind whoever has not. "
            + (
                f"The legal basis: {privacy.basis}"
                if privacy and privacy.basis
                else f"The trust’s privacy notice for staff says on what legal basis{where}."
            )
        ),
    )
    if privacy and privacy.basis and privacy.notice:
        yield "More", f"The trust’s privacy notice for staff{where}"
    yield (
        "Who sees it",
        (
            "HR. Your line manager sees whether you have signed. An auditor may be shown who signed what and when, without your answers in the quiz. "
            "A program marks the quiz; a person in HR decides what follows."
        ),
    )
    yield (
        "How long",
        f"It is deleted {_until(trust)}. This page keeps what you have done on this device only, until you clear it.",
    )
    yield (
        "Your rights",
        (
            f"You can ask for a copy, have mistakes put right, object, or ask for deletion. Ask: {_contact(trust)} "
            "You can complain to the Information Commissioner’s Office: ico.org.uk/make-a-complaint or 0303 123 1113."
        ),
    )


def _until(trust: Trust) -> str:
    years = count(keep_years(trust), "year")
    return f"{years} after your last day at work" if years else "when you leave"


def _contact(trust: Trust) -> str:
    if trust.privacy:
        return _ended(trust.privacy.contact)
    first = trust.record.contacts[0]
    return _ended(f"{first.role}, {first.reach}")


def _ended(words: str) -> str:
    return words if words.rstrip().endswith((".", "!", "?")) else f"{words.rstrip()}."
