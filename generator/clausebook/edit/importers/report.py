"""What an import made of a document, as data: each block with the place of its words, what is doubtful, and the counts."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from clausebook.check.walk import walk_clauses, walk_sections
from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.bring_in import Brought

FORM = 1


@dataclass(frozen=True)
class Counts:
    """How many parts a draft has, and where the words of the document went."""

    sections: int
    clauses: int
    items: int
    tables: int
    numbers: int
    """Printed numbers of the document, all of which stand beside their words."""
    words: int
    in_clauses: int
    in_headings: int
    in_front_matter: int
    left_out: int
    lost: int
    doubts: int
    suggestions: int


def counts_of(brought: Brought) -> Counts:
    record = brought.record
    words: Counter[str] = Counter()
    for one in brought.accounted:
        words[one.where] += one.words
    clauses = list(walk_clauses(record))
    return Counts(
        sections=sum(1 for _ in walk_sections(record)),
        clauses=sum(1 for written in clauses if not written.above),
        items=sum(1 for written in clauses if written.above),
        tables=sum(1 for written in clauses if written.item.table),
        numbers=sum(
            1 for one in brought.accounted for block in one.block.walk() if block.number and one.where != "left out"
        ),
        words=sum(words.values()),
        in_clauses=words["clause"],
        in_headings=words["heading"],
        in_front_matter=words["front matter"],
        left_out=words["left out"],
        lost=words["lost"],
        doubts=len(doubts_of(brought)),
        suggestions=sum(len(written.item.suggested) for written in clauses) + len(record.suggested),
    )


def doubts_of(brought: Brought) -> list[tuple[str | None, str]]:
    """Each doubt with the id of the clause or section that it is about; None for the document."""
    record = brought.record
    return [
        *((None, words) for words in record.doubts),
        *((section.id, words) for _, section, _ in walk_sections(record) for words in section.doubts),
        *((written.item.id, words) for written in walk_clauses(record) for words in written.item.doubts),
    ]


def report_json(brought: Brought) -> str:
    """The report as JSON."""
    document = brought.document
    told: dict[str, Any] = {
        "form": FORM,
        "file": brought.name,
        "format": document.format,
        "title": brought.record.title,
        "policy": brought.policy,
        "kind": brought.kind,
        "counts": asdict(counts_of(brought)),
        "doubts": [{"id": name, "says": words} for name, words in doubts_of(brought)],
        "left_out": [{"line": one.block.place.line, "page": one.block.place.page, "text": words_of_block(one.block), "why": one.why} for one in brought.accounted if one.where == "left out"],
        "tracked_changes": [{"kind": one.kind, "text": one.text, "author": one.author, "date": one.date, "line": one.place.line} for one in document.changes],
        "comments": [{"text": one.text, "author": one.author, "date": one.date, "line": one.place.line, "about": one.about} for one in document.comments],
        "hidden": list(document.hidden),
        "blocks": [
            {"line": one.block.place.line, "page": one.block.place.page, "kind": one.block.kind, "mark": one.block.mark, "text": words_of_block(one.block), "where": one.where, "id": one.id}
            for one in brought.accounted
        ],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def words_of_block(block: Block) -> str:
    """The words of a block as one text; of a table a line a row."""
    if block.rows:
        rows = (" | ".join(" ".join(cell.text.split()) for cell in row) for row in block.rows)
        return "\n".join(filter(None, (block.text, *rows)))
    return block.text
