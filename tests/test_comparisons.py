"""What a union rep takes into a meeting: sums that add up, checklists that nobody typed in, tables that say what the pages say."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from clausebook.compare.checklists import judge
from clausebook.compare.comparisons import find_comparisons
from clausebook.compare.matrix import QuestionRow, compare_questions
from clausebook.compare.strictness import answer_order
from clausebook.compare.summary import related_questions, sum_up
from clausebook.export.comparison import COLOURS, TONES, comparison_sheets, cover_sheet, question_sheet, topic_sheet
from clausebook.export.spreadsheet import open_workbook, render_workbook
from clausebook.export.tables import Link, Sheet, csv_file, render_csv, render_json, render_markdown, words_of
from clausebook.findings.find import find_all
from clausebook.model import Checklist
from clausebook.model.handbook import Handbook

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 20)
NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def all_rows(handbook: Handbook) -> list[QuestionRow]:
    return [row for one in find_comparisons(handbook) for row in compare_questions(one)]


def summary(handbook: Handbook, question: str):
    row = next(row for row in all_rows(handbook) if row.question.id == question)
    return sum_up(row, handbook.short_names)


@pytest.mark.parametrize(
    ("question", "sentence", "alone"),
    [
        ("pupil-connection", "No (prohibited): Archway, ATT and Catholic trust (contradicts itself). No (advised against): LAAT. Can't be read: LwLAT.", {"laat"}),
        ("parent-connection", "No (prohibited): Archway and Catholic trust (contradicts itself). It depends (restricted): ATT. No (advised against): LAAT. Can't be read: LwLAT.",
         {"att", "laat"}),
        ("union-advice", "Yes (permitted): Archway. Not stated: ATT, Catholic trust and LAAT. Can't be read: LwLAT.", set()),
        ("report-pupil-request", "Yes (required): ATT. Yes (advised): Catholic trust and LAAT. Not stated: Archway. Can't be read: LwLAT.", {"att"}),
        ("monitor-systems", "Yes (permitted): four of five. It depends (restricted): LAAT.", {"laat"}),
    ],
)  # fmt: skip
def test_the_field_in_a_sentence(handbook: Handbook, question: str, sentence: str, alone: set[str]) -> None:
    found = summary(handbook, question)
    assert found.sentence == sentence
    assert {cell.trust for cell in found.alone} == alone


def test_answers_stand_strictest_first_and_none_is_lost(handbook: Handbook) -> None:
    for row in all_rows(handbook):
        found = sum_up(row, handbook.short_names)
        ranks = (*answer_order(row.question), "not-looked-at", "not-covered")
        order = [ranks.index(cell.answer) for cell in found.cells]
        assert order == sorted(order)
        assert {cell.trust for cell in found.cells} == {cell.trust for cell in row.cells}


def test_related_questions_share_the_topic_or_its_group(handbook: Handbook) -> None:
    groups = {topic.id: group.id for group in handbook.groups for topic in group.topics}
    for question in handbook.questions:
        for other in related_questions(question, handbook.questions, groups):
            assert other.id != question.id
            assert groups[other.topic] == groups[question.topic]


OUTCOMES = {
    ("union", "consulted"): ("silent", "silent", "silent", "met", "silent"),
    ("union", "not-contractual"): ("silent", "met", "silent", "silent", "silent"),
    ("union", "no-consent-by-use"): ("silent", "silent", "silent", "silent", "contradicted"),
    ("union", "own-phone"): ("silent", "silent", "silent", "met", "silent"),
    ("union", "expression"): ("silent", "met", "silent", "silent", "unreadable"),
    ("hr", "review-date"): ("silent", "met", "silent", "silent", "met"),
    ("hr", "owner"): ("silent", "met", "silent", "met", "silent"),
    ("hr", "lead-contact"): ("met", "silent", "silent", "met", "met"),
    ("hr", "leavers"): ("silent", "silent", "partly", "silent", "unreadable"),
}


@pytest.mark.parametrize(("name", "point"), OUTCOMES)
def test_outcomes_held_against_the_sources(handbook: Handbook, name: str, point: str) -> None:
    found = [
        judgement.outcome
        for revision in handbook.in_force
        for judgement in judge(handbook.checklists[name], revision, handbook)
        if judgement.point.id == point
    ]
    assert tuple(found) == OUTCOMES[name, point]


def test_an_outcome_shows_its_evidence(handbook: Handbook) -> None:
    for checklist in handbook.checklists.values():
        for revision in handbook.in_force:
            for judgement in judge(checklist, revision, handbook):
                if judgement.outcome in ("met", "partly", "contradicted"):
                    assert judgement.clauses or judgement.reasons, (revision.trust, judgement.point.id)


def test_a_point_that_asks_for_two_things_is_partly_met_by_one(handbook: Handbook) -> None:
    rules = [{"stated": "owner"}, {"stated": "review_due"}]
    point = {"id": "both", "point": "Both.", "why": "So.", "rules": rules}
    checklist = Checklist.model_validate(
        {"title": "T", "asked_by": "us", "about": "A.", "kind": "social-media", "points": [point]}
    )
    outcomes = {revision.trust: judge(checklist, revision, handbook)[0].outcome for revision in handbook.in_force}
    assert outcomes == {"archway": "silent", "att": "met", "catholic": "silent", "laat": "partly", "lwlat": "partly"}


def read_back(raw: bytes) -> dict[str, list[list[str]]]:
    """Every sheet of an XLSX file as text, read without the library that wrote it."""
    book = zipfile.ZipFile(io.BytesIO(raw))
    strings = book.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in book.namelist() else "<sst/>"
    shared = [
        "".join(text.text or "" for text in item.iter(f"{{{NS['x']}}}t")) for item in ElementTree.fromstring(strings)
    ]
    names = [sheet.get("name") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).find("x:sheets", NS)]
    sheets = {}
    for index, name in enumerate(names, 1):
        page = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{index}.xml"))
        assert not list(page.iter(f"{{{NS['x']}}}f")), "a cell is a formula"
        rows = page.find("x:sheetData", NS)
        sheets[name] = [[text_of(cell, shared) for cell in row] for row in rows]
    return sheets


def text_of(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{{{NS['x']}}}t"))
    return shared[int(cell.find("x:v", NS).text)] if cell.get("t") == "s" else ""


def test_the_workbook_says_what_the_tables_say(handbook: Handbook) -> None:
    sheets = tuple(comparison_sheets(handbook, find_all(handbook, TODAY)))
    read = read_back(render_workbook("Compared", sheets, TODAY, "../"))
    assert list(read) == [
        "Questions",
        "Topics",
        "Answers",
        "Clauses",
        "An HR checklist",
        "A union's checklist",
        "Findings",
    ]
    for sheet in sheets:
        expected = [list(sheet.headings), *([words_of(cell) for cell in row] for row in sheet.rows)]
        assert read[sheet.name] == expected
    said = [row for row in read["Answers"][1:] if row[6] not in ("Not looked at yet", "Not dealt with")]
    assert len(said) == sum(len(revision.record.positions) for revision in handbook.in_force) >= 255
    assert len(read["Clauses"]) == 1 + sum(len(revision.clauses) for revision in handbook.in_force)


def test_the_workbook_leads_to_clauses_and_keeps_headings_in_sight(handbook: Handbook) -> None:
    sheets = tuple(comparison_sheets(handbook, ()))
    book = zipfile.ZipFile(io.BytesIO(render_workbook("Compared", sheets, TODAY, "../")))
    clauses = book.read("xl/worksheets/sheet4.xml").decode()
    assert 'state="frozen"' in clauses
    assert "<autoFilter" in clauses
    assert 'orientation="landscape"' in clauses
    assert 'fitToHeight="0"' in clauses
    assert "<pageSetUpPr fitToPage=" in clauses
    titles = book.read("xl/workbook.xml").decode()
    assert titles.count("_xlnm.Print_Titles") == len(sheets)
    links = book.read("xl/worksheets/_rels/sheet4.xml.rels").decode()
    assert "..\\att\\social-media\\index.html" in links  # as Excel writes a relative path


def test_the_same_tables_give_the_same_workbook(handbook: Handbook) -> None:
    sheets = tuple(comparison_sheets(handbook, ()))
    assert render_workbook("C", sheets, TODAY, "../") == render_workbook("C", sheets, TODAY, "../")


def test_a_workbook_that_is_written_a_table_at_a_time_says_the_same_in_the_same_bytes(
    handbook: Handbook, tmp_path: Path
) -> None:
    sheets = (cover_sheet(handbook, TODAY), *comparison_sheets(handbook, find_all(handbook, TODAY)))
    files = []
    for mask in (0o022, 0o077):
        before = os.umask(mask)
        try:
            with open_workbook(tmp_path / f"{mask}.xlsx", "Compared", TODAY, "../", COLOURS, TONES) as add:
                for sheet in sheets:
                    add(sheet)
        finally:
            os.umask(before)
        files.append((tmp_path / f"{mask}.xlsx").read_bytes())
    assert files[0] == files[1]
    assert read_back(files[0]) == read_back(render_workbook("Compared", sheets, TODAY, "../", COLOURS, TONES))
    clauses = openpyxl.load_workbook(io.BytesIO(files[0]))["Clauses"]
    assert clauses["C2"].hyperlink.target == "..\\archway\\social-media\\index.html"
    assert (clauses.freeze_panes, clauses.page_setup.orientation) == ("B2", "landscape")


def test_the_workbook_begins_with_what_it_is_and_colours_repeat_the_words(handbook: Handbook) -> None:
    sheets = tuple(comparison_sheets(handbook, ()))
    cover = cover_sheet(handbook, TODAY)
    assert cover.rows[0] == ("Made", "by Clausebook, as of 20 November 2026")
    assert {row[0] for row in cover.rows} >= {sheet.name for sheet in sheets} | {
        "Yes",
        "No",
        "It depends",
        "Not stated",
        "Can't be read",
        "Advised against",
    }
    book = zipfile.ZipFile(io.BytesIO(render_workbook("C & D", [cover, *sheets], TODAY, "../", COLOURS, TONES)))
    page = book.read("xl/worksheets/sheet2.xml").decode()
    assert 'text="Must not"' in page
    coloured = re.findall(r'<c r="[A-Z]+2" s="([0-9]+)"', page)
    assert len(set(coloured)) > 3, "a yes that frees does not look like one that limits"
    assert "C &amp;&amp; D: Questions" in page


def test_questions_stand_in_the_order_of_the_site_and_no_clause_is_named_twice(handbook: Handbook) -> None:
    sheets = {sheet.name: sheet for sheet in comparison_sheets(handbook, ())}
    topics = [handbook.topics[row.question.topic].id for row in all_rows(handbook)]
    assert topics == sorted(topics, key=list(handbook.topics).index)
    asked = [words_of(row[1]) for row in sheets["Questions"].rows]
    assert asked == list(dict.fromkeys(row[1] for row in sheets["Answers"].rows))
    for row in sheets["Answers"].rows:
        named = [one for one in str(row[8]).split("; ") if one]
        assert len(named) == len(set(named))


def test_a_clause_that_says_the_opposite_contradicts_a_point_and_its_absence_says_nothing(handbook: Handbook) -> None:
    judged = {revision.trust: judge(handbook.checklists["union"], revision, handbook) for revision in handbook.in_force}
    of_change = {
        trust: next(one for one in found if one.point.id == "changes-consulted") for trust, found in judged.items()
    }
    assert of_change["att"].outcome == "contradicted"
    assert [clause.number for clause in of_change["att"].clauses] == ["9.2"]
    assert {one.outcome for trust, one in of_change.items() if trust != "att"} == {"silent"}
    point = {"id": "p", "point": "P.", "why": "W.", "rules": [{"words": ["at any time"], "shows": "contradicted"}]}
    alone = Checklist.model_validate(
        {"title": "T", "asked_by": "us", "about": "A.", "kind": "social-media", "points": [point]}
    )
    assert [
        judge(alone, revision, handbook)[0].outcome for revision in handbook.in_force if revision.trust == "archway"
    ] == ["silent"]


def test_a_csv_file_opens_in_excel() -> None:
    file = csv_file(Sheet("S", ("–",), (("£ “ŵ”",),)))
    assert file.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(file.decode("utf-8-sig")))) == [["–"], ["£ “ŵ”"]]


HOSTILE = Sheet(
    "Hostile", ("=1+1", "B"), (("=cmd|' /C calc'!A0", "+1"), ("@SUM(A1)", "a | b\nc"), (Link("x.html", "-2"), "ü"))
)


def test_text_never_becomes_a_formula() -> None:
    read = read_back(render_workbook("H", [HOSTILE], TODAY, "../"))["Hostile"]
    assert read[1][0] == "=cmd|' /C calc'!A0"
    for line in csv.reader(io.StringIO(render_csv(HOSTILE))):
        assert not any(cell[:1] in ("=", "+", "-", "@") for cell in line)


def test_markdown_keeps_its_columns() -> None:
    lines = render_markdown(HOSTILE).splitlines()
    assert len(lines) == 5
    assert all(line.replace("\\|", "").count("|") == 3 for line in lines)


def test_json_holds_each_table_by_its_headings() -> None:
    assert json.loads(render_json([HOSTILE]))["Hostile"][2] == {"=1+1": "-2", "B": "ü"}


def test_a_question_and_a_topic_for_two_trusts(handbook: Handbook) -> None:
    two = [handbook.trust(trust) for trust in ("att", "laat")]
    former = topic_sheet(handbook, two, "former-pupils")
    assert {row[0] for row in former.rows} == {"ATT", "LAAT"}
    title = handbook.trust("laat").policy("social-media").in_force.record.title
    unsaid = "No clause of this policy is about this topic. Ask first."
    assert ("LAAT", title, "Not stated", unsaid, "", "", "") in former.rows
    phone = question_sheet(handbook, two, "made-to-use-own-phone")
    silent = next(row for row in phone.rows if row[0] == "ATT")
    assert words_of(silent[2]) == "Not stated"
    assert "Searched for: " in silent[4]
    assert any(
        row[0] == "LAAT" and words_of(row[2]) == "No" and row[3] == "Prohibited" and row[7] == "line 95"
        for row in phone.rows
    )


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json"])
def test_the_terminal_compares(clausebook, form: str) -> None:
    done = clausebook("compare", "att", "laat", "--topic", "former-pupils", "--handbook", ROOT, "--format", form)
    assert done.returncode == 0
    assert "ATT" in done.stdout
    assert "LAAT" in done.stdout
    assert "Not stated" in done.stdout
    assert "Archway" not in done.stdout
    if form == "json":
        assert json.loads(done.stdout)["Former pupils"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["att", "att", "--topic", "former-pupils"], "two or more different ones"),
        (["att", "--topic", "former-pupils"], "two or more different ones"),
        (["att", "lat", "--topic", "former-pupils"], "there is no trust 'lat'; did you mean"),
        (["--topic", "former-pupil"], "there is no topic 'former-pupil'; did you mean former-pupils?"),
        (["--question", "mfaa"], "there is no key question 'mfaa'; did you mean mfa?"),
        (["att", "laat"], "name one thing to compare"),
        (["--topic", "former-pupils", "--question", "mfa"], "name one thing to compare"),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(clausebook, arguments: list[str], said: str) -> None:
    done = clausebook("compare", *arguments, "--handbook", ROOT)
    assert done.returncode == 2
    assert said in done.stderr
