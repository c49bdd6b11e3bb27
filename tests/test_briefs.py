"""The sheets that a reader takes to a meeting: every brief is one page of A4, and a checklist on paper says what was judged."""

from __future__ import annotations

import html
import re
import subprocess
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from clausebook.compare.checklists import judge
from clausebook.compare.comparisons import find_comparisons
from clausebook.compare.matrix import STRONGEST_FIRST, TopicRow, compare_questions, compare_topics
from clausebook.compare.strictness import STRICTEST_FIRST
from clausebook.compare.summary import sum_up
from clausebook.looks import Looks
from clausebook.model import labels
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Policy
from clausebook.model.labels import UNSAID
from clausebook.model.text import render_prose
from clausebook.model.verdicts import advice, verdict
from clausebook.pages.briefs import MOST_TRUSTS, ROOM, extract_clauses, outermost, plan_briefs, quote_clauses
from clausebook.pages.print_views import MOST_NAMES
from clausebook.pages.prints import PrintDocument, hub_prints, sheet_prints
from paper import write_pdf

ROOT = Path(__file__).parent.parent
TEMPLATES = Looks(ROOT)
TODAY = date(2026, 11, 20)
TRUSTS = ["archway", "att", "catholic", "laat", "lwlat"]
CHECKLISTS = ["hr", "union"]
# The longest of each kind, the shortest, and some between.
QUESTIONS = ["own-phone-working-day", "relative-or-friend-exception", "monitor-systems", "report-others-posts", "former-pupil"]  # fmt: skip
TOPICS = ["scope-uses", "disrepute-and-criticism", "legal-framework", "confidentiality", "consultation", "friend-requests", "account-conduct"]  # fmt: skip
BRIEFS = [f"question-{name}" for name in QUESTIONS] + [f"topic-{name}" for name in TOPICS]
OF_ALL = [f"downloads/checklists/{name}.pdf" for name in CHECKLISTS]
OF_TRUST = [f"downloads/checklists/{name}-{trust}.pdf" for name in CHECKLISTS for trust in TRUSTS]
FILES = [f"downloads/briefs/{name}.pdf" for name in BRIEFS] + OF_ALL + OF_TRUST


@pytest.fixture(scope="module")
def prints(handbook: Handbook) -> dict[str, PrintDocument]:
    return {one.path: one for one in sheet_prints(handbook, TEMPLATES, TODAY)}


