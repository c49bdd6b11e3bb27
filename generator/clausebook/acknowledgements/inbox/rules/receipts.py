"""The judging of a receipt: first whether its link is ours, then every rule, then the quiz."""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.campaigns.invitations import link_of
from clausebook.acknowledgements.inbox.readers.submission import Origin
from clausebook.acknowledgements.inbox.rules.case import Case, Clock, received_of
from clausebook.acknowledgements.inbox.rules.decision import Decision
from clausebook.acknowledgements.inbox.rules.quizzes import check_quiz, seed_key
from clausebook.acknowledgements.inbox.rules.register_index import EarlierReceipt, Known
from clausebook.acknowledgements.inbox.rules.rules import RULES
from clausebook.acknowledgements.signing.links import DAMAGED, Link, UnreadLink, check_named, reference_in
from clausebook.acknowledgements.signing.receipts import FoundReceipt
from clausebook.quizzes.marking import Marked

OPEN_AGAIN = "ask the person to open the link as it is in HR's message, and to sign again"
NOT_OURS = "find out who sent it; nothing of it counts"


def judge_receipt(
    found: FoundReceipt,
    policy: str,
    origin: Origin,
    prior: EarlierReceipt | None,
    known: Known,
    books: HandbookIndex,
    clock: Clock,
) -> Decision:
    """What becomes of what a receipt says of a policy, which the register does not hold as accepted or settled."""
    received = received_of(origin, prior, clock)
    if not found.receipt.link:
        return Decision(
            "hold", "link none: the page was opened without a personal link", received=received,
            next_step="find out who it is; then `clausebook acks review ENTRY --accept --for STAFF_NUMBER`", detail=f"typed “{found.receipt.name}”",
        )  # fmt: skip
    link = _genuine_link(found.receipt.link, known, books)
    if isinstance(link, _Refused):
        return Decision("reject", link.reason, link.next_step, received=received)
    part, linked, whose = found.receipt.part(policy), link.linked(policy), known.whose(link.ref, policy)
    if not (part and linked and whose):
        return Decision("reject", f"its link does not ask for {policy}", "ask the person to open their link again: the page makes no such receipt", received=received)  # fmt: skip
    person = known.people.get(whose.person)
    return _judge(Case(found.id, found.receipt, part, origin, link, linked, whose, person, received, known, books))


def policies_of(found: FoundReceipt, known: Known, books: HandbookIndex) -> tuple[str, ...]:
    """The policies of which a receipt is judged one by one; none where nothing of it counts, whatever it speaks of."""
    told = tuple(dict.fromkeys(part.policy for part in found.receipt.policies))
    if found.receipt.link and isinstance(_genuine_link(found.receipt.link, known, books), _Refused):
        return ()
    return told


@dataclass(frozen=True)
class _Refused:
    """Why a link proves nothing, and what to do."""

    reason: str
    next_step: str


def _genuine_link(text: str, known: Known, books: HandbookIndex) -> Link | _Refused:
    """The link that a receipt names, where HR signed it and this desk issued it."""
    ref = reference_in(text)
    if not ref:
        return _Refused(DAMAGED, OPEN_AGAIN)
    issued = known.link(ref)
    if issued is None:
        return _Refused("the link was not issued by this desk", "collect it at the desk that issued it")
    if not known.owners(ref):
        return _Refused("the link was taken back", OPEN_AGAIN)
    link = check_named(text, link_of(issued), books.public_keys)
    if isinstance(link, UnreadLink):
        return _Refused(link.reason, OPEN_AGAIN)
    reason = _not_ours(link, books)
    return _Refused(reason, NOT_OURS) if reason else link


def _not_ours(link: Link, books: HandbookIndex) -> str:
    """Why the key cannot have signed the link for this trust on that day; empty where it can."""
    trust, key = books.keys[link.key]
    if trust != link.trust:
        return f"the link for {link.trust} was signed with a key of {trust}"
    if link.issued < key.first[:10] or (key.last and link.issued > key.last):
        days = f"{key.first} to {key.last}" if key.last else f"{key.first} on"
        return f"the link was issued on {link.issued}, and its key signed from {days}"
    return ""


def _judge(case: Case) -> Decision:
    for rule in RULES:
        if decision := rule(case):
            return decision
    quiz = check_quiz(case)
    return quiz if isinstance(quiz, Decision) else _accept(case, quiz)


def _accept(case: Case, quiz: Marked | None) -> Decision:
    receipt, part, revision = case.receipt, case.part, case.linked.revision
    facts = {"signed": receipt.signed, "shown": part.shown}
    if part.outcome == "not-understood":
        return Decision(
            "accept", f"does not understand {', '.join(part.unclear) or 'something'}", "answer the person; then `clausebook acks review ENTRY --accept`",
            part.question, case.whose, case.assurance, case.received, unclear=True,
            facts=facts | {"unclear": list(part.unclear)},
        )  # fmt: skip
    if quiz:
        facts["score"] = f"{quiz.score} of {quiz.count}"
    if taken := receipt.quiz or part.quiz:
        facts["seed"] = seed_key(taken)
    now = case.books.in_force(case.link.trust, part.policy)
    late = bool(now) and now != revision
    return Decision(
        "accept", f"acknowledges revision {revision}" + (", which is not in force any more" if late else ""),
        f"{now} is in force: `clausebook acks issue` asks for what changed" if late else "", "",
        case.whose, case.assurance, case.received, facts=facts,
    )  # fmt: skip
