"""How well documents are brought in: words, numbers, headings, boundaries, lead-ins and tables of made-up policies, against the truth.

A benchmark, not a test: it asserts nothing. The marks (issue 16): words 100 %, numbers 99 %, boundaries (F1) 97 %, lead-ins 98 %, headings
97 % and at most one false in twenty, tables 97 %; 70 clauses in under 3 s. Each shape as Word, and as the PDF that LibreOffice makes of it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from bench.machine import ROOT
from clausebook.edit.importers.bring_in import Brought, bring_in
from clausebook.edit.importers.outline.draft import DraftItem
from clausebook.load import load_handbook
from clausebook.model.text import as_read
from importing.documents import convert
from importing.made_policies import SHAPES, Made, Node, made_policy

SEEDS = range(1, 9)
DAY = date(2026, 11, 30)


@dataclass
class Score:
    """Sums over documents: right ones, those that there are, those that were found."""

    words: int = 0
    words_lost: int = 0
    numbers: int = 0
    numbers_right: int = 0
    headings: int = 0
    headings_right: int = 0
    headings_found: int = 0
    nodes: int = 0
    nodes_right: int = 0
    nodes_found: int = 0
    items: int = 0
    items_right: int = 0
    cells: int = 0
    cells_right: int = 0
    seconds: float = 0
    documents: int = 0

    def add(self, other: Score) -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


def main() -> None:
    loaded, _ = load_handbook(ROOT)
    print(
        f"{'shape':9} {'as':5} {'words':>7} {'numbers':>8} {'headings':>9} {'false':>6} {'boundaries':>11} {'lead-ins':>9} {'tables':>7} {'s each':>7}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for shape in SHAPES:
            for form in ("docx", "pdf"):
                total = Score()
                for seed in SEEDS:
                    made = made_policy(seed, shape)
                    path = Path(folder) / f"made-{seed}.{form}"
                    path.write_bytes(
                        made.data if form == "docx" else convert(made.data, "made.docx", "pdf", Path(folder))
                    )
                    begun = time.monotonic()
                    brought = bring_in(path, loaded, trust="att", policy=None, kind=None, revision=None, today=DAY)
                    total.add(score(made, brought, time.monotonic() - begun))
                print(_row(shape, form, total))


def score(made: Made, brought: Brought, seconds: float) -> Score:
    found = list(_nodes(brought))
    wanted = [node for node in made.nodes if node.kind != "heading"]
    by_text = {as_read(node.text): node for node in found}
    headings = [as_read(node.text) for node in found if node.kind == "heading"]
    truth = [as_read(node.text) for node in made.nodes if node.kind == "heading"]
    texts = [as_read(node.text) for node in wanted]
    clauses = [as_read(node.text) for node in found if node.kind != "heading"]
    numbered = [node for node in made.nodes if node.number]
    items = [node for node in wanted if node.kind == "item"]
    cells = [as_read(cell) for item in brought.draft.all_items if item.table for row in item.table.rows for cell in row]
    return Score(
        words=sum(one.words for one in brought.accounted),
        words_lost=sum(one.words for one in brought.lost),
        numbers=len(numbered),
        numbers_right=sum(
            1 for node in numbered if (one := by_text.get(as_read(node.text))) and one.number == node.number
        ),
        headings=len(truth),
        headings_right=sum(1 for text in truth if text in headings),
        headings_found=len(headings),
        nodes=len(texts),
        nodes_right=sum(1 for text in texts if text in clauses),
        nodes_found=len(clauses),
        items=len(items),
        items_right=sum(
            1
            for node in items
            if (one := by_text.get(as_read(node.text))) and as_read(one.parent) == as_read(node.parent)
        ),
        cells=len(made.cells),
        cells_right=sum(1 for cell in made.cells if as_read(cell) in cells),
        seconds=seconds,
        documents=1,
    )


def _nodes(brought: Brought) -> Iterator[Node]:
    for section in brought.draft.all_sections:
        yield Node("heading", section.number, section.heading, "")
        for clause in section.clauses:
            yield from _of_item(clause, section.heading)


def _of_item(item: DraftItem, parent: str) -> Iterator[Node]:
    if not item.repeats_heading:
        yield Node("clause", item.number, item.text, parent)
    for below in item.items:
        yield from _of_item(below, item.text)


def _row(shape: str, form: str, total: Score) -> str:
    def share(right: int, of: int) -> str:
        return f"{100 * right / of:.1f}" if of else "–"

    precision, recall = total.nodes_right / total.nodes_found, total.nodes_right / total.nodes
    boundaries = 200 * precision * recall / (precision + recall)
    return (
        f"{shape:9} {form:5} {share(total.words - total.words_lost, total.words):>7} {share(total.numbers_right, total.numbers):>8} "
        f"{share(total.headings_right, total.headings):>9} {share(total.headings_found - total.headings_right, total.headings_found):>6} "
        f"{boundaries:>11.1f} {share(total.items_right, total.items):>9} {share(total.cells_right, total.cells):>7} {total.seconds / total.documents:>7.2f}"
    )


if __name__ == "__main__":
    main()
