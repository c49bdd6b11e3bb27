"""What a real policy holds beside sentences: headings below headings, and what stands with a clause."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from clausebook.acknowledgements.evidence.texts import Text
from clausebook.compare.revisions import find_changes
from clausebook.export.structures import structures_record
from clausebook.load.merge import merge_revision
from clausebook.model import RevisionRecord
from clausebook.model.citation import name_of
from clausebook.model.handbook import Revision
from clausebook.model.structures import PolicyFile
from clausebook.model.text import Medium, render_prose
from clausebook.pages.page import place_gaps
from clausebook.pages.structures import page_medium, render_blocks


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
    assert change.in_words() == "The heading “Stage 2” is now “Stage 2: appeal”. It is over one clause."
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


TABLE = {"caption": "Time limits", "header": ["Step", "Days"], "rows": [["Meeting", "10"], ["Decision", "20"]]}
FORM = {"title": "Grievance form", "fields": [{"label": "Your name"}, {"label": "Signature", "kind": "signature"}]}


def one(**more: Any) -> Revision:
    return revision(
        [
            {
                "id": "time",
                "heading": "Time",
                "clauses": [clause("limits", "The limits are:", **more), clause("other", "Wait.")],
            }
        ]
    )


def sides(old: Revision, new: Revision) -> list[tuple[str, str, str]]:
    return [(change.kind, change.text_before, change.text_after) for change in find_changes(old, new)]


def test_what_stands_with_a_clause_is_told_in_words_each_cell_with_the_word_above_it() -> None:
    said = one(table=TABLE, form=FORM, note="As Acas advises.").by_id["limits"].in_full
    assert said == (
        "The limits are: Time limits. Step: Meeting; Days: 10. Step: Decision; Days: 20. "
        "Form: Grievance form. Your name (to fill in); Signature (to sign). Footnote: As Acas advises."
    )


def test_the_words_after_a_list_come_after_it_and_belong_to_each_item() -> None:
    listed = one(items=[{"id": "a", "text": "ask;"}, {"id": "b", "text": "wait."}], after="unless the head agrees.")
    assert listed.by_id["limits"].in_full == "The limits are: ask; wait. unless the head agrees."
    assert listed.by_id["a"].in_full == "The limits are: ask; unless the head agrees."


def test_a_changed_cell_is_a_change_of_the_clause() -> None:
    slower = {**TABLE, "rows": [["Meeting", "15"], ["Decision", "20"]]}
    ((kind, before, after),) = sides(one(table=TABLE), one(table=slower))
    assert kind == "reworded"
    assert ("Days: 10" in before, "Days: 15" in after) == (True, True)


def test_a_changed_exception_after_a_list_is_told_once_with_its_lead_in() -> None:
    items = [{"id": "a", "text": "post pictures;"}, {"id": "b", "text": "name pupils."}]
    old, new = (one(items=items, after=after) for after in ("unless the head agrees.", "unless a parent agrees."))
    assert [(change.id, change.through) for change in find_changes(old, new)] == [
        ("reworded:limits", None), ("reworded:a", "limits"), ("reworded:b", "limits"),
    ]  # fmt: skip
    assert (
        find_changes(old, new)[1].in_words()
        == "The clause “post pictures” has the same words, and the words after its list have changed."
    )


def test_another_file_under_the_same_name_is_another_text() -> None:
    def holding(content: str) -> Revision:
        own = revision(
            [{"id": "time", "heading": "Time", "clauses": [clause("limits", "Use [the form](file:form.docx).")]}]
        )
        files = {"form.docx": PolicyFile("form.docx", Path("form.docx"), 1, content)}
        return merge_revision("sample", "grievance", "2026", own.record, files)

    old, new = holding("a" * 64), holding("b" * 64)
    assert old.digest != new.digest
    (change,) = find_changes(old, new)
    assert (
        change.in_words()
        == "The clause “Use the form” has the same words, and a file that it shows or offers has changed."
    )


def test_a_text_without_structures_keeps_the_form_that_receipts_were_given_for() -> None:
    assert set(one().canonical) == {"title", "clauses"}
    assert set(one().by_id["limits"].canonical) == {"lead_in", "text", "modality", "binds"}


def test_anybody_can_compute_the_digest_of_the_newer_form() -> None:
    made = one(table=TABLE, after="These are working days.")
    clauses = [
        {"lead_in": [], "text": "The limits are:", "modality": "must", "binds": ["staff"], "form": 2, "goes_on": [],
         "structures": {"table": TABLE, "after": "These are working days."}},
        {"lead_in": [], "text": "Wait.", "modality": "must", "binds": ["staff"]},
    ]  # fmt: skip
    said = {"title": "Grievance policy", "clauses": clauses, "form": 2, "headings": [[1, "Time", 2]]}
    plain = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert made.digest == hashlib.sha256(plain).hexdigest()


def test_a_heading_is_part_of_the_newer_form() -> None:
    assert revision(stages()).digest != revision(stages("Stage 2: appeal")).digest


def test_published_structures_are_what_the_fingerprint_is_made_from() -> None:
    clause = one(table={**TABLE, "caption": None}, form=FORM, after="In working days.").by_id["limits"]
    published = structures_record(clause.structures)
    assert published
    assert published.model_dump(mode="json") == clause.canonical["structures"]
    assert structures_record(one().by_id["limits"].structures) is None


def test_the_text_in_an_evidence_pack_has_the_digest_that_was_signed() -> None:
    made = one(table=TABLE)
    assert hashlib.sha256(Text(made).render()).hexdigest() == made.digest


@pytest.mark.parametrize(
    ("medium", "address"),
    [
        (Medium("../", "../grievance/files/", is_whole=True), "../conduct/index.html#respect"),
        (
            Medium("https://example.org/sample/", None, is_whole=True),
            "https://example.org/sample/conduct/index.html#respect",
        ),
        (Medium(None, "files/", is_whole=True), None),
    ],
    ids=["page", "print of a trust that says where its site is", "package of one that does not"],
)
def test_a_link_to_another_policy_leads_where_it_can(medium: Medium, address: str | None) -> None:
    assert medium.find("policy:conduct#respect") == address
    shown = render_prose("See the [code](policy:conduct#respect).", medium)
    assert shown == (f'See the <a href="{address}">code</a>.' if address else "See the code.")


def test_where_nothing_can_be_followed_a_link_is_its_words() -> None:
    told = clause("told", "Staff *must* follow the [code](policy:conduct#respect) and [the limits](#limits).")
    linked = revision([{"id": "time", "heading": "Time", "clauses": [told]}]).by_id["told"]
    assert linked.in_full == "Staff must follow the code and the limits."


def test_a_past_text_leads_to_no_other_policy_for_that_may_be_gone() -> None:
    past = revision(stages(), status="superseded")
    assert page_medium("../", past, pdfs=True).find("policy:conduct") is None
    assert page_medium("../", past, pdfs=True).find("#panel") == "#panel"


def test_a_clause_without_a_number_is_cited_so_that_it_is_found() -> None:
    def unnumbered(**more: Any) -> Revision:
        inner = [
            {"id": f"time-{stage}", "heading": "Timescales", "clauses": [clause(f"wait-{stage}", "Wait.")], **more}
            for stage in "ab"
        ]
        return revision(
            [
                {"id": part["id"][-1:] * 2, "heading": f"Stage {part['id'][-1].upper()}", "sections": [part]}
                for part in inner
            ]
        )

    assert [name_of(one) for one in unnumbered().clauses] == ["Stage A › Timescales", "Stage B › Timescales"]
    assert name_of(unnumbered(number="2.1").clauses[0]) == "2.1 Timescales"


@pytest.mark.parametrize(
    ("status", "pdfs", "address"),
    [
        ("in-force", True, "../downloads/grievance/policy.pdf"),
        ("in-force", False, None),
        ("superseded", True, None),
        ("draft", True, None),
    ],
)
def test_a_form_leads_to_the_pdf_where_there_is_one(status: str, pdfs: bool, address: str | None) -> None:
    medium = page_medium("../", revision(stages(), status=status), pdfs=pdfs)
    shown = render_blocks(one(form=FORM).by_id["limits"], medium)
    assert ("fill it in as a PDF" in shown) == bool(address)
    assert medium.to_pdf == address


def test_a_table_without_a_caption_is_named_by_the_words_above_it() -> None:
    shown = render_blocks(one(table={**TABLE, "caption": None}).by_id["limits"], Medium(shows="all"))
    assert 'role="region" aria-label="Table: The limits are"' in shown


@pytest.mark.parametrize(
    ("shows", "figure", "form"),
    [("all", True, True), ("print", True, True), ("figures", True, False), ("words", False, False)],
)
def test_what_cannot_be_shown_is_told(tmp_path: Path, shows: str, figure: bool, form: bool) -> None:
    picture = tmp_path / "way.svg"
    picture.write_text("<svg/>", encoding="utf-8")
    record = one(figure={"file": "way.svg", "alternative": "First write, then wait."}, form=FORM).record
    made = merge_revision(
        "sample", "grievance", "2026", record, {"way.svg": PolicyFile("way.svg", picture, 6, "a" * 64)}
    )
    shown = render_blocks(made.by_id["limits"], Medium(to_files="files/", shows=shows))
    assert ("<img" in shown, "<input" in shown) == (figure, form)
    assert ("Figure: First write" in shown, "Form: Grievance form" in shown) == (not figure, not form)
