"""The charts of a dashboard as places and lengths; content/pages/report draws them, and each has its table under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.acknowledgements.reports.report import Report
from clausebook.acknowledgements.reports.tallies import Tally
from clausebook.acknowledgements.reports.trend import Trend, TrendDay

WIDTH, HEIGHT = 1000, 200  # of the plane that a trend is drawn on; it is stretched to the width of the page
WEEK = 7


@dataclass(frozen=True)
class Part:
    """A stretch of a bar, in percent of the chart's width."""

    kind: str
    """Names its colour and its pattern."""
    start: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One row: a name, the stretches, and the counts in words."""

    name: str
    parts: tuple[Part, ...]
    words: str


Bars = tuple[Bar, ...]
"""A chart of bars from the left."""


@dataclass(frozen=True)
class Line:
    """A trend as two stepped lines on a plane of 1000 by 200, with what stands along its edges."""

    trend: Trend
    asked: str
    done: str
    due: float | None
    """Where the due day stands, in percent from the left."""
    most: int
    last: date
    """The day at the right edge."""
    weekly: tuple[TrendDay, ...]
    """The rows of its table: each week, and the last day."""

    @property
    def due_is_right(self) -> bool:
        """Whether the word for the due day has more room at its left."""
        return self.due is not None and self.due > 50


def bars_of(rows: Sequence[tuple[str, Sequence[tuple[str, int, str]]]]) -> Bars:
    """A chart of those of `rows` that count something: a name, and for each part its kind, its count and its word."""
    rows = [(name, parts) for name, parts in rows if any(count for _, count, _ in parts)]
    most = max((sum(count for _, count, _ in parts) for _, parts in rows), default=0) or 1
    return tuple(_bar(name, parts, most) for name, parts in rows)


def _bar(name: str, parts: Sequence[tuple[str, int, str]], most: int) -> Bar:
    drawn, start = [], 0
    for kind, count, _ in parts:
        if count:
            drawn.append(Part(kind, _percent(start, most), _percent(count, most)))
        start += count
    words = ", ".join(f"{count} {word}" for _, count, word in parts if count)
    return Bar(name, tuple(drawn), words)


def _percent(count: int, most: int) -> float:
    return round(100 * count / most, 2)


def bars_of_tallies(tallies: Sequence[Tally]) -> Bars:
    return bars_of([
        (tally.name[0], (("done", tally.done, "done"), ("due", tally.of("due"), "not yet due"), ("overdue", tally.of("overdue"), "overdue")))
        for tally in tallies
    ])  # fmt: skip


def bars_of_bands(report: Report) -> Bars:
    return bars_of(
        [(band.label, (("overdue" if band.first else "due", band.count, "outstanding"),)) for band in report.bands]
    )


def bars_of_assurance(report: Report) -> Bars:
    return bars_of([(level, (("done", count, "done"),)) for level, count in report.assurance])


def line_of(trend: Trend) -> Line:
    first, last = trend.days[0].day, trend.days[-1].day
    right = max(last, trend.due or last)
    span = max(1, (right - first).days + 1)
    most = max(day.asked for day in trend.days)
    due = None if trend.due is None or trend.due < first else _percent((trend.due - first).days + 1, span)
    return Line(
        trend, _steps([day.asked for day in trend.days], span, most), _steps([day.done for day in trend.days], span, most),
        due, most, right, tuple(day for day in trend.days if (day.day - first).days % WEEK == 0 or day.day == last),
    )  # fmt: skip


def _steps(counts: Sequence[int], span: int, most: int) -> str:
    """The points of a stepped line: each day is as wide as every other, and the count stands from its beginning."""
    points: list[str] = []
    height = float(HEIGHT)
    for day, count in enumerate(counts):
        left, now = round(WIDTH * day / span, 1), round(HEIGHT - HEIGHT * count / most, 1)
        if now != height or day == 0:
            points += [f"{left},{height}", f"{left},{now}"]
            height = now
    return " ".join([*points, f"{round(WIDTH * len(counts) / span, 1)},{height}"])
