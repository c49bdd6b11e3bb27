"""Two revisions as one text with tracked changes: whoever rejects all of them has the old one, whoever accepts all of them the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import accumulate, pairwise, zip_longest

from clausebook.compare.revisions import redline
from clausebook.export.word.pieces import Cell, Grid, Paragraph, Picture, Piece, Row
from clausebook.export.word.spans import Span, Tracked, joined, length_of, shorten, track

NOTE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a footnote's mark where words are compared."""


def track_changes(old: Sequence[Piece], new: Sequence[Piece], renamed: Mapping[str, str]) -> Iterator[Piece]:
    """The pieces of both; `renamed` has the id in `new` of what has another one in `old`."""
    before = [_key(piece, renamed) for piece in old]
    after = [_key(piece, {}) for piece in new]
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            for one, other in zip(old[a:b], new[c:d], strict=True):
                yield from _both(one, other)
        else:
            yield from (_whole(_without_anchor(piece, after, renamed), "deleted") for piece in old[a:b])
            yield from (_whole(piece, "inserted") for piece in new[c:d])


def _key(piece: Piece, renamed: Mapping[str, str]) -> tuple[str, ...]:
    """By which a piece is known in either; a table is never taken for a paragraph."""
    own = getattr(piece, "key", ())
    return (type(piece).__name__, *(renamed.get(own[0], own[0]) if own else "", *own[1:]))


def _without_anchor(piece: Piece, after: Sequence[tuple[str, ...]], renamed: Mapping[str, str]) -> Piece:
    """What stands elsewhere in the new text has its bookmark there."""
    if isinstance(piece, Paragraph) and _key(piece, renamed) in after:
        return replace(piece, anchor=None)
    return piece


def _both(old: Piece, new: Piece) -> Iterator[Piece]:
    """What stands in both, with what changed in it."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        yield replace(new, spans=_spans(old.spans, new.spans))
    elif isinstance(old, Grid) and isinstance(new, Grid):
        yield replace(new, rows=tuple(_rows(old.rows, new.rows)))
    elif isinstance(old, Picture) and old != new:
        yield _whole(old, "deleted")
        yield _whole(new, "inserted")
    else:
        yield new


def _whole(piece: Piece, how: Tracked) -> Piece:
    if isinstance(piece, Paragraph):
        return replace(piece, spans=track(piece.spans, how), tracked=how)
    if isinstance(piece, Grid):
        return replace(piece, rows=tuple(_whole_row(row, how) for row in piece.rows))
    return replace(piece, tracked=how) if isinstance(piece, Picture) else piece


def _whole_row(row: Row, how: Tracked) -> Row:
    cells = tuple(tuple(track(spans, how) for spans in cell) for cell in row.cells)
    return replace(row, cells=cells, tracked=how)


def _spans(old: tuple[Span, ...], new: tuple[Span, ...]) -> tuple[Span, ...]:
    """Word by word; words that look otherwise than before are taken out and put in again."""
    found: list[Span] = []
    at, now = 0, 0
    for run in redline(_words(old), _words(new)):
        length = len(run.text)
        if run.kind == "same":
            found += _looks(tuple(shorten(old, at, at + length)), tuple(shorten(new, now, now + length)))
        elif run.kind == "removed":
            found += track(shorten(old, at, at + length), "deleted")
        else:
            found += track(shorten(new, now, now + length), "inserted")
        at, now = at + length * (run.kind != "added"), now + length * (run.kind != "removed")
    return joined(found)


def _looks(old: Sequence[Span], new: Sequence[Span]) -> Iterator[Span]:
    """The same words, which may look otherwise in part."""
    edges = sorted({0, *accumulate(map(length_of, old)), *accumulate(map(length_of, new))})
    for first, end in pairwise(edges):
        was, is_ = (tuple(shorten(spans, first, end)) for spans in (old, new))
        yield from is_ if was == is_ else (*track(was, "deleted"), *track(is_, "inserted"))


def _words(spans: Sequence[Span]) -> str:
    return "".join(span.text if not span.note else NOTE * length_of(span) for span in spans)


def _rows(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Row]:
    """Row by row; where as many rows were replaced as came, cell by cell."""
    before, after = ([_row_words(row) for row in rows] for rows in (old, new))
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal" or b - a == d - c:
            for one, other in zip(old[a:b], new[c:d], strict=True):
                yield from _both_rows(one, other)
        else:
            yield from _rows_by_label(old[a:b], new[c:d])


def _rows_by_label(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Row]:
    """Rows that begin with the same cell are the same row."""
    before, after = ([_row_words(row)[:1] for row in rows] for rows in (old, new))
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            for one, other in zip(old[a:b], new[c:d], strict=True):
                yield from _both_rows(one, other)
        else:
            yield from (_whole_row(row, "deleted") for row in old[a:b])
            yield from (_whole_row(row, "inserted") for row in new[c:d])


def _both_rows(old: Row, new: Row) -> Iterator[Row]:
    if [len(cell) for cell in old.cells] == [len(cell) for cell in new.cells]:
        yield replace(new, cells=tuple(_cell(one, other) for one, other in zip(old.cells, new.cells, strict=True)))
    else:
        yield _whole_row(old, "deleted")
        yield _whole_row(new, "inserted")


def _cell(old: Cell, new: Cell) -> Cell:
    return tuple(_spans(one or (), other or ()) for one, other in zip_longest(old, new))


def _row_words(row: Row) -> tuple[str, ...]:
    return tuple("\n".join(_words(spans) for spans in cell) for cell in row.cells)
