"""The clauses of a revision as its author wrote them, each with its path in the file and the lead-ins above it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from clausebook.load.document import Path
from clausebook.model import Item, RevisionRecord


class Written(NamedTuple):
    """A clause or item where it is written: `above` is the chain it hangs from, outermost first."""

    path: Path
    item: Item
    above: tuple[Item, ...]


def walk_clauses(record: RevisionRecord) -> Iterator[Written]:
    """Every clause and item of `revision` in the order of the file."""
    for i, section in enumerate(record.sections):
        for j, clause in enumerate(section.clauses):
            yield from _walk(("sections", i, "clauses", j), clause, ())


def _walk(path: Path, item: Item, above: tuple[Item, ...]) -> Iterator[Written]:
    yield Written(path, item, above)
    for index, below in enumerate(item.items):
        yield from _walk((*path, "items", index), below, (*above, item))


def clause_ids(record: RevisionRecord) -> list[str]:
    """The ids of all clauses and items."""
    return [written.item.id for written in walk_clauses(record)]
