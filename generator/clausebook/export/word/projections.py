"""The words of a Word file as they are once all tracked changes are accepted, or all rejected: the proof that a redline is whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausebook.export.word.pieces import Grid, Paragraph, Picture, Piece
from clausebook.export.word.spans import Span
from clausebook.export.word.xml import Element, W

INSERTED, DELETED = f"{{{W}}}ins", f"{{{W}}}del"
PARAGRAPH, ROW, RUN = f"{{{W}}}p", f"{{{W}}}tr", f"{{{W}}}r"
SIGNS = {f"{{{W}}}tab": "\t", f"{{{W}}}br": "\n", f"{{{W}}}footnoteReference": "*"}
WORDS = {f"{{{W}}}t", f"{{{W}}}delText"}


class UnprovedError(Exception):
    """A redline does not give both of its texts: a mistake of ours, for which no file is made."""


def prove(document: Element, old: Sequence[Piece], new: Sequence[Piece]) -> None:
    """Raises UnprovedError unless accepting all gives the lines of `new`, and rejecting all those of `old`."""
    for gone, pieces in ((DELETED, new), (INSERTED, old)):
        got, wanted = list(lines_left(document, gone)), list(lines_of(pieces))
        if got != wanted:
            first = next(
                (pair for pair in zip(got, wanted, strict=False) if pair[0] != pair[1]), (got[-1:], wanted[-1:])
            )
            raise UnprovedError(f"{gone}: {first}")


def lines_left(document: Element, gone: str) -> Iterator[str]:
    """Each line that has words, without what stands in elements of the name `gone`; one whose end is gone goes on in the next."""
    open_line = ""
    for paragraph in document.iter(PARAGRAPH):
        if any(row.find(f"{{{W}}}trPr/{gone}") is not None for row in paragraph.iterancestors(ROW)):
            continue
        open_line += "".join(
            _words(run) for run in paragraph.iter(RUN) if not any(True for _ in run.iterancestors(gone))
        )
        if paragraph.find(f"{{{W}}}pPr/{{{W}}}rPr/{gone}") is None:
            yield from [open_line] if open_line.strip() else []
            open_line = ""
    yield from [open_line] if open_line.strip() else []


def _words(run: Element) -> str:
    signs = (child.text or "" if child.tag in WORDS else SIGNS.get(child.tag, "") for child in run)
    return "".join(signs)


def lines_of(pieces: Sequence[Piece]) -> Iterator[str]:
    """The same lines as the pieces have them."""
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield from _line(piece.spans)
        elif isinstance(piece, Grid):
            for row in piece.rows:
                for cell in row.cells:
                    for spans in cell:
                        yield from _line(spans)
        else:
            assert isinstance(piece, Picture)


def _line(spans: Sequence[Span]) -> Iterator[str]:
    words = "".join("*" if span.note else span.text for span in spans)
    yield from [words] if words.strip() else []
