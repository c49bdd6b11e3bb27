"""The dashboard: one HTML file that asks nothing of anybody, to open from a folder, to print, and to keep private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clausebook.acknowledgements.reports.charts import (
    Bars,
    Line,
    bars_of_assurance,
    bars_of_bands,
    bars_of_tallies,
    line_of,
)
from clausebook.acknowledgements.reports.report import Report
from clausebook.acknowledgements.reports.shown import Shown, find_shown, most_outstanding, shown_weeks
from clausebook.acknowledgements.reports.tallies import Tally
from clausebook.looks import Looks
from clausebook.pages.standalone import csp_hash, render_style
from clausebook.pages.templates import render_document


@dataclass(frozen=True)
class Dashboard:
    """report/dashboard.html"""

    report: Report
    css: str
    style_hash: str
    shown: Mapping[str, Shown]
    by_policy: Bars
    by_academy: Bars
    by_overdue: Bars
    by_assurance: Bars
    lines: tuple[tuple[Line, Shown], ...]


def render_dashboard(report: Report, root: Path) -> str:
    """The whole file; `root` is the handbook's folder."""
    looks = Looks(root)
    css = render_style(report.trust.record.palette.shades, looks, "overrides/report/report.css")
    return render_document("report/dashboard.html", looks, Dashboard(
        report, css, csp_hash(css), find_shown(report), bars_of_tallies(most_outstanding(_named(report))),
        bars_of_tallies(most_outstanding(report.by_academy)), bars_of_bands(report), bars_of_assurance(report),
        tuple((line, shown_weeks(line)) for line in map(line_of, report.trends)),
    ))  # fmt: skip


def _named(report: Report) -> tuple[Tally, ...]:
    return tuple(replace(tally, name=(report.title(tally.name[0]),)) for tally in report.by_policy)
