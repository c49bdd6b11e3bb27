"""The one way into judging: an arrival and what is known give a decision, and nothing is read or written."""

from __future__ import annotations

from dataclasses import replace

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.inbox.readers.submission import Arrival, PaperCode, PlatformRow, Unread
from clausebook.acknowledgements.inbox.rules.case import Clock, received_of
from clausebook.acknowledgements.inbox.rules.decision import Decision
from clausebook.acknowledgements.inbox.rules.other_channels import judge_paper, judge_row, judge_unread, policies_of_row
from clausebook.acknowledgements.inbox.rules.receipts import judge_receipt, policies_of
from clausebook.acknowledgements.inbox.rules.register_index import EarlierReceipt, Known
from clausebook.acknowledgements.signing.receipts import FoundReceipt

OUTCOMES = {"held": "hold", "rejected": "reject"}


def split(arrival: Arrival, known: Known, books: HandbookIndex) -> list[Arrival]:
    """What is judged one by one: what a receipt, a form on paper or a course says of each of its policies; else the thing itself."""
    return [replace(arrival, policy=policy) for policy in _policies(arrival, known, books)] or [arrival]


def _policies(arrival: Arrival, known: Known, books: HandbookIndex) -> tuple[str, ...]:
    content = arrival.content
    if isinstance(content, FoundReceipt):
        return policies_of(content, known, books)
    if isinstance(content, PaperCode):
        return tuple(owner.policy for owner in known.owners(content.ref))
    return policies_of_row(content, known, books) if isinstance(content, PlatformRow) else ()


def judge(arrival: Arrival, known: Known, books: HandbookIndex, clock: Clock) -> Decision:
    """What becomes of an arrival. What the register holds already gets no second entry, unless it fares better now."""
    prior = known.prior(arrival.content.id, arrival.policy)
    if prior and prior.state in ("accepted", "settled"):
        return _again(arrival, prior, known, clock)
    decision = _fresh(arrival, prior, known, books, clock)
    facts = decision.facts | {"delivery": known.delivery_key(delivery_of(arrival))}
    if prior and decision.outcome == OUTCOMES[prior.state]:
        reason = f"{decision.reason}; so since entry {prior.entry}"
        return replace(decision, reason=reason, about=prior.entry, recorded=False)
    if prior and decision.about is None:
        return replace(decision, about=prior.entry, facts=facts)
    return replace(decision, facts=facts)


def delivery_of(arrival: Arrival) -> str:
    """The same for a thing that comes by the same channel from the same sender at the same time, in whatever file."""
    origin = arrival.origin
    return " ".join(filter(None, (arrival.content.id, origin.channel, origin.received, origin.sender, arrival.policy)))


def _fresh(
    arrival: Arrival, prior: EarlierReceipt | None, known: Known, books: HandbookIndex, clock: Clock
) -> Decision:
    content, origin = arrival.content, arrival.origin
    if isinstance(content, Unread):
        return judge_unread(content)
    if isinstance(content, PaperCode):
        return judge_paper(content, arrival.policy, origin, prior, known, clock)
    if isinstance(content, PlatformRow):
        return judge_row(content, arrival.policy, origin, prior, known, books, clock)
    assert isinstance(content, FoundReceipt)
    return judge_receipt(content, arrival.policy, origin, prior, known, books, clock)


def _again(arrival: Arrival, prior: EarlierReceipt, known: Known, clock: Clock) -> Decision:
    """The very same thing once more."""
    delivery = delivery_of(arrival)
    reason = (
        f"entry {prior.entry} holds it since {prior.received[:10]}" if prior.state == "accepted"
        else f"entry {prior.entry} says that it does not count"
    )  # fmt: skip
    recorded = prior.state == "accepted" and not known.has_come(delivery)
    received = received_of(arrival.origin, None, clock)
    return Decision(
        "duplicate",
        reason,
        received=received,
        about=prior.entry,
        recorded=recorded,
        facts={"delivery": known.delivery_key(delivery)},
    )
