"""`clausebook import`: a Word file becomes a draft that loses no word, and says where it is in doubt; `clausebook review` goes through it."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt

from clausebook.check.walk import walk_clauses
from clausebook.edit.begin import begin_handbook
from clausebook.load import load_handbook
from clausebook.model import RevisionRecord
from importing.documents import PNG
from importing.running import run

TRUST = "larkhill-example"
CONDUCT = "Made up for a test: Larkhill Example Trust"


@pytest.fixture(scope="module")
def word_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Without a heading style: bold lines, Word's bullets and typed ones, a table of versions, a form, a foot."""
    document = Document()
    title = document.add_paragraph().add_run("Visitors and keys policy")
    title.bold, title.font.size = True, Pt(22)
    table = document.add_table(rows=0, cols=2)
    for label, value in (
        ("Version", "2.1"),
        ("Approved by", "Board of trustees"),
        ("Date approved", "4 March 2026"),
        ("Next review date", "March 2027"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    for words in (
        "! Keys", "All staff must keep their keys safe. This means that staff should not:", "* Lend a key", "* Copy a key", "This list is not exhaustive.",
        "! Visitors", "Visitors must sign in.", "Staff must not:", "•\tLet a visitor in by a side door", "•\tLeave a visitor alone with pupils",
        "! Unacceptable", "* Propping doors open", "! Declaration", "I have read this policy.", "Signed: ______________ Date: __________",
    ):  # fmt: skip
        if words.startswith("! "):
            document.add_paragraph().add_run(words[2:]).bold = True
        elif words.startswith("* "):
            document.add_paragraph(words[2:], style="List Bullet")
        else:
            document.add_paragraph(words)
    document.sections[0].footer.paragraphs[0].text = "Version 2.1 Page 1"
    path = tmp_path_factory.mktemp("documents") / "Visitors & keys (FINAL v2).docx"
    document.save(str(path))
    return path


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    begin_handbook(tmp_path / "handbook", None)
    return tmp_path / "handbook"


def imported(handbook: Path, word_file: Path) -> subprocess.CompletedProcess[str]:
    return run(handbook, "import", word_file, "--trust", TRUST, "--policy", "keys")


def draft_of(handbook: Path) -> RevisionRecord:
    loaded, _ = load_handbook(handbook)
    return next(one.file.record for one in loaded.revisions if one.policy == "keys")


def test_a_word_file_becomes_a_draft_with_every_item_under_its_lead_in(handbook: Path, word_file: Path) -> None:
    done = imported(handbook, word_file)
    assert (done.returncode, done.stderr) == (0, "")
    assert "All 84 words are accounted for; 4 of them were left out" in done.stdout
    draft = draft_of(handbook)
    assert (draft.status, draft.wording, draft.version, draft.approved_by) == (
        "draft",
        "verbatim",
        "2.1",
        "Board of trustees",
    )
    assert (draft.dates.approved, draft.dates.review_due) == ("2026-03-04", "2027-03")
    assert [section.heading for section in draft.sections] == ["Keys", "Visitors", "Unacceptable", "Declaration"]
    under = {written.item.text: [one.text for one in written.above] for written in walk_clauses(draft)}
    assert under["Lend a key"] == ["All staff must keep their keys safe. This means that staff should not:"]
    assert under["Let a visitor in by a side door"] == ["Staff must not:"]
    assert under["Propping doors open"] == ["Unacceptable"]
    assert [(one.says, one.why) for one in draft.left_out] == [("Version 2.1 Page 1", "the foot of each page")]


def test_suggestions_and_doubts_are_questions_of_a_draft_and_stop_its_adoption(handbook: Path, word_file: Path) -> None:
    imported(handbook, word_file)
    checked = run(handbook, "check")
    assert checked.returncode == 0
    assert (
        "Is this right? no one has looked at what is suggested for `staff-not`: modality, topics"
        in checked.stdout + checked.stderr
    )
    adopted = run(handbook, "adopt", TRUST, "keys", "--effective", "2026-09-01")
    assert adopted.returncode == 1
    assert "P216" in adopted.stderr + adopted.stdout
    assert draft_of(handbook).status == "draft"


def test_the_report_holds_each_block_with_its_place(handbook: Path, word_file: Path, tmp_path: Path) -> None:
    run(handbook, "import", word_file, "--trust", TRUST, "--policy", "keys", "--report", tmp_path / "report")
    folder = next((tmp_path / "report").rglob("report.json")).parent
    told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert told["counts"]["lost"] == 0
    assert {one["where"] for one in told["blocks"]} == {"clause", "heading", "front matter", "left out"}
    assert [one["id"] for one in told["blocks"] if one["text"] == "Lend a key"] == ["lend-key"]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="#lend-key"' in page
    assert "<script" not in page


def test_what_cannot_be_brought_in_is_told_and_the_rest_is(handbook: Path, word_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "a good one.docx").write_bytes(word_file.read_bytes())
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    done = run(handbook, "import", folder, "--trust", TRUST)
    assert done.returncode == 1
    assert "broken.docx: " in done.stderr
    assert "  = fix: " in done.stderr
    assert "1 of 2 files were not brought in." in done.stderr
    assert (handbook / f"trusts/{TRUST}/visitors-keys-policy/2026-03.yml").is_file()


def test_a_file_that_the_handbook_refuses_does_not_keep_back_those_after_it(
    handbook: Path, word_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    for name, title in (("a.docx", "Keys policy"), ("b.docx", "Visitors policy")):
        document = Document()
        document.add_heading(title, 0)
        document.add_heading("Rules", 1)
        document.add_paragraph("Staff must ask first.")
        document.save(str(folder / name))
    broken = handbook / f"trusts/{TRUST}/keys-policy"
    broken.mkdir()
    (broken / "policy.yml").write_text("kind: no-such-kind\n", encoding="utf-8")
    done = run(handbook, "import", folder, "--trust", TRUST)
    assert done.returncode == 1
    assert "a.docx: the handbook would then have these problems:" in done.stderr
    assert "no-such-kind" in done.stdout + done.stderr
    assert "b.docx: wrote trusts/larkhill-example/visitors-policy/" in done.stdout
    assert "1 of 2 files were not brought in." in done.stderr


def test_a_second_draft_is_not_written_over_the_first(handbook: Path, word_file: Path) -> None:
    imported(handbook, word_file)
    path = handbook / f"trusts/{TRUST}/keys/2026-03.yml"
    before = path.read_bytes()
    done = imported(handbook, word_file)
    assert done.returncode == 1
    assert "is a draft already" in done.stderr
    assert path.read_bytes() == before


def reviewed(handbook: Path, keys: str) -> str:
    done = run(handbook, "review", TRUST, "keys", typed=keys)
    assert done.returncode == 0
    return done.stdout


def test_a_review_is_left_and_gone_on_with_by_keys_alone(handbook: Path, word_file: Path) -> None:
    imported(handbook, word_file)
    assert "Left with 3 places to look at and 0 questions" in reviewed(handbook, "w2\n\n\nf5\nq")
    draft = draft_of(handbook)
    assert draft.binds == ("staff", "agency-workers")
    keys, visitors = draft.sections[0].clauses, draft.sections[1].clauses
    assert (draft.suggested, keys[0].suggested, keys[0].doubts) == ((), (), ())
    assert (visitors[0].modality, visitors[0].suggested) == ("may", ())
    assert visitors[1].suggested
    assert "nothing says what kind of policy it is" in reviewed(handbook, "\n\n\n")
    (handbook / f"trusts/{TRUST}/keys/policy.yml").write_text("kind: health-and-safety\n")
    assert "0 places to look at, 13 questions to answer" in reviewed(handbook, "q")


def test_a_key_is_enough_in_a_terminal(handbook: Path, word_file: Path) -> None:
    imported(handbook, word_file)
    process, there = pty.fork()
    if not process:
        os.execv(
            sys.executable, [sys.executable, "-m", "clausebook", "review", TRUST, "keys", "--handbook", str(handbook)]
        )
    told = ""
    while "Left with" not in told:
        if "[q] leave" in told:  # a terminal forgets what is pressed before it is asked
            os.write(there, b"q")
        told += os.read(there, 65536).decode() if select.select([there], [], [], 1)[0] else ""
    os.waitpid(process, 0)
    assert "Left with 6 places to look at" in told


@pytest.fixture(scope="module")
def keys_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A title that is also in the head of each page, a bold word, and lines to sign at its end; its kind is none that is known."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Larkhill Example Trust: Keys policy"
    document.add_paragraph("Keys policy", style="Title")
    document.add_heading("Rules", 1)
    document.add_paragraph("You must ").add_run("never").bold = True
    document.paragraphs[-1].add_run(" lend a key.")
    document.add_paragraph("This policy applies to all staff, agency workers and volunteers.")
    document.add_heading("Declaration", 1)
    document.add_paragraph("Signed: ______________ Date: __________")
    path = tmp_path_factory.mktemp("keys") / "keys.docx"
    document.save(str(path))
    return path


def test_the_review_page_shows_words_as_a_reader_sees_them_and_where_word_has_them(
    handbook: Path, keys_file: Path
) -> None:
    imported(handbook, keys_file)
    page = next((handbook / "build/imports").rglob("index.html")).read_text(encoding="utf-8")
    assert page.count("You must <strong>never</strong> lend a key.") == 2
    assert "**" not in page
    assert '<a href="#cb-block-1">Paragraph 1</a>: “Larkhill Example Trust: Keys policy”. Left out' in page
    assert "“Keys policy”. Left out" not in page


def test_lines_to_sign_at_the_end_are_a_form(handbook: Path, keys_file: Path) -> None:
    imported(handbook, keys_file)
    form = draft_of(handbook).sections[-1].clauses[0].form
    assert form
    assert form.title == "To fill in"
    assert [(field.label, field.kind) for field in form.fields] == [("Signed", "signature"), ("Date", "date")]
    assert "P605" not in run(handbook, "check").stdout


def test_of_a_policy_whose_kind_nobody_knows_only_what_any_policy_has_is_suggested(
    handbook: Path, keys_file: Path
) -> None:
    said = imported(handbook, keys_file).stdout
    assert "2 sections, 3 clauses, 0 list items, 0 tables." in said
    assert "Its title names no kind of policy" in said
    loaded, _ = load_handbook(handbook)
    any_policy = {topic.id for group in loaded.subjects["any-policy"].record.groups for topic in group.topics}
    assert {topic for written in walk_clauses(draft_of(handbook)) for topic in written.item.topics or ()} <= any_policy


def test_the_kind_that_the_register_names_is_taken(handbook: Path, keys_file: Path) -> None:
    folder = handbook / f"trusts/{TRUST}/keys"
    folder.mkdir()
    (folder / "policy.yml").write_text("kind: acceptable-use\n", encoding="utf-8")
    assert "no kind of policy" not in imported(handbook, keys_file).stdout
    assert "kind" not in draft_of(handbook).suggested


def test_who_it_covers_besides_staff_is_asked_with_the_facts_in_words(
    handbook: Path, word_file: Path, keys_file: Path
) -> None:
    imported(handbook, keys_file)
    asked = reviewed(handbook, "q")
    assert "title: Keys policy" in asked
    assert (
        "says “This policy applies to all staff, agency workers and volunteers.”: add the others, with [w] in the review."
        in " ".join(asked.split())
    )
    (handbook / f"trusts/{TRUST}/keys").rename(handbook / "away")
    imported(handbook, word_file)
    asked = reviewed(handbook, "q")
    assert "who approved it: Board of trustees" in asked
    assert "date of approval: 4 March 2026" in asked
    assert "taken to apply" not in asked


def test_a_picture_comes_in_as_a_file_and_the_review_asks_what_it_says(handbook: Path, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("Keys").bold = True
    document.add_paragraph("The way out is shown here.")
    (tmp_path / "way.png").write_bytes(PNG)
    document.add_picture(str(tmp_path / "way.png"))
    document.add_paragraph("Staff must know it, and must ask [INSERT NAME] if they do not.")
    document.save(str(tmp_path / "keys.docx"))
    run(handbook, "import", tmp_path / "keys.docx", "--trust", TRUST, "--policy", "keys", "--kind", "social-media")
    told = reviewed(handbook, "\n" + "p" + "Out by the back door.\n" + "\n\n\n\n" + "8" * 30)
    figure = draft_of(handbook).sections[0].clauses[0].figure
    assert figure is not None
    assert figure.alternative == "Out by the back door."
    assert (handbook / f"trusts/{TRUST}/keys/files/{figure.file}").read_bytes() == PNG
    assert "mend the text in Word (clausebook word larkhill-example keys) and take the file back" in told


def test_a_review_asks_what_kind_of_policy_it_is_and_then_the_questions_of_that_kind(
    handbook: Path, word_file: Path
) -> None:
    imported(handbook, word_file)
    told = reviewed(handbook, "\n" * 6 + "code of\na" + "8q")
    assert "[a] Staff code of conduct" in told
    assert (handbook / f"trusts/{TRUST}/keys/policy.yml").read_text() == "kind: code-of-conduct\n"
    assert "question, 15 left" in told
