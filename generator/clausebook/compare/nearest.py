"""For each clause the closest ones of other trusts: by topic first, by wording second.

Clauses are looked for through their rarest words, and only so many per word, so that the work grows with the number of
clauses and not with its square. Where a word has more, each clause looks at those that follow it in an order by lot, so that
no trust is found more often for its name. A similarity is a count of words in common, and no judgement.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain

from rapidfuzz import fuzz, process

from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision

SHOWN = 3
RAREST = 10  # how many of a clause's words are looked up
PER_WORD = 40  # how many clauses of other trusts are taken from one word's list
ENOUGH = 60  # how many clauses mostly hold so many of other trusts
ALIKE = 45  # of 100: below that two clauses have little more in common than their topic

Key = tuple[str, str, str]
"""A clause: its trust, its policy and its id."""


@dataclass(frozen=True, slots=True)
class Near:
    """A clause of another trust, and how alike its wording is, from 0 to 100."""

    clause: Clause
    similarity: int


@dataclass(frozen=True, slots=True)
class _Read:
    """A clause as it is looked for: its words, and its text with all words in the order of the alphabet."""

    clause: Clause
    words: tuple[str, ...]
    ordered: str


@dataclass(frozen=True, slots=True)
class _Index:
    """All clauses in their order by lot. Of each topic and word the places of its clauses there; in how many clauses each word stands."""

    clauses: Sequence[_Read]
    trusts: Sequence[str]
    places: Mapping[tuple[str, str], list[int]]
    common: Mapping[str, int]


def find_nearest(revisions: Sequence[Revision]) -> dict[Key, tuple[Near, ...]]:
    """Up to three clauses of other trusts for each clause that stands by itself, the most alike first."""
    own = (clause for revision in revisions for part in revision.sections for clause in part.clauses)
    index = _index([_read(clause) for clause in sorted(own, key=_lot)])
    return {
        (one.clause.trust, one.clause.policy, one.clause.id): _nearest_to(place, one, index)
        for place, one in enumerate(index.clauses)
    }


def _read(clause: Clause) -> _Read:
    text = clause.in_full
    words = {sys.intern(word) for word in re.findall(r"\w+", text.lower()) if len(word) > 3}
    return _Read(clause, tuple(words), " ".join(sorted(text.split())))


def _lot(clause: Clause) -> bytes:
    """A clause's place in the order by lot: the same in every build."""
    return sha256(f"{clause.trust} {clause.policy} {clause.id}".encode()).digest()[:8]


def _index(clauses: Sequence[_Read]) -> _Index:
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    common: Counter[str] = Counter()
    for place, one in enumerate(clauses):
        common.update(one.words)
        for topic in one.clause.topics:
            for word in one.words:
                places[topic, word].append(place)
    return _Index(clauses, [one.clause.trust for one in clauses], places, common)


def _nearest_to(place: int, one: _Read, index: _Index) -> tuple[Near, ...]:
    rarest = sorted((count, word) for word in one.words if (count := index.common[word]) > 1)[:RAREST]
    found = {
        other
        for topic in one.clause.topics
        for _, word in rarest
        for other in _others(place, index.places[topic, word], index.trusts)
    }
    # By its words in the order of the alphabet: what rapidfuzz calls token_sort_ratio, each clause sorted once.
    others = sorted(found)
    texts = [index.clauses[other].ordered for other in others]
    alike = process.extract(one.ordered, texts, scorer=fuzz.ratio, limit=None, score_cutoff=ALIKE - 0.5)
    near = sorted((-rounded, others[at]) for _, similarity, at in alike if (rounded := round(similarity)) >= ALIKE)
    return tuple(Near(index.clauses[other].clause, -similarity) for similarity, other in near[:SHOWN])


def _others(place: int, found: list[int], trusts: Sequence[str]) -> list[int]:
    """The first of the clauses of other trusts among `found`, from `place` on, and round to it again."""
    after, own = bisect_right(found, place), trusts[place]
    ring = found[after : after + ENOUGH]
    if len(ring) < ENOUGH:
        ring += found[: min(after, ENOUGH - len(ring))]
    others = [other for other in ring if trusts[other] != own]
    if len(others) < PER_WORD and len(ring) == ENOUGH < len(found):  # many are the trust's own
        others = [other for other in chain(found[after:], found[:after]) if trusts[other] != own]
    return others[:PER_WORD]
