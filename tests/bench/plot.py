"""The results as one drawing: SVG whose words are words, the same bytes for the same figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.figures import Part, Row, shown

mpl.use("svg")
STYLE = {"svg.hashsalt": "clausebook", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9,
         "axes.spines.top": False, "axes.spines.right": False}  # fmt: skip
FILL = {"met": ("#cfe3f1", ""), "missed": ("#f3c9b3", "///"), "": ("#e3e3e3", "")}  # beside each bar its word stands


def render_plot(parts: Sequence[Part]) -> str:
    """An SVG file: of each part with marks its rows as bars, each with its figure, its mark and the word met or missed."""
    marked = [(part.heading, [row for row in part.rows if row.mark is not None]) for part in parts]
    marked = [(heading, rows) for heading, rows in marked if rows]
    with mpl.rc_context(STYLE):
        heights = [len(rows) + 1 for _, rows in marked]
        figure = Figure(figsize=(9, 0.36 * sum(heights) + 0.6 * len(marked)), layout="constrained")
        for axes, (heading, rows) in zip(
            figure.subplots(len(marked), squeeze=False, height_ratios=heights)[:, 0], marked, strict=True
        ):
            _draw(axes, heading, rows)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _described(out.getvalue(), marked)


def _draw(axes: Axes, heading: str, rows: list[Row]) -> None:
    """Each bar as a share of its mark, which is one line for all."""
    for place, row in enumerate(rows):
        fill, hatch = FILL[row.met]
        part = row.judged / row.mark
        axes.barh(place, part, color=fill, edgecolor="#333333", hatch=hatch, height=0.6)
        axes.text(max(part, 1) + 0.03, place, _told(row), va="center")
    axes.axvline(1, color="#333333", linestyle="--", linewidth=1)
    axes.set_title(heading, loc="left", fontweight="bold")
    axes.set_yticks(range(len(rows)), [row.name.replace("`", "") for row in rows])
    axes.invert_yaxis()
    axes.set_xlim(0, max(1.0, *(row.judged / row.mark for row in rows)) + 1)
    axes.set_xticks([0, 1], ["0", "mark"])


def _told(row: Row) -> str:
    return f"{shown(row.judged, row.target)}, mark {shown(row.mark, row.target)}: {row.met}"


def _described(svg: str, marked: list[tuple[str, list[Row]]]) -> str:
    """The drawing with a title and the same in words, for who cannot see it."""
    words = " ".join(
        f"{heading}. " + " ".join(f"{row.name}: {_told(row)}." for row in rows) for heading, rows in marked
    )
    head, _, rest = svg.partition("<svg ")
    attributes, _, body = rest.partition(">")
    told = f'<title id="t">What make bench measured, against its marks</title>\n <desc id="d">{escape(words)}</desc>'
    return f'{head}<svg role="img" aria-labelledby="t d" {attributes}>\n {told}{body}'
