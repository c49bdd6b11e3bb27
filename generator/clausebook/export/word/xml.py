"""The XML of a Word file: its namespaces, its elements, its bytes."""

from __future__ import annotations

from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PREFIXES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC, "w14": W14, "mc": MC}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CONTROL = {number: None for number in range(32) if number not in (9, 10, 13)}
"""Signs that no XML may hold."""
Element = Any
"""lxml has no types of its own."""


def make(tag: str, /, *children: Element | str | None, **attributes: object) -> Element:
    """An element such as `w:p`. An attribute without a prefix has that of a `w:` element, and none on others; `r_id` is `r:id`."""
    prefix, _, local = tag.partition(":")
    element = etree.Element(f"{{{PREFIXES[prefix]}}}{local}", nsmap=PREFIXES if local in ROOTS else None)
    if local in ROOTS:
        element.set(f"{{{MC}}}Ignorable", "w14")  # a program that does not know its check boxes leaves them out
    for key, value in attributes.items():
        if value is not None:
            element.set(_attribute(key, prefix), str(value).translate(CONTROL))
    for child in children:
        if isinstance(child, str):
            element.text = child.translate(CONTROL)
        elif child is not None:
            element.append(child)
    return element


ROOTS = {"document", "hdr", "ftr", "footnotes", "numbering", "styles", "settings"}


def _attribute(key: str, prefix: str) -> str:
    own, parted, local = key.partition("_")
    if parted and own in PREFIXES:
        return f"{{{PREFIXES[own]}}}{local}"
    return f"{{{W}}}{key.rstrip('_')}" if prefix == "w" else key.rstrip("_")


def text(words: str, *, deleted: bool = False) -> Element:
    """The words of a run, with the spaces at their ends."""
    element = make("w:delText" if deleted else "w:t", words)
    element.set(SPACE, "preserve")
    return element


def render(element: Element) -> bytes:
    """As a part of the file."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w", "r", "w14", "mc"])
    rendered: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return rendered
