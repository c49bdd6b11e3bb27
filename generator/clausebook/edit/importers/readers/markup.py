"""lxml's parsers: XML and HTML as elements. Entities and document types are refused, and nothing is fetched."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from clausebook.edit.importers.blocks import UnreadableError

SAVE_AGAIN = "open the file in Word or LibreOffice, save it under a new name, and bring that in"
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument|drawingml)/([a-zA-Z]+)")
"""The names of Word's stricter form, which says the same under other addresses."""
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def damaged() -> UnreadableError:
    """What is said of a file that breaks off or does not hold together."""
    return UnreadableError(
        "the file is damaged",
        "part of it is missing or cannot be unpacked",
        f"{SAVE_AGAIN}; if it does not open there either, ask for a new copy",
    )


def parse_xml(data: bytes) -> Any:
    """The root of an XML document. Raises UnreadableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, collect_ids=False)  # fmt: skip
    try:
        root = etree.fromstring(STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged() from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableError(
            "the file holds definitions of its own for signs (a DOCTYPE)",
            "such definitions can read other files of the computer, and no word processor writes them",
            f"ask whoever sent it what it is; or {SAVE_AGAIN}",
        )
    return root


def parse_html(text: str) -> Any:
    """The root element of a page, or None where nothing is in it."""
    text = DECLARATION.sub("", text).replace("\0", "")
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(no_network=True, remove_pis=True, recover=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
