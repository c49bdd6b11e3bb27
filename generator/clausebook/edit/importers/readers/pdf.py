"""PDF files with text: lines as paragraphs, ruled tables, page heads and feet, notes, pictures, comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clausebook.edit.importers.blocks import Block, Comment, Document, Look, Place, UnreadableError
from clausebook.edit.importers.readers.pdf_furniture import find_furniture
from clausebook.edit.importers.readers.pdf_gaps import find_tables
from clausebook.edit.importers.readers.pdf_lines import Line, lines_of, number_lines
from clausebook.edit.importers.readers.pdf_page import read_pages
from clausebook.edit.importers.readers.pdf_paragraphs import Paragraph, measure, paragraphs_of, spans_of
from clausebook.edit.importers.readers.pdf_records import Grid, Page, Pdf, Shown
from clausebook.edit.importers.readers.pdf_tables import is_continued, table_of
from clausebook.edit.importers.readers.words import SUPERSCRIPT, clean_spans, is_right_to_left, told, write_words

SCAN = "Page {} is a picture without text, such as a scan. Nothing of it is in the draft but the picture."
LOST = "A picture on page {} could not be taken out. Copy it from the PDF."
DRAWN = "Page {} holds a drawing. Its words are in the draft, its lines are not."
NO_LINES = "it is a table without lines, told by its gaps: check which words belong to which cell"
FILLED = "A field of a form on page {} is filled in: {}"
TURNED = "words that are turned sideways"
TURNED_ORDER = "The file is written from right to left. A PDF does not keep the order of such words: bring in the Word file that it was made from."
INSET = 0.06
"""Of a page's width: what begins further to the left is a full line, whatever its middle."""
SMALL = 0.93
"""Of the size of most letters: what is no larger, at the foot of a page, may be a note."""
NOTE = re.compile(r"([0-9]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[.)]?\s+(?=\S)|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?=\S)")
RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
HEADING = re.compile(r"H([1-6])")


def read(data: bytes) -> Document:
    """The document in a PDF. Raises UnreadableError where it has no text."""
    pdf = read_pages(data)
    if not any(page.words or page.grids for page in pdf.pages):
        raise UnreadableError(
            "the PDF holds pictures of pages and no text"
            if any(page.pictures for page in pdf.pages)
            else "the PDF holds no text",
            "it was scanned or drawn, and Clausebook does not guess letters from pictures",
            "bring in the Word file that it was printed from; or have the scan's text recognised (in Word: File, Open), read it over, and bring that in",
        )
    return _Reader(pdf).read()


@dataclass(frozen=True)
class _Part:
    """What stands at one place of a page, in the order of reading: lines, a table or a picture."""

    page: int
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None
    shown: Shown | None = None


