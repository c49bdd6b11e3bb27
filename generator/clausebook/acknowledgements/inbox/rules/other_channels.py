"""The judging of what is no receipt: the code of a paper form, a row of a platform's report, what could not be read."""

from __future__ import annotations

import re

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.desk.names import compare_names
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.inbox.readers.platform_reports import DONE, NOT_DONE
from clausebook.acknowledgements.inbox.readers.submission import Origin, PaperCode, PlatformRow, Unread
from clausebook.acknowledgements.inbox.rules.case import BY_HAND, Clock, received_of
from clausebook.acknowledgements.inbox.rules.decision import Decision, LinkOwner
from clausebook.acknowledgements.inbox.rules.register_index import EarlierReceipt, Known
from clausebook.model.handbook import Policy

OF_MANY = re.compile(
    r"\b[0-9]+ policies \(([a-z0-9-]+)\)"
)  # as export/lms calls a course whose titles are too many for its name


def judge_unread(unread: Unread) -> Decision:
    """Only a damaged receipt leaves a trace: other files are none of the register's business."""
    return Decision("reject", unread.reason, unread.next_step, recorded=unread.kind == "damaged")


def judge_paper(
    form: PaperCode, policy: str, origin: Origin, prior: EarlierReceipt | None, known: Known, clock: Clock
) -> Decision:
    """A code tells whose form it is. Whether it was signed, and by whom, somebody has to say who has seen it."""
    received = received_of(origin, prior, clock)
    whose = known.whose(form.ref, policy)
    if whose is None:
        return Decision(
            "reject", "the form was not issued by this desk", "collect it at the desk that issued it", received=received
        )
    if signed := known.signed(whose):
        return _signed_before(signed, whose, received)
    if received[:10] > whose.asked.expires:
        reason = f"a form on paper, received on {received[:10]}; its link expired on {whose.asked.expires}"
    else:
        reason = "a form on paper: its code does not show whether it was signed"
    return Decision(
        "hold", reason, "look at the form; then `clausebook acks review ENTRY --accept --witness NAME`", _named(known.people.get(whose.person)),
        whose, received=received, facts={"scan": form.scan},
    )  # fmt: skip


def policies_of_row(row: PlatformRow, known: Known, books: HandbookIndex) -> tuple[str, ...]:
    """The policies of a course over several, where one link of the person asks for all of them; none of a course on one policy."""
    owners = [owner for person in known.by_mail.get(row.mail, ()) for owner in _matching(row, person, known, books)]
    one_link = len({owner.asked.ref for owner in owners}) == 1
    return tuple(owner.policy for owner in owners) if one_link and len(owners) > 1 else ()


def judge_row(
    row: PlatformRow,
    policy: str,
    origin: Origin,
    prior: EarlierReceipt | None,
    known: Known,
    books: HandbookIndex,
    clock: Clock,
) -> Decision:
    """A row counts only where it is certain who it is, that they finished, for which link, and when."""
    received = received_of(origin, prior, clock)
    told = {status.casefold() for status in row.statuses if status}
    if told & NOT_DONE:
        return Decision(
            "reject",
            f"the platform says: {', '.join(sorted(told))}",
            "remind the person",
            _row(row),
            received=received,
            recorded=False,
        )
    if not _is_of_a_policy(row, books):
        return Decision(
            "reject", "neither the report nor its file's name says that it is on a policy of this handbook",
            "if it is, write the policy's name into the file's name, and collect it again", _row(row), received=received, recorded=False,
        )  # fmt: skip
    people = known.by_mail.get(row.mail, []) if row.mail else []
    if not people:
        return _hold(row, received, "no one in people.json has this email address")
    if not told or told - DONE:
        return _hold(
            row, received, f"it is not certain what the platform means by “{', '.join(sorted(told)) or 'no status'}”"
        )
    matches = [owner for person in people for owner in _matching(row, person, known, books)]
    whose = [owner for owner in matches if policy in ("", owner.policy)]
    if len(whose) != 1:
        return _hold(row, received, "no link, or more than one, fits the course that the report names")
    return _decide(row, whose[0], known, books, received, of_several=len(matches) > 1)