@pytest.fixture(scope="module")
def pdfs(prints: dict[str, PrintDocument], tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("briefs")
    write_side_by_side([prints[path] for path in FILES], folder)
    return folder


def write_side_by_side(wanted: list[PrintDocument], folder: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for job in [
            pool.submit(write_pdf, one.html, TEMPLATES, folder / one.path, one_page=one.one_page) for one in wanted
        ]:
            job.result()


def read_text(pdf: Path) -> str:
    """The text in the order in which it was laid out: a cell of a table is not cut by its neighbour."""
    return subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout


def squeeze(text: str) -> str:
    """The text without spaces and hyphens: where a line breaks does not matter then."""
    return "".join(text.replace("-", "").split())


def shown(text: str) -> str:
    """What a reader sees of text from YAML, squeezed."""
    return squeeze(html.unescape(re.sub(r"<[^>]+>", "", str(render_prose(text)))))


def pieces(clause: Clause) -> list[str]:
    """Everything that must stand where the clause stands: its lead-ins, its words, its items."""
    return [shown(text) for text in (*clause.lead_in, *(part.text for part in clause.walk())) if text]


def test_every_question_and_topic_has_a_brief_and_every_trust_its_checklists(handbook: Handbook) -> None:
    made = hub_prints(handbook, TEMPLATES, TODAY)
    paths = [one.path for one in made]
    assert len(paths) == len(set(paths))
    compared = find_comparisons(handbook)
    briefs = {f"downloads/briefs/question-{question.id}.pdf" for one in compared for question in one.questions}
    briefs |= {f"downloads/briefs/topic-{topic.id}.pdf" for one in compared for topic in one.topics}
    assert len(briefs) >= 96, "and those that were there before there were subjects"
    assert {one.path for one in made if one.one_page} == briefs
    assert {path for path in paths if "/checklists/" in path} == {*OF_ALL, *OF_TRUST}


def topic_rows(handbook: Handbook) -> list[TopicRow]:
    return [row for one in find_comparisons(handbook) for row in compare_topics(handbook, one)]


@pytest.mark.parametrize("file", FILES)
def test_passes_the_checks_of_pdf_ua_1(pdfs: Path, file: str) -> None:
    report = page_validation.validate_pdf(pdfs / file, profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


@pytest.mark.parametrize("file", FILES)
def test_language_title_and_size_of_the_paper(pdfs: Path, prints: dict[str, PrintDocument], file: str) -> None:
    title = re.search(r"<title>(.*?)</title>", prints[file].html)
    with pikepdf.open(pdfs / file) as pdf:
        assert title
        assert str(pdf.docinfo["/Title"]) == html.unescape(title[1])
        assert str(pdf.Root.Lang) == "en-GB"
        upright, across = (0, 0, 595, 842), (0, 0, 842, 595)
        sizes = {tuple(round(float(side)) for side in one.mediabox) for one in pdf.pages}
        assert sizes == {across if file in OF_ALL else upright}
        if "/briefs/" in file:
            assert len(pdf.pages) == 1


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_brief_of_a_question_says_where_every_trust_stands(pdfs: Path, handbook: Handbook, name: str) -> None:
    text = squeeze(read_text(pdfs / f"downloads/briefs/question-{name}.pdf"))
    row = next(row for one in find_comparisons(handbook) for row in compare_questions(one) if row.question.id == name)
    summary = sum_up(row, handbook.short_names)
    assert squeeze(row.question.ask) in text
    assert squeeze(summary.sentence) in text
    assert ("standsalone" in text or "eachstandalone" in text) == bool(summary.alone)
    table = text[text.index("TrustAnswerBecause") :]
    places = []
    for cell in summary.cells:
        answer = labels.VERDICT[verdict(cell.question, cell.answer)] + labels.STRENGTH.get(cell.answer, "").lower()
        answer += " contradicts itself" if cell.contradicts_itself else ""
        places.append(table.index(squeeze(handbook.short_names[cell.trust] + answer)))
        assert shown(cell.position.because or "" if cell.position else labels.CELL_MEANS[cell.answer]) in table
        assert squeeze(advice(cell.question, cell.answer, pupils=handbook.topics[cell.question.topic].pupils)) in table
        for clause in cell.clauses[:3]:
            assert squeeze(clause.number or "") in table
    assert places == sorted(places), "the strictest first"
    for wanted in ("Restated", "both mean: ask first", "No ranking", "As of 20 November 2026"):
        assert squeeze(wanted) in text


@pytest.mark.parametrize("name", TOPICS)
def test_the_brief_of_a_topic_has_whole_clauses_with_their_lead_ins(pdfs: Path, handbook: Handbook, name: str) -> None:
    text = squeeze(read_text(pdfs / f"downloads/briefs/topic-{name}.pdf"))
    row = next(row for row in topic_rows(handbook) if row.topic.id == name)
    assert squeeze(row.topic.label) in text
    for extract in extract_clauses(row.cells):
        assert squeeze(handbook.short_names[extract.cell.trust]) in text
        if extract.cell.unsaid:
            assert squeeze(UNSAID[extract.cell.unsaid]) in text
        for clause in extract.shown:
            found = [text.find(piece) for piece in pieces(clause)]
            assert min(found) >= 0, clause.id
        if extract.rest:
            more = len(extract.rest)
            assert squeeze(f"And {more} more clause{'s' if more > 1 else ''}: ") in text
            assert squeeze(f"compare/topics/{name}") in text
    assert squeeze("both mean: ask first") in text


def test_the_clauses_of_a_topic_are_shared_out_by_one_rule(handbook: Handbook) -> None:
    for row in topic_rows(handbook):
        for extract in extract_clauses(row.cells):
            told = [clause.id for clause in (*extract.shown, *extract.rest)]
            whole = [clause.id for clause in extract.cell.clauses]
            items = [item.id for clause in extract.cell.clauses for item in clause.items]
            assert sorted(told) in (sorted(whole), sorted(items)), "items only where no whole clause fits"
            ranks = [STRONGEST_FIRST.index(clause.modality) for clause in extract.shown]
            assert ranks == sorted(ranks)
            assert bool(extract.shown) == bool(extract.cell.clauses), "no one goes without a word"
        assert all(not extract.shown for extract in extract_clauses(row.cells, room=0))
        assert all(not extract.rest for extract in extract_clauses(row.cells, room=100 * ROOM))


@pytest.mark.parametrize("name", CHECKLISTS)
def test_a_checklist_of_all_trusts_has_every_outcome(pdfs: Path, handbook: Handbook, name: str) -> None:
    text = squeeze(read_text(pdfs / f"downloads/checklists/{name}.pdf"))
    checklist = handbook.checklists[name]
    judged = [judge(checklist, revision, handbook) for revision in handbook.in_force]
    for point, judgements in zip(checklist.points, zip(*judged, strict=True), strict=True):
        outcomes = [labels.OUTCOME[judgement.outcome] for judgement in judgements]
        assert shown(point.point) + squeeze("".join(outcomes)) in text
    assert squeeze("There is no score") in text


@pytest.mark.parametrize("trust", TRUSTS)
@pytest.mark.parametrize("name", CHECKLISTS)
def test_a_checklist_of_one_trust_gives_reasons_and_clauses(
    pdfs: Path, handbook: Handbook, name: str, trust: str
) -> None:
    text = squeeze(read_text(pdfs / f"downloads/checklists/{name}-{trust}.pdf"))
    revision = next(revision for revision in handbook.in_force if revision.trust == trust)
    for judgement in judge(handbook.checklists[name], revision, handbook):
        point = judgement.point
        start = shown(point.point) + squeeze(labels.OUTCOME[judgement.outcome] + "Why it matters:") + shown(point.why)
        assert start in text or (shown(point.point) in text and shown(point.why) in text), "a page may end between"
        for reason in judgement.reasons:
            assert shown(reason) in text
        for clause in judgement.clauses:
            assert all(piece in text for piece in pieces(clause)), clause.id
        for clause in outermost(judgement.clauses):
            assert squeeze(f"Clause {clause.number}" if clause.number else clause.section.heading) in text
            assert squeeze(labels.lines_in_words(clause.lines)) in text


def test_where_trusts_are_many_a_brief_names_those_that_say_the_same(handbook: Handbook, tmp_path: Path) -> None:
    """500 trusts, each one of the five under a name of its own."""
    five = handbook.trusts
    many = tuple(
        replace(
            five[place % 5],
            id=f"trust-{place}",
            record=five[place % 5].record.model_copy(update={"short_name": f"Trust {place}"}),
            policies=tuple(
                Policy(one.id, replace(one.in_force, trust=f"trust-{place}"), (), None, kind=one.kind)
                for one in five[place % 5].policies
            ),
        )
        for place in range(500)
    )
    crowded = replace(handbook, trusts=many)
    sheets = [sheet for sheet in plan_briefs(crowded, TODAY) if sheet.view.crowds]
    assert len(sheets) == sum(len(one.questions) + len(one.topics) for one in find_comparisons(handbook)) >= 96
    for sheet in sheets:
        crowds = sheet.view.crowds
        assert sum(len(crowd.names) for crowd in crowds) == 500
        assert all(len(crowd.some) <= MOST_NAMES for crowd in crowds)
    asked = max((sheet for sheet in sheets if hasattr(sheet.view, "summary")), key=lambda sheet: len(sheet.view.crowds))
    answers = [crowd.label for crowd in asked.view.crowds]
    in_order = [labels.said(asked.view.row.question, answer) for answer in STRICTEST_FIRST]
    assert answers == [label for label in in_order if label in answers]
    made = {one.path: one for one in sheet_prints(replace(handbook, trusts=many[: MOST_TRUSTS + 1]), TEMPLATES, TODAY)}
    write_pdf(made[asked.path].html, TEMPLATES, tmp_path / "many.pdf", one_page=made[asked.path].one_page)
    with pikepdf.open(tmp_path / "many.pdf") as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("name", ["question-own-phone-working-day", "topic-scope-uses"])
def test_a_brief_of_twelve_trusts_is_one_page(handbook: Handbook, tmp_path: Path, name: str) -> None:
    five = handbook.trusts
    twelve = tuple(
        replace(five[place % 5], id=f"t{place}", policies=tuple(Policy(revision.policy, replace(revision, trust=f"t{place}"), (), None) for revision in five[place % 5].in_force))
        for place in range(MOST_TRUSTS)
    )  # fmt: skip
    made = {one.path: one for one in sheet_prints(replace(handbook, trusts=twelve), TEMPLATES, TODAY)}
    brief = made[f"downloads/briefs/{name}.pdf"]
    write_pdf(brief.html, TEMPLATES, tmp_path / "twelve.pdf", one_page=brief.one_page)
    with pikepdf.open(tmp_path / "twelve.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_a_brief_quotes_the_clause_that_answers_and_its_code_leads_to_the_question(
    handbook: Handbook, tmp_path: Path
) -> None:
    hub = "https://policies.example.org/handbook/"
    made = {one.path: one for one in sheet_prints(handbook, TEMPLATES, TODAY, hub)}
    sheet, brief = tmp_path / "sheet.pdf", made["downloads/briefs/question-pupil-connection.pdf"]
    write_pdf(brief.html, TEMPLATES, sheet, one_page=brief.one_page)
    row = next(
        row
        for one in find_comparisons(handbook)
        for row in compare_questions(one)
        if row.question.id == "pupil-connection"
    )
    text, quoted = squeeze(read_text(sheet)), quote_clauses(row)
    assert set(quoted) == {cell.trust for cell in row.cells if cell.clauses}
    for clause in quoted.values():
        assert all(squeeze(words) in text for words in (*clause.lead_in, clause.text))
    with pdfium.PdfDocument(sheet) as pdf:
        picture = pdf[0].render(scale=3).to_pil()
    address = f"{hub}compare/questions/pupil-connection/index.html"
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [address]
    assert squeeze(address) in text


def test_a_brief_of_a_hub_that_is_published_nowhere_has_no_code(handbook: Handbook) -> None:
    made = {one.path: one for one in sheet_prints(handbook, TEMPLATES, TODAY)}
    html = made["downloads/briefs/question-pupil-connection.pdf"].html
    assert "QR code" not in html
    assert "compare/questions/pupil-connection/index.html" in html
