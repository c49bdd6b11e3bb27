"""In which order answers to a question stand: the strictest first, or, of what protects staff and binds the trust, the strongest promise."""

from __future__ import annotations

from clausebook.model import Answer, Question

SAYS_NOTHING: tuple[Answer, ...] = ("silent", "unreadable")
STRICTEST_FIRST: tuple[Answer, ...] = (
    "prohibited", "required", "restricted", "advised-against", "advised", "permitted", "not-required", *SAYS_NOTHING,
)  # fmt: skip
STRONGEST_PROMISE_FIRST: tuple[Answer, ...] = (
    "required", "permitted", "restricted", "advised", "advised-against", "not-required", "prohibited", *SAYS_NOTHING,
)  # fmt: skip


def is_promise(question: Question) -> bool:
    """Whether a “yes” says what staff get, or what the trust must or may do, and not what staff must or may do."""
    return question.protects or question.asks not in ("duty", "leave")


def meaning(question: Question, answer: Answer) -> str:
    """What an answer says, so that two can be held against each other: to a fact required and permitted both say yes."""
    if question.asks in ("duty", "leave"):
        return answer
    yes_or_no: dict[Answer, str] = {"required": "yes", "permitted": "yes", "prohibited": "no", "not-required": "no"}
    return yes_or_no.get(answer, answer)


def answer_order(question: Question) -> tuple[Answer, ...]:
    """All answers in the order in which trusts, and the policies of a trust, are told."""
    return STRONGEST_PROMISE_FIRST if is_promise(question) else STRICTEST_FIRST
