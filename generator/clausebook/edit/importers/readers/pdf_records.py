"""What stands on a page of a PDF, whatever library reads it."""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.edit.importers.blocks import Picture


@dataclass(frozen=True)
class Word:
    """One word, with where it stands on its page, in points from the upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    link: str | None = None
    tag: str | None = None
    """What a tagged PDF says it belongs to: `H1`, `P`, `Artifact`."""


@dataclass(frozen=True)
class GridCell:
    """A cell of a ruled table."""

    words: tuple[Word, ...]
    columns: int
    right: float


@dataclass(frozen=True)
class Grid:
    """A table on one page."""

    x0: float
    x1: float
    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    is_ruled: bool = True


@dataclass(frozen=True)
class Shown:
    """A picture on a page."""

    x0: float
    top: float
    bottom: float
    picture: Picture
    fills_page: bool


@dataclass(frozen=True)
class Said:
    """What somebody noted on a page."""

    text: str
    author: str | None
    date: str | None
    top: float
    about: str


@dataclass(frozen=True)
class Page:
    """What stands on one page."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    """Those that stand in no table."""
    grids: tuple[Grid, ...]
    pictures: tuple[Shown, ...]
    said: tuple[Said, ...]
    filled: tuple[str, ...]
    """What is filled into fields of a form."""
    turned: str
    """Words that stand on their side."""
    hidden: str
    """Words that have the colour of the paper, or stand outside the page."""
    has_drawing: bool
    lost_pictures: int
    """Pictures that could not be taken out."""


@dataclass(frozen=True)
class Pdf:
    """All pages, and what the file says of itself."""

    pages: tuple[Page, ...]
    title: str | None
