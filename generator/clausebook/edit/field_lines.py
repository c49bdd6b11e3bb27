"""The lines of an author's file that a field takes, by the loader's own places; new ones are put there, and the rest stays to the byte."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from clausebook.load import Document, parse_document
from clausebook.load.document import Path

Edit = tuple[tuple[int, int], Sequence[str]]
"""From which line to before which, counted from 0, and the lines that take their place."""


class NotInFieldsError(Exception):
    """The file is not written as one field a line, so that it cannot be edited without being rewritten."""


class FieldLines:
    """A file whose fields and entries each begin a line of their own. Raises NotInFieldsError where it is no YAML that holds without problems."""

    def __init__(self, text: str) -> None:
        document, problems = parse_document("", text.encode())
        if document is None or problems:
            raise NotInFieldsError
        self.text = text if text.endswith("\n") else f"{text}\n"
        self.document: Document = document

    def has(self, *path: str | int) -> bool:
        return path in self.document.spots

    def lead(self, *path: str | int) -> str:
        """What stands before a field on its line: spaces, and the dash of an entry. Raises NotInFieldsError."""
        key, around = self.document.spot(*path).key, self.document.spot(*path[:-1]).value
        lead = self.document.lines[key.line - 1][: key.column - 1]
        if not re.fullmatch(r" *(- *)?", lead) or self.document.lines[around.line - 1][around.column - 1] in "[{":
            raise NotInFieldsError
        return lead

    def lines_of(self, *path: str | int) -> tuple[int, int]:
        """From which line to before which a field or an entry goes. Raises NotInFieldsError.

        Blank lines at its end, and comments no further in than its name, belong to what follows.
        """
        depth = len(self.lead(*path))
        first = self.document.spot(*path).key.line - 1
        end = self._next_start(path, first)
        while end > first + 1 and re.fullmatch(rf"\s*| {{0,{depth}}}#.*", self.document.lines[end - 1]):
            end -= 1
        return first, end

    def _next_start(self, path: Path, first: int) -> int:
        """The next line below `first` on which something begins that is not within `path`; else the end of the file."""
        begins = bisect_right(self._starts, first, key=lambda start: start[0])
        after = (line for line, other in islice(self._starts, begins, None) if other[: len(path)] != path)
        return next(after, len(self.document.lines))

    @cached_property
    def _starts(self) -> list[tuple[int, Path]]:
        """Where each value begins, in the order of the file."""
        starts = ((spot.key.line - 1, path) for path, spot in self.document.spots.items())
        return sorted(starts, key=lambda start: start[0])

    def below(self, *path: str | int) -> Sequence[str]:
        """The lines of a field without its first."""
        first, end = self.lines_of(*path)
        return self.document.lines[first + 1 : end]

    def written(self, edits: Sequence[Edit]) -> str:
        """The text with these lines. Of two that are put in at the same place the last stands first."""
        lines = self.text.splitlines(keepends=True)
        for (first, end), new in sorted(edits, key=lambda edit: edit[0], reverse=True):
            lines[first:end] = [f"{line}\n" for line in new]
        return "".join(lines)
