"""Which clauses moved: as few as can be, so that an added clause does not move all that come after it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from clausebook.compare.revisions.matching import Link
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision

NO_LINK = -1
"""What stands for the link of a lead-in that is in one revision only."""


def find_moved(old: Revision, new: Revision, links: Sequence[Link], same_section: Mapping[str, str]) -> set[str]:
    """The new ids of the clauses that stand in another section, under another lead-in, or in another order there.

    An item that goes where its lead-in goes has not moved. `same_section` has the new id of each old section.
    """
    link_before = {clause.id: number for number, link in enumerate(links) for clause in link.before}
    link_after = {clause.id: number for number, link in enumerate(links) for clause in link.after}
    place_before = {clause.id: place for place, clause in enumerate(old.clauses)}
    place_after = {clause.id: place for place, clause in enumerate(new.clauses)}
    moved: set[str] = set()
    siblings: dict[int | None, list[Link]] = defaultdict(list)
    for link in links:
        if len(link.before) == len(link.after) == 1:
            (one,), (other,) = link.before, link.after
            above, above_now = _link_above(one, link_before), _link_above(other, link_after)
            is_there = same_section.get(one.section.id) == other.section.id if above is None else above != NO_LINK
            if above == above_now and is_there:
                siblings[above].append(link)
            else:
                moved.add(other.id)
    for found in siblings.values():
        ordered = sorted(found, key=lambda link: place_after[link.after[0].id])
        in_order = longest_rise([place_before[link.before[0].id] for link in ordered])
        moved |= {link.after[0].id for number, link in enumerate(ordered) if number not in in_order}
    return moved


def find_places(old: Revision, links: Sequence[Link], moved: set[str]) -> Iterator[tuple[Clause, Clause | None]]:
    """Each removed clause with the clause of the new revision after which it stood; None is the very beginning."""
    partner = {link.before[0].id: link.after[0] for link in links if len(link.before) == len(link.after) == 1}
    gone = {clause.id for clause in old.clauses} - {clause.id for link in links for clause in link.before}
    last: Clause | None = None
    for clause in old.clauses:
        after = partner.get(clause.id)
        if (
            after
            and moved.isdisjoint((*after.lead_in_ids, after.id))
            and all(up in partner for up in clause.lead_in_ids)
        ):
            last = after
        if clause.id in gone:
            yield clause, last


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """The places of a longest subsequence that rises, found in n log n; `numbers` are all different."""
    ends: list[int] = []
    at: list[int] = []
    came_from: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
        came_from.append(at[length - 1] if length else None)
    rise: set[int] = set()
    place_or_none = at[-1] if at else None
    while place_or_none is not None:
        rise.add(place_or_none)
        place_or_none = came_from[place_or_none]
    return rise


def _link_above(clause: Clause, links: Mapping[str, int]) -> int | None:
    """The number of its lead-in's link; None where it has no lead-in."""
    return links.get(clause.lead_in_ids[-1], NO_LINK) if clause.lead_in_ids else None
