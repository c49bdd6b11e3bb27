"""OpenDocument texts: paragraphs, counted lists, tables, notes, page heads and feet, what is tracked and commented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from clausebook.edit.importers.blocks import (
    Block,
    BlockKind,
    Cell,
    Document,
    Look,
    Picture,
    Place,
)
from clausebook.edit.importers.readers.docx import SIDES
from clausebook.edit.importers.readers.docx_blocks import CONTENTS, IN_BOX
from clausebook.edit.importers.readers.docx_package import TITLE, whole
from clausebook.edit.importers.readers.docx_styles import TITLE as TITLE_STYLE
from clausebook.edit.importers.readers.drawings import chart_blocks
from clausebook.edit.importers.readers.markup import damaged
from clausebook.edit.importers.readers.odt_changes import ID, read_changes, read_comments
from clausebook.edit.importers.readers.odt_objects import read_chart
from clausebook.edit.importers.readers.odt_styles import (
    DRAW,
    OFFICE,
    STYLE,
    TABLE,
    TEXT,
    Level,
    Styles,
    mark_of,
    points,
    read_styles,
)
from clausebook.edit.importers.readers.odt_text import SHAPES, TextReader, Words
from clausebook.edit.importers.readers.packages import Package, locked, open_package
from clausebook.edit.importers.readers.words import clean_spans, is_right_to_left, plain, told, write_words

NOT_TEXT = {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{OFFICE}forms", f"{TEXT}table-of-content-source"}  # fmt: skip
OF_ANOTHER = "another program put it into the document: where in the text it belongs is a guess"
MOST_ALIKE = 100
"""Cells that a spreadsheet's form repeats in one word."""


def read(data: bytes) -> Document:
    """The document in an .odt or .ott file; tracked changes are taken as accepted."""
    package = open_package(data)
    content = package.xml("content.xml")
    if content is None:
        raise damaged()
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(str(one.tag).endswith("}encryption-data") for one in manifest.iter()):
        raise locked()
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise damaged()
    try:
        return _read(package, content, text)
    except RecursionError as error:
        raise damaged() from error


def _read(package: Package, content: Any, text: Any) -> Document:
    looks = package.xml("styles.xml")
    story = _Story(package, read_styles(looks, content), {one: line for line, one in enumerate(_paragraphs(text), 1)})
    blocks = [*_page_edges(story, looks, "header", 1), *story.read(text), *story.notes, *_page_edges(story, looks, "footer", max(1, len(story.lines)))]  # fmt: skip
    meta = package.xml("meta.xml")
    title = next((one.text for one in meta.iter(TITLE)), None) if meta is not None else None
    return Document(
        "odt", tuple(blocks), title, tuple(read_changes(text, story.lines)), tuple(read_comments(text, story.lines)),
        (*story.hidden, *told(story.unseen)), tuple(story.warnings), is_right_to_left(block.text for block in blocks),
    )  # fmt: skip


def _paragraphs(text: Any) -> Iterator[Any]:
    gone = (f"{TEXT}tracked-changes", f"{OFFICE}annotation")
    return (one for one in text.iter(f"{TEXT}p", f"{TEXT}h") if next(one.iterancestors(*gone), None) is None)


@dataclass(frozen=True)
class _Item:
    """Where in a list a paragraph stands."""

    levels: dict[int, Level]
    depth: int
    mark: str


