"""What people marked in an OpenDocument file: changes that are tracked, and comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausebook.edit.importers.blocks import Comment, Place, TrackedChange
from clausebook.edit.importers.readers.odt_styles import OFFICE, TEXT
from clausebook.edit.importers.readers.odt_text import CREATOR, DATE

ID = "{http://www.w3.org/XML/1998/namespace}id"
KINDS = {"insertion": "inserted", "deletion": "removed", "format-change": "formatted"}


def read_changes(text: Any, lines: dict[Any, int]) -> Iterator[TrackedChange]:
    """Each change that the file still marks as one."""
    marks = {one.get(f"{TEXT}change-id"): one for one in text.iter(f"{TEXT}change-start", f"{TEXT}change")}
    for region in text.iter(f"{TEXT}changed-region"):
        for change in region:
            kind = KINDS.get(change.tag.rpartition("}")[2])
            at = marks.get(region.get(f"{TEXT}id") or region.get(ID))
            if kind is None or at is None:
                continue
            words = (
                "\n".join("".join(one.itertext()) for one in change.iter(f"{TEXT}p", f"{TEXT}h"))
                if kind == "removed"
                else _between(at)
            )
            yield TrackedChange(kind, words, _said(change, CREATOR), _said(change, DATE), _place(at, lines))  # type: ignore[arg-type]


def _between(start: Any) -> str:
    """The words from where a change begins to where it ends, in the same paragraph."""
    found, identity = start.tail or "", start.get(f"{TEXT}change-id")
    for one in start.itersiblings():
        if one.tag == f"{TEXT}change-end" and one.get(f"{TEXT}change-id") == identity:
            break
        found += "".join(one.itertext()) + (one.tail or "")
    return found


def read_comments(text: Any, lines: dict[Any, int]) -> Iterator[Comment]:
    """Each comment with the words that it is about."""
    for note in text.iter(f"{OFFICE}annotation"):
        words = "\n".join(filter(None, ("".join(one.itertext()) for one in note.iter(f"{TEXT}p"))))
        yield Comment(words, _said(note, CREATOR), _said(note, DATE), _place(note, lines), _about(note))


def _about(note: Any) -> str:
    name, found = note.get(f"{OFFICE}name"), note.tail or ""
    for one in note.itersiblings():
        if one.tag == f"{OFFICE}annotation-end" and one.get(f"{OFFICE}name") == name:
            return found.strip()
        found += "".join(one.itertext()) + (one.tail or "")
    return ""


def _said(element: Any, tag: str) -> str | None:
    return next((one.text for one in element.iter(tag)), None)


def _place(element: Any, lines: dict[Any, int]) -> Place:
    return Place(next((lines[one] for one in element.iterancestors() if one in lines), 1))
