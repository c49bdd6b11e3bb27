"""What `academies read` writes into an appendix: text in, text out; every other sign of it stays, comments and all."""

from __future__ import annotations

from collections.abc import Mapping

from clausebook.edit.field_lines import NotInFieldsError
from clausebook.load import Document, parse_document
from clausebook.model.problems import Place


def write_seen(text: str, marks: Mapping[int, str]) -> str:
    """The text with these marks as `seen` of the entries of `bears_on`, by their places in it, counted from 0.

    Raises NotInFieldsError where the text is no YAML that holds without problems.
    """
    document, problems = parse_document("", text.encode())
    if document is None or problems:
        raise NotInFieldsError
    lines = text.splitlines(keepends=True)
    for index, mark in sorted(marks.items(), reverse=True):  # from the end: the places before stay as they are
        _write(document, lines, index, f'"{mark}"')
    return "".join(lines)


def _write(document: Document, lines: list[str], index: int, mark: str) -> None:
    entry = ("bears_on", index)
    if (*entry, "seen") in document.spots:
        seen = document.spot(*entry, "seen").value
        lines[seen.line - 1] = _with(lines[seen.line - 1], seen, mark)
        return
    how = document.spot(*entry, "how")
    around, line = document.spot(*entry).value, lines[how.value.line - 1]
    if document.lines[around.line - 1][around.column - 1] == "{":
        end = how.value.column - 1 + how.value.length
        lines[how.value.line - 1] = f"{line[:end]}, seen: {mark}{line[end:]}"
    else:
        lines.insert(how.value.line, f"{' ' * (how.key.column - 1)}seen: {mark}\n")


def _with(line: str, place: Place, words: str) -> str:
    return line[: place.column - 1] + words + line[place.column - 1 + place.length :]
