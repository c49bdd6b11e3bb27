"""What was measured from commit to commit: a line a commit in history.csv, and a drawing of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from bench.figures import Part
from bench.plot import STYLE

KEPT = {  # by column: the part and the row whose median it keeps, and the mark
    "cold with PDFs against the bare tools": ("five-pdf", "cold build against the bare tools", 0.25),
    "cold without PDFs against the bare tools": ("five-html", "cold build against the bare tools", 1.0),
    "nothing changed, s": ("five-html", "nothing changed", 0.1),
    "one clause changed against cold, with PDFs": ("five-pdf", "one clause changed against cold: build", 0.08),
    "one clause changed against cold, without": ("five-html", "one clause changed against cold: build", 0.25),
    "one clause changed until `serve` shows it, s": ("five-html", "one clause changed: until `serve` shows it", 0.8),
    "check with one clause changed, s": ("five-html", "check, one clause changed", 0.25),
    "500 trusts: a trust, s": ("many", "500 trusts: a trust", 0.3),
    "500 trusts: main process, MB": ("many", "500 trusts: memory of the main process", 250),
    "500 trusts: Pagefind, MB": ("many", "500 trusts: memory of Pagefind", 400),
    "published with PDFs, a trust, MB": ("five-pdf", "published, a trust", 2),
}
HEAD = ("commit", "day", "load")
Line = dict[str, str]


def read_history(file: Path) -> list[Line]:
    """The lines of the file, the oldest first; none where there is no file yet."""
    return list(csv.DictReader(io.StringIO(file.read_text()))) if file.is_file() else []


def with_line(history: Sequence[Line], commit: str, day: str, parts: Sequence[Part]) -> list[Line]:
    """`history` with what was measured of `commit` as its last line; it replaces an earlier one of the same commit."""
    rows = {(part.id, row.name): row for part in parts for row in part.rows}
    load = max((part.load for part in parts if part.load is not None), default=0.0)
    line = {"commit": commit, "day": day, "load": f"{load:.1f}"}
    line |= {name: f"{row.median:.4g}" for name, (part, what, _) in KEPT.items() if (row := rows.get((part, what)))}
    return [*(one for one in history if one["commit"] != commit), line]


def render_history(history: Sequence[Line]) -> str:
    """The file: a figure that was not measured is left empty."""
    out = io.StringIO()
    table = csv.DictWriter(out, (*HEAD, *KEPT), restval="", lineterminator="\n", extrasaction="ignore")
    table.writeheader()
    table.writerows(history)
    return out.getvalue()


def draw_history(history: Sequence[Line]) -> str:
    """An SVG file: each figure from commit to commit, with its mark as a line."""
    mpl.use("svg")
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(9, 1.5 * len(KEPT)), layout="constrained")
        for axes, (name, (_, _, mark)) in zip(
            figure.subplots(len(KEPT), squeeze=False)[:, 0], KEPT.items(), strict=True
        ):
            there = [(place, float(line[name])) for place, line in enumerate(history) if line.get(name)]
            axes.plot([place for place, _ in there], [value for _, value in there], marker="o", color="#1f4e79")
            for place, value in there:
                axes.annotate(f"{value:g}", (place, value), textcoords="offset points", xytext=(0, 5), ha="center")
            axes.axhline(mark, color="#333333", linestyle="--", linewidth=1)
            axes.set_title(f"{name} (mark {mark:g})", loc="left", fontweight="bold")
            axes.set_xticks(range(len(history)), [line["commit"] for line in history])
            axes.set_ylim(0, 1.3 * max([mark, *(value for _, value in there)]))
            axes.set_xlim(-0.5, max(0.5, len(history) - 0.5))
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()
