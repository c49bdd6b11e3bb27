"""What comes back in a Word file, line by line: each paragraph, table or picture with the names that its bookmarks stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from clausebook.compare.revisions.wording import words_of
from clausebook.edit.importers.blocks import Block, Document
from clausebook.model.outline import Part
from clausebook.model.structures import FormField, Table
from clausebook.model.text import as_read, plain_words

BEFORE = {"Form field": "[☐☒] ", "Attachment": "File: ", "Clause continued": "Figure: "}
"""What stands before the words in some styles; in a file whose styles are lost it may be any of these."""
BEHIND = re.compile(r":? (?:\[Fill in\]|\[Date\]|_{5,})$")
"""What a Word file of ours prints around the words of a figure, a file, a field to fill in."""
SURROUNDED = frozenset({"figure", "file", "field"})
MARKS = re.compile(
    "[\N{SUPERSCRIPT ZERO}\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}\N{SUPERSCRIPT FOUR}-\N{SUPERSCRIPT NINE}]+"
)
"""Of footnotes, as they stand in the text."""
UNNUMBERED = frozenset({"Clause continued", "caption", "Figure", "Form title", "Form field", "Attachment"})
"""Styles of ours in which no number stands: what looks like one are words."""
STYLES = UNNUMBERED | {"Clause", "List Paragraph"}
Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Line:
    """One block of the text."""

    block: Block
    text: str
    """Its words with their Markdown, without the marks of footnotes."""
    names: tuple[str, ...] = ()
    """What its bookmarks stand for: ids of clauses, items and sections."""
    note: str | None = None
    """The footnote that it refers to."""

    @cached_property
    def read(self) -> str:
        """Its words as a reader's eye takes them in."""
        if self.block.picture:
            return as_read(self.block.picture.alternative or "")
        return as_read("\n\n".join(words for row in self.cells for words in row) if self.block.rows else self.text)

    @cached_property
    def bare(self) -> str:
        read = as_read(self.block.in_full) if self.block.mark in ("☐", "☒") else self.read
        return without_surroundings(read, self.block.look.style)

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.bare)

    @cached_property
    def cells(self) -> Cells:
        """Of a table its cells, with an empty one for each further column that a cell spans."""
        return tuple(
            tuple(words for cell in row for words in (cell.text, *("",) * (cell.columns - 1)))
            for row in self.block.rows
        )

    @property
    def is_table(self) -> bool:
        return bool(self.block.rows)


@dataclass(frozen=True)
class Awaited:
    """A part of the revision that the file was made of, as it would be found again."""

    part: Part

    @cached_property
    def read(self) -> str:
        if isinstance(self.part.block, Table):
            rows = (self.part.block.header, *self.part.block.rows)
            return as_read("\n\n".join(words for row in rows for words in row))
        if isinstance(self.part.block, FormField):
            return as_read(self.part.text + (f" ({self.part.block.hint})" if self.part.block.hint else ""))
        return as_read(self.part.text)

    @cached_property
    def bare(self) -> str:
        """As a line of it would be bare: what is printed around a figure or a field is none of its words."""
        return self.read if self.part.kind in SURROUNDED else without_surroundings(self.read)

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.bare)

    @property
    def is_table(self) -> bool:
        return self.part.kind == "table"


def without_surroundings(read: str, style: str | None = None) -> str:
    """The words without what a Word file prints around them."""
    own = BEFORE.get(style or "")
    before = re.match(own or "|".join(BEFORE.values()), read) if own or style not in STYLES else None
    return BEHIND.sub("", read[before.end() :] if before else read).strip()


def lines_of(document: Document, names: Mapping[str, str], parts: Mapping[str, Part]) -> list[Line]:
    """Every block that is text, in order; `names` has what each bookmark stands for, `parts` how that began."""
    notes = {block.note: block for block in document.blocks if block.kind == "note" and block.note}
    shown = (block for block in document.blocks if block.kind not in ("furniture", "note"))
    return [_line(block, notes, names, parts) for block in shown]


def _line(block: Block, notes: Mapping[str, Block], names: Mapping[str, str], parts: Mapping[str, Part]) -> Line:
    own = tuple(dict.fromkeys(names[name] for one in block.walk() for name in one.anchors if name in names))
    note = None
    for found in MARKS.finditer(block.text):
        if found[0] in notes and note is None:
            note = notes[found[0]].text
            block = replace(block, text=(block.text[: found.start()] + block.text[found.end() :]).rstrip())
    if block.mark_is == "typed" and block.mark and block.look.style in UNNUMBERED:
        block = replace(block, mark="", text=block.in_full)
    for part in (parts[name] for name in own if name in parts):
        block = fitted(block, part)
    return Line(block, block.text, own, note)


def fitted(block: Block, part: Part) -> Block:
    """A block parted into number and words as the revision has them: words may begin like a number, and a number may look like none."""
    if block.mark_is == "computed" or block.rows:
        return block
    if part.number and block.in_full.startswith(f"{part.number} "):
        return replace(block, mark=part.number, text=block.in_full.removeprefix(part.number).strip())
    if block.mark and not part.number and plain_words(part.text).startswith(block.mark):
        return replace(block, mark="", text=block.in_full)
    return block
