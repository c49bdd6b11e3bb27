"""A revision as a table with a row for each heading, clause and item, as tools for requirements have it; `readers/sheet.py` reads it again."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.export.tables import Cell, Sheet
from clausebook.model.handbook import Revision
from clausebook.model.revision import ClauseRecord, Item, SectionRecord
from clausebook.model.structures import blocks_in_words

HEADINGS = ("Id", "Kind", "Level", "Number", "Text", "After its list", "Footnote", "Force", "Applies to", "Topics", "Everyone must know", "Also holds")  # fmt: skip
"""Level: of a heading from 1, of an item of a list from 1. Force, who it applies to and topics are empty where an item has those of its clause."""


def clause_sheet(revision: Revision) -> Sheet:
    """The table: ids, forces, roles and topics as the files of a handbook have them."""
    rows = tuple(row for section in revision.record.sections for row in _section(section, 1))
    return Sheet(revision.record.title, HEADINGS, rows)


def _section(section: SectionRecord, level: int) -> Iterator[tuple[Cell, ...]]:
    yield (section.id, "heading", str(level), section.number or "", section.heading, *[""] * 7)
    for clause in section.clauses:
        yield from _item(clause, 0)
    for below in section.sections:
        yield from _section(below, level + 1)


def _item(item: Item, level: int) -> Iterator[tuple[Cell, ...]]:
    kind = "clause" if isinstance(item, ClauseRecord) else "item"
    yield (
        item.id, kind, str(level) if level else "", item.number or "", item.text or "", item.after or "", item.note or "", item.modality or "",
        " ".join(item.binds or ()), " ".join(item.topics or ()), "yes" if item.must_know else "", "\n".join(blocks_in_words(item.structures)),
    )  # fmt: skip
    for below in item.items:
        yield from _item(below, level + 1)
