"""HR's side of a quiz: reading questions against the policy, what makes them doubtful, marking slips, the report, a draw."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from clausebook.check.library import read_handbook
from clausebook.cli import cli
from clausebook.edit.field_lines import NotInFieldsError
from clausebook.edit.quiz_marks import write_marks
from larkhill import write_larkhill
from quiz_slips import enlarge, line_of, record_of, taken
from several import write_several

if TYPE_CHECKING:
    from conftest import Clausebook

ROOT = Path(__file__).parent.parent
POLICY = ("sample", "social-media")
REVISION = "trusts/sample/social-media/2024-01.yml"
READ = "trusts/sample/quizzes.yml"
QUIZ = "quizzes/social-media.yml"


def edit(handbook_folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    path = handbook_folder / name
    text = path.read_text()
    for old, new in pairs:
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {name}"
        text = text.replace(old, new)
    path.write_text(text)


def waiting(handbook_folder: Path) -> list[str]:
    """What the problems say; no other than P810 may be there."""
    _, problems = read_handbook(handbook_folder)
    assert {problem.code for problem in problems} <= {"P810"}, problems
    return [problem.what for problem in problems]


# Reading


def test_a_changed_clause_makes_its_questions_doubtful_until_they_are_read(
    handbook_folder: Path, clausebook: Clausebook
) -> None:
    edit(handbook_folder, REVISION, ("tell their line manager.", "tell their line manager on the same day."))
    said = clausebook("check", "--handbook", handbook_folder).stdout
    assert "the question `steps` is doubtful: turn-down or tell-manager, on which it rests" in said
    assert said.endswith("\n1 problem\n"), "the other question rests on other clauses"
    done = clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder)
    assert done.returncode == 0
    assert "1 of 1  steps  (doubtful" in done.stdout
    assert (
        "Clause 1.2 (tell-manager, source line 6), must: Staff whom a pupil asks to connect must: tell" in done.stdout
    )
    assert clausebook("check", "--handbook", handbook_folder).stdout == "no problems\n"


@pytest.mark.parametrize(
    "pairs",
    [
        [('number: "1.1"', 'number: "1.9"')],
        [("        lines: 7\n", "        lines: 8\n"), ("lines: 2-7", "lines: 2-8")],
        [("        topics: [friend-requests]", "        topics: [friend-requests, pupils]")],
        [("          - {id: turn-down, lines: 5, text: turn the request down; and}\n          - {id: tell-manager, lines: 6, text: tell their line manager.}\n",
          "          - {id: tell-manager, lines: 6, text: tell their line manager.}\n          - {id: turn-down, lines: 5, text: turn the request down; and}\n")],
        [("heading: Contact", "heading: Being in touch")],
        [("because: One clause forbids all contact", "because: A clause forbids all contact")],
    ],
    ids=["renumbered", "other lines", "another topic", "moved", "another heading", "another reason"],
)  # fmt: skip
def test_what_changes_no_words_makes_nothing_doubtful(handbook_folder: Path, pairs: list[tuple[str, str]]) -> None:
    edit(handbook_folder, REVISION, *pairs)
    assert waiting(handbook_folder) == []


@pytest.mark.parametrize(
    ("pairs", "doubtful"),
    [
        ([("Staff must not be in touch", "Staff must never be in touch")], {"request"}),
        ([("        modality: may\n", "        modality: should\n"), ("Staff may stay", "Staff should stay")], {"request"}),
        ([("Staff whom a pupil asks to connect must:", "Staff whom a pupil wants to add must:")], {"steps"}),
        ([("binds: [staff]\n", "binds: [staff, employer]\n")], {"request", "steps"}),
        ([("    answer: prohibited\n", "    answer: restricted\n")], {"request"}),
    ],
    ids=["other words", "another force", "the lead-in", "whom it binds", "another answer"],
)  # fmt: skip
def test_what_a_policy_asks_of_somebody_makes_questions_doubtful(
    handbook_folder: Path, pairs: list[tuple[str, str]], doubtful: set[str]
) -> None:
    edit(handbook_folder, REVISION, *pairs)
    assert {what.split("`")[1] for what in waiting(handbook_folder)} == doubtful


def test_an_item_of_a_list_is_part_of_what_a_question_rests_on(handbook_folder: Path, clausebook: Clausebook) -> None:
    edit(handbook_folder, QUIZ, ("clauses: [turn-down, tell-manager]", "clauses: [requests]"))
    assert clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder).returncode == 0
    edit(handbook_folder, REVISION, ("tell their line manager.", "tell the headteacher."))
    assert [what.split("`")[1] for what in waiting(handbook_folder)] == ["steps"]


def test_one_question_can_be_read_by_itself(handbook_folder: Path, clausebook: Clausebook) -> None:
    (handbook_folder / READ).write_text("quizzes:\n  - policy: social-media\n")
    assert "2 questions" in waiting(handbook_folder)[0]
    done = clausebook("quiz", "review", *POLICY, "steps", "--yes", "--handbook", handbook_folder)
    assert "you have read 1 question." in done.stdout
    assert "`request`" in waiting(handbook_folder)[0]


def test_nothing_to_confirm_is_said_and_nothing_written(handbook_folder: Path, clausebook: Clausebook) -> None:
    before = (handbook_folder / READ).stat().st_mtime_ns
    done = clausebook("quiz", "review", *POLICY, "--handbook", handbook_folder)
    assert done.returncode == 0
    assert done.stdout.startswith("Nothing to confirm: every question was read")
    assert (handbook_folder / READ).stat().st_mtime_ns == before


@pytest.mark.parametrize(("typed", "written"), [("y\n", True), ("n\n", False), ("\n", False), ("", False)])
def test_nothing_is_written_without_a_yes(handbook_folder: Path, typed: str, written: bool) -> None:
    edit(handbook_folder, REVISION, ("tell their line manager.", "tell the headteacher."))
    before = (handbook_folder / READ).read_text()
    CliRunner().invoke(cli, ["quiz", "review", *POLICY, "--handbook", str(handbook_folder)], input=typed)
    assert ((handbook_folder / READ).read_text() != before) == written


def test_a_trust_begins_to_take_a_quiz_by_reading_it(handbook_folder: Path, clausebook: Clausebook) -> None:
    (handbook_folder / READ).unlink()
    campaign = "campaigns:\n  - {id: 2025-26, policies: [social-media], roles: [staff], due: 2025-10-31, statement: I have read it., quiz: learn, receipts: {file: Hand it in.}, on_expiry: HR asks.}\n"
    (handbook_folder / "trusts/sample/acknowledgements.yml").write_text(campaign)
    said = clausebook("check", "--handbook", handbook_folder).stdout
    assert "P811 sample takes no quiz" in said
    assert "run `clausebook quiz review sample social-media`" in said
    done = clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder)
    assert done.returncode == 0, done.stderr
    assert (handbook_folder / READ).read_text().startswith("# Which quizzes the staff of this trust take.")
    assert clausebook("check", "--handbook", handbook_folder).stdout == "no problems\n"


def test_what_an_author_wrote_beside_the_marks_stays(handbook_folder: Path, clausebook: Clausebook) -> None:
    text = (
        "# ours\nquizzes:\n  # the first\n  - policy: social-media   # since 2025\n    pass_mark: 1\n    # tries\n    attempts: 3\n"
        '    read:\n      request: "51a10ad2a3c5"\n      old-question: "0123456789ab"\n    # the end\n'
    )  # fmt: skip
    (handbook_folder / READ).write_text(text)
    done = clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder)
    assert "old-question is not asked any more" in done.stdout
    assert "you have read 1 question. Took out 1 that is not asked any more." in done.stdout
    new = text.replace('      old-question: "0123456789ab"\n', '      steps: "7a843dac02c6"\n')
    assert (handbook_folder / READ).read_text() == new


def test_line_endings_stay(handbook_folder: Path, clausebook: Clausebook) -> None:
    text = (handbook_folder / READ).read_text().replace('      steps: "7a843dac02c6"\n', "")
    (handbook_folder / READ).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder).returncode == 0
    raw = (handbook_folder / READ).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfquizzes:\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == 5


def test_another_problem_stops_it(handbook_folder: Path, clausebook: Clausebook) -> None:
    edit(handbook_folder, REVISION, ("tell their line manager.", "tell the <b>headteacher</b>."))
    before = (handbook_folder / READ).read_text()
    done = clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder)
    assert done.returncode == 1
    assert "P601" in done.stderr
    assert "P810" not in done.stderr
    assert done.stderr.endswith("Nothing was written.\n")
    assert (handbook_folder / READ).read_text() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("smaple", "social-media"), "there is no trust 'smaple'; did you mean sample?"),
        (("../sample", "social-media"), "there is no trust '../sample'"),
        (("sample", "social-medai"), "there is no quiz 'social-medai'; did you mean social-media?"),
        (("sample", "social-media", "stps"), "did you mean steps?"),
    ],
)
def test_what_cannot_be_confirmed_is_said(
    handbook_folder: Path, clausebook: Clausebook, arguments: tuple[str, ...], said: str
) -> None:
    done = clausebook("quiz", "review", *arguments, "--handbook", handbook_folder)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


MARKS = {"request": "51a10ad2a3c5"}


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("quizzes:\n- policy: a\n  attempts: 2\n", 'quizzes:\n- policy: a\n  attempts: 2\n- policy: b\n  read:\n    request: "51a10ad2a3c5"\n'),
        ("quizzes:\n  - read: {}\n    policy: b\n", 'quizzes:\n  - read:\n      request: "51a10ad2a3c5"\n    policy: b\n'),
        ('quizzes:\n  - policy: "b" # ours\n    read: {request: "000000000000",\n      other: "000000000000"}\n    attempts: 2\n\n  # next\n  - policy: c\n',
         'quizzes:\n  - policy: "b" # ours\n    read:\n      request: "51a10ad2a3c5"\n    attempts: 2\n\n  # next\n  - policy: c\n'),
        ("quizzes:\n  -   'policy': b\n      read:\n        x: \"000000000000\"\n\n# end\n", "quizzes:\n  -   'policy': b\n      read:\n        request: \"51a10ad2a3c5\"\n\n# end\n"),
        ('"quizzes":\n  - policy: b\n', '"quizzes":\n  - policy: b\n    read:\n      request: "51a10ad2a3c5"\n'),
        ('quizzes:\n  - policy: b\n    read:\n      # of 2025\n      x: "000000000000"\n    # tries\n    attempts: 2', 'quizzes:\n  - policy: b\n    read:\n      request: "51a10ad2a3c5"\n    # tries\n    attempts: 2\n'),
    ],
)  # fmt: skip
def test_marks_are_written_into_any_layout(text: str, new: str) -> None:
    assert write_marks(text, "b", MARKS) == new


@pytest.mark.parametrize(
    "text",
    [
        "quizzes: [{policy: b}]\n",
        "quizzes:\n  - {policy: b}\n",
        "quizzes:\n",
        "other: 1\n",
    ],
)
def test_a_layout_that_cannot_be_edited_is_refused(text: str) -> None:
    with pytest.raises(NotInFieldsError):
        write_marks(text, "b", MARKS)


def test_a_file_in_another_layout_is_left_as_it_is(handbook_folder: Path, clausebook: Clausebook) -> None:
    text = 'quizzes: [{policy: social-media, read: {request: "51a10ad2a3c5"}}]\n'
    (handbook_folder / READ).write_text(text)
    done = clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder)
    assert done.returncode == 2
    assert "is not written as one field a line" in " ".join(done.stderr.split())
    assert (handbook_folder / READ).read_text() == text


def test_what_is_wrong_in_the_file_of_marks_is_shown_with_its_place(
    handbook_folder: Path, clausebook: Clausebook
) -> None:
    (handbook_folder / READ).write_text('quizzes:\n  - policy: social-media\n    read: {request: "51\n')
    done = clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder)
    assert done.returncode == 1
    assert f"{READ}:3:21: P002 the quote that opens here is never closed" in done.stderr


# A new revision


def draft(handbook_folder: Path, clausebook: Clausebook, *pairs: tuple[str, str]) -> None:
    assert clausebook("revise", *POLICY, "2026-09", "--handbook", handbook_folder).returncode == 0
    edit(handbook_folder, "trusts/sample/social-media/2026-09.yml", *pairs)
    assert clausebook("confirm-changes", *POLICY, "--handbook", handbook_folder).returncode == 0


def adopt(handbook_folder: Path, clausebook: Clausebook) -> str:
    done = clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--answers-read", "--handbook", handbook_folder)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_a_draft_makes_nothing_doubtful_and_its_adoption_says_what_it_does(
    handbook_folder: Path, clausebook: Clausebook
) -> None:
    draft(handbook_folder, clausebook, ("tell their line manager.", "tell the headteacher."))
    assert waiting(handbook_folder) == []
    assert "before you build run clausebook quiz review sample social-media" in adopt(handbook_folder, clausebook)
    assert [what.split("`")[1] for what in waiting(handbook_folder)] == ["steps"]
    assert "quiz review" not in clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder).stderr
    assert waiting(handbook_folder) == []


def test_a_draft_that_changes_nothing_says_nothing_of_the_quiz(handbook_folder: Path, clausebook: Clausebook) -> None:
    draft(handbook_folder, clausebook, ('number: "1.3"', 'number: "1.4"'))
    assert "quiz" not in adopt(handbook_folder, clausebook)


def test_a_clause_that_goes_does_not_stop_the_adoption_and_the_quiz_is_named(
    handbook_folder: Path, clausebook: Clausebook
) -> None:
    draft(
        handbook_folder, clausebook, ("          - {id: tell-manager, lines: 6, text: tell their line manager.}\n", "          - {id: tell-head, lines: 6, text: tell the headteacher.}\n"),
        ("clauses: [tell-manager]", "clauses: [tell-head]"), ("because: The line manager must be told.", "because: The headteacher must be told."),
    )  # fmt: skip
    said = adopt(handbook_folder, clausebook)
    assert "P202 the policy of sample has no clause `tell-manager`" in said
    assert "mend it as shown here" in said
    edit(handbook_folder, QUIZ, ("clauses: [turn-down, tell-manager]", "clauses: [turn-down, tell-head]"))
    assert clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder).returncode == 0
    assert waiting(handbook_folder) == []


def test_decisions_and_readings_wait_side_by_side(handbook_folder: Path, clausebook: Clausebook) -> None:
    case = Path(__file__).parent / "broken/P411-waits-for-a-decision"
    shutil.copytree(case, handbook_folder, dirs_exist_ok=True)
    assert clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder).returncode == 0
    assert clausebook("confirm-changes", *POLICY, "--handbook", handbook_folder).returncode == 0
    assert waiting(handbook_folder) == []


# Slips


@pytest.fixture
def slips(handbook_folder: Path, tmp_path: Path, clausebook: Clausebook) -> Path:
    """A folder with slips as they come in: a saved file, a mail, a table; the larger quiz is read."""
    enlarge(handbook_folder)
    assert clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder).returncode == 0
    quiz = taken(enlarge(handbook_folder))
    folder = tmp_path / "slips"
    (folder / "mails").mkdir(parents=True)
    (folder / "zoe.txt").write_text(f"Name: Zoë Ó Briain\n\n{line_of(record_of(quiz, 'a'))}\n")
    mail = EmailMessage()
    mail["Subject"] = "My slip"
    mail.set_content(f"Dear HR,\n{line_of(record_of(quiz, 'b', wrong=3, name='Ann'))}\n\nAnn", cte="base64")
    mail.add_alternative(f"<p>{line_of(record_of(quiz, 'b', wrong=3, name='Ann'))}</p>", subtype="html")
    (folder / "mails/ann.eml").write_bytes(mail.as_bytes())
    table = f"name,slip\r\n=cmd,{line_of(record_of(quiz, 'c', 1, wrong=1, name='=cmd'))}\r\n"
    (folder / "table.csv").write_bytes(table.encode("utf-16"))
    return folder


def test_slips_are_marked_from_wherever_they_are(handbook_folder: Path, slips: Path, clausebook: Clausebook) -> None:
    done = clausebook("quiz", "mark", slips, "--format", "csv", "--handbook", handbook_folder)
    assert (done.returncode, done.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert [(row["Name"], row["Attempt"], row["Score"], row["Result"]) for row in rows] == [
        ("Ann", "1", "3 of 6", "failed"),
        ("'=cmd", "2", "5 of 6", "passed"),
        ("Zoë Ó Briain", "1", "6 of 6", "passed"),
    ]
    assert "Zoë" in clausebook("quiz", "mark", slips / "zoe.txt", "--handbook", handbook_folder).stdout


def test_slips_stand_in_whatever_the_inbox_reads(
    handbook_folder: Path, slips: Path, tmp_path: Path, clausebook: Clausebook
) -> None:
    quiz = taken(enlarge(handbook_folder))
    line = {name: line_of(record_of(quiz, name, name=name)) for name in ("Amy", "Bea", "Cat", "Dan")}
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    book = openpyxl.Workbook()
    book.active.append(["Name", "Score", "Status", "Slip"])
    book.active.append(["Amy", "100", "completed", line["Amy"]])
    book.save(inbox / "form.xlsx")
    (inbox / "form.json").write_text(json.dumps({"answers": {"slip": line["Bea"]}}))
    mail = f"From: cat@school.example\nSubject: Slip\n\n{line['Cat']}\n\n"
    (inbox / "inbox.mbox").write_text(f"From cat@school.example Sat Nov 21 10:15:00 2026\n{mail}")
    outer = EmailMessage()
    outer.set_content("Attached.")
    outer.add_attachment(f"{line['Dan']}\n".encode(), maintype="text", subtype="plain", filename="slip.txt")
    (inbox / "dan.eml").write_bytes(outer.as_bytes())
    (inbox / "results.csv").write_text("Name,Email,Status,Score\nAmy,a@b.example,completed,9\n")
    done = clausebook("quiz", "mark", inbox, "--format", "csv", "--handbook", handbook_folder)
    assert (done.returncode, done.stderr) == (0, "")
    rows = csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff")))
    assert {row["Name"]: row["Result"] for row in rows} == dict.fromkeys(line, "passed")

    (inbox / "IMG_0412.HEIC").write_bytes(b"\0\0\0\x24ftypheic\0\0\0\0mif1heic")
    done = clausebook("quiz", "mark", inbox, "--handbook", handbook_folder)
    assert done.returncode == 1
    assert (
        "IMG_0412.HEIC: it is a photo in a form that we do not read. Next: open it, save it as JPEG or PNG"
        in done.stderr
    )


def test_slips_are_marked_from_standard_input(handbook_folder: Path, slips: Path) -> None:
    done = CliRunner().invoke(
        cli, ["quiz", "mark", "-", "--handbook", str(handbook_folder)], input=(slips / "zoe.txt").read_text()
    )
    assert done.exit_code == 0
    assert "6 of 6" in done.output


def test_what_cannot_be_read_or_marked_is_listed_with_the_next_step(
    handbook_folder: Path, slips: Path, clausebook: Clausebook
) -> None:
    quiz = taken(enlarge(handbook_folder))
    (slips / "bad.txt").write_text(f"Hello\n{line_of(record_of(quiz))[:-40]}\n")
    (slips / "old.txt").write_text(line_of(record_of(quiz, "d", mark="0" * 12, name="Bob")))
    done = clausebook("quiz", "mark", slips, "--handbook", handbook_folder)
    assert done.returncode == 1
    assert "bad.txt, line 2: quiz1.eyJhbnN3ZXJz… cannot be read: a part of it is missing" in done.stderr
    assert (
        "Bob, finished 2026-11-21T10:15Z: cannot be marked, because the questions, or what is right, have changed"
        in done.stderr
    )
    assert done.stderr.count("Next: ") == 2
    assert "cannot be" in done.stdout
    again = clausebook("quiz", "report", slips, "--handbook", handbook_folder)
    assert again.returncode == 1
    assert again.stderr == done.stderr


@pytest.mark.parametrize(
    ("name", "code", "said"), [("nothing.txt", 1, "No slip is in"), ("nowhere", 2, "does not exist")]
)
def test_no_slip_at_all_is_said(
    handbook_folder: Path, tmp_path: Path, clausebook: Clausebook, name: str, code: int, said: str
) -> None:
    (tmp_path / "nothing.txt").write_text("Dear HR, see quiz1.html")
    for command in ("mark", "report"):
        done = clausebook("quiz", command, tmp_path / name, "--handbook", handbook_folder)
        assert (done.returncode, said in done.stderr) == (code, True)


def test_the_report_comes_as_four_tables(handbook_folder: Path, slips: Path, clausebook: Clausebook) -> None:
    quiz = taken(enlarge(handbook_folder))
    (slips / "many.txt").write_text(
        "\n".join(line_of(record_of(quiz, f"s{number}", wrong=number % 4, name="")) for number in range(60))
    )
    tables = json.loads(clausebook("quiz", "report", slips, "--format", "json", "--handbook", handbook_folder).stdout)
    assert list(tables) == ["Quizzes", "Questions", "Answers", "Clauses"]
    assert tables["Quizzes"][0]["Slips"] == "63"
    assert "Zoë" not in json.dumps(tables, ensure_ascii=False), "it names no one"
    shown = clausebook(
        "quiz", "report", slips, "--table", "questions", "--format", "csv", "--handbook", handbook_folder
    ).stdout
    assert [row["Question"] for row in csv.DictReader(io.StringIO(shown.removeprefix("\ufeff")))] == [
        row["Question"] for row in tables["Questions"]
    ]
    assert (
        "## Clauses"
        in clausebook("quiz", "report", slips, "--format", "markdown", "--handbook", handbook_folder).stdout
    )
    refused = clausebook("quiz", "report", slips, "--format", "csv", "--handbook", handbook_folder)
    assert refused.returncode == 2
    assert "a CSV file holds one table" in refused.stderr


# A draw


def test_a_draw_shows_what_a_seed_gives(handbook_folder: Path, clausebook: Clausebook) -> None:
    quiz = taken(enlarge(handbook_folder))
    (handbook_folder / READ).unlink()
    assert clausebook("quiz", "review", *POLICY, "--yes", "--handbook", handbook_folder).returncode == 0
    for attempt in (1, 2):
        done = clausebook(
            "quiz",
            "draw",
            *POLICY,
            "--seed",
            "abc",
            "--attempt",
            attempt,
            "--format",
            "json",
            "--handbook",
            handbook_folder,
        )
        (rows,) = json.loads(done.stdout).values()
        assert [row["Question"] for row in rows] == list(record_of(quiz, "abc", attempt - 1)["answers"])
        assert {row["Question"]: row["Right"] for row in rows}.get(
            "steps", "turn-down, then tell"
        ) == "turn-down, then tell"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("smaple", "social-media"), "did you mean sample?"),
        (("sample", "conduct"), "there is no quiz that sample takes 'conduct'"),
        (("sample", "social-media", "--role", "staff"), "there is no role with questions of its own 'staff'"),
        (("sample", "social-media", "--since", "2020-01"), "there is no past revision '2020-01'"),
        (("sample", "social-media", "--attempt", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    handbook_folder: Path, clausebook: Clausebook, arguments: tuple[str, ...], said: str
) -> None:
    done = clausebook("quiz", "draw", *arguments, "--seed", "a", "--handbook", handbook_folder)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


def test_a_trust_that_takes_no_quiz_has_no_draw(handbook_folder: Path, clausebook: Clausebook) -> None:
    (handbook_folder / READ).unlink()
    assert (
        "sample takes no quiz"
        in clausebook("quiz", "draw", *POLICY, "--seed", "a", "--handbook", handbook_folder).stderr
    )


# The starter


def test_the_starter_teaches_reading(tmp_path: Path, clausebook: Clausebook) -> None:
    write_larkhill(tmp_path / "ours")
    path = tmp_path / "ours/trusts/larkhill-example/quizzes.yml"
    written = path.read_text()
    path.unlink()
    assert (
        clausebook(
            "quiz", "review", "larkhill-example", "social-media", "--yes", "--handbook", tmp_path / "ours"
        ).returncode
        == 0
    )
    assert path.read_text() == written


def test_the_starter_of_next_year_names_the_questions_to_read_again(tmp_path: Path, clausebook: Clausebook) -> None:
    write_larkhill(tmp_path / "ours")
    policy = ("larkhill-example", "social-media")
    clausebook("confirm-changes", *policy, "--handbook", tmp_path / "ours")
    done = clausebook("adopt", *policy, "--effective", "2026-09-01", "--answers-read", "--handbook", tmp_path / "ours")
    assert done.returncode == 0, done.stderr
    assert "run clausebook quiz review larkhill-example social-media" in done.stdout
    assert waiting(tmp_path / "ours")
    assert clausebook("quiz", "review", *policy, "--yes", "--handbook", tmp_path / "ours").returncode == 0
    assert waiting(tmp_path / "ours") == []


def test_several_policies_or_a_campaign_make_one_course(tmp_path: Path, clausebook: Clausebook) -> None:
    several = write_several(tmp_path / "several")
    for what, lessons in (
        (["social-media", "code-of-conduct"], 2),
        (["--campaign", "2026-27"], 4),  # three to read, and the one quiz at the end
    ):
        done = clausebook("quiz", "package", "sample", *what, "--out", tmp_path / "out", "--handbook", several)
        assert done.returncode == 0, done.stderr
        with zipfile.ZipFile(tmp_path / "out" / "scorm-1.2.zip") as archive:
            assert sum(name.endswith("/index.html") for name in archive.namelist()) == lessons


def test_a_package_is_of_policies_or_of_a_campaign(tmp_path: Path, clausebook: Clausebook) -> None:
    several = write_several(tmp_path / "several")
    for what in ([], ["social-media", "--campaign", "2026-27"]):
        done = clausebook("quiz", "package", "sample", *what, "--out", tmp_path / "out", "--handbook", several)
        assert done.returncode == 2
        assert "name one POLICY or more, or a campaign with --campaign" in done.stderr
    done = clausebook(
        "quiz", "package", "sample", "--campaign", "2026", "--out", tmp_path / "out", "--handbook", several
    )
    assert done.returncode == 2
    assert "2026-27" in done.stderr


def test_a_campaign_s_draw_can_be_shown(tmp_path: Path, clausebook: Clausebook) -> None:
    several = write_several(tmp_path / "several")
    draw = (
        "quiz",
        "draw",
        "sample",
        "--campaign",
        "2026-27",
        "--seed",
        "k3x9",
        "--format",
        "csv",
        "--handbook",
        several,
    )
    done = clausebook(*draw)
    asked = [row["Question"] for row in csv.DictReader(io.StringIO(done.stdout))]
    assert [one.split("--")[0] for one in asked] == ["social-media"] * 3 + ["code-of-conduct"] * 3 + ["acceptable-use"]
    owed = clausebook(*draw, "acceptable-use")
    assert [row["Question"] for row in csv.DictReader(io.StringIO(owed.stdout))] == ["acceptable-use--passwords"]
    assert clausebook(*draw, "grievance").returncode == 2
    assert (
        "or a campaign with --campaign"
        in clausebook("quiz", "draw", "sample", "--seed", "x", "--handbook", several).stderr
    )
