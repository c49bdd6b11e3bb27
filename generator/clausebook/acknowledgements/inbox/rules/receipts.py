"""The judging of a receipt: first whether its link is ours, then every rule, then the quiz."""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.campaigns.invitations import link_of
from clausebook.acknowledgements.inbox.readers.submission import Origin
from clausebook.acknowledgements.inbox.rules.case import Case, Clock, received_of
from clausebook.acknowledgements.inbox.rules.decision import Decision, LinkOwner
from clausebook.acknowledgements.inbox.rules.quizzes import check_quiz, seed_key
from clausebook.acknowledgements.inbox.rules.register_index import EarlierReceipt, Known
from clausebook.acknowledgements.inbox.rules.rules import RULES
from clausebook.acknowledgements.signing.links import Link, UnreadLink, check_named, read_link, reference_in
from clausebook.acknowledgements.signing.receipts import FoundReceipt
from clausebook.quizzes.marking import Marked

OPEN_AGAIN = "ask the person to open the link as it stands in HR's message, and to sign again"
NOT_OURS = "find out who sent it; nothing of it counts"


def judge_receipt(
    found: FoundReceipt, origin: Origin, prior: EarlierReceipt | None, known: Known, books: HandbookIndex, clock: Clock
) -> Decision:
    """What becomes of a receipt that the register does not hold as accepted or settled."""
    received = received_of(origin, prior, clock)
    if not found.receipt.link:
        return Decision(
            "hold", "link none: the page was opened without a personal link", received=received,
            next_step="find out who it is; then `clausebook acks review ENTRY --accept --for STAFF_NUMBER`", detail=f"typed “{found.receipt.name}”",
        )  # fmt: skip
    link = _genuine_link(found.receipt.link, known, books)
    if isinstance(link, _Refused):
        return Decision("reject", link.reason, link.next_step, received=received)
    whose = known.whose(link.ref)
    assert whose
    person = known.people.get(whose.person)
    return _judge(Case(found.id, found.receipt, origin, link, whose, person, received, known, books))


@dataclass(frozen=True)
class _Refused:
    """Why a link proves nothing, and what to do."""

    reason: str
    next_step: str


def _genuine_link(text: str, known: Known, books: HandbookIndex) -> Link | _Refused:
    """The link that a receipt carries or names, where HR signed it and this desk issued it."""
    ref = reference_in(text)
    if ref and not known.whose(ref):
        return _not_issued(ref, known)
    link = _read_link(text, known, books)
    if isinstance(link, UnreadLink):
        return _Refused(link.reason, OPEN_AGAIN)
    if reason := _not_ours(link, books):
        return _Refused(reason, NOT_OURS)
    whose = known.whose(link.ref)
    if whose is None:
        return _not_issued(link.ref, known)
    return (
        link
        if _as_issued(link, whose)
        else _Refused("the link says something else than the register has of it", NOT_OURS)
    )


def _read_link(text: str, known: Known, books: HandbookIndex) -> Link | UnreadLink:
    if whose := known.whose(reference_in(text)):
        return check_named(text, link_of(whose.asked, whose.trust, whose.policy), books.public_keys)
    return read_link(text, books.public_keys)


def _not_issued(ref: str, known: Known) -> _Refused:
    if known.was_issued(ref):
        return _Refused("the link was taken back", OPEN_AGAIN)
    return _Refused("the link was not issued by this desk", "collect it at the desk that issued it")


def _not_ours(link: Link, books: HandbookIndex) -> str:
    """Why the key cannot have signed the link for this trust on that day; empty where it can."""
    trust, key = books.keys[link.key]
    if trust != link.trust:
        return f"the link for {link.trust} was signed with a key of {trust}"
    if link.issued < key.first[:10] or (key.last and link.issued > key.last):
        days = f"{key.first} to {key.last}" if key.last else f"{key.first} on"
        return f"the link was issued on {link.issued}, and its key signed from {days}"
    return ""


def _as_issued(link: Link, whose: LinkOwner) -> bool:
    asked = whose.asked
    told = (link.trust, link.policy, link.revision, link.digest, link.since, link.quiz, link.due, link.issued, link.expires, link.key)  # fmt: skip
    return told == (
        whose.trust, whose.policy, asked.revision, asked.digest, asked.since, asked.quiz, asked.due, asked.issued, asked.expires, asked.key,
    )  # fmt: skip


def _judge(case: Case) -> Decision:
    for rule in RULES:
        if decision := rule(case):
            return decision
    quiz = check_quiz(case)
    return quiz if isinstance(quiz, Decision) else _accept(case, quiz)


def _accept(case: Case, quiz: Marked | None) -> Decision:
    receipt = case.receipt
    facts = {"signed": receipt.signed, "shown": receipt.shown}
    if receipt.outcome == "not-understood":
        return Decision(
            "accept", f"does not understand {', '.join(receipt.unclear) or 'something'}", "answer the person; then `clausebook acks review ENTRY --accept`",
            receipt.question, case.whose, case.assurance, case.received, unclear=True,
            facts=facts | {"unclear": list(receipt.unclear)},
        )  # fmt: skip
    if quiz:
        facts["score"] = f"{quiz.score} of {quiz.count}"
    if receipt.quiz:
        facts["seed"] = seed_key(receipt.quiz)
    now = case.books.in_force(case.link.trust, case.link.policy)
    late = bool(now) and now != case.link.revision
    return Decision(
        "accept", f"acknowledges revision {case.link.revision}" + (", which is not in force any more" if late else ""),
        f"{now} is in force: `clausebook acks issue` asks for what changed" if late else "", "",
        case.whose, case.assurance, case.received, facts=facts,
    )  # fmt: skip
