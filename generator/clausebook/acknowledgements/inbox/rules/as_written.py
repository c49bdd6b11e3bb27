"""What our page never writes: whoever holds a link can write a receipt by hand, and what shows it is held."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from clausebook.acknowledgements.inbox.rules.case import BY_HAND, Case
from clausebook.acknowledgements.inbox.rules.decision import Decision
from clausebook.acknowledgements.inbox.rules.quizzes import ASKS

MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
CHECKED = (["signature", "dates", "digest"], ["dates", "digest"])


def not_as_written(case: Case) -> Decision | None:
    """The receipt says what no receipt of our page says."""
    told = "; ".join(_oddities(case))
    return (
        case.hold(f"our page writes no such receipt: {told}", f"ask the person how they made it; then {BY_HAND}")
        if told
        else None
    )


def _oddities(case: Case) -> Iterator[str]:
    receipt = case.receipt
    moments = [_moment(one) for one in (receipt.opened, receipt.signed)]
    if not all(moments):
        yield "it names a time that there is not"
    elif moments[0] > moments[1]:  # type: ignore[operator]
        yield "it was signed before it was opened"
    if case.part.shown not in ("whole", case.linked.since or "whole"):
        yield "it shows another revision's changes than the link asks for"
    if list(receipt.checked) not in CHECKED:
        yield "it checked something else of the link than the page does"
    if (receipt.quiz or case.part.quiz) and case.link.quiz not in ASKS:
        yield "it has answers to a quiz that the link does not ask for"
    if receipt.quiz and case.link.quizzes != "one":
        yield "it has answers to one quiz on all policies, and the link asks for one on each"
    if max(Counter(part.policy for part in receipt.policies).values()) > 1:
        yield "it names a policy twice"
    yield from _oddities_of_clauses(case)


def _oddities_of_clauses(case: Case) -> Iterator[str]:
    part = case.part
    clauses = case.books.clauses(case.link.trust, part.policy, case.linked.revision, case.whose.asked.academy)
    if part.outcome == "acknowledged" and (part.unclear or part.question):
        yield "it acknowledges, and says that something is not understood"
    if part.outcome == "not-understood" and not part.unclear:
        yield "it says that something is not understood, and not what"
    if max(Counter(part.unclear).values(), default=1) > 1:
        yield "it names a clause twice"
    if clauses is not None and set(part.unclear) - clauses:
        yield "it names a clause that the policy does not have"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
    except ValueError:
        return None
