"""Thirty cells of the question matrix, held against the sources by hand: what a cold reader found, and what we answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from clausebook.compare.comparisons import find_comparisons
from clausebook.compare.matrix import compare_questions
from clausebook.model.handbook import Handbook

CELLS = yaml.safe_load((Path(__file__).parent / "thirty-cells.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell['trust']}-{cell['question']}")
def test_a_cell_says_what_a_cold_reader_found(handbook: Handbook, cell) -> None:
    row = next(
        row
        for one in find_comparisons(handbook)
        for row in compare_questions(one)
        if row.question.id == cell["question"]
    )
    (told,) = next(one for one in row.cells if one.trust == cell["trust"]).answers
    revision, position = told.revision, told.position
    assert revision == handbook.trust(cell["trust"]).policy("social-media").in_force
    assert position.answer == cell.get("kept", cell)["answer"]
    assert position.conflict == cell["conflict"]
    if position.clauses and cell["lines"]:
        cited = {
            line
            for clause in position.clauses
            for one in revision.by_id[clause].walk()
            if one.lines
            for line in range(one.lines.first, one.lines.last + 1)
        }
        assert set(cell["lines"][:1]) <= cited, "the most direct place is not among the clauses"
        assert len(cited & set(cell["lines"])) > len(cell["lines"]) / 2


def test_there_are_thirty_of_all_trusts_and_kinds(handbook: Handbook) -> None:
    assert len({(cell["trust"], cell["question"]) for cell in CELLS}) == 30
    assert {cell["trust"] for cell in CELLS} == {revision.trust for revision in handbook.in_force}
    assert {"silent", "unreadable", "prohibited", "required", "restricted"} <= {cell["answer"] for cell in CELLS}
    assert all(cell["kept"]["why"] for cell in CELLS if "kept" in cell)
