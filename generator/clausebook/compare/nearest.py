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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice

from rapidfuzz import fuzz, process

from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision

SHOWN = 3
RAREST = 10  # how many of a clause's words are looked up
PER_WORD = 40  # how many clauses of other trusts are taken from one word's list
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
    """A clause as it is looked for: its place by lot, its words, and its text with all words in the order of the alphabet."""

    clause: Clause
    lot: bytes
    words: tuple[str, ...]
    ordered: str


def find_nearest(revisions: Sequence[Revision]) -> dict[Key, tuple[Near, ...]]:
    """Up to three clauses of other trusts for each clause that stands by itself, the most alike first."""
    read = [_read(clause) for revision in revisions for part in revision.sections for clause in part.clauses]
    index, common = _index(read)
    return {(one.clause.trust, one.clause.policy, one.clause.id): _nearest_to(one, index, common) for one in read}


def _read(clause: Clause) -> _Read:
    text = clause.in_full
    words = {sys.intern(word) for word in re.findall(r"\w+", text.lower()) if len(word) > 3}
    return _Read(clause, _lot(clause), tuple(words), " ".join(sorted(text.split())))


def _lot(clause: Clause) -> bytes:
    """A clause's place in the order by lot: the same in every build."""
    return sha256(f"{clause.trust} {clause.policy} {clause.id}".encode()).digest()[:8]


def _index(read: Sequence[_Read]) -> tuple[dict[tuple[str, str], list[_Read]], Counter[str]]:
    """The clauses under each topic and word, in their order by lot, and in how many clauses each word stands."""
    index: dict[tuple[str, str], list[_Read]] = defaultdict(list)
    common: Counter[str] = Counter()
    for one in sorted(read, key=lambda one: one.lot):
        common.update(one.words)
        for topic in one.clause.topics:
            for word in one.words:
                index[topic, word].append(one)
    return index, common


def _nearest_to(one: _Read, index: dict[tuple[str, str], list[_Read]], common: Counter[str]) -> tuple[Near, ...]:
    rarest = sorted((word for word in one.words if common[word] > 1), key=lambda word: (common[word], word))[:RAREST]
    others = {
        other.lot: other
        for topic in one.clause.topics
        for word in rarest
        for other in islice(_others(one, index[topic, word]), PER_WORD)
    }
    # By its words in the order of the alphabet: what rapidfuzz calls token_sort_ratio, each clause sorted once.
    texts = {lot: other.ordered for lot, other in others.items()}
    alike = process.extract(one.ordered, texts, scorer=fuzz.ratio, limit=None, score_cutoff=ALIKE - 0.5)
    near = sorted((-round(similarity), lot) for _, similarity, lot in alike if round(similarity) >= ALIKE)
    return tuple(Near(others[lot].clause, -similarity) for similarity, lot in near[:SHOWN])


def _others(one: _Read, found: list[_Read]) -> Iterator[_Read]:
    """The clauses of other trusts in `found`, from the place of `one` on, and round to it again."""
    place = bisect_right(found, one.lot, key=lambda other: other.lot)
    places = chain(range(place, len(found)), range(place))
    return (found[at] for at in places if found[at].clause.trust != one.clause.trust)
