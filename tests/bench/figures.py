"""What was measured, as rows of one table: each with its runs, their median, and whether it meets its mark."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure. `runs` are what each run gave, in `target`; `mark` is what the median should be at most, or with `worst` every run."""

    name: str
    runs: tuple[float, ...]
    target: str = "s"
    mark: float | None = None
    worst: bool = False

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def judged(self) -> float:
        """What is held against the mark."""
        return max(self.runs) if self.worst else self.median

    @property
    def met(self) -> str:
        """Whether it meets the mark, in a word; nothing where there is none."""
        return "" if self.mark is None else "met" if self.judged <= self.mark else "missed"


@dataclass(frozen=True)
class Part:
    """Rows that belong together, under a heading, with a sentence or two on how they were measured."""

    id: str
    heading: str
    about: str
    rows: tuple[Row, ...]
    load: float | None = None
    """How many processes wanted to run just before, on average over a minute; None where nobody looked."""


def ratios(name: str, ours: Row, theirs: Row, mark: float | None = None) -> Row:
    """The runs of `ours` over those of `theirs`, pair by pair."""
    return Row(name, tuple(one / other for one, other in zip(ours.runs, theirs.runs, strict=True)), "×", mark)


def render_results(parts: Iterable[Part], machine: Iterable[tuple[str, str]]) -> str:
    """All of it as a page of Markdown."""
    facts = "\n".join(f"- {name}: {value}" for name, value in machine)
    plots = "![The same as a plot](results.svg)\n\n![From commit to commit](history.svg)"
    return f"# What `make bench` measured\n\n{facts}\n\n{plots}\n\n" + "\n".join(
        f"## {part.heading}\n\n{part.about}{_told(part.load)}\n\n{render_table(part.rows)}\n" for part in parts
    )


def _told(load: float | None) -> str:
    return "" if load is None else f" Load before: {load:.1f}."


def render_table(rows: Iterable[Row]) -> str:
    """Rows as a table that reads well as text, too."""
    lines = [("what", "runs", "median", "least", "most", "mark", "")]
    lines += [
        (row.name, str(len(row.runs)), *(shown(value, row.target) for value in (row.median, min(row.runs), max(row.runs))),
         "" if row.mark is None else f"{'each' if row.worst else ''} ≤ {shown(row.mark, row.target)}".strip(), row.met)
        for row in rows
    ]  # fmt: skip
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    padded = [
        [cell.ljust(width) if column in (0, 6) else cell.rjust(width) for column, (cell, width) in enumerate(zip(line, widths, strict=True))]
        for line in lines
    ]  # fmt: skip
    rule = ["-" * width if column in (0, 6) else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (padded[0], rule, *padded[1:]))


def shown(value: float, target: str) -> str:
    """A figure with three digits that count."""
    if value >= 100:
        return f"{value:,.0f} {target}"
    return (
        f"{value:.1f} {target}" if value >= 10 else f"{value:.2f} {target}" if value >= 1 else f"{value:.3f} {target}"
    )
