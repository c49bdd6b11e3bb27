"""What a YAML parser stopped at, in the words of somebody who never asked for a parser.

PyYAML's errors carry `problem` and `problem_mark`, mostly `context_mark` too; a character that no YAML may hold has
`position`, in bytes of UTF-8. This module knows the words of libyaml's scanner and parser, and nothing else of them.
"""

from __future__ import annotations

from typing import NamedTuple

from clausebook.load.document import Document
from clausebook.load.lookalikes import find_in_line
from clausebook.model.problems import Place, Problem

WHY = "from here on the file cannot be read, so nothing in it is checked"
ABOVE = 3  # lines, from the one on which YAML stopped upwards
OPENED = ("unexpected end of stream", "document indicator", "',' or")


class _Found(NamedTuple):
    place: Place
    what: str
    fix: str
    code: str = "P002"


def syntax_problem(document: Document, text: str, error: Exception) -> Problem:
    """The problem that `error` of PyYAML's parser means, in `document` made of `text`."""
    found = (
        _hidden(document, text, error)
        or _lookalike(document, error)
        or _opened(document, text, error)
        or _on_line(document, error)
    )
    return document.problem_at(found.place, found.code, found.what, WHY, found.fix)


def _hidden(document: Document, text: str, error: Exception) -> _Found | None:
    position = getattr(error, "position", None)
    if position is None:
        return None
    before = text.encode("utf-8")[: int(position)].decode("utf-8", errors="ignore")
    rows = f"{before}x".splitlines()
    return _Found(Place(document.file, len(rows), len(rows[-1])), "a hidden control character is here",
                  "delete it: retype the words around it")  # fmt: skip


def _lookalike(document: Document, error: Exception) -> _Found | None:
    """YAML stumbles over the line that follows, or over the rest of it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    last = min(mark.line, len(document.lines) - 1) if mark else -1
    for number in range(last, max(-1, last - ABOVE), -1):
        if found := find_in_line(document.lines[number]):
            place = Place(document.file, number + 1, found.at + 1)
            return _Found(
                place, f"{found.what} is where a plain space belongs", "type a plain space instead of it", "P008"
            )
    return None


def _opened(document: Document, text: str, error: Exception) -> _Found | None:
    """A quote or a bracket that is left open is shown where it opens, not where the file ends."""
    said, start = str(getattr(error, "problem", "")), getattr(error, "context_mark", None)
    context = str(getattr(error, "context", ""))
    if not start or not (any(words in said for words in OPENED) or "flow" in context):
        return None
    place = Place(document.file, start.line + 1, start.column + 1)
    if "quoted scalar" in context:
        return _Found(
            place,
            "the quote that opens here is never closed",
            "close it; within the text, write the other kind of quote",
        )
    if "flow node" in context:
        before = text.splitlines(keepends=True)[: start.line]
        place = _last_open_bracket(document.file, before) or place
    return _Found(place, "the bracket that opens here is not closed as it should be",
                  "separate the entries by commas and close it; put text that holds a comma, colon or bracket in quotes")  # fmt: skip


def _last_open_bracket(name: str, lines: list[str]) -> Place | None:
    """libyaml does not say which bracket it was in when it missed an entry."""
    opened: list[Place] = []
    for number, line in enumerate(lines, 1):
        for column, sign in enumerate(line, 1):
            if sign in "[{":
                opened.append(Place(name, number, column))
            elif sign in "]}" and opened:
                opened.pop()
    return opened[-1] if opened else None


def _on_line(document: Document, error: Exception) -> _Found:
    said, mark = str(getattr(error, "problem", "")), getattr(error, "problem_mark", None)
    place = Place(document.file, mark.line + 1, mark.column + 1) if mark else Place(document.file)
    line = document.lines[place.line - 1] if place.line <= len(document.lines) else ""
    sign = line[place.column - 1 : place.column]
    if "mapping values" in said:
        return _Found(place, "a second colon is in this line", "put the text that holds the colon in quotes")
    if sign == "\t":
        return _Found(place, "a tab is where only spaces may", "indent with spaces, two for each level")
    if "cannot start any token" in said:
        return _Found(place, f"text cannot start with `{sign}`", "put the text in quotes")
    if "escape" in said:
        return _Found(place, "after a backslash, this letter means nothing",
                      "write two backslashes for one, or put the text in 'single' quotes")  # fmt: skip
    if line[: place.column - 1].rstrip().endswith(("'", '"')):
        return _Found(place, "words follow a closing quote",
                      "put the whole text in quotes, of the kind that does not stand within it")  # fmt: skip
    return _Found(place, "this does not continue what is above it",
                  "start the line as far in as its neighbours, and write `field: value`")  # fmt: skip
