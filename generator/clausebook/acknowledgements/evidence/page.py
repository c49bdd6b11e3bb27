"""What a pack says to whoever opens it: README.txt, and verify.html, which checks the pack in a browser and asks nobody for anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clausebook.acknowledgements.evidence.gathered import Evidence
from clausebook.layout import SCRIPTS
from clausebook.looks import Looks
from clausebook.model.handbook import Trust
from clausebook.pages.standalone import csp_hash, render_style
from clausebook.pages.templates import render_document


@dataclass(frozen=True)
class Readme:
    """evidence/README.txt"""

    evidence: Evidence


@dataclass(frozen=True)
class VerifyPage:
    """evidence/verify.html"""

    trust: Trust
    css: str
    style_hash: str
    script: str
    script_hash: str


def render_readme(evidence: Evidence, root: Path) -> str:
    """Plain text; `root` is the handbook's folder."""
    return render_document("evidence/README.txt", Looks(root), Readme(evidence))


def render_page(trust: Trust, root: Path) -> str:
    """The whole page, with its style and its script in it."""
    looks = Looks(root)
    css = render_style(trust.record.palette.shades, looks, "overrides/evidence/verify.css")
    scripts = (looks.find(f"{SCRIPTS}/evidence/{name}") for name in ("verify.js", "show.js"))
    script = "\n" + "\n".join(path.read_text(encoding="utf-8") for path in scripts)
    return render_document(
        "evidence/verify.html", looks, VerifyPage(trust, css, csp_hash(css), script, csp_hash(script))
    )
