"""The quiz of a receipt, marked again from the handbook: a score that a browser claims is never taken on trust."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from clausebook.acknowledgements.inbox.readers.submission import digest
from clausebook.acknowledgements.inbox.rules.case import BY_HAND, Case
from clausebook.acknowledgements.inbox.rules.decision import Decision
from clausebook.acknowledgements.signing.receipts import QuizTaken
from clausebook.quizzes.marking import Marked, Refused
from clausebook.quizzes.slips import AnySlip, CampaignSlip, Slip, TextAsked

ASKS = ("learn", "sealed")


def check_quiz(case: Case) -> Decision | Marked | None:
    """The quiz with its marks; a Decision where it keeps the receipt from being accepted; None where none is asked for."""
    if case.link.quiz not in ASKS or case.part.outcome != "acknowledged":
        return None
    taken = case.receipt.quiz if case.link.quizzes == "one" else case.part.quiz
    if taken is None:
        return _missing(case)
    taker = case.known.taker_of(seed_key(taken))
    if taker and taker != case.whose.person:
        return case.hold(
            "its quiz is the one that another person took", f"ask the person to take the quiz themselves; or {BY_HAND}"
        )
    if taken.since not in ("", case.linked.since):
        return case.hold(
            "its quiz is another one than the link asks for", "ask the person to take the quiz that the link leads to"
        )
    return _passed(case, _mark(case, taken))


def seed_key(taken: QuizTaken) -> str:
    """The same for a quiz that was drawn once; a seed is 96 random bits, and no two people have one."""
    return digest(f"{taken.mark} {taken.seed}".encode())[:32]


def _passed(case: Case, marked: Marked | Refused | str) -> Decision | Marked:
    if isinstance(marked, str):
        return case.hold("the quiz cannot be marked", f"see the reason; then {BY_HAND}", marked)
    if isinstance(marked, Refused):
        return case.hold(f"the quiz cannot be marked: {marked.reason}", f"{marked.next_step}, or {BY_HAND}")
    if not marked.passed:
        wanted = min(marked.quiz.pass_mark, marked.count)
        return case.hold(
            f"did not pass the quiz: {marked.score} of {marked.count}, and {wanted} pass",
            "ask the person to read it again and to send a new receipt; the link still works until it expires",
        )
    return marked


def _missing(case: Case) -> Decision | None:
    asked = [one.policy for one in case.link.policies] if case.link.quizzes == "one" else [case.whose.policy]
    if not any(case.books.has_quiz(case.whose.trust, policy) for policy in asked):
        return None  # the page asks for none where the handbook has none
    return case.hold("the link asks for the quiz, and the receipt has no answers", "ask the person to take the quiz, and to send a new receipt")  # fmt: skip


def _mark(case: Case, taken: QuizTaken) -> Marked | Refused | str:
    receipt, part = case.receipt, case.part
    answered = {
        "answers": {name: tuple(chosen) for name, chosen in taken.answers.items()}, "attempt": taken.attempt, "finished": taken.finished,
        "mark": taken.mark, "name": receipt.name, "role": taken.role, "seed": taken.seed, "trust": receipt.trust,
    }  # fmt: skip
    try:
        slip: AnySlip = (
            CampaignSlip.model_validate(answered | {"campaign": receipt.campaign, "policies": tuple(_texts(case))})
            if case.link.quizzes == "one"
            else Slip.model_validate(answered | {"digest": part.digest, "policy": part.policy, "revision": part.revision, "since": taken.since})
        )  # fmt: skip
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return f"its answers hold what our page does not write: {first['loc'][0] if first['loc'] else 'all of it'}"
    return case.books.mark(slip)


def _texts(case: Case) -> Iterator[TextAsked]:
    """What the one quiz of a link asks about: all that the link asks for."""
    for linked in case.link.policies:
        part = case.receipt.part(linked.policy)
        yield TextAsked(
            policy=linked.policy, revision=linked.revision, digest=part.digest if part else case.part.digest
        )
