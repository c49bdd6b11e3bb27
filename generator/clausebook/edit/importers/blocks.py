"""What a reader finds in a document: one list of blocks, in the order of the document, with nothing left out.

A reader does not judge. It gives each run of words once, as the document prints it, with what can be seen of it (its number, how far it
is indented, whether it is bold) and where it stands. What is a clause, a list or a page's foot is decided from these, in one place for
all formats.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "table", "figure", "chart", "diagram", "note", "furniture"]
SHOWN = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
OTHERS = frozenset(
    {"bmp", "emf", "emz", "gif", "pcx", "pct", "pict", "svg", "svm", "tif", "tiff", "wdp", "webp", "wmf", "wmz"}
)
"""The endings of other pictures, with which their files are kept."""
Computed = Literal["typed", "computed"]


class UnreadableError(Exception):
    """The file cannot be brought in. Its words say what is the matter, why, and what to do."""

    def __init__(self, what: str, why: str, fix: str) -> None:
        super().__init__(f"{what}: {why}; {fix}")
        self.what, self.why, self.fix = what, why, fix


@dataclass(frozen=True)
class Place:
    """Where a block stands in its source, counted from 1."""

    line: int
    """The paragraph of a Word or OpenDocument file; the line of a text, counted over all pages of a PDF."""
    page: int | None = None
    """The page of a PDF; Word does not say."""


@dataclass(frozen=True)
class Look:
    """What can be seen of a block."""

    bold: bool = False
    """All of its words."""
    italic: bool = False
    size: float | None = None
    """In points; None where the format has no sizes."""
    indent: float = 0
    """How far its words begin from the left edge of the text, in points; for an item, where its mark stands."""
    centred: bool = False
    style: str | None = None
    """The name that the document gives to its style."""


@dataclass(frozen=True)
class Picture:
    """A picture of the document, as it was in it."""

    name: str
    """The name that the document has for it: never taken as a path."""
    data: bytes
    alternative: str | None = None

    @property
    def ending(self) -> str | None:
        """The ending that its file gets; None for a kind that browsers and PDFs do not both show, such as EMF."""
        return next((ending for start, ending in SHOWN.items() if self.data.startswith(start)), None)

    @property
    def file(self) -> str:
        """What its file is called in the handbook: of one that pages cannot show with the ending that the document gives it, if pictures have it."""
        named = self.name.rpartition(".")[2].lower()
        return f"picture-{hashlib.sha256(self.data).hexdigest()[:12]}.{self.ending or (named if named in OTHERS else 'bin')}"


@dataclass(frozen=True)
class Cell:
    """A cell of a table, with what stands in it as blocks of their own."""

    blocks: tuple[Block, ...] = ()
    columns: int = 1
    """How many columns it spans."""

    @property
    def text(self) -> str:
        """All its words, paragraph by paragraph, each with its printed mark; those of a table within it, too."""
        blocks = (one for block in self.blocks for one in block.walk())
        return "\n\n".join(block.in_full for block in blocks if block.in_full)


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item, table or picture, as the document has it."""

    kind: BlockKind
    place: Place
    text: str = ""
    """Its words without the printed mark; of their looks only **bold**, *italic* and [links](https://…) are kept. Never bold as a whole."""
    mark: str = ""
    """What is printed before its words, exactly: `4.1`, `7.2.`, `(a)`, `•`."""
    mark_is: Computed = "typed"
    """Whether the mark stands in the text of the file, or the program that shows the file counts it."""
    level: int | None = None
    """Of a heading that is marked as one: 1 is the highest. Of an item of a list: 0 is the outermost."""
    look: Look = Look()
    rows: tuple[tuple[Cell, ...], ...] = ()
    """Of a table; of a chart the names of its series, then its values; of a diagram a shape a row. The text of a chart is its title."""
    picture: Picture | None = None
    note: str | None = None
    """Of a note at the foot or the end: the mark by which the text refers to it, which stands in that text too, as ¹ or [1]."""
    reason: str = ""
    """Of furniture: why it is no part of the text, such as `the foot of each page`."""
    doubts: tuple[str, ...] = ()
    """What the reader could not be sure of, in words."""
    anchors: tuple[str, ...] = ()
    """The names of the bookmarks that stand in it."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What the format itself says of a clause, as a sheet with a column for its id, its force, its topics does."""

    @property
    def number(self) -> str | None:
        """The mark as a number: without the full stop, colon or dash behind it; None for a bullet."""
        if not any(sign.isalnum() for sign in self.mark) or self.mark == "o":
            return None
        return self.mark.rstrip(" .:–—-")

    @property
    def in_full(self) -> str:
        return f"{self.mark} {self.text}".strip()

    def walk(self) -> Iterator[Block]:
        """This block, then all that stand in its cells."""
        yield self
        for row in self.rows:
            for cell in row:
                for block in cell.blocks:
                    yield from block.walk()

    def with_doubt(self, doubt: str) -> Block:
        return replace(self, doubts=(*self.doubts, doubt))

    def as_kind(self, kind: BlockKind, **changes: object) -> Block:
        return replace(self, kind=kind, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True)
class TrackedChange:
    """A change that the document still marks as one; the draft takes it as accepted."""

    kind: Literal["inserted", "removed", "moved", "formatted"]
    text: str
    author: str | None
    date: str | None
    place: Place


@dataclass(frozen=True)
class Comment:
    """What somebody wrote in the margin."""

    text: str
    author: str | None
    date: str | None
    place: Place
    about: str = ""
    """The words that it is about."""


@dataclass(frozen=True)
class Document:
    """A document as it was read."""

    format: str
    """docx, odt, pdf, markdown, html, text or rst."""
    blocks: tuple[Block, ...]
    title: str | None = None
    """What its properties call it, which is often wrong."""
    changes: tuple[TrackedChange, ...] = ()
    comments: tuple[Comment, ...] = ()
    hidden: tuple[str, ...] = ()
    """What nobody sees and was taken out, in words: `3 zero-width signs`, `hidden text: …`."""
    warnings: tuple[str, ...] = ()
    """What holds for the document as a whole and somebody should know."""
    language_is_rtl: bool = False

    @property
    def all_blocks(self) -> Iterator[Block]:
        for block in self.blocks:
            yield from block.walk()
