"""A Word file that came back: its text as if all tracked changes were accepted, and the revision that it was made of."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clausebook.edit.importers.blocks import Document, UnreadableError
from clausebook.edit.importers.readers import docx, read_document
from clausebook.edit.importers.readers.packages import open_package
from clausebook.edit.take.lines import Line, lines_of
from clausebook.model import RevisionRecord
from clausebook.model.outline import Part, outline_of_record
from clausebook.model.word_identity import NAMESPACE, Exported, names_by_bookmark, read_exported

MOST_PARTS = 20
"""Of custom XML: other programs add some of their own."""


@dataclass(frozen=True)
class Returned:
    document: Document
    exported: Exported | None
    """None where the file is none of ours, or another program left its custom parts out."""
    refused: Document | None
    """The text as if all tracked changes were refused; of a Word file alone."""

    def lines(self, records: Sequence[RevisionRecord]) -> list[Line]:
        """Its lines, with what their bookmarks stand for in these revisions."""
        return lines_of(self.document, names_by_bookmark(records), _beginnings(records))

    def refused_lines(self, records: Sequence[RevisionRecord]) -> list[Line]:
        return lines_of(self.refused, names_by_bookmark(records), _beginnings(records)) if self.refused else []


def read_returned(path: Path) -> Returned:
    """Raises UnreadableError where it cannot be read."""
    document = read_document(path)
    if document.format != "docx":
        return Returned(document, None, None)
    data = path.read_bytes()
    return Returned(document, _exported(data), docx.read(data, accepted=False))


def _exported(data: bytes) -> Exported | None:
    package = open_package(data)
    parts = [name for name in package.names if name.startswith("customXml/item") and "Props" not in name][:MOST_PARTS]
    for name in parts:
        try:
            root = package.xml(name)
        except (UnreadableError, zipfile.BadZipFile):
            continue
        if root is not None and root.tag == f"{{{NAMESPACE}}}revision":
            return read_exported(root.text or "")
    return None


def _beginnings(records: Sequence[RevisionRecord]) -> Mapping[str, Part]:
    """How each section, clause and item began; of several revisions as the first has it."""
    parts = [part for record in reversed(records) for part in outline_of_record(record) if part.is_anchored]
    return {part.of: part for part in parts}
