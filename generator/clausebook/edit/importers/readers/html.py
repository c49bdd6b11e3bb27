"""HTML pages: headings, lists, tables and paragraphs; what a page has around its text is furniture, and what nobody sees is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from clausebook.edit.importers.blocks import Block, Cell, Document, Place, UnreadableError
from clausebook.edit.importers.readers.docx_numbers import in_format
from clausebook.edit.importers.readers.docx_package import whole
from clausebook.edit.importers.readers.file_kinds import decode
from clausebook.edit.importers.readers.markup import damaged, parse_html
from clausebook.edit.importers.readers.words import SUPERSCRIPT, Span
from clausebook.edit.importers.readers.writing import INDENT, BlockWriter

WHITE = re.compile(r"[ \t\r\n\f]+")
UNSEEN = {
    "script",
    "style",
    "template",
    "noscript",
    "head",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "svg",
    "canvas",
    "datalist",
}
ACTS = {"script", "iframe", "object", "embed"}
EDGES = {"nav": "the navigation of the page", "header": "the head of the page", "footer": "the foot of the page"}
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "input", "ins", "kbd", "label",
    "mark", "meter", "output", "progress", "q", "rp", "rt", "ruby", "s", "samp", "select", "small", "span", "strike", "strong", "sub", "sup", "textarea", "time", "tt", "u", "var", "wbr",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
NO_MARK = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
RUN = "The page holds programs or pages of others. None was run or fetched."
MOST_ALIKE = 1000


def read(data: bytes) -> Document:
    """The document in a web page."""
    root = parse_html(_decode(data))
    if root is None:
        raise UnreadableError("the page is empty", "there is nothing in it", "save the page again, and bring that in")
    writer = BlockWriter()
    try:
        blocks = list(Reader(writer).read(root))
    except RecursionError as error:
        raise damaged() from error
    title = next((" ".join("".join(one.itertext()).split()) for one in root.iter("title")), None)
    return writer.document("html", blocks, title or None)


def _decode(data: bytes) -> str:
    """By what the bytes are; by what the page says only where they are no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        named = CHARSET.search(data[:2048])
        try:
            return (
                data.decode(named[1].decode("ascii"))
                if named and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
                else decode(data)
            )
        except (LookupError, UnicodeDecodeError):
            return decode(data)


@dataclass(frozen=True)
class _Look:
    bold: bool = False
    italic: bool = False
    link: str | None = None
    is_exact: bool = False
    """Whether spaces and line ends are shown as written."""


