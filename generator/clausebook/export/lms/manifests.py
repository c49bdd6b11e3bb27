"""XML for learning platforms: built as a tree, so that no text can end an element."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from clausebook.export.lms.course import Course
from clausebook.export.lms.player import PAGE

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


def scorm_manifest(
    course: Course, files: Iterable[str], cp: str, version: str, sco: dict[str, str]
) -> tuple[ET.Element, list[ET.Element]]:
    """What both versions of SCORM have in imsmanifest.xml: the document, and an item a lesson, for what is a version's own.

    `cp` is the version's namespace of content packaging; `sco` is the attribute that calls the page a SCO. Every one of `files`
    is named, so that a platform that copies only what is named copies all.
    """
    root = ET.Element(named(cp, "manifest"), {"identifier": course.id, "version": "1.0"})
    metadata = add(root, named(cp, "metadata"))
    add(metadata, named(cp, "schema"), "ADL SCORM")
    add(metadata, named(cp, "schemaversion"), version)
    organizations = add(root, named(cp, "organizations"), default="policy")
    organization = add(organizations, named(cp, "organization"), identifier="policy")
    add(organization, named(cp, "title"), course.title)
    resources = ET.Element(named(cp, "resources"))
    items = []
    for lesson in course.lessons:
        folder, at = course.folder(lesson), "" if course.is_one else f"-{lesson.name}"
        item = add(organization, named(cp, "item"), identifier=f"read-and-answer{at}", identifierref=f"page{at}")
        add(item, named(cp, "title"), lesson.title)
        resource = add(
            resources, named(cp, "resource"), identifier=f"page{at}", type="webcontent", href=f"{folder}{PAGE}", **sco
        )
        for file in sorted(name for name in files if name.startswith(folder)):
            add(resource, named(cp, "file"), href=file)
        items.append(item)
    root.append(resources)
    return root, items