@dataclass
class _Story:
    package: Package
    styles: Styles
    lines: dict[Any, int]
    unseen: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    by_list: dict[str, dict[int, int]] = field(default_factory=dict)
    by_style: dict[str, dict[int, int]] = field(default_factory=dict)
    outline: dict[int, int] = field(default_factory=dict)
    in_contents: bool = False
    anchors: list[str] = field(default_factory=list)

    def read(self, container: Any) -> list[Block]:
        """The blocks of a body, a cell, a note, a box."""
        return list(self._walk(container))

    def _walk(self, container: Any) -> Iterator[Block]:
        for child in container:
            if child.tag in NOT_TEXT:
                continue
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield from self._paragraph(child, None)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child, 1, child.get(f"{TEXT}style-name", ""), self._counters(child))
            elif child.tag == f"{TABLE}table":
                yield self._table(child)
            elif child.tag == f"{TEXT}table-of-content":
                self.in_contents, before = True, self.in_contents
                yield from self._walk(child)
                self.in_contents = before
            elif child.tag in (f"{DRAW}frame", *SHAPES):
                yield from self._hanging(
                    TextReader(self.styles, self.package).read_frame(child), Place(self._line(child))
                )
            else:
                yield from self._walk(child)

    def _counters(self, one: Any) -> dict[int, int]:
        """The counters of a list: its own, or those of one that it goes on from."""
        style, continued = one.get(f"{TEXT}style-name", ""), one.get(f"{TEXT}continue-list")
        values = self.by_list.get(continued) if continued else None
        if values is None:
            values = self.by_style.get(style, {}) if one.get(f"{TEXT}continue-numbering") == "true" else {}
        self.by_style[style] = self.by_list[one.get(ID, "")] = values
        return values

    def _list(self, one: Any, depth: int, style: str, values: dict[int, int]) -> Iterator[Block]:
        style = one.get(f"{TEXT}style-name") or style
        levels = self.styles.lists.get(style, {})
        for item in one:
            counts = item.tag == f"{TEXT}list-item"
            for child in item:
                if child.tag == f"{TEXT}list":
                    yield from self._list(child, depth + 1, style, values)
                elif child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    mark = self._count(item, levels, depth, values) if counts else ""
                    yield from self._paragraph(child, _Item(levels, depth, mark))
                    counts = False
                elif child.tag == f"{TABLE}table":
                    yield self._table(child)

    def _count(self, item: Any, levels: dict[int, Level], depth: int, values: dict[int, int]) -> str:
        start = item.get(f"{TEXT}start-value")
        first = levels.get(depth, Level()).start
        values[depth] = whole(start, 1) if start else values.get(depth, first - 1) + 1
        for upper in range(1, depth):
            values.setdefault(upper, levels.get(upper, Level()).start)
        for deeper in [deep for deep in values if deep > depth]:
            del values[deeper]
        return mark_of(levels, depth, values)

    def _heading_number(self, element: Any, level: int) -> _Item | None:
        """The number of a heading that stands in no list: of the document's outline."""
        levels = self.styles.lists.get("", {})
        if level not in levels or levels[level].format == "none" or element.get(f"{TEXT}is-list-header") == "true":
            return None
        return _Item(levels, level, self._count(element, levels, level, self.outline))

    def _paragraph(self, element: Any, item: _Item | None) -> Iterator[Block]:
        words, place = TextReader(self.styles, self.package).read(element), Place(self.lines.get(element, 1))
        self.hidden += [f"hidden text: {text}" for text in ["".join(words.hidden).strip()] if text]
        spans, gone = clean_spans(words.spans)
        self.unseen += gone
        self.anchors += words.anchors
        chain = [style.name for style in self.styles.chain("paragraph", element.get(f"{TEXT}style-name"))]
        level = (
            whole(element.get(f"{TEXT}outline-level"), 1)
            if element.tag == f"{TEXT}h"
            else 1
            if any(map(TITLE_STYLE.fullmatch, chain))
            else None
        )
        if item is None and element.tag == f"{TEXT}h" and plain(spans).strip():
            item = self._heading_number(element, level or 1)
        counted = bool(item and item.mark)
        written = write_words(spans, split=not counted)
        if self.in_contents and plain(spans).strip():
            yield Block("furniture", place, write_words(spans, split=False).marked.text, reason=CONTENTS)
        elif written.marked.text or written.marked.mark or (item and any(sign.isalnum() for sign in item.mark)):
            kind: BlockKind = (
                "heading" if level and written.marked.text else "item" if item and counted else "paragraph"
            )
            anchors, self.anchors = tuple(self.anchors), []
            yield Block(
                kind, place, written.marked.text, item.mark if item and counted else written.marked.mark, "computed" if counted else "typed",
                level if kind == "heading" else item.depth - 1 if item and kind == "item" else None,
                Look(written.bold, written.italic, self._size(element), self._indent(element, item), self._style(element, "text-align") == "center", next(iter(chain), None)),
                doubts=(*written.marked.doubts, *words.doubts), anchors=anchors,
            )  # fmt: skip
        yield from self._hanging(words, place)

    def _style(self, element: Any, key: str) -> str:
        return self.styles.of_paragraph(element.get(f"{TEXT}style-name"), key)

    def _size(self, element: Any) -> float | None:
        return points(self.styles.of_words([("paragraph", element.get(f"{TEXT}style-name"))], "font-size")) or None

    def _indent(self, element: Any, item: _Item | None) -> float:
        if item:
            return round(item.levels.get(item.depth, Level()).indent, 1)
        return round(points(self._style(element, "margin-left")) + points(self._style(element, "text-indent")), 1)

    def _hanging(self, words: Words, place: Place) -> Iterator[Block]:
        for names, alternative in words.pictures:
            forms = [Picture(name.rpartition("/")[2], self.package.read(name), alternative) for name in names if name in self.package]  # fmt: skip
            if forms:
                yield Block("figure", place, picture=next((one for one in forms if one.ending), forms[0]))
            else:
                self.warnings.append(
                    f"The picture in paragraph {place.line} is not in the file, which only names it. It was not fetched."
                )
        for body in words.objects:
            yield from self._object(body, place)
        for box in words.boxes:
            yield from (block.with_doubt(IN_BOX) for block in self.read(box))
        for mark, body in words.notes:
            self.notes += [
                replace(block, kind="note", place=place, text=block.in_full, mark="", note=mark)
                for block in self.read(body)
            ]

    def _object(self, body: Any, place: Place) -> Iterator[Block]:
        """What another program put in: a chart, or a text, a sheet or a drawing of its own."""
        if (chart := read_chart(body)) is not None:
            yield from chart_blocks(chart, place)
            return
        for block in self.read(body):
            yield replace(block, place=place).with_doubt(OF_ANOTHER)

    def _line(self, element: Any) -> int:
        return next((self.lines[one] for one in element.iter(f"{TEXT}p", f"{TEXT}h") if one in self.lines), 1)

    def _table(self, table: Any) -> Block:
        place = Place(self._line(table))
        rows = (row for row in table.iter(f"{TABLE}table-row") if next(row.iterancestors(f"{TABLE}table")) is table)
        anchors, self.anchors = tuple(self.anchors), []
        return Block("table", place, rows=tuple(tuple(self._cells(row)) for row in rows), anchors=anchors)

    def _cells(self, row: Any) -> Iterator[Cell]:
        """A cell that another covers is left out beside it, and empty below it."""
        beside = 0
        for cell in row:
            if cell.tag == f"{TABLE}covered-table-cell":
                beside -= 1
                if beside < 0:
                    yield Cell(tuple(self.read(cell)))
            elif cell.tag == f"{TABLE}table-cell":
                columns = min(max(1, whole(cell.get(f"{TABLE}number-columns-spanned"), 1)), MOST_ALIKE)
                beside = columns - 1
                for _ in range(min(max(1, whole(cell.get(f"{TABLE}number-columns-repeated"), 1)), MOST_ALIKE)):
                    yield Cell(tuple(self.read(cell)), columns)


def _page_edges(story: _Story, looks: Any, side: str, line: int) -> Iterator[Block]:
    """What stands at the head or the foot of the pages; the same words or picture of several kinds of page are told once."""
    seen: set[str] = set()
    for part in (
        looks.iter(f"{STYLE}{side}", f"{STYLE}{side}-first", f"{STYLE}{side}-left") if looks is not None else ()
    ):
        if part.get(f"{STYLE}display") == "false":
            continue
        for block in story.read(part):
            for one in block.walk():
                key = one.in_full or (one.picture.file if one.picture else "")
                if key and key not in seen:
                    seen.add(key)
                    yield replace(
                        one,
                        kind="furniture",
                        place=Place(line),
                        reason=f"{SIDES[side]} of each page",
                        level=None,
                        anchors=(),
                    )