@dataclass
class Reader:
    """Reads the elements of a page in their order."""

    writer: BlockWriter
    line: int | None = None
    """Where all of it stands in another file; None for a page of its own."""
    spans: list[Span] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str | None]] = field(default_factory=list)
    at: int = 1

    def read(self, element: Any, look: _Look = _Look(), indent: float = 0) -> Iterator[Block]:
        """The blocks of an element that holds others."""
        self._say(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child, look, indent)
            elif child.text and child.text.strip() and not child.text.startswith("["):
                self.writer.hidden.append(f"a comment of the page: {child.text.strip()}")
            self._say(child.tail, look)
        if element.tag not in INLINE:
            yield from self._finish(indent)

    def _element(self, child: Any, look: _Look, indent: float) -> Iterator[Block]:
        tag = child.tag.lower()
        self.at = self.line or child.sourceline or self.at
        if tag in UNSEEN:
            self.writer.warnings += [RUN] if tag in ACTS else []
        elif child.get("hidden") is not None or HIDES.search(child.get("style", "")):
            self.writer.hidden += [
                f"hidden text: {text}" for text in [" ".join("".join(child.itertext()).split())] if text
            ]
        elif tag in INLINE:
            yield from self._inline(child, tag, look, indent)
        else:
            yield from self._finish(indent)
            self._mark_place(child)
            yield from self._block(child, tag, look, indent)

    def _block(self, child: Any, tag: str, look: _Look, indent: float) -> Iterator[Block]:
        if tag in HEADINGS:
            yield from self._as(child, look, indent, kind="heading", level=HEADINGS[tag])
        elif tag in ("ul", "ol", "menu", "dir"):
            yield from self._list(child, tag, look, indent)
        elif tag == "table":
            yield from self._table(child, look)
        elif tag in EDGES and next(child.iterancestors("main", "article"), None) is None:
            yield from (
                replace(one, kind="furniture", reason=EDGES[tag], level=None)
                for block in self.read(child, look, indent)
                for one in block.walk()
                if one.in_full
            )
        elif tag == "pre":
            yield from self.read(child, replace(look, is_exact=True), indent)
        else:
            yield from self.read(child, look, indent + INDENT * (tag in ("blockquote", "dd")))

    def _as(self, element: Any, look: _Look, indent: float, **changes: Any) -> Iterator[Block]:
        """The first paragraph of an element as another kind; what follows it stays as it is."""
        for place, block in enumerate(self.read(element, look, indent)):
            yield replace(block, **changes) if place == 0 and block.kind == "paragraph" else block

    def _inline(self, child: Any, tag: str, look: _Look, indent: float) -> Iterator[Block]:
        self._mark_place(child)
        style = child.get("style", "")
        if tag == "br":
            self.spans.append(Span("\n"))
        elif tag == "img":
            self.pictures.append((child.get("src", ""), child.get("alt")))
        elif tag == "input":
            self._input(child, look)
        elif tag in ("sup", "sub") and tag == "sup" and (child.text_content() or "").strip().isdigit():
            self._say(child.text_content().strip().translate(SUPERSCRIPT), look)
        elif tag != "select":
            if tag in ("del", "s", "strike") and child.text_content().strip():
                self.doubts.append(f"these words are struck through: {child.text_content().strip()}")
            inner = _Look(
                look.bold or tag in ("b", "strong") or bool(BOLD.search(style)), look.italic or tag in ("i", "em") or bool(ITALIC.search(style)),
                child.get("href") or look.link if tag == "a" else look.link, look.is_exact,
            )  # fmt: skip
            yield from self.read(child, inner, indent)

    def _input(self, child: Any, look: _Look) -> None:
        kind = (child.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            self._say("☒ " if child.get("checked") is not None else "☐ ", look)
        elif kind != "hidden" and child.get("value"):
            self._say(child.get("value"), look)

    def _mark_place(self, child: Any) -> None:
        self.anchors += [name for name in (child.get("id"), child.get("name") if child.tag == "a" else None) if name]

    def _say(self, text: str | None, look: _Look) -> None:
        if text:
            self.spans.append(Span(text if look.is_exact else WHITE.sub(" ", text), look.bold, look.italic, look.link))

    def _finish(self, indent: float) -> Iterator[Block]:
        spans, self.spans = self.spans, []
        doubts, self.doubts = self.doubts, []
        pictures, self.pictures = self.pictures, []
        found = list(self.writer.write("paragraph", self.at, spans, indent=indent, doubts=tuple(doubts)))
        if found and self.anchors:
            found[0] = replace(found[0], anchors=tuple(self.anchors))
            self.anchors = []
        yield from found
        for address, alternative in pictures:
            yield from self.writer.picture(self.at, address, alternative)

    def _list(self, element: Any, tag: str, look: _Look, indent: float) -> Iterator[Block]:
        depth = sum(1 for _ in element.iterancestors("ul", "ol", "menu", "dir"))
        bare = bool(NO_MARK.search(element.get("style", "")))
        number, step = whole(element.get("start"), 1), 1
        if element.get("reversed") is not None:
            number, step = whole(element.get("start"), len(element.findall("li"))), -1
        for child in element:
            if child.tag != "li":
                if isinstance(child.tag, str):
                    yield from self._element(child, look, indent)
                continue
            number = whole(child.get("value"), number)
            mark = (
                "•"
                if tag != "ol"
                else f"{in_format(number, TYPES.get(child.get('type') or element.get('type') or '1', 'decimal'))}."
            )
            number += step
            self._mark_place(child)
            yield from self._item(child, "" if bare else mark, depth, look, indent)

    def _item(self, item: Any, mark: str, depth: int, look: _Look, indent: float) -> Iterator[Block]:
        self.at = self.line or item.sourceline or self.at
        for place, block in enumerate(self.read(item, look, indent + INDENT)):
            if place == 0 and block.kind == "paragraph" and mark:
                text = block.in_full if block.mark_is == "typed" else block.text
                typed = block.mark and mark == "•"  # a list without bullets of its own, numbered by hand
                yield replace(
                    block,
                    kind="item",
                    level=depth,
                    mark=block.mark if typed else mark,
                    mark_is="typed" if typed else "computed",
                    text=block.text if typed else text,
                    look=replace(block.look, indent=indent),
                )
            else:
                yield replace(block, kind="item", level=depth) if place == 0 and block.kind == "paragraph" else block

    def _table(self, table: Any, look: _Look) -> Iterator[Block]:
        line = self.at
        for caption in table.iterfind("caption"):
            yield from self.read(caption, look)
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        cells = tuple(tuple(self._cells(row, look)) for row in rows)
        if any(cell.blocks for row in cells for cell in row):
            anchors, self.anchors = tuple(self.anchors), []
            yield Block("table", Place(line), rows=cells, anchors=anchors)

    def _cells(self, row: Any, look: _Look) -> Iterator[Cell]:
        for cell in row:
            if cell.tag in ("td", "th"):
                yield Cell(tuple(self.read(cell, look)), min(max(1, whole(cell.get("colspan"), 1)), MOST_ALIKE))
