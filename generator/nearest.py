"""For each clause the closest ones of other trusts: by topic first, by wording second.

Clauses are looked for through their rarest words, and only so many per word, so that the work grows with the number of
clauses and not with its square. A similarity is a count of words in common, and no judgement.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

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


def _index(
    clauses: Sequence[Clause], words: dict[Key, frozenset[str]]
) -> tuple[dict[tuple[str, str], list[Clause]], Counter[str]]:
    """The clauses under each topic and word, and in how many clauses each word stands."""
    index: dict[tuple[str, str], list[Clause]] = defaultdict(list)
    common: Counter[str] = Counter()
    for clause in clauses:
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
            others = (other for other in index[topic, word] if other.trust != clause.trust)
            for other, _ in zip(others, range(PER_WORD), strict=False):
                candidates[_key(other)] = other
    scored = [Near(other, round(fuzz.token_sort_ratio(clause.in_full, other.in_full))) for other in candidates.values()]
    alike = [near for near in scored if near.similarity >= ALIKE]
    return tuple(sorted(alike, key=lambda near: (-near.similarity, _key(near.clause)))[:SHOWN])
