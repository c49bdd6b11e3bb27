"""The footnotes and endnotes of a Word file: how each is marked in the text, and where its words stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from clausebook.edit.importers.readers.docx_numbers import in_format
from clausebook.edit.importers.readers.docx_package import MC, W, WordPackage
from clausebook.edit.importers.readers.docx_text import INSERTED, REMOVED
from clausebook.edit.importers.readers.words import note_mark

USUAL = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True)
class Note:
    """A note that the text refers to."""

    mark: str
    part: str
    element: Any
    reference: Any
    """The element that refers to it."""


@dataclass
class Notes:
    """All notes of a document by kind and id."""

    by_key: dict[tuple[str, str], Note] = field(default_factory=dict)

    @property
    def marks(self) -> dict[tuple[str, str], str]:
        return {key: note.mark for key, note in self.by_key.items()}


def read_notes(word: WordPackage, document: Any, *, accepted: bool) -> Notes:
    """The notes that the text refers to, in its order; one that nothing refers to is not shown by Word either."""
    notes, texts = Notes(), _texts(word)
    formats = {kind: _format(word, document, kind) for kind in USUAL}
    counts = dict.fromkeys(USUAL, 0)
    for reference in document.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        kind = reference.tag.removeprefix(W).removesuffix("Reference")
        key = kind, reference.get(f"{W}id", "")
        if key not in texts or not _is_shown(reference, accepted=accepted):
            continue
        if reference.get(f"{W}customMarkFollows") in (None, "0", "false"):
            counts[kind] += 1
            mark = note_mark(in_format(counts[kind], formats[kind]))
        else:
            mark = "".join(text.text or "" for text in reference.getparent().iter(f"{W}t")).strip()
        notes.by_key[key] = Note(mark, *texts[key], reference)
    return notes


def _texts(word: WordPackage) -> dict[tuple[str, str], tuple[str, Any]]:
    found = {}
    for kind in USUAL:
        for part in word.related(f"{kind}s"):
            for element in word.package.xml(part).iterfind(W + kind):
                found[kind, element.get(f"{W}id", "")] = (part, element)
    return found


def _format(word: WordPackage, document: Any, kind: str) -> str:
    for root in (document, word.xml("settings")):
        for properties in _all(root, f"{W}{kind}Pr"):
            found = properties.find(f"{W}numFmt")
            if found is not None:
                return str(found.get(f"{W}val", USUAL[kind]))
    return USUAL[kind]


def _all(root: Any, tag: str) -> Iterator[Any]:
    return iter(()) if root is None else root.iter(tag)


def _is_shown(element: Any, *, accepted: bool) -> bool:
    gone = (*(REMOVED if accepted else INSERTED), f"{MC}Fallback")
    return next(element.iterancestors(*gone), None) is None
