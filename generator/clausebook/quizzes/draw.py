"""The draw: from a seed the same questions in the same order, here and in the page (assets/javascripts/quiz-draw.js).

A pool is a deck of cards that a seed shuffles: must-know first, then the groups of topics in turn, and after every three
questions that the policy answers one that it does not. Each attempt takes the next cards, so that nothing is asked twice
while the deck lasts; then it is shuffled anew. A quiz over several policies has a deck for each of them. The shuffle is Fisher
and Yates' (Knuth, TAOCP 2, 3.4.2, algorithm P) on the digits of SHA-256.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from clausebook.quizzes.questions import ASK_FIRST, SAID_TO_UNSAID, AskedQuestion

T = TypeVar("T")


def draw_questions(
    pool: Sequence[AskedQuestion], seed: str, attempt: int, count: int, role: str = ""
) -> tuple[AskedQuestion, ...]:
    """The questions of one attempt, counted from 0, in the order in which they are asked: `count`, or all that there are.

    `role` adds the questions that concern only those who have it.
    """
    decks: dict[str, list[AskedQuestion]] = {}
    for question in pool:
        if not question.question.roles or role in question.question.roles:
            decks.setdefault(question.policy, []).append(question)
    shares = share_out(
        [(len(cards), sum(card.question.must_know for card in cards)) for cards in decks.values()], count
    )
    return tuple(
        card
        for (policy, cards), share in zip(decks.items(), shares, strict=True)
        for card in _attempt(cards, f"{seed}/{policy}" if policy else seed, attempt, share)
    )


def share_out(decks: Sequence[tuple[int, int]], count: int) -> list[int]:
    """How many of `count` questions each policy's deck gives, of which the number of cards and of must-know ones is given.

    One each; then must-know ones, then others: the next is always for a policy that has the fewest so far.
    """
    shares = [0] * len(decks)
    for most in ([1 for _ in decks], [known for _, known in decks], [cards for cards, _ in decks]):
        while sum(shares) < count and (open_ones := [n for n, share in enumerate(shares) if share < most[n]]):
            shares[min(open_ones, key=shares.__getitem__)] += 1
    return shares


def _attempt(cards: Sequence[AskedQuestion], seed: str, attempt: int, count: int) -> tuple[AskedQuestion, ...]:
    dealt = _deal(cards, seed)
    drawn: dict[str, AskedQuestion] = {}
    for _ in range(attempt + 1):
        drawn = {}
        while len(drawn) < count:
            card = next(dealt)
            drawn.setdefault(card.id, card)
    return tuple(drawn.values())


def draw_options(asked: AskedQuestion, seed: str, attempt: int) -> tuple[str, ...]:
    """The ids of the options in the order in which they are shown: true before false, ask first at the end."""
    ids = [option.id for option in asked.options if option.id != ASK_FIRST]
    if asked.question.kind != "true-false":
        shown = shuffle(ids, f"{seed}/{attempt}/{asked.id}")
        # A question about an order would otherwise be answered by leaving it as it is.
        ids = [*shown[1:], shown[0]] if asked.question.kind == "order" and shown == ids else shown
    return (*ids, *(option.id for option in asked.options if option.id == ASK_FIRST))


def shuffle(items: Sequence[T], seed: str) -> list[T]:
    """The items in an order that the seed decides."""
    mixed, numbers = list(items), _numbers(seed)
    for last in range(len(mixed) - 1, 0, -1):
        other = next(numbers) % (last + 1)
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


def _numbers(seed: str) -> Iterator[int]:
    """Whole numbers of 32 bits, without end: eight from each SHA-256 of the seed and a counter."""
    block = 0
    while True:
        digest = hashlib.sha256(f"{seed}#{block}".encode()).digest()
        yield from (int.from_bytes(digest[start : start + 4]) for start in range(0, len(digest), 4))
        block += 1


def _deal(cards: Sequence[AskedQuestion], seed: str) -> Iterator[AskedQuestion]:
    deck = 0
    while True:
        mixed = shuffle(cards, f"{seed}/deck/{deck}")
        said, unsaid = (_spread([card for card in mixed if card.is_said is kind]) for kind in (True, False))
        for place, card in enumerate(said, 1):
            yield card
            if place % SAID_TO_UNSAID == 0 and unsaid:
                yield unsaid.pop(0)
        yield from unsaid
        deck += 1


def _spread(cards: Sequence[AskedQuestion]) -> list[AskedQuestion]:
    """Must-know first; of these, and then of the others, one of each group of topics, then a second of each, and so on."""
    met: Counter[tuple[bool, str]] = Counter()
    ranked = []
    for card in cards:
        kind = (not card.question.must_know, card.group)
        ranked.append((kind[0], met[kind], card))
        met[kind] += 1
    return [card for _, _, card in sorted(ranked, key=lambda one: one[:2])]
