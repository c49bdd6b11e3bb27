"""Where a block belongs among the clause and the entries of lists above it that are still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.outline.draft import DraftItem
from clausebook.edit.importers.outline.grammar import leads_in, stands_alone
from clausebook.edit.importers.outline.numbering import Mark, read_mark
from clausebook.model.text import as_read

LISTS = ("bullet", "letter", "roman")
NEAR = 8.0  # points between the left edges of two entries of one list; a level of Word's lists is 18 or 36


@dataclass
class Open:
    """A clause or item that can still take something in."""

    item: DraftItem
    mark: Mark
    indent: float
    level: int | None
    is_plain: bool = False
    """An entry of a list without marks."""


def place_of_number(entries: Sequence[Open], block: Block, mark: Mark) -> int | None:
    """Below which open entry it belongs, by its place in `open`; None for a clause of its own."""
    for place in reversed(range(len(entries))):
        one = entries[place]
        if mark.depth > 1 and one.mark.parts == mark.parts[:-1] and one.mark.kind in ("decimal", "count"):
            return place
        if one.mark.kind == mark.kind and one.mark.depth == mark.depth and one.mark.style == mark.style:
            if place and not _is_of_clauses(block, entries[place - 1].item):
                return place - 1
            return None
    if entries and _takes(entries[-1], block, mark):
        return len(entries) - 1
    if (
        entries
        and mark.kind == "count"
        and block.look.indent > entries[0].indent + NEAR
        and entries[0].mark.kind != "none"
    ):
        return outside(entries, block)
    return None


def _is_of_clauses(block: Block, parent: DraftItem) -> bool:
    """Whether a number goes on after the list: its words are a whole sentence, and those of the list were not."""
    return not parent.number and stands_alone(block.text) and not any(stands_alone(item.text) for item in parent.items)


def _takes(one: Open, block: Block, mark: Mark) -> bool:
    if not leads_in(one.item.text) or one.item.after:
        return False
    return (
        one.mark.kind == "none" or (mark.kind == "count" and mark.value <= 1) or block.look.indent > one.indent + NEAR
    )


def sibling_of(entries: Sequence[Open], block: Block, mark: Mark) -> int | None:
    """The place of the entry in whose list a bullet or a letter goes on; None where it begins one."""
    for place in reversed(range(len(entries))):
        one = entries[place]
        same = one.mark.kind == mark.kind and one.mark.style == mark.style
        if same and _is_level_with(one, block) and not _leaves(entries, place, block):
            return place
    return None


def _leaves(entries: Sequence[Open], place: int, block: Block) -> bool:
    """Whether a whole sentence ends a list that stands on the level of its lead-in, and whose entries are none."""
    above = entries[place - 1] if place else None
    if above is None or above.mark.style != entries[place].mark.style or not _is_level_with(above, block):
        return False
    return stands_alone(block.text) and not any(stands_alone(item.text) for item in above.item.items)


def leads_on(entries: Sequence[Open], place: int, block: Block) -> bool:
    """Whether the last entry ends in a colon, and what follows on its level can only be its list."""
    top = entries[-1]
    return (
        place == len(entries) - 1
        and place > 0
        and as_read(top.item.text).endswith(":")
        and not top.item.items
        and not stands_alone(block.text)
    )


def outside(entries: Sequence[Open], block: Block) -> int:
    """The innermost open entry that stands less far in, or on a higher level: a clause holds any list."""
    for place in reversed(range(1, len(entries))):
        one = entries[place]
        if one.level is not None and block.level is not None and one.mark.kind in LISTS:
            if one.level < block.level:
                return place
        elif one.indent + NEAR < block.look.indent or leads_in(one.item.text) or one.mark.kind == "decimal":
            return place
    return 0


def _is_level_with(one: Open, block: Block) -> bool:
    if one.level is not None and block.level is not None:
        return one.level == block.level
    return abs(one.indent - block.look.indent) < NEAR


def list_from(later: Sequence[Block]) -> list[Block]:
    """The blocks of the list that goes on."""
    run: list[Block] = []
    for block in later:
        if read_mark(block.mark).kind not in LISTS:
            break
        run.append(block)
    return run
