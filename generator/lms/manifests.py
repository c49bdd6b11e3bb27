"""XML for learning platforms: built as a tree, so that no text can end an element."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

MANIFEST = "imsmanifest.xml"


def render_xml(root: ET.Element, **prefixes: str) -> bytes:
    """The document. `prefixes` names the namespaces; the elements of the one that is called `plain` stand without a prefix."""
    for name, space in prefixes.items():
        ET.register_namespace("" if name == "plain" else name, space)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def named(space: str, name: str) -> str:
    """A name in a namespace."""
    return f"{{{space}}}{name}"


def add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new element in `parent`."""
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element


def add_files(resource: ET.Element, name: str, files: Iterable[str]) -> None:
    """Every file of the package, so that a platform that copies only what is named copies all."""
    for file in sorted(files):
        add(resource, name, href=file)
