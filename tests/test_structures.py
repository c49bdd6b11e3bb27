"""What a real policy holds beside sentences: headings below headings, and what stands with a clause."""

from __future__ import annotations

from typing import Any

from clausebook.compare.revisions import find_changes
from clausebook.load.merge import merge_revision
from clausebook.model import RevisionRecord
from clausebook.model.handbook import Revision
from clausebook.pages.page import place_gaps


def clause(name: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "modality": "must", "topics": ["any"], "text": text, **more}


def revision(sections: list[dict[str, Any]], **more: Any) -> Revision:
    record = {
        "title": "Grievance policy",
        "status": "draft",
        "wording": "verbatim",
        "binds": ["staff"],
        "sections": sections,
        **more,
    }
    return merge_revision("sample", "grievance", "2026", RevisionRecord.model_validate(record))


def stages(heading: str = "Stage 2") -> list[dict[str, Any]]:
    hearing = {
        "id": "hearing",
        "number": "4.2.1",
        "heading": "The hearing",
        "lines": "13-16",
        "clauses": [clause("panel", "Three people hear it.")],
    }
    second = {"id": "stage-2", "number": "4.2", "heading": heading, "lines": "12-19", "sections": [hearing]}
    first = {"id": "stage-1", "number": "4.1", "heading": "Stage 1", "clauses": [clause("write", "Write it down.")]}
    return [
        {"id": "procedure", "number": "4", "heading": "Procedure", "lines": "3-20", "clauses": [clause("steps", "There are two stages.")], "sections": [first, second]},
        {"id": "records", "number": "5", "heading": "Records", "clauses": [clause("kept", "Records are kept.")]},
    ]  # fmt: skip


def test_sections_come_in_the_order_of_the_document_each_with_its_own_clauses() -> None:
    found = [
        (part.record.id, part.depth, part.within, [one.id for one in part.clauses])
        for part in revision(stages()).sections
    ]
    assert found == [
        ("procedure", 1, None, ["steps"]), ("stage-1", 2, "procedure", ["write"]), ("stage-2", 2, "procedure", []),
        ("hearing", 3, "stage-2", ["panel"]), ("records", 1, None, ["kept"]),
    ]  # fmt: skip
    assert [one.id for one in revision(stages()).clauses] == ["steps", "write", "panel", "kept"]


def test_a_heading_over_headings_that_says_something_else_is_a_change() -> None:
    (change,) = find_changes(revision(stages()), revision(stages("Stage 2: appeal")))
    assert change.in_words() == "The heading “Stage 2” is now “Stage 2: appeal”. It stands over one clause."
    assert change.material


def test_a_gap_is_told_in_the_innermost_section_that_has_its_line() -> None:
    gaps = [
        {"id": "torn", "lines": "15", "says": "A line is lost."},
        {"id": "cut", "lines": "18", "says": "A line is lost."},
    ]
    placed = place_gaps(revision(stages(), gaps=gaps))
    assert {section: [gap.id for gap in found] for section, found in placed.items()} == {
        "hearing": ["torn"],
        "stage-2": ["cut"],
    }
