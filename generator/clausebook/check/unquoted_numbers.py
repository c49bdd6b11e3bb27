"""P110: a number, version or word that other tools would not keep as written.

Clausebook takes every value as text, but an editor or a spreadsheet that opens the file may not: unquoted, `1.10`
becomes 1.1, `012` becomes 10, `1:30` becomes 90, and `no` becomes false. Numbers of clauses are therefore quoted.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.load.document import Document, Path
from clausebook.load.yaml_events import reads_as_other
from clausebook.model.problems import Problem

AS_TEXT = {"number", "section", "version", "revision", "text", "says", "about", "heading", "title", "label", "author"}
LISTS = {"searched", "related", "match", "unless"}


def check_unquoted_numbers(loaded: Loaded) -> Iterator[Problem]:
    for file in loaded.files:
        for path in file.document.misread:
            if wants_text(path, AS_TEXT) and (value := _trap(file.document, path)) is not None:
                yield from file.problem(
                    path, "P110", f"`{value}` needs quotes",
                    f"without them other programs read it as {reads_as_other(value)}",
                    f'write "{value}"',
                )  # fmt: skip


def wants_text(path: Path, fields: set[str]) -> bool:
    """Whether the value at `path` is one of `fields`, or an entry of a list of words."""
    names = [part for part in path if isinstance(part, str)]
    return bool(names) and (path[-1] in fields or (isinstance(path[-1], int) and names[-1] in LISTS | fields))


def _trap(document: Document, path: Path) -> str | None:
    value = document.value
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value if isinstance(value, str) else None
