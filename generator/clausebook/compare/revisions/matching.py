"""Which clause of the new revision is which clause of the old one.

By id first. What is left was typed in afresh: it is matched by its exact words where they stand once on either side, and
the rest by the likeness of its words, so that all pairs together are as alike as can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from clausebook.compare.revisions.assignment import find_best_pairs
from clausebook.compare.revisions.candidates import find_candidates, index_words
from clausebook.compare.revisions.wording import similarity_of, words_of
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision

# Measured on the 519 clauses of five real policies: no two clauses of one policy that are not word for word the same are
# more alike than 70; one clause in twenty has another at 50 or above; 99 of 100 pairs stay below 38.
SURE = 75
"""From here on, wording alone shows that two clauses are one."""
POSSIBLE = 50
"""Below this they are two: one was removed, the other added."""
REWRITTEN = 30
"""Below this, an id that both have may stand for something else."""
TOO_SHORT = 5
"""With fewer words than this, likeness says nothing about meaning: `gossip` and `rumours` share no word."""


@dataclass(frozen=True)
class Link:
    """Clauses of both revisions that are the same: one and one, or one and its parts."""

    before: tuple[Clause, ...]
    after: tuple[Clause, ...]
    similarity: int
    doubtful: bool


def match_clauses(old: Revision, new: Revision) -> list[Link]:
    """A link for each clause that both revisions have, in no particular order."""
    links = [_by_id(clause, new.by_id[clause.id]) for clause in old.clauses if clause.id in new.by_id]
    olds = [clause for clause in old.clauses if clause.id not in new.by_id]
    news = [clause for clause in new.clauses if clause.id not in old.by_id]
    for key in (_canonical, _own_text):
        exact = list(_by_key(olds, news, key))
        links += [Link((one,), (other,), 100, doubtful=False) for one, other in exact]
        matched = {id(clause) for pair in exact for clause in pair}
        olds = [clause for clause in olds if id(clause) not in matched]
        news = [clause for clause in news if id(clause) not in matched]
    return [*links, *_by_likeness(olds, news)]


def _by_id(one: Clause, other: Clause) -> Link:
    if one.said == other.said:
        return Link((one,), (other,), 100, doubtful=False)
    before, after = words_of(one.said), words_of(other.said)
    similarity = similarity_of(before, after)
    is_rewritten = similarity < REWRITTEN and max(len(before), len(after)) >= TOO_SHORT
    return Link((one,), (other,), similarity, doubtful=is_rewritten)


def _canonical(clause: Clause) -> Hashable:
    return clause.lead_in, clause.said, clause.modality, tuple(sorted(clause.binds))


def _own_text(clause: Clause) -> Hashable:
    return clause.said


def _by_key(
    olds: Sequence[Clause], news: Sequence[Clause], key: Callable[[Clause], Hashable]
) -> Iterator[tuple[Clause, Clause]]:
    """Pairs whose key stands once on either side: of several that say the same, likeness of place decides."""
    in_old, in_new = (Counter(key(clause) for clause in side) for side in (olds, news))
    found = {key(clause): clause for clause in news}
    for clause in olds:
        if in_old[key(clause)] == in_new[key(clause)] == 1:
            yield clause, found[key(clause)]


def _by_likeness(olds: Sequence[Clause], news: Sequence[Clause]) -> Iterator[Link]:
    if not olds or not news:
        return
    old_words, new_words = ([words_of(clause.said) for clause in side] for side in (olds, news))
    index = index_words(new_words)
    similarities: list[dict[int, int]] = []
    weights: list[dict[int, int]] = []
    for number, words in enumerate(old_words):
        place = number * len(news) // len(olds)
        scored = {found: similarity_of(words, new_words[found]) for found in find_candidates(words, place, index)}
        similarities.append({found: score for found, score in scored.items() if score >= POSSIBLE})
        weights.append({
            found: 10 * score + _likeness_of_place(olds[number], news[found], abs(found - place), len(news))
            for found, score in similarities[-1].items()
        })  # fmt: skip
    for row, column in find_best_pairs(weights).items():
        similarity = similarities[row][column]
        yield Link((olds[row],), (news[column],), similarity, doubtful=similarity < SURE)


def _likeness_of_place(one: Clause, other: Clause, distance: int, of: int) -> int:
    """From 0 to 9, so that it decides only between clauses whose words are equally alike."""
    same = 2 * (one.lead_in == other.lead_in) + 2 * (one.section.heading == other.section.heading)
    return same + (one.number == other.number) + 4 * (of - distance) // of
