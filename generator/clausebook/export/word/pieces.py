"""What a Word file is made of, before it is XML: paragraphs, tables and pictures, each of which knows what it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clausebook.export.word.numbering import OUTLINE, Mark, Numbering
from clausebook.export.word.pictures import Drawing
from clausebook.export.word.spans import Span, Tracked, spans_of
from clausebook.model.handbook import Revision
from clausebook.model.outline import Part
from clausebook.model.structures import Attachment, FormField, Table
from clausebook.model.text import Medium, paragraphs_of

BODY, STEP = 851, 510
"""In twentieths of a point: how far the words of a clause, and of each level of items, stand from the edge."""
Key = tuple[str, ...]
Cell = tuple[tuple[Span, ...], ...]
"""Its paragraphs."""
SHORT_CELL, LONG_CELL = 10, 40
"""In signs: how long a cell counts at least, and at most, where the widths of columns are shared out."""
TO_FILL_IN: Mapping[str, str] = {"date": "[Date]", "long-text": "[Fill in]", "text": "[Fill in]"}


@dataclass(frozen=True)
class Paragraph:
    style: str
    spans: tuple[Span, ...]
    key: Key = ()
    """By which the same paragraph of another revision is known."""
    anchor: str | None = None
    """What begins here and is found again by its bookmark."""
    mark: Mark | None = None
    indent: tuple[int, int] | None = None
    """How far its words stand from the edge, and its number before them; None as its style says."""
    tracked: Tracked | None = None
    """Whether the paragraph as such, with the sign at its end, was inserted or deleted."""


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    is_header: bool = False
    tracked: Tracked | None = None


@dataclass(frozen=True)
class Grid:
    """A table."""

    rows: tuple[Row, ...]
    key: Key = ()
    about: str = ""
    """What it is about, for whoever has it read aloud."""
    anchor: str | None = None
    indent: int = BODY
    widths: tuple[int, ...] = ()
    """Of its columns, in hundredths of the table; nothing where they are alike."""


@dataclass(frozen=True)
class Picture:
    drawing: Drawing
    alternative: str
    key: Key = ()
    style: str = "Figure"
    tracked: Tracked | None = None


@dataclass(frozen=True)
class Contents:
    """The list of the headings, as a field that Word can make again."""

    entries: tuple[tuple[int, str, str], ...] = field(default=())
    """Of each its level, its id, and its words."""


Piece = Paragraph | Grid | Picture | Contents


def pieces_of(
    revision: Revision, parts: Sequence[Part], numbering: Numbering, medium: Medium, drawings: Mapping[str, Drawing]
) -> Iterator[Piece]:
    """Everything below the title and what stands with it; `drawings` are the pictures by the names of their files."""
    for place, part in enumerate(parts):
        if part.kind == "title":
            continue
        if part.kind == "table":
            assert isinstance(part.block, Table)
            caption = parts[place - 1].text if parts[place - 1].kind == "caption" else revision.by_id[part.of].text
            yield _grid(part, part.block, caption, medium)
        elif part.kind == "figure":
            yield _figure(part, drawings.get(getattr(part.block, "file", "")))
        else:
            yield _paragraph(part, numbering.marks.get(place), medium)


def _paragraph(part: Part, mark: Mark | None, medium: Medium) -> Paragraph:
    spans = _words(part, medium)
    if part.number and mark is None:
        spans = (Span(f"{part.number}\t"), *spans)
    if part.note:
        spans = (*spans, Span("", note=spans_of(part.note, medium)))
    return Paragraph(_style(part), spans, (*map(str, part.key),), part.of if part.is_anchored else None, mark, _indent(part, mark))  # fmt: skip


def _words(part: Part, medium: Medium) -> tuple[Span, ...]:
    if isinstance(part.block, FormField):
        return _to_fill_in(part.block)
    words = spans_of(part.text, medium)
    if isinstance(part.block, Attachment):
        address = medium.find(f"file:{part.block.file}")
        return (Span("File: ", bold=True), Span(part.text, link=address))
    return words


def _to_fill_in(asked: FormField) -> tuple[Span, ...]:
    label = Span(asked.label + (f" ({asked.hint})" if asked.hint else ""))
    if asked.kind == "tick":
        return (Span("☐", control="tick"), Span(" "), label)
    if asked.kind == "signature":
        return (label, Span(":\t"), Span("_" * 30))
    control = "date" if asked.kind == "date" else "text"
    return (label, Span(":\t"), Span(TO_FILL_IN[asked.kind], control=control, style="PlaceholderText"))  # type: ignore[arg-type]


def _style(part: Part) -> str:
    styles = {
        "clause": "Clause", "item": "ListParagraph", "more": "ClauseContinued", "after": "ClauseContinued",
        "caption": "Caption", "form": "FormTitle", "field": "FormField", "file": "Attachment",
    }  # fmt: skip
    return f"Heading{part.depth}" if part.kind == "heading" else styles[part.kind]


def _indent(part: Part, mark: Mark | None) -> tuple[int, int] | None:
    if part.kind == "item":
        is_outlined = mark is not None and mark.num == OUTLINE
        words = BODY + STEP * (part.depth + 1) + (STEP if is_outlined else 0)
        return words, STEP * 2 if is_outlined else STEP
    if part.kind in ("more", "after") and part.depth >= 0:
        return BODY + STEP * (part.depth + 1), 0
    return (BODY, 0) if part.kind == "clause" and not part.number else None


def _grid(part: Part, table: Table, caption: str, medium: Medium) -> Grid:
    rows = [Row(tuple(_cell(words, medium) for words in table.header), is_header=True)]
    rows += [Row(tuple(_cell(words, medium) for words in row)) for row in table.rows]
    return Grid(tuple(rows), (*map(str, part.key),), caption, widths=_widths(table))


def _widths(table: Table) -> tuple[int, ...]:
    """A column whose cells are long is wider: each in hundredths."""
    longest = [max(len(words) for words in column) for column in zip(table.header, *table.rows, strict=False)]
    weights = [min(max(length, SHORT_CELL), LONG_CELL) for length in longest]
    return tuple(100 * weight // sum(weights) for weight in weights)


def _cell(words: str, medium: Medium) -> Cell:
    return tuple(spans_of(paragraph, medium) for paragraph in paragraphs_of(words)) if words.strip() else ((),)


def _figure(part: Part, drawing: Drawing | None) -> Piece:
    key = (*map(str, part.key),)
    if drawing:
        return Picture(drawing, part.text, key)
    return Paragraph("ClauseContinued", (Span("Figure: ", bold=True), Span(part.text)), key)
