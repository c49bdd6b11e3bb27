"""The blocks of one story of a Word file: its text, a note, a page's head, a text box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from clausebook.edit.importers.blocks import Block, BlockKind, Cell, Look, Picture, Place
from clausebook.edit.importers.readers.docx_drawings import drawing_blocks
from clausebook.edit.importers.readers.docx_numbers import Counters, Numbered, Numbering
from clausebook.edit.importers.readers.docx_package import MC, W, WordPackage, value, whole
from clausebook.edit.importers.readers.docx_paragraphs import (
    TAB,
    first_indent,
    goes_on,
    is_centred,
    is_large_letter,
    properties_of,
)
from clausebook.edit.importers.readers.docx_styles import Style, Styles, heading_level, is_contents
from clausebook.edit.importers.readers.docx_text import INSERTED, REMOVED, TextReader, Words
from clausebook.edit.importers.readers.words import Span, Written, clean_spans, plain, write_words

MOST_COLUMNS = 63
"""That a table of Word can have."""
CONTENTS = "the list of contents"
NO_DRAWING = "The words of the chart or diagram in paragraph {} are not in the file, or are damaged. Look at it, and write what it says."
IN_BOX = "it stands in a text box: where in the text it belongs is a guess"
NO_WORDS = "a number without words"
TWO_NUMBERS = "the number `{}` is typed beside the one that Word counts"
OTHER_SCRIPT = "Word counts it in a way that is written here in figures"


@dataclass
class Findings:
    """What holds for the whole document and is met on the way."""

    unseen: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """What all stories of a document share."""

    word: WordPackage
    styles: Styles
    numbering: Numbering
    note_marks: dict[tuple[str, str], str]
    accepted: bool
    findings: Findings


@dataclass
class _Paragraph:
    element: Any
    properties: Any
    chain: tuple[Style, ...]
    words: Words

    @property
    def shows(self) -> bool:
        return bool(
            plain(self.words.spans + self.words.contents).strip()
            or self.words.pictures
            or self.words.graphics
            or self.words.boxes
        )


class StoryReader:
    """Reads the parts of a story in their order: its lists are counted from one to the next."""

    def __init__(self, source: Source, part: str, lines: Mapping[Any, int], *, in_box: bool = False) -> None:
        self.source, self.part, self.lines, self.in_box = source, part, lines, in_box
        self.counters, self.boxes = Counters(), None if in_box else StoryReader(source, part, lines, in_box=True)
        self.text = TextReader(source.word, source.styles, part, source.accepted, source.note_marks)
        self.waiting: _Paragraph | None = None
        self.anchors: list[str] = []

    def read(self, container: Any) -> list[Block]:
        """The blocks of a body, a cell, a note, a box."""
        blocks = [*self._walk(container), *self._finish()]
        if blocks and self.anchors:
            blocks[-1] = replace(blocks[-1], anchors=(*blocks[-1].anchors, *self.anchors))
            self.anchors = []
        return blocks

    def _walk(self, container: Any) -> Iterator[Block]:
        for child in container:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._finish()
                yield from self._table(child)
            elif child.tag == f"{W}bookmarkStart":
                self.anchors += [name for name in [child.get(f"{W}name", "")] if name and name != "_GoBack"]
            elif child.tag == f"{MC}AlternateContent":
                yield from self._walk(next(iter(child), ()))
            elif child.tag in (f"{W}altChunk", f"{W}subDoc"):
                self.source.findings.warnings.append("Another document is tied into this one; its words are not in the draft. Copy them in with Word.")  # fmt: skip
            elif child.tag == f"{W}sdt":
                yield from self._control(child)
            elif child.tag not in (f"{W}sectPr", f"{W}sdtPr", f"{W}tcPr"):
                yield from self._walk(child)

    def _control(self, control: Any) -> Iterator[Block]:
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        before = self.text.in_contents
        self.text.in_contents |= gallery is not None and gallery.get(f"{W}val") == "Table of Contents"
        yield from self._walk(control)
        yield from self._finish() if self.text.in_contents != before else ()
        self.text.in_contents = before

    def _paragraph(self, element: Any) -> Iterator[Block]:
        properties = properties_of(element, accepted=self.source.accepted)
        chain = self.source.styles.of_paragraph(properties)
        own = _Paragraph(element, properties, chain, self.text.read(element, chain))
        going_on = goes_on(element, accepted=self.source.accepted)
        if going_on and not own.shows and own.words.had_words:
            own.words.anchors.clear()  # they were the anchors of what is gone
        self.waiting = self._joined(self.waiting, own)
        if not going_on:
            yield from self._finish()

    def _joined(self, first: _Paragraph | None, second: _Paragraph) -> _Paragraph:
        """Two paragraphs as one, with the properties of the first that shows something."""
        if first is None:
            return second
        a, b = first.words, second.words
        sizes = Counter(a.sizes) + Counter(b.sizes)
        words = Words(
            a.spans + b.spans, a.contents + b.contents, a.boxes + b.boxes, a.pictures + b.pictures, a.graphics + b.graphics, a.notes + b.notes,
            a.anchors + b.anchors, a.hidden + b.hidden, a.doubts + b.doubts, dict(sizes), a.had_words or b.had_words,
        )  # fmt: skip
        leads = first if first.shows and not is_large_letter(first.properties) else second
        return replace(leads, words=words)

    def _finish(self) -> Iterator[Block]:
        own, self.waiting = self.waiting, None
        if own is None:
            return
        words, place = own.words, Place(self.lines.get(own.element, 1))
        self.source.findings.hidden += [f"hidden text: {text}" for text in ["".join(words.hidden).strip()] if text]
        if is_contents(own.chain):
            words.contents, words.spans = words.contents + words.spans, []
        if plain(words.contents).strip():
            yield self._furniture(words.contents, place)
        numbered = self.source.numbering.number(own.properties, own.chain, self.counters)
        yield from self._block(own, numbered, place)
        yield from self._pictures(words, place)
        yield from self._graphics(words, place)
        for box in words.boxes:
            yield from (block.with_doubt(IN_BOX) for block in (self.boxes or self).read(box))

    def _furniture(self, spans: list[Span], place: Place) -> Block:
        written = self._write(spans, split=False)
        return Block("furniture", place, written.marked.text, reason=CONTENTS)

    def _write(self, spans: list[Span], *, split: bool) -> Written:
        cleaned, gone = clean_spans(spans)
        self.source.findings.unseen += gone
        return write_words(cleaned, split=split)

    def _block(self, own: _Paragraph, numbered: Numbered | None, place: Place) -> Iterator[Block]:
        counted = numbered is not None and bool(numbered.mark)
        written = self._write(own.words.spans, split=not counted)
        marked = written.marked
        self.anchors += own.words.anchors
        if not marked.text and not marked.mark and (numbered is None or numbered.is_bullet or not counted):
            return
        level = heading_level(own.properties, own.chain)
        kind: BlockKind = (
            "heading" if level and (marked.text or marked.mark) else "item" if numbered and counted else "paragraph"
        )
        anchors, self.anchors = tuple(self.anchors), []
        yield Block(
            kind, place, marked.text, numbered.mark if numbered and counted else marked.mark,
            "computed" if counted else "typed",
            level if kind == "heading" else numbered.level if numbered and kind == "item" else None,
            self._look(own, written, numbered), doubts=(*marked.doubts, *own.words.doubts, *_number_doubts(written, numbered)), anchors=anchors,
        )  # fmt: skip

    def _look(self, own: _Paragraph, written: Written, numbered: Numbered | None) -> Look:
        shown = plain(own.words.spans)
        tabs = shown[: len(shown) - len(shown.lstrip())].count("\t")
        sizes = own.words.sizes
        return Look(
            written.bold, written.italic, max(sizes, key=lambda size: sizes[size]) if sizes else None,
            first_indent(own.properties, own.chain, numbered) + tabs * TAB,
            is_centred(own.properties, own.chain), own.chain[0].name if own.chain else None,
        )  # fmt: skip

    def _pictures(self, words: Words, place: Place) -> Iterator[Block]:
        for identity, alternative in words.pictures:
            found = self.source.word.relationships(self.part).get(identity)
            if found is None or found.is_outside or found.target not in self.source.word.package:
                self.source.findings.warnings.append(f"The picture in paragraph {place.line} is not in the file, which only names it. It was not fetched.")  # fmt: skip
                continue
            data = self.source.word.package.read(found.target)
            yield Block("figure", place, picture=Picture(found.target.rpartition("/")[2], data, alternative))

    def _graphics(self, words: Words, place: Place) -> Iterator[Block]:
        for graphic in words.graphics:
            blocks = drawing_blocks(self.source.word, self.part, graphic, place)
            if blocks is None:
                self.source.findings.warnings.append(NO_DRAWING.format(place.line))
            yield from blocks or ()

    def _table(self, table: Any) -> Iterator[Block]:
        place = Place(next((self.lines[one] for one in table.iter(f"{W}p") if one in self.lines), 1))
        anchors, self.anchors = tuple(self.anchors), []
        rows = tuple(self._row(row) for row in _parts(table, f"{W}tr") if not self._is_gone(row.find(f"{W}trPr")))
        if rows:
            yield Block("table", place, rows=rows, anchors=anchors)

    def _row(self, row: Any) -> tuple[Cell, ...]:
        before = min(whole(value(row.find(f"{W}trPr"), "gridBefore")), MOST_COLUMNS)
        empty = (Cell(columns=before),) if before > 0 else ()
        return (*empty, *(self._cell(cell) for cell in _parts(row, f"{W}tc")))

    def _cell(self, cell: Any) -> Cell:
        properties = cell.find(f"{W}tcPr")
        return Cell(tuple(self.read(cell)), min(max(1, whole(value(properties, "gridSpan"), 1)), MOST_COLUMNS))

    def _is_gone(self, properties: Any) -> bool:
        gone = REMOVED if self.source.accepted else INSERTED
        return properties is not None and any(properties.find(tag) is not None for tag in gone)


def _number_doubts(written: Written, numbered: Numbered | None) -> Iterator[str]:
    if numbered is None or not numbered.mark:
        return
    if not written.marked.text:
        yield NO_WORDS
    if not numbered.is_sure:
        yield OTHER_SCRIPT
    again = write_words([Span(written.marked.text)]).marked
    if again.mark and any(sign.isdigit() for sign in again.mark):
        yield TWO_NUMBERS.format(again.mark)


def _parts(container: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, which content controls may stand around."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag not in (f"{W}tbl", f"{W}tc", f"{W}p"):
            yield from _parts(child, tag)
