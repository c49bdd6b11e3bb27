"""A policy as a Word file: what stands in it, that Word and LibreOffice take it, and by what it is known again."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest

from clausebook.export.word import Pictures, render_policy
from clausebook.export.word.numbering import work_out_numbering
from clausebook.model.handbook import Handbook, Trust
from clausebook.model.outline import outline_of
from clausebook.model.text import plain_words
from clausebook.model.word_identity import bookmark_of, read_exported
from word.word_files import W, as_libreoffice_prints, clause, paragraphs, parts_of, png, revision_of, words_of, xml_of

DAY = date(2026, 11, 21)
ODD = [
    {"id": "one", "number": "1", "heading": "Twice", "clauses": [clause("a", "First.", "1.1"), clause("b", "Second.", "1.1"), clause("c", "Third.", "1.2")]},
    {"id": "two", "number": "2", "heading": "A gap", "clauses": [clause("d", "First.", "2.1"), clause("e", "Third.", "2.3")]},
    {"id": "three", "number": "3", "heading": "A stray stop", "clauses": [clause("f", "First.", "3.1"), clause("g", "Second.", "3.2.")]},
    {"id": "four", "number": "4", "heading": "Lists", "clauses": [clause("h", "You must:", "4.1", items=[
        {"id": "h1", "text": "read;", "number": "(a)"}, {"id": "h2", "text": "sign:", "number": "(b)", "items": [
            {"id": "h3", "text": "here", "number": "(i)"}, {"id": "h4", "text": "there", "number": "(ii)"}]},
        {"id": "h5", "text": "go.", "number": "(c)"}], after="All of it."),
        clause("i", "And:", "4.2", items=[{"id": "i1", "text": "odd", "number": "(b)"}, {"id": "i2", "text": "none"}])]},
    {"id": "five", "number": "5.0", "heading": "Nought", "clauses": [clause("j", "No number.")]},
]  # fmt: skip


@pytest.fixture(scope="module")
def trust(starter: Handbook) -> Trust:
    return starter.trusts[0]


@pytest.fixture(scope="module")
def starter() -> Handbook:
    from clausebook.check.library import read_handbook

    handbook, _ = read_handbook(Path(__file__).parents[2] / "generator/clausebook/starter")
    assert handbook
    return handbook


@pytest.fixture(scope="module")
def made(trust: Trust) -> dict[str, bytes]:
    """A Word file of every policy of the starter, and of one with numbers that no list counts."""
    files = {policy.id: render_policy(trust, policy.revisions[0], DAY) for policy in trust.policies}
    return files | {"odd": render_policy(trust, revision_of(ODD), DAY)}


@pytest.fixture(scope="module")
def printed(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return as_libreoffice_prints(tmp_path_factory.mktemp("printed"), made)


def test_every_word_stands_below_its_own_number_as_the_revision_prints_it(
    trust: Trust, printed: dict[str, list[str]]
) -> None:
    """Whether Word counts a number or it is typed: a reader sees the number of the revision, and no other."""
    revisions = {policy.id: policy.revisions[0] for policy in trust.policies} | {"odd": revision_of(ODD)}
    for name, revision in revisions.items():
        lines = [
            re.sub(r"^[•◦▪–] |(?<=[.:])\d$", "", plain_words(" ".join(line.split()))) for line in printed[name]
        ]  # where a field is as written
        expected = [
            part for part in outline_of(revision) if part.kind in ("heading", "clause", "item", "more", "after")
        ]
        text = lines[max(place for place, line in enumerate(lines) if line == _line(expected[0])) :]
        found = iter(text)
        for part in expected:
            assert any(line == _line(part) for line in found), f"{name}: {_line(part)}"


def _line(part) -> str:
    return f"{part.number or ''} {plain_words(part.text)}".strip()


def test_word_counts_what_it_can_count_and_the_rest_is_typed() -> None:
    parts = outline_of(revision_of(ODD))
    marks = work_out_numbering(parts).marks
    counted = [parts[place].of for place in sorted(marks)]
    assert counted == ["one", "two", "three", "four", "h", "h1", "h2", "h3", "h4", "h5", "i", "i2"]


def test_a_policy_that_counts_as_word_does_has_no_typed_number(trust: Trust) -> None:
    """Somebody who adds a clause in Word sees the numbers behind it go on."""
    parts = outline_of(trust.policy("grievance").current)
    marks = work_out_numbering(parts).marks
    assert [part.number for place, part in enumerate(parts) if part.number and place not in marks] == []


def test_each_section_clause_and_item_has_one_bookmark_that_follows_from_its_id(
    trust: Trust, made: dict[str, bytes]
) -> None:
    revision = trust.policy("social-media").revisions[0]
    names = [one.get(f"{W}name") for one in xml_of(made["social-media"]).iter(f"{W}bookmarkStart")]
    wanted = [bookmark_of(name) for name in (*revision.by_id, *(part.record.id for part in revision.sections))]
    assert sorted(set(names)) == sorted(names)
    assert set(wanted) <= set(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name) for name in names)


def test_the_revision_itself_goes_along_and_is_read_again(trust: Trust, made: dict[str, bytes]) -> None:
    revision = trust.policy("social-media").revisions[0]
    exported = read_exported(xml_of(made["social-media"], "customXml/item1.xml").text)
    assert exported
    assert exported.revision.record == revision.record
    assert exported.revision.digest == revision.digest
    assert revision.digest in parts_of(made["social-media"])["docProps/custom.xml"].decode()


def test_a_restated_policy_goes_along_with_the_lines_of_its_source(handbook: Handbook) -> None:
    revision = handbook.trust("att").policy("social-media").current
    exported = read_exported(xml_of(render_policy(handbook.trust("att"), revision, DAY), "customXml/item1.xml").text)
    assert exported
    assert exported.revision.record == revision.record


def test_what_is_no_revision_of_ours_is_none() -> None:
    assert [read_exported(text) for text in ("", "[]", "{}", '{"revision": {}}', "[" * 100_000)] == [None] * 5


def test_the_same_policy_gives_the_same_bytes(trust: Trust, made: dict[str, bytes]) -> None:
    again = render_policy(trust, trust.policy("grievance").current, DAY)
    assert again == made["grievance"]
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_what_a_document_says_of_itself_stands_above_its_text(made: dict[str, bytes]) -> None:
    table = next(xml_of(made["grievance"]).iter(f"{W}tbl"))
    rows = [[words_of(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert ["Version", "1.0"] in rows
    assert ["Date it takes effect", "6 January 2025"] in rows
    assert ["Who approved it", "The board of Larkhill Example Trust (made up)"] in rows


def test_a_draft_says_until_when_and_to_whom_comments_go(made: dict[str, bytes], trust: Trust) -> None:
    words = [words_of(one) for one in paragraphs(render_policy(trust, trust.policy("social-media").draft, DAY))]
    assert (
        "This is a draft for consultation. You can send comments until 4 December 2026 to hr@larkhill.example.org."
        in words
    )


def test_a_table_repeats_its_header_and_says_what_it_is_about(made: dict[str, bytes]) -> None:
    table = list(xml_of(made["grievance"]).iter(f"{W}tbl"))[1]
    first, *others = table.iter(f"{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert not [row for row in others if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val").startswith("Time limits, in working days")


def test_a_footnote_is_a_real_one(made: dict[str, bytes]) -> None:
    notes = [
        words_of(note).strip() for note in xml_of(made["acceptable-use"], "word/footnotes.xml").iter(f"{W}footnote")
    ]
    assert notes[2:] == ["Encrypted means sent with the “Protect” button, which asks the other side for a code."]
    assert [one.get(f"{W}id") for one in xml_of(made["acceptable-use"]).iter(f"{W}footnoteReference")] == ["1"]


def test_links_emphasis_forms_and_fields_of_academies(trust: Trust) -> None:
    form = {"title": "Request", "fields": [{"label": "Name", "hint": "in full"}, {"label": "Day", "kind": "date"}, {"label": "I agree", "kind": "tick"},
                                           {"label": "Signature", "kind": "signature"}]}  # fmt: skip
    text = "Ask **first**, *then* see [the rule](#b) or [Acas](https://www.acas.org.uk/); the lead is {dsl}."
    made = render_policy(
        trust,
        revision_of(
            [{"id": "one", "heading": "One", "clauses": [clause("a", text), clause("b", "Fill in:", form=form)]}]
        ),
        DAY,
    )
    document = xml_of(made)
    links = [one.get(f"{W}anchor") for one in document.iter(f"{W}hyperlink")]
    assert bookmark_of("b") in links
    assert "https://www.acas.org.uk/" in parts_of(made)["word/_rels/document.xml.rels"].decode()
    looks = {
        words_of(run): {one.tag.removeprefix(W) for one in run.find(f"{W}rPr")}
        for run in document.iter(f"{W}r")
        if run.find(f"{W}rPr") is not None
    }
    assert looks["first"] == {"b", "bCs"}
    assert looks["then"] == {"i", "iCs"}
    assert [
        one.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
        for one in document.iter(f"{W}sdt")
        if one.find(f"{W}sdtPr/{W}tag") is not None
    ] == ["field", "text", "date", "tick"]
    assert "Name (in full):\t[Fill in]" in [words_of(one) for one in document.iter(f"{W}p")]


def test_a_picture_is_shown_with_its_alternative_and_one_that_word_cannot_show_is_told(
    trust: Trust, made: dict[str, bytes]
) -> None:
    revision = trust.policy("grievance").current
    figure = next(one for one in revision.clauses if one.structures.figure).structures.figure
    shown = render_policy(trust, revision, DAY, Pictures({figure.file: png(40, 20)}, png(10, 10)))
    about = [one.get("descr") for one in xml_of(shown).iter() if str(one.tag).endswith("}docPr")]
    assert about == [f"Logo of {trust.record.name}", figure.alternative]
    assert f"Figure: {figure.alternative}" in [words_of(one) for one in paragraphs(made["grievance"])]
    assert docx.Document(io.BytesIO(shown)).inline_shapes[1].width == 40 * 9525


def test_seventy_clauses_take_less_than_three_seconds(handbook: Handbook) -> None:
    revision = max((one for one in handbook.in_force), key=lambda one: len(one.clauses))
    assert len(revision.clauses) > 70
    begun = time.perf_counter()
    render_policy(handbook.trust(revision.trust), revision, DAY)
    assert time.perf_counter() - begun < 3
