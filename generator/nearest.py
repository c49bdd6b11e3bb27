"""For each clause the closest ones of other trusts: by topic first, by wording second.

Clauses are looked for through their rarest words, and only so many per word, so that the work grows with the number of
clauses and not with its square. Where a word has more, each clause looks at those that follow it in an order by lot, so that
no trust is found more often for its name. A similarity is a count of words in common, and no judgement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import islice

from rapidfuzz import fuzz

from generator.merge import Clause, Policy

SHOWN = 3
RAREST = 10  # how many of a clause's words are looked up
PER_WORD = 40  # how many clauses of other trusts are taken from one word's list
ALIKE = 45  # of 100: below that two clauses have little more in common than their topic

Key = tuple[str, str]
"""A clause: its trust and its id."""


@dataclass(frozen=True)
class Near:
    """A clause of another trust, and how alike its wording is, from 0 to 100."""

    clause: Clause
    similarity: int


def find_nearest(policies: Sequence[Policy]) -> dict[Key, tuple[Near, ...]]:
    """Up to three clauses of other trusts for each clause that stands by itself, the most alike first."""
    clauses = [clause for policy in policies for part in policy.sections for clause in part.clauses]
    words = {_key(clause): _words(clause) for clause in clauses}
    index, common = _index(clauses, words)
    return {_key(clause): _nearest_to(clause, index, words[_key(clause)], common) for clause in clauses}


def _key(clause: Clause) -> Key:
    return clause.trust, clause.id


def _words(clause: Clause) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", clause.in_full.lower()) if len(word) > 3)


@cache
def _lot(key: Key) -> bytes:
    """A clause's place in the order by lot: the same in every build."""
    return sha256(" ".join(key).encode()).digest()[:8]


def _index(
    clauses: Sequence[Clause], words: dict[Key, frozenset[str]]
) -> tuple[dict[tuple[str, str], list[Clause]], Counter[str]]:
    """The clauses under each topic and word, in their order by lot, and in how many clauses each word stands."""
    index: dict[tuple[str, str], list[Clause]] = defaultdict(list)
    common: Counter[str] = Counter()
    for clause in sorted(clauses, key=lambda clause: _lot(_key(clause))):
        common.update(words[_key(clause)])
        for topic in clause.topics:
            for word in words[_key(clause)]:
                index[topic, word].append(clause)
    return index, common


def _nearest_to(
    clause: Clause, index: dict[tuple[str, str], list[Clause]], words: frozenset[str], common: Counter[str]
) -> tuple[Near, ...]:
    rarest = sorted((word for word in words if common[word] > 1), key=lambda word: (common[word], word))[:RAREST]
    candidates: dict[Key, Clause] = {}
    for topic in clause.topics:
        for word in rarest:
            for other in islice(_others(clause, index[topic, word]), PER_WORD):
                candidates[_key(other)] = other
    text = clause.in_full
    scored = [Near(other, round(fuzz.token_sort_ratio(text, other.in_full))) for other in candidates.values()]
    alike = [near for near in scored if near.similarity >= ALIKE]
    return tuple(sorted(alike, key=lambda near: (-near.similarity, _lot(_key(near.clause))))[:SHOWN])


def _others(clause: Clause, found: list[Clause]) -> Iterator[Clause]:
    """The clauses of other trusts in `found`, from the place of `clause` on, and round to it again."""
    place = bisect_right(found, _lot(_key(clause)), key=lambda other: _lot(_key(other)))
    return (other for part in (found[place:], found[:place]) for other in part if other.trust != clause.trust)
