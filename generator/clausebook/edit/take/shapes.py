"""What a line looks like: a heading, a clause, an item of a list, or words that go on with what stands above."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from clausebook.edit.take.lines import Line
from clausebook.model.outline import Part

BODY, STEP = 42.5, 25.5
"""In points: how far the words of a clause stand from the edge in a Word file of ours, and each level of items from the one above."""
DOTTED = re.compile(r"\d+(?:\.\d+)+\.?|\d+\.?")
Kind = Literal["heading", "clause", "item", "more", "block"]
STYLES: dict[str, Kind] = {"Clause": "clause", "List Paragraph": "item", "Clause continued": "more"}
BLOCKS = frozenset({"caption", "Form title", "Form field", "Attachment", "Figure", "Table text"})


@dataclass(frozen=True)
class Shape:
    kind: Kind
    depth: int = 0
    """Of a heading from 1, of an item from 0; of words that go on -1 for a clause's, else that of the item."""
    is_sure: bool = True
    """Whether its style says so, and not its looks alone."""


def shape_of(line: Line) -> Shape:
    """What somebody sees who looks at the line."""
    block, style = line.block, line.block.look.style
    if block.kind == "heading":
        return Shape("heading", block.level or 1)
    if line.is_table or block.kind == "figure" or style in BLOCKS:
        return Shape("block")
    if style in STYLES:
        kind = STYLES[style]
        if kind == "item" and not block.mark:
            return Shape("more", _depth(line))
        return Shape(kind, _depth(line) if kind != "clause" else 0)
    return _by_looks(line)


def _by_looks(line: Line) -> Shape:
    """Of a file whose styles another program has flattened."""
    block = line.block
    if block.mark and DOTTED.fullmatch(block.mark):
        return Shape("clause", is_sure=False)
    if block.mark:
        return Shape(
            "item",
            block.level if block.mark_is == "computed" and block.level is not None else _depth(line),
            is_sure=False,
        )
    return Shape("more", -1, is_sure=False)


def _depth(line: Line) -> int:
    """By its indentation: where the mark of an item stands, or the words of what goes on."""
    steps = round((line.block.look.indent - BODY) / STEP)
    return max(steps if line.block.mark else steps - 1, 0 if line.block.mark else -1)


def shape_of_part(part: Part) -> Shape:
    """What a part of the revision was printed as."""
    if part.kind in ("heading", "clause", "item"):
        return Shape(part.kind, part.depth if part.kind != "clause" else 0)
    return Shape("more", part.depth) if part.kind in ("more", "after") else Shape("block")


def settled(line: Line, part: Part) -> Shape:
    """What a line is that was found again: what it was, unless somebody gave it another style or level."""
    was, seen = shape_of_part(part), shape_of(line)
    if was.kind in ("more", "block") or seen.kind in ("more", "block") or not seen.is_sure:
        return was
    if (was.kind == "heading") != (seen.kind == "heading"):
        return was  # what stands below a heading hangs from it: it is not made a clause by its look alone
    if part.kind == "item" and seen.kind == "item" and part.number and DOTTED.fullmatch(part.number):
        return was  # its mark stands elsewhere than that of a list
    return seen
