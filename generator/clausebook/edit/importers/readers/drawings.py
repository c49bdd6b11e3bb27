"""Charts and diagrams as blocks, whatever format holds them: their words and numbers, and that somebody must look at the drawing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clausebook.edit.importers.blocks import Block, Cell, Place
from clausebook.edit.importers.readers.words import clean

CHART = "The document draws this as a chart: its words and numbers are a table here. Look at the chart: what it shows at a glance, its table may not."
DIAGRAM = "The document draws this as a diagram: its words are a list here. Look at the diagram: its lines and arrows may say more."

LONGEST = 1900
"""Signs of a cell or a caption; the model allows 2,000."""


@dataclass(frozen=True)
class Chart:
    """What a chart says."""

    title: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    """The first has the names of the series."""
    others: tuple[str, ...] = ()
    """Words that stand in it and belong to no series: a label that somebody typed, a remark drawn on it."""


def with_others(title: str, rows: Sequence[tuple[str, ...]], texts: Iterable[str]) -> Chart:
    """A chart with those of its texts beside its rows that stand neither in them nor in its title."""
    told = _squeezed(" ".join((title, *(cell for row in rows for cell in row))))
    return Chart(title, tuple(rows), tuple(text for text in texts if _squeezed(text) not in told))


@dataclass(frozen=True)
class Point:
    """One shape of a diagram with its words, and how deep below others it stands."""

    text: str
    level: int = 0


def chart_blocks(chart: Chart, place: Place) -> Iterator[Block]:
    """A chart as a table under its title; one whose numbers are not in the file as the words that it has."""
    if len(chart.rows) > 1 and all(len(text) < LONGEST for row in (*chart.rows, (chart.title,)) for text in row):
        rows = tuple(tuple(_cell(text, place) for text in row) for row in chart.rows)
        yield Block("chart", place, _clean(chart.title), rows=rows, doubts=(CHART,))
        words = chart.others
    else:
        words = (chart.title, *(text for row in chart.rows for text in row), *chart.others)
    yield from diagram_blocks([Point(text) for text in words], place, CHART)


def diagram_blocks(points: Sequence[Point], place: Place, doubt: str = DIAGRAM) -> Iterator[Block]:
    """A diagram as its words, one shape a row."""
    items = [
        Block("item", place, text, "•", "computed", point.level)
        for point in points
        for text in textwrap.wrap(_clean(point.text), LONGEST)
    ]
    if items:
        yield Block("diagram", place, rows=tuple((Cell((item,)),) for item in items), doubts=(doubt,))


def _cell(text: str, place: Place) -> Cell:
    words = _clean(text)
    return Cell((Block("paragraph", place, words),) if words else ())


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _clean(text: str) -> str:
    return " ".join(clean(text)[0].split())
