"""Where a block belongs among the clause and the entries of lists above it that are still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.outline.draft import DraftItem
from clausebook.edit.importers.outline.grammar import is_label, leads_in, stands_alone
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
    """Below which open entry a number belongs, by its place in `entries`; None for a clause of its own."""
    place = _place_of_count(entries, block, mark) if mark.kind == "count" else _place_of_parts(entries, block, mark)
    return len(entries) - 2 if place is None and _is_entry_beside(entries, block) else place


def _place_of_parts(entries: Sequence[Open], block: Block, mark: Mark) -> int | None:
    """As `place_of_number`, of a number with parts: 4.1.1 is below 4.1, and beside 4.1.2."""
    for place in reversed(range(len(entries))):
        one = entries[place]
        if mark.depth > 1 and one.mark.parts == mark.parts[:-1] and one.mark.kind in ("decimal", "count"):
            return place
        if one.mark.kind == mark.kind and one.mark.depth == mark.depth:
            return place - 1 if place and not _is_of_clauses(block, entries[place - 1].item) else None
    return len(entries) - 1 if entries and _takes(entries[-1], block, mark) else None


def _place_of_count(entries: Sequence[Open], block: Block, mark: Mark) -> int | None:
    """As `place_of_number`, of a number without parts: 1 begins a list below what leads into one, and others go on with theirs."""
    if not entries:
        return None
    if mark.value <= 1 and _takes(entries[-1], block, mark):
        return len(entries) - 1
    alike = [place for place, one in enumerate(entries) if one.mark.kind == "count" and one.mark.style == mark.style]
    if alike:
        place = _goes_on_with(entries, alike, block, mark)
        return place - 1 if place else None
    if _takes(entries[-1], block, mark):
        return len(entries) - 1
    is_further_in = block.look.indent > entries[0].indent + NEAR and entries[0].mark.kind != "none"
    return outside(entries, block) if is_further_in else None


def _goes_on_with(entries: Sequence[Open], alike: Sequence[int], block: Block, mark: Mark) -> int:
    """Which of several lists a mark goes on with: that of its level; else where it is the next; else where it comes later."""
    levelled = [place for place in alike if entries[place].level is not None and entries[place].level == block.level]
    pool = levelled or alike
    following = [place for place in pool if entries[place].mark.value + 1 == mark.value]
    later = [place for place in pool if entries[place].mark.value < mark.value]
    return (following or later or pool)[-1]


def _is_of_clauses(block: Block, parent: DraftItem) -> bool:
    """Whether a number goes on after the list: its words are a whole sentence, and those of the list were not."""
    return not parent.number and stands_alone(block.text) and not any(stands_alone(item.text) for item in parent.items)


def _takes(one: Open, block: Block, mark: Mark) -> bool:
    """Whether an entry waits for a list, and this can be its first."""
    is_label_of = one.mark.kind == "none" and mark.value <= 1 and is_label(one.item.text) and not one.item.items
    if not (leads_in(one.item.text) or is_label_of) or one.item.after:
        return False
    is_first = mark.kind == "count" and mark.value <= 1
    return one.mark.kind == "none" or is_first or block.look.indent > one.indent + NEAR


def sibling_of(entries: Sequence[Open], block: Block, mark: Mark) -> int | None:
    """The place of the entry in whose list a bullet or a letter goes on; None where it begins one."""
    alike = [
        place
        for place, one in enumerate(entries)
        if one.mark.kind == mark.kind and one.mark.style == mark.style and _is_level_with(one, block) and not _leaves(entries, place, block)
    ]  # fmt: skip
    if not alike:
        return None
    return alike[-1] if mark.kind == "bullet" else _goes_on_with(entries, alike, block, mark)


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


def begins_list(later: Sequence[Block]) -> bool:
    """Whether a list begins with the next block."""
    mark = read_mark(later[0].mark) if later else Mark("none")
    return mark.kind in LISTS or (mark.kind == "count" and mark.value <= 1)


def _is_entry_beside(entries: Sequence[Open], block: Block) -> bool:
    """Whether a block is an entry of the list before it, by its format, although it begins with a number of its own."""
    last = entries[-1] if len(entries) > 1 else None
    return (
        last is not None
        and block.kind == "item"
        and last.mark.kind == "bullet"
        and block.level is not None
        and last.level == block.level
    )
