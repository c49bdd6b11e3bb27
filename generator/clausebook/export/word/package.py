"""The parts of a Word file put together: heads and feet, settings, properties, the revision itself, one archive."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from clausebook.export.word.body import simple_field
from clausebook.export.word.numbering import Numbering
from clausebook.export.word.runs import HYPERLINK, IMAGE, Assembly
from clausebook.export.word.styles import LANGUAGE, make_numbering, make_styles
from clausebook.export.word.xml import CONTROL, Element, make, render, text
from clausebook.export.zips import render_zip
from clausebook.model.colours import Shades
from clausebook.model.word_identity import NAMESPACE, PROPERTY

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEADS = (
    ("headerReference", "default", "rId_header1"),
    ("footerReference", "default", "rId_footer1"),
    ("footerReference", "first", "rId_footer1"),
)
"""Of which element each head and foot is named by, on which pages it stands, and its relationship."""
PARTS = {"styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes",
         "header1": "header", "footer1": "footer"}  # fmt: skip
"""The parts beside the document, and of what kind each is."""


@dataclass(frozen=True)
class About:
    """What a file says of itself."""

    title: str
    trust: str
    state: str
    """In its foot: the version and the date, or that it is a draft."""
    date: str
    """When it was made."""
    digest: str = ""
    exported: str = ""
    """The revision that it was made of, as JSON; nothing of a file that never comes back."""
    tracks_changes: bool = False


def render_package(document: Element, numbering: Numbering, shades: Shades, assembly: Assembly, about: About) -> bytes:
    """The bytes of the file: the same for the same pieces, on any day and machine."""
    files: dict[str, Element] = {
        "word/document.xml": document,
        "word/styles.xml": make_styles(shades),
        "word/numbering.xml": make_numbering(numbering),
        "word/settings.xml": _settings(about),
        "word/footnotes.xml": _footnotes(assembly.footnotes),
        "word/header1.xml": _head(about),
        "word/footer1.xml": _foot(about),
    }
    pictures = {f"word/media/{name}": drawing.data for name, (_, drawing) in assembly.pictures.items()}
    parts = {name: render(element) for name, element in files.items()} | pictures | _properties(about)
    if about.exported:
        parts |= {
            "customXml/item1.xml": _exported(about.exported),
            "customXml/itemProps1.xml": _item_properties(),
            "customXml/_rels/item1.xml.rels": _relationships(
                [("rId1", f"{OFFICE}/customXmlProps", "itemProps1.xml", False)]
            ),
        }
    relationships = {
        "_rels/.rels": _package_relationships(),
        "word/_rels/document.xml.rels": _document_relationships(assembly, is_exported=bool(about.exported)),
        "word/_rels/footnotes.xml.rels": _relationships(_links(assembly)),
    }
    return render_zip({"[Content_Types].xml": _content_types(parts)} | parts | relationships)


def _settings(about: About) -> Element:
    compatibility = make("w:compat", make("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15))  # fmt: skip
    return make(
        "w:settings", make("w:trackRevisions") if about.tracks_changes else None, make("w:defaultTabStop", val=720),
        make("w:characterSpacingControl", val="doNotCompress"),
        make("w:footnotePr", make("w:footnote", id=-1), make("w:footnote", id=0)), compatibility, make("w:themeFontLang", val=LANGUAGE),
    )  # fmt: skip


def _footnotes(notes: list[Element]) -> Element:
    line = make("w:footnote", make("w:p", make("w:r", make("w:separator"))), type="separator", id=-1)
    more = make("w:footnote", make("w:p", make("w:r", make("w:continuationSeparator"))), type="continuationSeparator", id=0)  # fmt: skip
    return make("w:footnotes", line, more, *notes)


def _head(about: About) -> Element:
    words = [make("w:r", text(about.trust)), make("w:r", make("w:tab")), make("w:r", text(about.title))]
    return make("w:hdr", make("w:p", make("w:pPr", make("w:pStyle", val="Header")), *words))


def _foot(about: About) -> Element:
    words = [
        make("w:r", text(about.state)), make("w:r", make("w:tab")), make("w:r", text("Page ")), simple_field("PAGE", "1"),
        make("w:r", text(" of ")), simple_field("NUMPAGES", "1"),
    ]  # fmt: skip
    return make("w:ftr", make("w:p", make("w:pPr", make("w:pStyle", val="Footer")), *words))


def _properties(about: About) -> dict[str, bytes]:
    core, terms, purl = f"{PACKAGE}/metadata/core-properties", "http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/"  # fmt: skip
    instance = "http://www.w3.org/2001/XMLSchema-instance"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": purl, "dcterms": terms, "xsi": instance})
    for name, words in ((f"{{{purl}}}title", about.title), (f"{{{purl}}}creator", about.trust), (f"{{{purl}}}language", LANGUAGE)):  # fmt: skip
        etree.SubElement(root, name).text = words.translate(CONTROL)
    for name in ("created", "modified"):
        made = etree.SubElement(root, f"{{{terms}}}{name}")
        made.set(f"{{{instance}}}type", "dcterms:W3CDTF")
        made.text = about.date
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    properties = etree.Element(f"{{{custom}}}Properties", nsmap={None: custom, "vt": types})
    one = etree.SubElement(properties, f"{{{custom}}}property", fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", pid="2", name=PROPERTY)  # fmt: skip
    etree.SubElement(one, f"{{{types}}}lpwstr").text = about.digest
    return {"docProps/core.xml": _bytes(root), "docProps/custom.xml": _bytes(properties)}


def _exported(words: str) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}revision", nsmap={None: NAMESPACE})
    root.text = words.translate(CONTROL)
    return _bytes(root)


def _item_properties() -> bytes:
    data = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    root = etree.Element(f"{{{data}}}datastoreItem", nsmap={"ds": data})
    root.set(f"{{{data}}}itemID", "{6D1B4F3E-2C0A-4E57-9C1B-0C1A05EB0001}")
    schemas = etree.SubElement(root, f"{{{data}}}schemaRefs")
    etree.SubElement(schemas, f"{{{data}}}schemaRef").set(f"{{{data}}}uri", NAMESPACE)
    return _bytes(root)


def _content_types(there: Container[str]) -> bytes:
    types = f"{PACKAGE}/content-types"
    root = etree.Element(f"{{{types}}}Types", nsmap={None: types})
    for ending, kind in (("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"), ("png", "image/png"), ("jpeg", "image/jpeg")):  # fmt: skip
        etree.SubElement(root, f"{{{types}}}Default", Extension=ending, ContentType=kind)
    own = {f"/word/{name}.xml": f"{WORDML}.{kind}+xml" for name, kind in PARTS.items()}
    own |= {
        "/word/document.xml": f"{WORDML}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    }
    for name, kind in own.items():
        if name.lstrip("/") in there:
            etree.SubElement(root, f"{{{types}}}Override", PartName=name, ContentType=kind)
    return _bytes(root)


def _package_relationships() -> bytes:
    return _relationships([
        ("rId1", f"{OFFICE}/officeDocument", "word/document.xml", False),
        ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
        ("rId3", f"{OFFICE}/custom-properties", "docProps/custom.xml", False),
    ])  # fmt: skip


def _document_relationships(assembly: Assembly, *, is_exported: bool) -> bytes:
    parts = [(f"rId_{name}", f"{OFFICE}/{kind}", f"{name}.xml", False) for name, kind in PARTS.items()]
    pictures = [(rel, IMAGE, f"media/{name}", False) for name, (rel, _) in assembly.pictures.items()]
    exported = [("rId_exported", f"{OFFICE}/customXml", "../customXml/item1.xml", False)] if is_exported else []
    return _relationships([*parts, *exported, *pictures, *_links(assembly)])


def _links(assembly: Assembly) -> list[tuple[str, str, str, bool]]:
    return [(rel, HYPERLINK, address, True) for address, rel in assembly.links.items()]


def _relationships(those: Iterable[tuple[str, str, str, bool]]) -> bytes:
    """Of each its id, its type, where it leads, and whether that is outside of the file."""
    namespace = f"{PACKAGE}/relationships"
    root = etree.Element(f"{{{namespace}}}Relationships", nsmap={None: namespace})
    for rel, kind, target, is_outside in those:
        mode: Mapping[str, str] = {"TargetMode": "External"} if is_outside else {}
        etree.SubElement(root, f"{{{namespace}}}Relationship", Id=rel, Type=kind, Target=target, **mode)
    return _bytes(root)


def _bytes(element: Element) -> bytes:
    rendered: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return rendered
