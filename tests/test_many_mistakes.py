"""Many mistakes at once: all are shown, in file order, each once, in every form; no file hides another's."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from clausebook.cli import cli

REVISION = "trusts/sample/social-media/2024-01.yml"
QUIZ = "quizzes/social-media.yml"
READ = "trusts/sample/quizzes.yml"
PLACE = re.compile(r"^(\S+?):(\d+):(\d+): (P\d{3}) ", re.MULTILINE)


def edit(handbook_folder: Path, name: str, *pairs: tuple[str, str]) -> None:
    path = handbook_folder / name
    text = path.read_text()
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text)


def check(handbook_folder: Path, form: str = "text") -> str:
    done = CliRunner().invoke(cli, ["check", "--handbook", str(handbook_folder), "--format", form])
    assert done.exit_code == 1
    return done.output


def places(output: str) -> list[tuple[str, int, str]]:
    return [(name, int(line), code) for name, line, _, code in PLACE.findall(output)]


@pytest.fixture
def broken(handbook_folder: Path) -> Path:
    """Mistakes of many kinds in four files, one of which is no YAML at all."""
    edit(
        handbook_folder,
        REVISION,
        ("modality: must-not", "modality: shuold"),
        ('number: "1.2"', "number: 1.2"),
        ("      - id: relatives\n", "      - id: relatives\n        colour: red\n"),
        ("clauses: [tell-manager]", "clauses: [tell-manger]"),
        ("answer: prohibited", "answer: permitted, as a rule"),
        ("review_due: 2099-01", "review_due: 2023-01"),
        ("        lines: 7\n", "        lines: 70\n"),
        ("turn the request down; and", "turn the <b>request</b> down; and"),
    )
    edit(handbook_folder, "content/glossary.yml", ("means: A child", 'means: "A child'))
    edit(
        handbook_folder,
        "content/subjects/online.yml",
        ("topic: friend-requests", "topic: friend-request"),
        ("asked_by: both", "asked_by: all"),
    )
    edit(handbook_folder, "trusts/sample/trust.yml", ("#1f4e79", "#ffcc00"))
    return handbook_folder


EXPECTED = [
    ("content/glossary.yml", 3, "P002"),
    ("content/subjects/online.yml", 29, "P104"),
    ("content/subjects/online.yml", 30, "P203"),
    (REVISION, 5, "P402"),
    (REVISION, 24, "P104"),
    (REVISION, 28, "P110"),
    (REVISION, 34, "P601"),
    (REVISION, 37, "P101"),
    (REVISION, 39, "P106"),
    (REVISION, 45, "P104"),
    (REVISION, 51, "P202"),
    ("trusts/sample/trust.yml", 3, "P501"),
]


def test_all_are_shown_at_once_in_file_order(broken: Path) -> None:
    output = check(broken)
    assert places(output) == EXPECTED
    assert output.endswith(f"\n\n{len(EXPECTED)} problems\n")


def test_each_caret_stands_under_the_word_that_is_wrong(broken: Path) -> None:
    marked = []
    lines = check(broken).split("\n")
    for above, line in pairwise(lines):
        if re.fullmatch(r" *\| +\^+", line):
            marked.append(above[line.index("^") : line.rindex("^") + 1])
    assert marked == [
        '"',
        "all",
        "friend-request",
        "2023-01",
        "shuold",
        "1.2",
        "<b>",
        "colour",
        "70",
        "permitted, as a rule",
        "tell-manger",
        '"#ffcc00"',
    ]


def test_mending_one_leaves_the_others(broken: Path) -> None:
    edit(broken, "content/glossary.yml", ('means: "A child', "means: A child"))
    assert places(check(broken)) == EXPECTED[1:]


def test_a_pull_request_shows_each_on_its_line(broken: Path) -> None:
    lines = check(broken, "github").splitlines()
    found = [
        re.fullmatch(r"::error file=([^,]+),line=(\d+),col=\d+,title=(P\d{3})::.+", line).groups() for line in lines
    ]
    assert [(name, int(line), code) for name, line, code in found] == EXPECTED


def test_an_annotation_stays_on_one_line_whatever_it_quotes(handbook_folder: Path) -> None:
    edit(handbook_folder, REVISION, ("modality: may", 'modality: "100%\\r\\n::error::no"'))
    (line,) = check(handbook_folder, "github").splitlines()
    assert line == (
        f"::error file={REVISION},line=39,col=19,title=P104::`100%25 ::error::no` is not a modality "
        "(why: the modality decides how the clause is worded, compared and tested; "
        "fix: write one of: must, must-not, should, should-not, may, states)"
    )


def test_programs_get_the_same_as_json(broken: Path) -> None:
    read = json.loads(check(broken, "json"))
    assert read["count"] == len(EXPECTED)
    assert [(row["file"], row["line"], row["code"]) for row in read["problems"]] == EXPECTED
    assert {frozenset(row) for row in read["problems"]} == {
        frozenset({"file", "line", "column", "length", "code", "what", "why", "fix", "asks"})
    }


def test_no_problems_in_every_form(handbook_folder: Path) -> None:
    said = [
        CliRunner().invoke(cli, ["check", "--handbook", str(handbook_folder), "--format", form])
        for form in ("text", "github", "json")
    ]
    assert [done.exit_code for done in said] == [0, 0, 0]
    assert (said[0].output, said[1].output, json.loads(said[2].output)) == (
        "no problems\n",
        "",
        {"count": 0, "problems": []},
    )


@pytest.mark.parametrize(
    "name",
    [
        "content/subjects/online.yml",
        "content/kinds.yml",
        "content/roles.yml",
        REVISION,
        "trusts/sample/trust.yml",
        QUIZ,
        READ,
    ],
)
def test_a_file_that_cannot_be_read_accuses_no_other(handbook_folder: Path, name: str) -> None:
    (handbook_folder / name).write_text("title: [\n")
    assert places(check(handbook_folder)) == [(name, 1, "P002")]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/subjects/online.yml", "id: passwords", "id: Passwords!"),
        ("content/subjects/online.yml", "id: report-request", "id: Report Request"),
        ("content/roles.yml", "id: staff", "id:"),
        (REVISION, "id: tell-manager", "id: Tell_Manager"),
        (REVISION, "id: section-2-lost", "id: section 2"),
        (REVISION, "status: in-force", "status: in force"),
        (REVISION, "answer: prohibited", "answer: forbidden"),
        (REVISION, "        modality: may\n", ""),
        (REVISION, "      - id: relatives\n", "      - relatives\n      - id: relatives\n"),
        (QUIZ, "about: pupil-connection", "abuot: pupil-connection"),
        (QUIZ, "about: pupil-connection", "about: pupil-conection"),
        (QUIZ, "right_when: [prohibited]", "right_when: [prohibitd]"),
        (QUIZ, "right_when: [prohibited]", "right_when: prohibited"),
        (QUIZ, "right_when: [prohibited]", "right_wen: [prohibited]"),
        (QUIZ, "trust: sample", "trust: smaple"),
        (QUIZ, "clauses: [turn-down", "clauses: [turn-dwon"),
        (QUIZ, "kind: order", "kind: ordr"),
        (QUIZ, "id: steps", "id: Steps"),
        (QUIZ, "id: turn-down", "id: tell"),
        (QUIZ, "draw: 10", "draw: ten"),
        (QUIZ, "pass_mark: 1", "pass_mark: 0"),
        (QUIZ, "must_know: true", "must_know: perhaps"),
        (QUIZ, "    ask: What does this policy say?\n", ""),
        (READ, "policy: social-media", "policy: Social media"),
        (READ, "policy: social-media", "policy: social-medai"),
        (READ, '"51a10ad2a3c5"', "yes"),
    ],
)
def test_one_slip_is_one_problem(handbook_folder: Path, name: str, old: str, new: str) -> None:
    edit(handbook_folder, name, (old, new))
    assert [found for found, _, _ in places(check(handbook_folder))] == [name]


def test_every_question_says_what_is_wrong_with_it(handbook_folder: Path) -> None:
    edit(
        handbook_folder, QUIZ, ("pass_mark: 1", "pass_mark: 9"), ("right_when: [advised, advised-against]", "right_when: [advised, must]"),
        ("right_when: [prohibited]", "right_when: [required]"), ("turn-down, tell-manager", "turn-down, tell-manger"),
        ("Turn the request down.", '"%Turn the request down."'), ("says: An open", "right_in: [sample], says: An open"),
    )  # fmt: skip
    edit(handbook_folder, READ, ('"51a10ad2a3c5"', "yes"), ("    read:", "    pass_mark: 3\n    read:"))
    assert places(check(handbook_folder)) == [
        (QUIZ, 3, "P803"), (QUIZ, 11, "P802"), (QUIZ, 13, "P801"), (QUIZ, 14, "P805"), (QUIZ, 18, "P202"), (QUIZ, 21, "P808"),
        (QUIZ, 21, "P806"), (READ, 3, "P803"), (READ, 5, "P105"),
    ]  # fmt: skip


def test_a_mistake_above_does_not_move_the_places_below(handbook_folder: Path) -> None:
    edit(
        handbook_folder,
        REVISION,
        ("    clauses:\n      - id: no-contact", "    clauses:\n      - [lost]\n      - id: no-contact"),
        ("topics: [friend-requests]", "topics: [friends]"),
    )
    assert places(check(handbook_folder)) == [(REVISION, 21, "P103"), (REVISION, 32, "P203")]
