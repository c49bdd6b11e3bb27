"""Tables that are no tables: a frame round a text, or a number in one column and its words in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clausebook.edit.importers.blocks import Block, Cell
from clausebook.edit.importers.outline.front import is_control_table
from clausebook.edit.importers.outline.numbering import read_mark
from clausebook.model.text import as_read

LONGEST = 1900  # signs of a cell; the model allows 2,000
MOST_NUMBER_SIGNS = 8


def unfold_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with those of a table that only lays out a page in its place."""
    return [one for block in blocks for one in (_unfolded(block) if block.kind == "table" else (block,))]


def _unfolded(block: Block) -> Iterator[Block]:
    rows = [tuple(cell for cell in row if cell.blocks) for row in block.rows]
    filled = [row for row in rows if row]
    if not filled:
        return
    if is_control_table(block):
        yield block
    elif (
        len(filled) == 1
        or all(len(row) == 1 for row in filled)
        or any(_is_no_cell(cell) for row in filled for cell in row)
    ):
        for row in filled:
            for cell in row:
                yield from unfold_tables(cell.blocks)
    elif all(len(row) == 1 or _is_numbered(row) for row in filled):
        for row in filled:
            yield from _with_number(row) if len(row) > 1 else unfold_tables(row[0].blocks)
    else:
        yield block


def _is_no_cell(cell: Cell) -> bool:
    """Whether it holds more than a table's cell can: a page of text, or another table."""
    return len(cell.text) > LONGEST or any(block.kind in ("table", "chart") for block in cell.blocks)


def _is_numbered(row: tuple[Cell, ...]) -> bool:
    """Whether a row is a number and its words, or a number that heads nothing."""
    if len(row) != 2 or not _number(row[0]):
        return False
    return read_mark(_number(row[0])).kind in ("decimal", "count", "letter", "roman", "bullet")


def _number(cell: Cell) -> str:
    """The one short word of a cell, which may be a printed mark."""
    words = as_read(cell.text)
    return words if len(words) <= MOST_NUMBER_SIGNS and " " not in words else ""


def _with_number(row: tuple[Cell, ...]) -> Iterator[Block]:
    first, *others = row[1].blocks
    if first.kind in ("paragraph", "item", "heading") and not first.mark:
        yield replace(first, mark=_number(row[0]))
    else:
        yield replace(row[0].blocks[0], mark=_number(row[0]), text="")
        yield first
    yield from others
