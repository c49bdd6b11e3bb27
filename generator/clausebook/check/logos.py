"""P502: a logo that could do more than be looked at.

An SVG file can hold scripts, links and references to other hosts; a logo of ours holds none.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from clausebook.load import Loaded
from clausebook.model.problems import Place, Problem

DRAWING = {
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "defs", "text", "tspan",
    "linearGradient", "radialGradient", "stop", "clipPath", "mask", "marker",
}  # fmt: skip
MASKS = {"clipPath", "mask"}
MAX_BYTES = 200_000
SVG = "http://www.w3.org/2000/svg"
ENCODING = re.compile(r"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
# What may be called in an attribute: shapes moved, colours, a part of the same file. CSS knows more, and spells names with backslashes.
HARMLESS = re.compile(
    r"(?:matrix|translate[xy]?|scale[xy]?|rotate|skew[xy]|rgba?|hsla?)\(|url\(\s*(['\"]?)#[^()'\"\\]*\1\s*\)",
    re.IGNORECASE,
)


def check_logos(loaded: Loaded) -> Iterator[Problem]:
    for trust in loaded.trusts:
        path = loaded.root / "trusts" / trust / "logo.svg"
        if path.is_file() and (reason := danger_of_drawing(_read(path))):
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


def danger_of_drawing(raw: bytes) -> str | None:
    """Why an SVG file could do more than be looked at; None where it could not."""
    if len(raw) > MAX_BYTES:
        return f"is larger than {MAX_BYTES // 1000} kB"
    if b"<!" in raw.replace(b"<!--", b""):
        return "holds a document type or entities"
    if b"<?" in raw.removeprefix(BOM_UTF8).removeprefix(b"<?xml "):
        return "holds an instruction to the program that shows it"
    root = _drawing(raw)
    if root is None:
        return "is not an SVG file"
    return next(filter(None, map(_danger_of_element, root.iter())), None) or _danger_of_masks(root)


def _danger_of_masks(root: ElementTree.Element) -> str | None:
    """A mask that is masked itself makes a browser work for each of its masks again: twenty of them halt it."""
    for mask in root.iter():
        if _name(mask) in MASKS and any(
            attribute in element.attrib for element in mask.iter() for attribute in ("mask", "clip-path")
        ):
            return f"holds a `{_name(mask)}` that is masked itself"
    return None


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _drawing(raw: bytes) -> ElementTree.Element | None:
    """The root of an SVG file in UTF-8; in another encoding a browser could see other signs than we do."""
    try:
        text = raw.decode("utf-8-sig")
        named = ENCODING.match(text)
        if "\0" in text or (named and named[1].lower() not in ("utf-8", "us-ascii")):
            return None
        root = ElementTree.fromstring(raw)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        return None
    return root if root.tag == f"{{{SVG}}}svg" else None


def _danger_of_element(element: ElementTree.Element) -> str | None:
    name = _name(element)
    if name not in DRAWING:
        return f"holds a `{name}` element"
    for key, value in element.attrib.items():
        short = key.rsplit("}", 1)[-1].lower()
        if short.startswith("on") or "href" in short or short in ("style", "base"):
            return f"holds the attribute `{key.rsplit('}', 1)[-1]}`"
        if not short.startswith("aria-") and re.search(r"[\\(]", HARMLESS.sub("", value)):
            return "refers to another file"
    return None
