"""The review page of an import: the document and the draft side by side, what is doubtful first; one file that opens from a folder."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clausebook.edit.importers.account import Accounted
from clausebook.edit.importers.blocks import Comment, TrackedChange
from clausebook.edit.importers.bring_in import Brought
from clausebook.edit.importers.report import Counts, counts_of, doubts_of, words_of_block
from clausebook.load import Loaded
from clausebook.looks import Looks
from clausebook.model import ClauseRecord, Item, SectionRecord
from clausebook.model.labels import FORCE
from clausebook.model.structures import blocks_in_words
from clausebook.model.text import plain_words
from clausebook.pages.standalone import csp_hash, render_style
from clausebook.pages.templates import render_document

UNITS = {"docx": "paragraph", "odt": "paragraph", "xlsx": "row", "csv": "row"}
"""What the place of a block counts, where it is not lines."""


@dataclass(frozen=True)
class SourceRow:
    """A block of the document, with where its words are now."""

    anchor: str
    mark: str
    text: str
    kind: str
    place: str
    where: str
    to: str | None
    """The id in the draft that it leads to."""


@dataclass(frozen=True)
class DraftRow:
    """A heading, clause or item of the draft."""

    id: str
    kind: str
    depth: int
    number: str
    text: str
    more: tuple[str, ...]
    suggested: str
    doubts: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    """The anchors of the blocks that it was made of, each with its place in words."""


@dataclass(frozen=True)
class ImportReview:
    """content/pages/import/review.html"""

    title: str
    file: str
    unit: str
    command: str
    css: str
    style_hash: str
    counts: Counts
    doubts: tuple[tuple[str | None, str, str], ...]
    """The id that each is about, what that is, and the doubt."""
    source: tuple[SourceRow, ...]
    draft: tuple[DraftRow, ...]
    left_out: tuple[SourceRow, ...]
    changes: tuple[TrackedChange, ...]
    comments: tuple[Comment, ...]
    evidence: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Each key question with the clauses that may bear on it: their ids, and what they are called."""


def render_review(brought: Brought, trust: str, loaded: Loaded, root: Path) -> str:
    """The whole file; `root` is the handbook's folder."""
    looks = Looks(root)
    css = render_style(loaded.trusts[trust].record.palette.shades, looks, "overrides/import/review.css")
    unit = UNITS.get(brought.document.format, "line")
    source = tuple(_source_row(one, number, unit) for number, one in enumerate(brought.accounted, 1))
    by_id = defaultdict[str, list[tuple[str, str]]](list)
    for row, one in zip(source, brought.accounted, strict=True):
        for name in one.ids:
            by_id[name].append((row.anchor, row.place))
    topics = {
        topic.id: topic.label
        for one in loaded.subjects.values()
        for group in one.record.groups
        for topic in group.topics
    }
    draft = tuple(row for section in brought.record.sections for row in _rows(section, 0, by_id, topics))
    asked = {question.id: question.ask for one in loaded.subjects.values() for question in one.record.questions}
    names = {row.id: textwrap.shorten(plain_words(f"{row.number} {row.text}"), 90, placeholder=" …") for row in draft}
    return render_document("import/review.html", looks, ImportReview(
        brought.record.title, brought.name, unit, f"clausebook review {trust} {brought.policy}", css, csp_hash(css), counts_of(brought),
        tuple((name, names.get(name or "", "The document as a whole"), words) for name, words in doubts_of(brought)),
        source, draft, tuple(row for row in source if row.where.startswith("Left out")), brought.document.changes, brought.document.comments,
        tuple((asked[name], tuple((one, names[one]) for one in ids)) for name, ids in brought.record.evidence.items()),
    ))  # fmt: skip


def _source_row(one: Accounted, number: int, unit: str) -> SourceRow:
    block = one.block
    page = f"page {block.place.page}, " if block.place.page is not None else ""
    where = {"clause": "In the clause", "heading": "A heading", "front matter": "Front matter: about the document, no clause",
             "left out": f"Left out: {one.why}", "lost": "Found no place: put it where it belongs"}[one.where]  # fmt: skip
    return SourceRow(
        f"cb-block-{number}",
        block.mark,
        words_of_block(block),
        block.kind,
        f"{page}{unit} {block.place.line}",
        where,
        one.id if one.where in ("clause", "heading") else None,
    )


Sources = Mapping[str, Sequence[tuple[str, str]]]


def _rows(section: SectionRecord, depth: int, by_id: Sources, topics: Mapping[str, str]) -> Iterator[DraftRow]:
    yield DraftRow(
        section.id,
        "heading",
        depth,
        section.number or "",
        section.heading,
        (),
        "",
        section.doubts,
        tuple(by_id.get(section.id, ())),
    )
    for clause in section.clauses:
        yield from _items(clause, 0, by_id, topics)
    for below in section.sections:
        yield from _rows(below, depth + 1, by_id, topics)


def _items(item: Item, depth: int, by_id: Sources, topics: Mapping[str, str]) -> Iterator[DraftRow]:
    facts = [FORCE[item.modality]] if item.modality else []
    if isinstance(item, ClauseRecord):
        facts += [topics.get(name, name) for name in item.topics]
        facts += [f"applies to {', '.join(item.binds)}"] if item.binds else []
        facts += ["everyone must know it"] if item.must_know else []
    more = (
        *blocks_in_words(item.structures),
        *([f"After the list: {item.after}"] if item.after else []),
        *([f"Note: {item.note}"] if item.note else []),
    )
    yield DraftRow(
        item.id,
        "clause" if not depth else "item",
        depth,
        item.number or ("" if not depth else "•"),
        item.text or "",
        more,
        " · ".join(facts),
        item.doubts,
        tuple(by_id.get(item.id, ())),
    )
    for below in item.items:
        yield from _items(below, depth + 1, by_id, topics)
