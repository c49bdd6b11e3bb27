"""P502: a logo that could do more than be looked at.

An SVG file can hold scripts, links and references to other hosts; a logo of ours holds none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from generator.load import Loaded
from generator.problems import Place, Problem

DRAWING = {
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "defs", "text", "tspan",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask",
}  # fmt: skip
MAX_BYTES = 200_000


def check_logos(loaded: Loaded) -> Iterator[Problem]:
    for trust in loaded.trusts:
        path = loaded.root / "trusts" / trust / "logo.svg"
        if path.is_file() and (reason := _danger(_read(path))):
            yield Problem(
                Place(f"trusts/{trust}/logo.svg"), "P502", f"this logo {reason}", "a picture on our pages must be nothing but a picture",
                "export it again as plain SVG with shapes only, or take it out: a monogram then stands in for it",
            )  # fmt: skip


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError:
        return b""  # which is no SVG file


def _danger(raw: bytes) -> str | None:
    if len(raw) > MAX_BYTES:
        return f"is larger than {MAX_BYTES // 1000} kB"
    if b"<!" in raw.replace(b"<!--", b""):
        return "holds a document type or entities"
    try:
        root = ElementTree.fromstring(raw)
    except (ElementTree.ParseError, ValueError):
        return "is not an SVG file"
    return next(filter(None, map(_danger_of_element, root.iter())), None)


def _danger_of_element(element: ElementTree.Element) -> str | None:
    name = str(element.tag).rsplit("}", 1)[-1]
    if name not in DRAWING:
        return f"holds a `{name}` element"
    for key, value in element.attrib.items():
        if key.lower().startswith("on") or "href" in key.lower() or key == "style":
            return f"holds the attribute `{key.rsplit('}', 1)[-1]}`"
        if re.search(r"url\(\s*['\"]?(?!#)", value):
            return "refers to another file"
    return None
