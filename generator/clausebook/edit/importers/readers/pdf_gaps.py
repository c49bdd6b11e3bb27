"""Tables of a PDF without lines: words that stand below each other, with gaps between them, line after line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from clausebook.edit.importers.marks import split_mark
from clausebook.edit.importers.readers.pdf_lines import Line
from clausebook.edit.importers.readers.pdf_records import Grid, GridCell, Word

WIDE = 0.8
"""Of a letter's size: a gap that is no space between two words."""
LEVEL = 3
LEAST_GAPS, LEAST_LINES = 2, 3
"""Lines with a gap at one place, and lines in all, before they are taken for a table: in running text no two lines have one."""
APART = 3.5
"""Of a letter's size, from one line to the next: more space ends a table."""
Piece = tuple[Word, ...]


def find_tables(lines: Sequence[Line]) -> list[tuple[int, int, Grid]]:
    """Each table as the places of its first line and of the one behind its last, with its cells."""
    found: list[tuple[int, int, Grid]] = []
    start = 0
    while start < len(lines):
        end = _run_end(lines, start)
        starts = _column_starts(lines[start:end])
        inside = [place for place in range(start, end) if starts and _fits(_pieces(lines[place]), starts)]
        stretch = _trimmed(_longest(inside), lines, starts)
        if starts and _is_table([_pieces(lines[place]) for place in stretch]):
            found.append((stretch[0], stretch[-1] + 1, _grid([lines[place] for place in stretch], starts)))
            end = stretch[-1] + 1
        start = max(end, start + 1)
    return found


def _run_end(lines: Sequence[Line], start: int) -> int:
    """Lines from `start` on that follow each other closely."""
    for place in range(start + 1, len(lines)):
        step = lines[place].top - lines[place - 1].top
        if not 0 < step < APART * lines[place].size:
            return place
    return len(lines)


def _pieces(line: Line) -> list[Piece]:
    """The words of a line, parted at wide gaps; a mark stays with its words."""
    pieces: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        is_mark = split_mark(" ".join(one.text for one in pieces[-1]) + " Words").text == "Words"
        if word.x0 - before.x1 > WIDE * line.size and not is_mark:
            pieces.append([])
        pieces[-1].append(word)
    return [tuple(piece) for piece in pieces]


def _column_starts(lines: Sequence[Line]) -> list[float]:
    """Where the words of several lines begin behind a gap; the first column begins furthest to the left."""
    begins = sorted(piece[0].x0 for line in lines for piece in _pieces(line)[1:])
    groups: list[list[float]] = []
    for begin in begins:
        if groups and begin - groups[-1][-1] <= LEVEL:
            groups[-1].append(begin)
        else:
            groups.append([begin])
    starts = [min(group) for group in groups if len(group) >= LEAST_GAPS]
    return [min(line.x0 for line in lines), *starts] if starts else []


def _fits(pieces: Sequence[Piece], starts: Sequence[float]) -> bool:
    """Whether each piece begins where a column does, and the first column's words end before the second begins."""
    at_starts = all(any(abs(piece[0].x0 - start) <= LEVEL for start in starts) for piece in pieces)
    return at_starts and not (pieces[0][0].x0 < starts[1] - LEVEL and pieces[0][-1].x1 > starts[1])


def _longest(places: Sequence[int]) -> list[int]:
    """The longest stretch without a gap."""
    best: list[int] = []
    now: list[int] = []
    for place in places:
        now = [*now, place] if now and place == now[-1] + 1 else [place]
        best = max(best, now, key=len)
    return best


def _trimmed(places: list[int], lines: Sequence[Line], starts: Sequence[float]) -> list[int]:
    """Without what stands before and behind it in the first column alone, which may be any text."""
    beside = [place for place in places if len(_pieces(lines[place])) > 1 or lines[place].x0 >= starts[1] - LEVEL]
    return [place for place in places if beside[0] <= place <= beside[-1]] if beside else []


def _is_table(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether enough lines have words in two columns, and these are no page numbers of a list of contents."""
    beside = [row for row in rows if len(row) > 1]
    if len(beside) < LEAST_GAPS or len(rows) < LEAST_LINES:
        return False
    last = ["".join(word.text for word in row[-1]) for row in beside]
    dotted = any("...." in word.text for row in rows for piece in row for word in piece)
    return not dotted and not all(text.strip(".").isdigit() for text in last)


def _grid(lines: Sequence[Line], starts: Sequence[float]) -> Grid:
    rows: list[list[list[Word]]] = []
    before: set[int] = set()
    for line in lines:
        pieces = _pieces(line)
        columns = {_column(piece, starts) for piece in pieces}
        if not rows or 0 in columns or (len(columns) > 1 and columns - before):
            rows.append([[] for _ in starts])
        for piece in pieces:
            rows[-1][_column(piece, starts)] += piece
        before = columns
    edges = (*starts, max(end for line in lines for end in (line.right, line.x1)))
    return Grid(
        starts[0], edges[-1], lines[0].top, lines[-1].bottom, edges, tuple(tuple(_cells(row, edges)) for row in rows), False
    )  # fmt: skip


def _column(piece: Piece, starts: Sequence[float]) -> int:
    return max(place for place, start in enumerate(starts) if piece[0].x0 >= start - LEVEL)


def _cells(row: Sequence[Sequence[Word]], edges: Sequence[float]) -> Iterator[GridCell]:
    """A cell whose words go over the next column's start spans both, where nothing stands in that."""
    place = 0
    while place < len(row):
        columns = 1
        end = max((word.x1 for word in row[place]), default=0.0)
        while place + columns < len(row) and not row[place + columns] and end > edges[place + columns]:
            columns += 1
        yield GridCell(tuple(row[place]), columns, edges[place + columns])
        place += columns
