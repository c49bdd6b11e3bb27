"""A revision as a document prints it, one part after another: what a Word file shows, and what one that comes back is held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from clausebook.model.handbook import Revision
from clausebook.model.revision import Item, RevisionRecord, SectionRecord
from clausebook.model.structures import Attachment, Figure, FormField, Structures, Table
from clausebook.model.text import paragraphs_of

TITLE = "cb-title"
"""What the policy's title belongs to: no section or clause may have an id that begins so (P207)."""
PartKind = Literal[
    "title", "heading", "clause", "item", "more", "after", "caption", "table", "figure", "form", "field", "file"
]
ANCHORED: frozenset[PartKind] = frozenset({"title", "heading", "clause", "item"})


@dataclass(frozen=True)
class Part:
    """One paragraph, table or picture."""

    kind: PartKind
    of: str
    """The id of the section, clause or item that it belongs to."""
    text: str = ""
    """Its words as the author wrote them: one paragraph, with limited Markdown."""
    number: str | None = None
    depth: int = 0
    """Of a heading from 1; of an item from 0; of what belongs to an item as that item's; -1 for what belongs to a clause."""
    place: int = 0
    """Which it is of its kind in what it belongs to."""
    block: Table | Figure | FormField | Attachment | None = None
    note: str | None = None
    """The footnote to its words."""

    @property
    def key(self) -> tuple[str, PartKind, int]:
        return self.of, "clause" if self.kind == "item" else self.kind, self.place

    @property
    def is_anchored(self) -> bool:
        """Whether the section, clause or item begins with it."""
        return self.kind in ANCHORED


def outline_of(revision: Revision) -> tuple[Part, ...]:
    """Every part of the document, its title first."""
    return outline_of_record(revision.record)


def outline_of_record(record: RevisionRecord) -> tuple[Part, ...]:
    """As `outline_of`, of what an author wrote."""
    title = Part("title", TITLE, record.title)
    return (title, *(part for section in record.sections for part in _section(section, 1)))


def _section(section: SectionRecord, depth: int) -> Iterator[Part]:
    yield Part("heading", section.id, section.heading, section.number, depth)
    for clause in section.clauses:
        yield from _clause(clause, -1)
    for below in section.sections:
        yield from _section(below, depth + 1)


def _clause(clause: Item, depth: int) -> Iterator[Part]:
    """Its words; what stands below them, which a list parts from its lead-in no more than the page does; its items."""
    own = clause.structures
    first, *more = paragraphs_of(clause.text) if clause.text else [""]
    kind: PartKind = "clause" if depth < 0 else "item"
    words = [Part(kind, clause.id, first, clause.number, depth)]
    words += [Part("more", clause.id, text, depth=depth, place=place) for place, text in enumerate(more)]
    words[-1] = replace(words[-1], note=" ".join(paragraphs_of(own.note)) if own.note else None)
    yield from words
    if not clause.items:
        yield from _blocks(clause.id, own, depth)
    for item in clause.items:
        yield from _clause(item, depth + 1)
    after = paragraphs_of(own.after) if own.after else []
    yield from (Part("after", clause.id, text, depth=depth, place=place) for place, text in enumerate(after))
    if clause.items:
        yield from _blocks(clause.id, own, depth)


def _blocks(of: str, own: Structures, depth: int) -> Iterator[Part]:
    if own.table:
        if own.table.caption:
            yield Part("caption", of, own.table.caption, depth=depth)
        yield Part("table", of, depth=depth, block=own.table)
    if own.figure:
        yield Part("figure", of, own.figure.alternative, depth=depth, block=own.figure)
        if own.figure.caption:
            yield Part("caption", of, own.figure.caption, depth=depth, place=1)
    if own.form:
        yield Part("form", of, own.form.title, depth=depth)
        for place, field in enumerate(own.form.fields):
            yield Part("field", of, field.label, depth=depth, place=place, block=field)
    if own.attachment:
        yield Part("file", of, own.attachment.label, depth=depth, block=own.attachment)
