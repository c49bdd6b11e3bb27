"""What people marked in a Word file: changes that are tracked, and comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from clausebook.edit.importers.blocks import Comment, Place, TrackedChange
from clausebook.edit.importers.readers.docx_package import MC, W

Kind = Literal["inserted", "removed", "moved", "formatted"]
KINDS: dict[str, Kind] = {f"{W}ins": "inserted", f"{W}del": "removed", f"{W}moveTo": "moved", f"{W}rPrChange": "formatted", f"{W}pPrChange": "formatted"}  # fmt: skip
NEW_PARAGRAPH = "¶"


def read_changes(document: Any, lines: Mapping[Any, int]) -> tuple[TrackedChange, ...]:
    """Each change in the order of the text; neighbours by one author at one time are one. A move is told where it went to."""
    found: list[TrackedChange] = []
    for element in document.iter(*KINDS):
        change = _change(element, lines)
        if change is None:
            continue
        before = found[-1] if found else None
        if before and replace(before, text="") == replace(change, text=""):
            found[-1] = replace(before, text=_together(before, change))
        else:
            found.append(change)
    return tuple(found)


def _together(before: TrackedChange, change: TrackedChange) -> str:
    """A new paragraph's mark stands before its words in the file, and after them on the page."""
    if before.text == NEW_PARAGRAPH:
        return change.text + NEW_PARAGRAPH
    return change.text if before.text == change.text and change.kind == "formatted" else before.text + change.text


def _change(element: Any, lines: Mapping[Any, int]) -> TrackedChange | None:
    kind, parent = KINDS[element.tag], element.getparent()
    if next(element.iterancestors(f"{MC}Fallback"), None) is not None:
        return None
    if element.tag in (f"{W}rPrChange", f"{W}pPrChange"):
        around = parent.getparent()
        text = _words(around)
        if around.tag == f"{W}pPr":  # the mark of a paragraph looks otherwise, which nobody sees
            return None
    elif parent.tag == f"{W}rPr":
        text = NEW_PARAGRAPH
    elif parent.tag == f"{W}trPr":
        text = _words(parent.getparent())
    else:
        text = _words(element)
    return (
        TrackedChange(kind, text, element.get(f"{W}author"), element.get(f"{W}date"), _place(element, lines))
        if text.strip()
        else None
    )


def _words(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t", f"{W}delText"))


def _place(element: Any, lines: Mapping[Any, int]) -> Place:
    around = next((one for one in (element, *element.iterancestors()) if one in lines), None)
    if around is None:
        around = next((one for one in element.itersiblings(preceding=False) if one in lines), None)
    return Place(lines.get(around, 1))


def read_comments(document: Any, comments: Any, lines: Mapping[Any, int]) -> tuple[Comment, ...]:
    """Each comment with the words that it is about, in the order of the text; one that is tied to no place stands at the start."""
    if comments is None:
        return ()
    places, about = _ranges(document, lines)
    found = [
        Comment(
            "\n".join(filter(None, (_words(paragraph) for paragraph in one.iter(f"{W}p")))),
            one.get(f"{W}author"),
            one.get(f"{W}date"),
            places.get(one.get(f"{W}id", ""), Place(1)),
            about.get(one.get(f"{W}id", ""), "").strip(),
        )
        for one in comments.iterfind(f"{W}comment")
    ]
    return tuple(sorted(found, key=lambda comment: comment.place.line))


def _ranges(document: Any, lines: Mapping[Any, int]) -> tuple[dict[str, Place], dict[str, str]]:
    places: dict[str, Place] = {}
    about: dict[str, str] = {}
    open_now: set[str] = set()
    for element in _in_order(document):
        identity = element.get(f"{W}id", "")
        if element.tag in (f"{W}commentRangeStart", f"{W}commentReference"):
            places.setdefault(identity, _place(element, lines))
        if element.tag == f"{W}commentRangeStart":
            open_now.add(identity)
        elif element.tag == f"{W}commentRangeEnd":
            open_now.discard(identity)
        elif element.tag == f"{W}t":
            for one in open_now:
                about[one] = about.get(one, "") + (element.text or "")
    return places, about


def _in_order(document: Any) -> Iterator[Any]:
    wanted = ("commentRangeStart", "commentRangeEnd", "commentReference", "t")
    return iter(document.iter(*(W + name for name in wanted)))
