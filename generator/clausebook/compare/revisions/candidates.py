"""Which texts are worth a comparison: those that share rare words, the nearest in the document first.

Only so many are taken per word and per text, so that the work grows with the number of texts and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

RAREST = 10  # how many of a text's words are looked up
PER_WORD = 24  # how many texts are taken from one word's list: the nearest ones
PER_TEXT = 16  # how many texts are compared with one: those that share the rarest words

Words = Sequence[str]
Index = Mapping[str, Sequence[int]]
"""In which texts each word stands: their places, in order."""


def index_words(texts: Sequence[Words]) -> Index:
    index: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(texts):
        for word in dict.fromkeys(words):
            index[word].append(place)
    return index


def find_candidates(words: Words, place: int, index: Index) -> list[int]:
    """The places of the texts that share rare words with `words`, which stands near `place`; the likeliest first."""
    rarest = sorted({word for word in words if word in index}, key=lambda word: (len(index[word]), word))[:RAREST]
    shared: dict[int, float] = defaultdict(float)
    for word in rarest:
        for found in _nearest(index[word], place):
            shared[found] += 1 / len(index[word])  # the rarer a word, the more it says
    return sorted(shared, key=lambda found: (-shared[found], abs(found - place), found))[:PER_TEXT]


def _nearest(places: Sequence[int], place: int) -> Sequence[int]:
    middle = bisect_left(places, place)
    start = max(0, min(middle - PER_WORD // 2, len(places) - PER_WORD))
    return places[start : start + PER_WORD]
