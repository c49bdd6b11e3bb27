"""What a print is laid out to, and what is wrong with a page on paper: scripts for a browser that shows it as printed."""

from __future__ import annotations

from pathlib import Path

from clausebook.build.engines.weasyprint import print_files, render_pdf
from clausebook.looks import Looks

# Text whose contrast with white paper is under 4.5 to 1: a browser prints no backgrounds unless it is told to.
PALE = """() => [...document.querySelectorAll("body, body *")].filter(one => one.checkVisibility() && !one.closest(".cb-sr, .cb-skip")
    && !one.matches("option, :disabled") && [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim())).filter(one => {
      const [r, g, b] = getComputedStyle(one).color.match(/[\\d.]+/g).map(Number)
        .map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
      return 1.05 / (.2126 * r + .7152 * g + .0722 * b + .05) < 4.5;
    }).map(one => one.outerHTML.slice(0, 120))"""
DARK_GROUND = """() => ["html", "body", "main"].map(one => document.querySelector(one)).filter(Boolean)
    .map(one => getComputedStyle(one).backgroundColor).filter(one => !/, 0\\)$|255, 255, 255/.test(one))"""


def write_pdf(html: str, looks: Looks, out: Path, *, form: bool = False, one_page: int = 0) -> None:
    """Lay out `html` as a build does, into the file `out`."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(render_pdf(html, print_files(looks), form=form, one_page=one_page))
