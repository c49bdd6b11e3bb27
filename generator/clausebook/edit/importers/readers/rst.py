"""docutils, and only here: reStructuredText, without reading another file, raw text or settings of the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docutils import nodes
from docutils.core import publish_doctree

from clausebook.edit.importers.blocks import Block, Cell, Document, Place, UnreadableError
from clausebook.edit.importers.readers.docx_numbers import in_format
from clausebook.edit.importers.readers.docx_package import whole
from clausebook.edit.importers.readers.file_kinds import decode
from clausebook.edit.importers.readers.words import SUPERSCRIPT, Span, note_mark
from clausebook.edit.importers.readers.writing import INDENT, BlockWriter

REPORTED = 2
SETTINGS = {
    "file_insertion_enabled": False, "raw_enabled": False, "_disable_config": True, "report_level": REPORTED, "halt_level": 5, "warning_stream": False, "doctitle_xform": False,
    "docinfo_xform": False, "syntax_highlight": "none", "input_encoding": "unicode", "traceback": False, "line_length_limit": 1_000_000,
}  # fmt: skip
FORMATS = {
    "arabic": "decimal",
    "loweralpha": "lowerLetter",
    "upperalpha": "upperLetter",
    "lowerroman": "lowerRoman",
    "upperroman": "upperRoman",
}
CONTENTS = "the list of contents"
SWITCHED_OFF = re.compile(r'"([\w-]+)" directive disabled')
ASKED = "The file asks for another file or for raw text ({}). It was not read."
IN_DOUBT = "Line {} is not clear: {} Check it in the draft."
UNSEEN = (
    nodes.substitution_definition,
    nodes.target,
    nodes.raw,
    nodes.pending,
    nodes.meta,
    nodes.decoration,
)


def read(data: bytes) -> Document:
    """The document in a reStructuredText file."""
    try:
        tree = publish_doctree(decode(data), settings_overrides=SETTINGS)
    except Exception as error:  # of a directive with odd options it raises what its Python raises
        raise UnreadableError("the file cannot be read as reStructuredText", str(error).splitlines()[0] if str(error) else "its marks do not hold together", "save it as Markdown, HTML or Word, and bring that in") from error  # fmt: skip
    reader = _Reader(BlockWriter())
    return reader.writer.document("rst", list(reader.walk(tree)))


@dataclass
class _Reader:
    writer: BlockWriter
    line: int = 1
    level: int = 0
    depth: int = 0
    anchors: list[str] = field(default_factory=list)

    def walk(self, node: Any, indent: float = 0) -> Iterator[Block]:
        """The blocks of a node that holds others."""
        for child in node.children:
            self.line = getattr(child, "line", None) or self.line
            yield from self._one(child, indent)

    def _one(self, child: Any, indent: float) -> Iterator[Block]:
        if isinstance(child, nodes.system_message):
            self._warn(child)
        elif isinstance(child, nodes.comment):
            self.writer.hidden += [f"a comment of the file: {child.astext()}"] if child.astext() else []
        elif isinstance(child, nodes.section):
            self.level += 1
            yield from self.walk(child, indent)
            self.level -= 1
        elif not isinstance(child, UNSEEN):
            yield from self._shown(child, indent)

    def _shown(self, child: Any, indent: float) -> Iterator[Block]:
        if isinstance(child, nodes.title | nodes.subtitle):
            yield from self._title(child)
        elif isinstance(child, nodes.topic) and "contents" in child.get("classes", ()):
            inside = self.walk(child, indent)
            yield from (replace(one, kind="furniture", reason=CONTENTS, level=None) for one in inside)
        elif isinstance(child, nodes.bullet_list | nodes.enumerated_list):
            yield from self._list(child, indent)
        elif isinstance(child, nodes.table):
            yield from self._table(child)
        elif isinstance(child, nodes.footnote | nodes.citation):
            yield from self._note(child)
        elif isinstance(child, nodes.image):
            yield from self.writer.picture(self.line, child.get("uri", ""), child.get("alt"))
        elif isinstance(child, nodes.TextElement):
            yield from self._paragraph(child, indent)
        else:
            deeper = isinstance(child, nodes.block_quote | nodes.definition | nodes.line_block)
            yield from self.walk(child, indent + INDENT * deeper)

    def _warn(self, message: Any) -> None:
        """A problem of the file: a directive that would read another, or marks that do not hold together."""
        if message.get("level", 0) < REPORTED:
            return
        text = message.astext()
        asked = SWITCHED_OFF.search(text)
        words = message.children[0].astext() if message.children else text
        self.writer.warnings.append(
            ASKED.format(asked[1]) if asked else IN_DOUBT.format(message.get("line", self.line), words)
        )

    def _title(self, title: Any) -> Iterator[Block]:
        level = max(self.level, 1)
        kind = "heading" if isinstance(title.parent, nodes.section) else "paragraph"
        yield from self.writer.write(kind, self.line, list(_spans(title)), level=level if kind == "heading" else None)  # type: ignore[arg-type]

    def _paragraph(self, node: Any, indent: float) -> Iterator[Block]:
        struck = [
            f"these words are struck through: {one.astext()}"
            for one in node.findall(nodes.inline)
            if "strike" in one.get("classes", ())
        ]
        yield from self.writer.write("paragraph", self.line, list(_spans(node)), indent=indent, doubts=tuple(struck))
        for image in node.findall(nodes.image):
            yield from self.writer.picture(self.line, image.get("uri", ""), image.get("alt"))

    def _list(self, node: Any, indent: float) -> Iterator[Block]:
        for place, item in enumerate(node.children):
            mark = "•"
            if isinstance(node, nodes.enumerated_list):
                number = in_format(
                    whole(str(node.get("start", 1)), 1) + place, FORMATS.get(node.get("enumtype", ""), "decimal")
                )
                mark = f"{node.get('prefix', '')}{number}{node.get('suffix', '')}"
            self.depth += 1
            for count, block in enumerate(self.walk(item, indent + INDENT)):
                if count or block.kind != "paragraph":
                    yield block
                else:
                    look = replace(block.look, indent=indent)
                    yield replace(block, kind="item", mark=mark, text=block.in_full, level=self.depth - 1, look=look)
            self.depth -= 1

    def _table(self, table: Any) -> Iterator[Block]:
        yield from (block for title in table.findall(nodes.title) for block in self._title(title))
        line = self.line
        rows = tuple(tuple(self._cells(row)) for row in table.findall(nodes.row))
        yield Block("table", Place(line), rows=rows)

    def _cells(self, row: Any) -> Iterator[Cell]:
        for entry in row.children:
            yield Cell(tuple(self.walk(entry)), whole(str(entry.get("morecols", 0))) + 1)

    def _note(self, note: Any) -> Iterator[Block]:
        label = next((one.astext() for one in note.children if isinstance(one, nodes.label)), "")
        for child in note.children:
            if not isinstance(child, nodes.label):
                yield from (
                    replace(one, kind="note", text=one.in_full, mark="", note=note_mark(label))
                    for one in self._one(child, 0)
                )


def _spans(node: Any, *, bold: bool = False, italic: bool = False, link: str | None = None) -> Iterator[Span]:
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield Span(
                str(child) if isinstance(node, nodes.literal_block | nodes.line) else " ".join(str(child).split("\n")),
                bold,
                italic,
                link,
            )
        elif isinstance(child, nodes.footnote_reference | nodes.citation_reference):
            yield Span(note_mark(child.astext()), bold, italic, link)
        elif isinstance(child, nodes.superscript) and child.astext().isdigit():
            yield Span(child.astext().translate(SUPERSCRIPT), bold, italic, link)
        elif not isinstance(child, nodes.image | nodes.target | nodes.raw | nodes.system_message):
            yield from _spans(
                child, bold=bold or isinstance(child, nodes.strong), italic=italic or isinstance(child, nodes.emphasis),
                link=child.get("refuri") if isinstance(child, nodes.reference) else link,
            )  # fmt: skip
