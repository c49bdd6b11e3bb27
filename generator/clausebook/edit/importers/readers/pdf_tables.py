"""Ruled tables of a PDF: their cells as blocks, and one table of the parts that stand on several pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from clausebook.edit.importers.blocks import Block, Cell
from clausebook.edit.importers.readers.pdf_lines import Line, rows_of
from clausebook.edit.importers.readers.pdf_records import Grid, GridCell

SAME_EDGE = 4
REPEATED = "the head of a table, repeated on the next page"
PADDING = 5

Row = list[tuple[list[Line], int]]
"""The lines of each cell, and how many columns it spans."""
Paragraphs = Callable[[Sequence[Line]], list[Block]]


@dataclass(frozen=True)
class Tables:
    """A table, and the heads that later pages repeat."""

    block: Block
    repeated: tuple[Block, ...] = ()


def table_of(parts: Sequence[tuple[int, Grid]], line: int, to_blocks: Paragraphs, place: Block) -> Tables:
    """One table of its parts by page; `line` is the number of its first line, `place` a block that stands where it begins."""
    rows: list[Row] = []
    repeated: list[Row] = []
    for number, (page, grid) in enumerate(parts):
        own = [[(_lines(page, cell, line), cell.columns) for cell in row] for row in grid.rows]
        if number and rows and own and _texts(own[0]) == _texts(rows[0]) and any(_texts(own[0])):
            repeated.append(own.pop(0))
        if number and rows and own and _goes_on(rows, own[0]):
            rows[-1] = [
                (before + after, columns) for (before, columns), (after, _) in zip(rows[-1], own.pop(0), strict=True)
            ]
        rows += own
    cells = tuple(tuple(Cell(tuple(to_blocks(lines)), columns) for lines, columns in row) for row in rows)
    heads = (block for row in repeated for lines, _ in row for block in to_blocks(lines))
    return Tables(
        replace(place, kind="table", rows=cells),
        tuple(replace(block, kind="furniture", reason=REPEATED) for block in heads),
    )


def _goes_on(rows: Sequence[Row], row: Row) -> bool:
    """Whether the first row of a page is the rest of the last: one of its cells is empty, which is so in no other row."""
    alike = [columns for _, columns in row] == [columns for _, columns in rows[-1]]
    return alike and any(
        not lines and all(one[place][0] for one in rows if len(one) == len(row)) for place, (lines, _) in enumerate(row)
    )


def _texts(row: Row) -> list[str]:
    return [" ".join(line.text for line in lines) for lines, _ in row]


def _lines(page: int, cell: GridCell, number: int) -> list[Line]:
    return [Line(page, tuple(row), cell.right - PADDING, number) for row in rows_of(cell.words)]


def is_continued(before: Grid, after: Grid) -> bool:
    """Whether a table at the top of a page has the columns of the one at the end of the page before."""
    return (
        before.is_ruled == after.is_ruled
        and len(before.edges) == len(after.edges)
        and all(abs(a - b) <= SAME_EDGE for a, b in zip(before.edges, after.edges, strict=True))
    )
