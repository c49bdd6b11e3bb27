"""What an importer makes of a document's blocks: sections, clauses and items, what stands before them, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from clausebook.edit.importers.blocks import Block, Cell, Picture

DoubtKind = Literal[
    "lead-in", "heading", "list-or-clause", "continuation", "number", "title", "table", "picture", "form", "note", "reader", "no-heading"
]  # fmt: skip


@dataclass(frozen=True)
class Doubt:
    """Something that the importer had to decide and that somebody should look at. Those of a kind are asked about together."""

    kind: DoubtKind
    says: str
    """What was decided, and why it may be wrong, in a sentence."""


@dataclass
class DraftItem:
    """A clause, or an entry of a list below one."""

    blocks: list[Block] = field(default_factory=list)
    """Those that it was made of, in their order; the first bears its number."""
    mark: str = ""
    number: str | None = None
    text: str = ""
    items: list[DraftItem] = field(default_factory=list)
    after: str = ""
    note: str = ""
    table: DraftTable | None = None
    picture: Picture | None = None
    caption: str = ""
    kept: list[tuple[Block, str]] = field(default_factory=list)
    """Pictures that it does not show, each with the reason."""
    form: list[str] = field(default_factory=list)
    """The labels of fields to fill in."""
    doubts: list[Doubt] = field(default_factory=list)
    repeats_heading: bool = False
    """Whether its text is that of the heading above it, which leads into its list."""

    def doubt(self, kind: DoubtKind, says: str) -> None:
        """Note what was decided, and why it may be wrong."""
        self.doubts.append(Doubt(kind, says))

    def walk(self) -> Iterator[DraftItem]:
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass
class DraftTable:
    """A table with a row of headers."""

    rows: list[list[str]]
    caption: str = ""


@dataclass
class DraftSection:
    """A headed part."""

    heading: str
    number: str | None = None
    mark: str = ""
    level: int = 1
    block: Block | None = None
    """None where the document has no heading there."""
    clauses: list[DraftItem] = field(default_factory=list)
    sections: list[DraftSection] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def walk(self) -> Iterator[DraftSection]:
        yield self
        for section in self.sections:
            yield from section.walk()

    @property
    def all_items(self) -> Iterator[DraftItem]:
        """The clauses and items of this section and of those within it."""
        for section in self.walk():
            for clause in section.clauses:
                yield from clause.walk()


@dataclass
class LeftOut:
    """A block that is in no clause, and the reason."""

    block: Block
    reason: str

    @property
    def pictures(self) -> dict[str, bytes]:
        """Those that stand in it, by the names of their files."""
        return {one.picture.file: one.picture.data for one in self.block.walk() if one.picture}

    @property
    def why(self) -> str:
        """The reason, and where the files of its pictures are."""
        files = ", ".join(f"files/{name}" for name in self.pictures)
        return f"{self.reason}; {'its file is' if len(self.pictures) == 1 else 'its files are'} kept as {files}" if files else self.reason  # fmt: skip


@dataclass
class Draft:
    """What was made of a document."""

    title: str
    title_block: Block | None
    front: list[Block]
    """What stands outside the sections and is no clause: the title page, tables of dates and versions."""
    sections: list[DraftSection]
    left_out: list[LeftOut]
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def kept_pictures(self) -> dict[str, bytes]:
        """The pictures that no page shows, by the names of their files."""
        return {name: data for one in self.left_out for name, data in one.pictures.items()}

    @property
    def all_sections(self) -> Iterator[DraftSection]:
        for section in self.sections:
            yield from section.walk()

    @property
    def all_items(self) -> Iterator[DraftItem]:
        for section in self.sections:
            yield from section.all_items


def rows_in_words(rows: tuple[tuple[Cell, ...], ...]) -> list[list[str]]:
    """The cells of a table as words, each row as long as the longest: a cell that spans columns stands in the first of them."""
    spread = [[text for cell in row for text in (cell.text, *[""] * (cell.columns - 1))] for row in rows]
    width = max((len(row) for row in spread), default=0)
    return [row + [""] * (width - len(row)) for row in spread]