class _Reader:
    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.pages = number_lines([lines_of(page) for page in pdf.pages], max(page.width for page in pdf.pages))
        self.furniture = find_furniture(self.pages, [page.height for page in pdf.pages])
        body = [line for lines in self.pages for line in lines if line.number not in self.furniture]
        self.measures = measure(body)
        self.unseen: Counter[str] = Counter()
        self.used_marks: set[str] = set()
        self.line = 1

    def read(self) -> Document:
        heads = self._repeated("the head of each page")
        blocks = [*heads, *self._blocks(), *self._turned(), *self._repeated("the foot of each page")]
        return Document(
            "pdf", tuple(blocks), self.pdf.title, (), tuple(self._comments()),
            (*self._hidden(), *told(self.unseen)), tuple(self._warnings(blocks)), is_right_to_left(block.text for block in blocks),
        )  # fmt: skip

    def _blocks(self) -> Iterator[Block]:
        """Text goes on from page to page; a table does where its parts have the same columns."""
        waiting: list[Line] = []
        tables: list[tuple[int, Grid]] = []
        for part in self._parts():
            if part.lines:
                yield from self._table(tables)
                waiting += part.lines
            elif (
                part.grid
                and tables
                and tables[-1][0] != part.page
                and not waiting
                and is_continued(tables[-1][1], part.grid)
            ):
                tables.append((part.page, part.grid))
            elif part.grid:
                yield from self._paragraphs(waiting)
                yield from self._table(tables)
                tables.append((part.page, part.grid))
            elif part.shown:
                yield from self._paragraphs(waiting)
                yield from self._table(tables)
                yield Block("figure", Place(self.line, part.page), picture=part.shown.picture)
        yield from self._table(tables)
        yield from self._paragraphs(waiting)

    def _parts(self) -> Iterator[_Part]:
        for page, lines in zip(self.pdf.pages, self.pages, strict=True):
            own = [line for line in lines if line.number not in self.furniture]
            others = [(grid.top, _Part(page.number, grid=grid)) for grid in page.grids]
            others += [
                (shown.top, _Part(page.number, shown=shown))
                for shown in page.pictures
                if not self._is_background(page, shown)
            ]
            for top, part in sorted(others, key=lambda one: one[0]):
                before = next((place for place, line in enumerate(own) if line.top > top), len(own))
                yield from self._lines(page.number, own[:before])
                own = own[before:]
                yield part
            yield from self._lines(page.number, own)

    @staticmethod
    def _lines(page: int, lines: Sequence[Line]) -> Iterator[_Part]:
        """Lines, and tables without lines among them."""
        done = 0
        for start, end, grid in find_tables(lines):
            if start > done:
                yield _Part(page, tuple(lines[done:start]))
            yield _Part(page, grid=grid)
            done = end
        if done < len(lines):
            yield _Part(page, tuple(lines[done:]))

    @staticmethod
    def _is_background(page: Page, shown: Shown) -> bool:
        return shown.fills_page and bool(page.words)

    def _table(self, tables: list[tuple[int, Grid]]) -> Iterator[Block]:
        if not tables:
            return
        place = Block("table", Place(self.line, tables[0][0]), doubts=() if tables[0][1].is_ruled else (NO_LINES,))
        found = table_of(tables, self.line, lambda lines: list(self._written(lines, in_cell=True)), place)
        tables.clear()
        yield found.block
        yield from found.repeated

    def _paragraphs(self, lines: list[Line]) -> Iterator[Block]:
        yield from self._written(lines, in_cell=False)
        lines.clear()

    def _written(self, lines: Sequence[Line], *, in_cell: bool) -> Iterator[Block]:
        for paragraph in paragraphs_of(lines, self.measures):
            yield self._block(paragraph, in_cell=in_cell)
            self.line = max(self.line, paragraph.last.number)

    def _block(self, paragraph: Paragraph, *, in_cell: bool) -> Block:
        spans, doubts = spans_of(paragraph, self.measures)
        cleaned, gone = clean_spans(spans)
        self.unseen += gone
        written, first = write_words(cleaned), paragraph.first
        left = min(line.x0 for line in paragraph.lines) if in_cell else self.measures.left
        look = Look(
            written.bold,
            written.italic,
            first.size,
            max(0.0, round(first.x0 - left, 1)),
            self._is_centred(paragraph) and not in_cell,
        )
        place = Place(first.number, first.page)
        self.used_marks |= set(RAISED.findall(written.marked.text))
        if not in_cell and (note := self._note(paragraph, written.marked.mark, written.marked.text)):
            return Block("note", place, note[1], look=look, note=note[0], doubts=tuple(doubts))
        level = _level(paragraph)
        return Block(
            "heading" if level else "paragraph", place, written.marked.text, written.marked.mark, level=level, look=look,
            doubts=(*written.marked.doubts, *doubts),
        )  # fmt: skip

    def _note(self, paragraph: Paragraph, mark: str, text: str) -> tuple[str, str] | None:
        """A note at the foot of a page: in small letters, with a number that the text has raised before."""
        page = self.pdf.pages[paragraph.first.page - 1]
        if paragraph.first.size > SMALL * self.measures.size or paragraph.first.top < 0.4 * page.height:
            return None
        found = NOTE.match(f"{mark} {text}".strip())
        number = (found[1] or found[2]).translate(SUPERSCRIPT) if found else ""
        return (
            (number, f"{mark} {text}".strip()[found.end() :].strip()) if found and number in self.used_marks else None
        )

    def _is_centred(self, paragraph: Paragraph) -> bool:
        width = self.pdf.pages[paragraph.first.page - 1].width
        return all(
            abs(line.x0 + line.x1 - width) < 0.02 * width and line.x0 > self.measures.left + INSET * width
            for line in paragraph.lines
        )

    def _repeated(self, reason: str) -> Iterator[Block]:
        """Each line of the pages' heads or feet once, but for another page number."""
        seen: set[str] = set()
        for lines in self.pages:
            for line in lines:
                if self.furniture.get(line.number) == reason and (shape := re.sub(r"\d+", "#", line.text)) not in seen:
                    seen.add(shape)
                    text = write_words(line.spans, split=False).marked.text
                    yield Block("furniture", Place(line.number, line.page), text, reason=reason)

    def _turned(self) -> Iterator[Block]:
        for page in self.pdf.pages:
            if page.turned:
                yield Block("furniture", Place(self.line, page.number), page.turned, reason=TURNED)

    def _hidden(self) -> Iterator[str]:
        return (f"hidden text on page {page.number}: {page.hidden}" for page in self.pdf.pages if page.hidden)

    def _comments(self) -> Iterator[Comment]:
        for page, lines in zip(self.pdf.pages, self.pages, strict=True):
            for said in page.said:
                line = next((line.number for line in lines if line.bottom >= said.top), self.line)
                yield Comment(said.text, said.author, said.date, Place(line, page.number), said.about)

    def _warnings(self, blocks: Sequence[Block]) -> Iterator[str]:
        for page in self.pdf.pages:
            if page.pictures and not page.words and not page.grids:
                yield SCAN.format(page.number)
            if page.lost_pictures:
                yield LOST.format(page.number)
            if page.has_drawing:
                yield DRAWN.format(page.number)
            yield from (FILLED.format(page.number, text) for text in page.filled)
        if is_right_to_left(block.text for block in blocks):
            yield TURNED_ORDER


def _level(paragraph: Paragraph) -> int | None:
    """The level of a heading that a tagged PDF says it is."""
    tags = {word.tag for line in paragraph.lines for word in line.words}
    found = HEADING.fullmatch(next(iter(tags)) or "") if len(tags) == 1 else None
    return int(found[1]) if found else None
