"""All that changed between two revisions of a policy, as typed changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from clausebook.compare.revisions.causes import find_reasons
from clausebook.compare.revisions.change import KINDS, Change, Kind
from clausebook.compare.revisions.force import FORCE_CHANGES
from clausebook.compare.revisions.headings import find_heading_changes, match_sections
from clausebook.compare.revisions.matching import Link, match_clauses
from clausebook.compare.revisions.moves import find_moved, find_places
from clausebook.compare.revisions.splits_and_joins import link_parts
from clausebook.compare.revisions.wording import is_same_but_for_typing, with_force
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision


@lru_cache(maxsize=512)
def find_changes(old: Revision, new: Revision) -> tuple[Change, ...]:
    """What happened to which clause, in the order of `new`; what was removed comes where it stood.

    The changes are complete: applied to the clauses of `old` they give those of `new`, with id, number, section,
    lead-ins, text, modality and binds, and its title and headings. Topics and lines are ours and no part of it.
    """
    links = link_parts(old, new, match_clauses(old, new))
    sections = match_sections(old, new, links)
    moved = find_moved(old, new, links, sections)
    came = {clause.id for link in links for clause in link.after}
    found = [change for link in links for change in _changes_of(link, moved)]
    found += [Change("added", (), (clause,)) for clause in new.clauses if clause.id not in came]
    follows = {clause.id: above.id for above, clause in pairwise(new.clauses)}
    found = [replace(change, follows=follows.get(change.clause)) for change in found]
    found += [
        Change("removed", (clause,), (), follows=after.id if after else None)
        for clause, after in find_places(old, links, moved)
    ]
    found += find_heading_changes(old, new, sections)
    return find_reasons(_in_order(found, new))


def _in_order(changes: Sequence[Change], new: Revision) -> list[Change]:
    """A removed clause comes after all that happened to the clause that it followed; removed ones keep their order."""
    place = {clause.id: number for number, clause in enumerate(new.clauses)}
    place |= {part.record.id: place[part.all_clauses[0].id] for part in new.sections if part.all_clauses}

    def key(change: Change) -> tuple[int, bool, int]:
        if change.kind == "removed":
            return (place[change.follows] if change.follows else -1), True, 0
        is_heading = change.after[0].id == change.after[0].section.id
        return place.get(change.clause, -1), False, -1 if is_heading else KINDS.index(change.kind)

    return sorted(changes, key=key)


def _changes_of(link: Link, moved: set[str]) -> Iterator[Change]:
    if len(link.before) == len(link.after) == 1:
        for kind in _kinds(link.before[0], link.after[0], is_moved=link.after[0].id in moved):
            yield Change(kind, link.before, link.after, link.similarity, link.doubtful)
        return
    yield Change("split" if len(link.after) > 1 else "joined", link.before, link.after, link.similarity, link.doubtful)
    for clause in link.before:
        for other in link.after:
            for kind in (*_force(clause, other), *_binds(clause, other)):
                yield Change(kind, (clause,), (other,), link.similarity, link.doubtful)


def _kinds(one: Clause, other: Clause, *, is_moved: bool) -> Iterator[Kind]:
    """What happened to a clause that is one clause on both sides."""
    happened = [*_force(one, other), *_binds(one, other), *_wording(one, other)]
    if is_moved:
        happened.append("moved")
    if one.number != other.number:
        happened.append("renumbered")
    if not happened and one.id != other.id:
        happened.append("editorial")  # to a reader, the same words at a new address
    yield from happened


def _force(one: Clause, other: Clause) -> Iterator[Kind]:
    kind = FORCE_CHANGES.get((one.modality, other.modality))
    if kind:
        yield kind


def _binds(one: Clause, other: Clause) -> Iterator[Kind]:
    if set(other.binds) - set(one.binds):
        yield "binds-more"
    if set(one.binds) - set(other.binds):
        yield "binds-fewer"


def _wording(one: Clause, other: Clause) -> Iterator[Kind]:
    """What happened to the words, lead-ins and all; nothing where only those changed that the force is told by."""
    if one.modality != other.modality and (one.modality, other.modality) not in FORCE_CHANGES:
        yield "reworded"  # see FORCE_CHANGES: neither stricter nor looser
        return
    if one.structures.canonical.get("files") != other.structures.canonical.get("files"):
        yield "reworded"  # a form that was replaced under its old name asks for other things
        return
    before, after = (*one.lead_in, one.said, *one.goes_on), (*other.lead_in, other.said, *other.goes_on)
    forced = tuple(with_force(words, one.modality, other.modality) for words in before)
    if len(before) == len(after) and all(new in told for new, *told in zip(after, before, forced, strict=True)):
        if one.structures.canonical != other.structures.canonical:
            yield "reworded"  # a cell or a kind of field that the words do not tell
        return
    is_typing = any(is_same_but_for_typing(" ".join(words), " ".join(after)) for words in (before, forced))
    yield "editorial" if is_typing else "reworded"
