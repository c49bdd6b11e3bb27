"""The dashboard: one HTML file that asks nothing of anybody, to open from a folder, to print, and to keep private."""

from __future__ import annotations

import base64
import hashlib
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
from clausebook.looks import WEB_FONTS, Looks
from clausebook.model.colours import Shades, render_shades
from clausebook.pages.templates import render_document

FACES = (("400", "atkinson-400-normal.woff2"), ("700", "atkinson-700-normal.woff2"))


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


def render_style(shades: Shades, looks: Looks, sheet: str) -> str:
    """The style of a file that stands alone: the sheet of that path, with the fonts in it."""
    fonts = ((weight, looks.find(f"{WEB_FONTS}/{name}").read_bytes()) for weight, name in FACES)
    faces = "\n".join(
        f"@font-face {{ font-family: Atkinson; font-weight: {weight}; src: url(data:font/woff2;base64,{base64.b64encode(font).decode()}) format('woff2'); }}"
        for weight, font in fonts
    )  # fmt: skip
    return f"\n{faces}\n{render_shades(shades)}{looks.find(sheet).read_text(encoding='utf-8')}"


def csp_hash(text: str) -> str:
    """What a Content Security Policy names an inline style or script by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
