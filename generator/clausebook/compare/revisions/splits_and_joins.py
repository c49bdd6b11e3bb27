"""Clauses that were split into several, or joined into one: the words of the whole are those of its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausebook.compare.revisions.candidates import Index, find_candidates, index_words
from clausebook.compare.revisions.matching import Link
from clausebook.compare.revisions.wording import words_of
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision

# A part may add a word or two (“Staff must”), and the whole may lose some (“and”). What makes it a part is that it says
# something of the whole that no other part says.
OF_THE_PART = 75  # of 100 words of a part, how many the whole must have
NOT_SAID_YET = 50  # of 100 words of a part, how many of the whole's must not stand in another part
OF_THE_WHOLE = 80  # of 100 words of the whole, how many its parts must have between them
SURE = 85  # of 100 words of the whole: from here on there is no doubt
SHORTEST_WHOLE, SHORTEST_PART = 6, 2  # in words


@dataclass(frozen=True)
class Whole:
    """A clause, and the neighbours on the other side that have its words between them."""

    clause: Clause
    parts: tuple[Clause, ...]
    covered: int


def link_parts(old: Revision, new: Revision, links: Sequence[Link]) -> list[Link]:
    """`links` with those of split and joined clauses in place of what they were taken for."""
    partners = {link.before[0].id: link.after[0] for link in links if link.similarity < 100}
    free = {clause.id for clause in new.clauses} - {link.after[0].id for link in links}
    alone = {clause.id for clause in old.clauses} - {link.before[0].id for link in links}
    splits = [
        Link((whole.clause,), whole.parts, whole.covered, doubtful=whole.covered < SURE)
        for whole in _find_wholes(old.clauses, new.clauses, partners, free, alone)
    ]
    kept = _without(links, splits)

    partners = {link.after[0].id: link.before[0] for link in kept if link.similarity < 100}
    alone -= {link.before[0].id for link in splits}
    free -= {clause.id for link in splits for clause in link.after}
    joins = [
        Link(whole.parts, (whole.clause,), whole.covered, doubtful=whole.covered < SURE)
        for whole in _find_wholes(new.clauses, old.clauses, partners, alone, free)
    ]
    return [*_without(kept, joins), *splits, *joins]


def _without(links: Sequence[Link], replaced_by: Sequence[Link]) -> list[Link]:
    parted = {clause.id for link in replaced_by for clause in link.before}
    return [link for link in links if link.before[0].id not in parted]


def _find_wholes(
    clauses: Sequence[Clause], others: Sequence[Clause], partners: Mapping[str, Clause], free: set[str], alone: set[str]
) -> Iterator[Whole]:
    """Those of `clauses` whose words stand in two or more neighbours among `others`, all but one of them `free`.

    A clause has a partner that may be one of its parts, or is `alone`.
    """
    if not free:
        return
    left = set(free)
    places = {clause.id: place for place, clause in enumerate(others)}
    loose = [place for place, clause in enumerate(others) if clause.id in free]
    index = index_words([words_of(others[place].said) for place in loose]) if alone else {}
    for number, clause in enumerate(clauses):
        if clause.id in partners:
            seed = places[partners[clause.id].id]
            if not {other.id for other in others[max(0, seed - 1) : seed + 2]} & left:
                continue
        elif clause.id in alone:
            found = _most_like_a_part(clause, number * len(loose) // len(clauses), others, loose, index, left)
            if found is None:
                continue
            seed = found
        else:
            continue
        whole = _grow(clause, others, seed, left)
        if whole:
            left -= {part.id for part in whole.parts}
            yield whole


def _most_like_a_part(
    clause: Clause, place: int, others: Sequence[Clause], loose: Sequence[int], index: Index, left: set[str]
) -> int | None:
    words = words_of(clause.said)
    whole = Counter(words)
    shares = [
        (_share(words_of(others[loose[found]].said), whole), -loose[found])
        for found in find_candidates(words, place, index)
        if others[loose[found]].id in left
    ]
    best, at = max(shares, default=(0, 0))
    return -at if best >= OF_THE_PART else None


def _grow(clause: Clause, others: Sequence[Clause], seed: int, left: set[str]) -> Whole | None:
    """The run of neighbours around `seed` that share out the clause's words; nothing where that is no whole."""
    words = words_of(clause.said)
    whole = Counter(words)
    first = words_of(others[seed].said)
    if len(words) < SHORTEST_WHOLE or _share(first, whole) < OF_THE_PART:
        return None
    unsaid = whole - Counter(first)
    start, end = seed, seed + 1
    while end < len(others) and _is_part(others[end], others[start:end], whole, unsaid, left):
        unsaid -= Counter(words_of(others[end].said))
        end += 1
    while start and _is_part(others[start - 1], others[start:end], whole, unsaid, left):
        start -= 1
        unsaid -= Counter(words_of(others[start].said))
    covered = 100 - 100 * unsaid.total() // len(words)
    return Whole(clause, tuple(others[start:end]), covered) if end - start > 1 and covered >= OF_THE_WHOLE else None


def _is_part(other: Clause, run: Sequence[Clause], whole: Counter[str], unsaid: Counter[str], left: set[str]) -> bool:
    if other.id not in left or not _stands_with(other, run):
        return False
    words = words_of(other.said)
    return len(words) >= SHORTEST_PART and _share(words, whole) >= OF_THE_PART and _share(words, unsaid) >= NOT_SAID_YET


def _stands_with(other: Clause, run: Sequence[Clause]) -> bool:
    """Whether it is a sibling of one of `run`, hangs from one, or is the lead-in of one."""
    siblings_of = {clause.lead_in_ids[-1:] for clause in run}
    return other.section.id == run[0].section.id and (
        other.lead_in_ids[-1:] in siblings_of | {(clause.id,) for clause in run} or (other.id,) in siblings_of
    )


def _share(words: Sequence[str], of: Counter[str]) -> int:
    """How many of 100 `words` stand in `of`."""
    return 100 * (Counter(words) & of).total() // max(1, len(words))
