"""The clauses of a text as its author wrote them, each with its path in the file and the lead-ins above it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from clausebook.load.document import Path
from clausebook.model import AppendixRecord, Item, RevisionRecord, SectionRecord


class Written(NamedTuple):
    """A clause or item where it is written: `above` is the chain it hangs from, outermost first."""

    path: Path
    item: Item
    above: tuple[Item, ...]
    section: SectionRecord


class WrittenSection(NamedTuple):
    """A section where it is written; `depth` is 1 where it stands in no other."""

    path: Path
    section: SectionRecord
    depth: int


def walk_sections(record: RevisionRecord | AppendixRecord) -> Iterator[WrittenSection]:
    """Every section of a text, whatever it stands in, in the order of the document."""
    return _walk_sections((), record.sections, 1)


def _walk_sections(path: Path, sections: tuple[SectionRecord, ...], depth: int) -> Iterator[WrittenSection]:
    for index, section in enumerate(sections):
        yield WrittenSection((*path, "sections", index), section, depth)
        yield from _walk_sections((*path, "sections", index), section.sections, depth + 1)


def walk_clauses(record: RevisionRecord | AppendixRecord) -> Iterator[Written]:
    """Every clause and item of a text in the order of the document."""
    for path, section, _ in walk_sections(record):
        for index, clause in enumerate(section.clauses):
            yield from _walk((*path, "clauses", index), clause, (), section)


def _walk(path: Path, item: Item, above: tuple[Item, ...], section: SectionRecord) -> Iterator[Written]:
    yield Written(path, item, above, section)
    for index, below in enumerate(item.items):
        yield from _walk((*path, "items", index), below, (*above, item), section)


def clause_ids(record: RevisionRecord | AppendixRecord) -> list[str]:
    """The ids of all clauses and items."""
    return [written.item.id for written in walk_clauses(record)]