def _decide(
    row: PlatformRow, whose: LinkOwner, known: Known, books: HandbookIndex, received: str, *, of_several: bool
) -> Decision:
    person, asked = known.people[whose.person], whose.asked
    if signed := known.signed(whose):
        return _signed_before(signed, whose, received)
    left = known.standings.left.get((whose.person, whose.trust))
    last = min(filter(None, (person.leaves, left.day[:10] if left else "")), default="")
    reason = (
        "the report does not say when it was finished" if not row.finished
        else f"it was finished on {row.finished[:10]}, before the link was issued on {asked.issued}" if row.finished[:10] < asked.issued
        else f"it was finished on {row.finished[:10]}, after the link expired on {asked.expires}" if row.finished[:10] > asked.expires
        else "it is one lesson of a course over several policies, whose quiz is another lesson" if asked.quizzes == "one" and not of_several
        else f"the person's last day was {last}" if last and last < row.finished[:10]
        else "the report has another name with this email address" if row.name and compare_names(row.name, (person.name, *person.aliases)) == "other"
        else f"revision {asked.revision} is not in force any more, and the report does not name a revision" if asked.revision not in (books.in_force(whose.trust, whose.policy), *_revisions(row, whose, books))
        else "the course is on the trust's text, and the person is asked for that of their academy" if asked.academy and not _names_academy(row, whose, books)
        else ""
    )  # fmt: skip
    if reason:
        return _hold(row, received, reason, whose)
    facts = {"status": ", ".join(row.statuses), "score": row.score, "course": row.course[:200]}
    return Decision(
        "accept", f"the learning platform reports revision {asked.revision} as done", "", "", whose, "signed-in channel", received,
        facts={name: value for name, value in facts.items() if value},
    )  # fmt: skip


def _matching(row: PlatformRow, person: Person, known: Known, books: HandbookIndex) -> list[LinkOwner]:
    """The person's links for the policy that the course is named after; of each policy the one that was issued last."""
    found = []
    for whose in known.links_of(person):
        named = [owner for owner in whose if owner.asked.revision in _revisions(row, owner, books)]
        policy = books.policy(whose[-1].trust, whose[-1].policy)
        if policy and (_is_named(row, policy) or whose[-1].asked.campaign == _campaign_of(row)):
            found.append((named or whose)[-1])
    return found


def _campaign_of(row: PlatformRow) -> str:
    """The campaign that a course over many policies names in place of their titles."""
    named = OF_MANY.search(row.course)
    return named[1] if named else ""


def _is_of_a_policy(row: PlatformRow, books: HandbookIndex) -> bool:
    return bool(_campaign_of(row)) or any(
        _is_named(row, policy) for trust in books.handbook.trusts for policy in trust.policies
    )


def _is_named(row: PlatformRow, policy: Policy) -> bool:
    course = _plain(row.course)
    return any(_plain(name) in course for name in (policy.id, policy.title))


def _names_academy(row: PlatformRow, whose: LinkOwner, books: HandbookIndex) -> bool:
    """Whether the course's name has that of the academy whose text the link asks for."""
    academy = books.handbook.trust(whose.trust).academy_by_id.get(whose.asked.academy)
    course = _plain(row.course)
    return academy is not None and any(_plain(name) in course for name in academy.names)


def _revisions(row: PlatformRow, whose: LinkOwner, books: HandbookIndex) -> list[str]:
    """The revisions that the course's name names."""
    policy = books.policy(whose.trust, whose.policy)
    return [revision.id for revision in policy.revisions if revision.id in row.course] if policy else []


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def _hold(row: PlatformRow, received: str, reason: str, whose: LinkOwner | None = None) -> Decision:
    return Decision("hold", reason, f"find out who and what it is; then {BY_HAND}", _row(row), whose, received=received)


def _signed_before(signed: tuple[int, str], whose: LinkOwner, received: str) -> Decision:
    reason = f"the person had acknowledged this revision on {signed[1][:10]}: entry {signed[0]}"
    return Decision("duplicate", reason, whose=whose, received=received, about=signed[0])


def _row(row: PlatformRow) -> str:
    return ", ".join(filter(None, (row.name, row.mail, row.course)))


def _named(person: Person | None) -> str:
    return f"{person.name}, {person.number}" if person else ""
