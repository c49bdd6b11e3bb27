"""Slips: read out of whatever they were passed on in, believed in nothing, and marked again from the handbook's own files."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausebook.model.base64url import encode
from clausebook.model.handbook import Handbook
from clausebook.quizzes import draw_questions
from clausebook.quizzes.broken_lines import DamagedLine
from clausebook.quizzes.marking import Marked, Refused, mark_all
from clausebook.quizzes.quiz import TakenQuiz
from clausebook.quizzes.slips import LONGEST, CampaignSlip, Slip, find_slips
from quiz_slips import HEAD, enlarge, line_of, mark_slip, merged_handbook, record_of, taken

TESTS = Path(__file__).parent
SMALL = taken(merged_handbook(TESTS / "handbook"))
RECORD = record_of(SMALL)
LINE = line_of(RECORD)
WRAPPED = textwrap.wrap(LINE, 70)


@pytest.fixture
def larger(handbook_folder: Path) -> Handbook:
    return enlarge(handbook_folder)


@pytest.fixture
def quiz(larger: Handbook) -> TakenQuiz:
    return taken(larger)


def slip_of(record: object) -> Slip:
    (found,) = find_slips(line_of(record))
    assert isinstance(found, Slip), found
    return found


def test_the_page_names_the_fields_that_are_read() -> None:
    script = (TESTS.parent / "overrides/scripts/shared/quiz.js").read_text()
    records = [part.split("})", 1)[0] for part in script.split("slipLine({")[1:]]
    written = [set(re.findall(r"(?:^|,)\s*([a-z]+)", record)) for record in records]
    assert written == [set(CampaignSlip.model_fields), set(Slip.model_fields)]


@pytest.mark.parametrize(
    "text",
    [
        LINE,
        f"Dear HR,\n\n{LINE}\n\nKind regards",
        f"Here it is: {LINE}.",
        "\n".join(WRAPPED) + "\nRegards\nZoe",
        "\r\n".join(WRAPPED),
        "> " + "\n> ".join(WRAPPED) + "\n> Zoe",
        ">> " + " \n>> ".join(WRAPPED),
        "=\n".join(textwrap.wrap(f"A slip: {LINE}", 75, break_long_words=True)),
        "=\r\n".join(WRAPPED),
        f"q=\nuiz1.{LINE[6:]}",
        f'Zoë,"{LINE}",2026-11-21',
        f"Name: Zoë\nPolicy: Sample\n\n{LINE}\n",
        f"<p>{LINE}</p>",
    ],
    ids=["alone", "mail", "sentence", "broken", "windows", "quoted", "quoted twice", "soft", "soft windows", "soft in its name", "csv", "file", "html"],
)  # fmt: skip
def test_a_slip_is_read_however_it_was_passed_on(text: str) -> None:
    assert [slip.model_dump(mode="json") for slip in find_slips(text) if isinstance(slip, Slip)] == [RECORD]
    assert len(list(find_slips(text))) == 1


def test_two_slips_one_below_the_other_are_two() -> None:
    assert [type(found) for found in find_slips(f"{LINE}\n{LINE}\n")] == [Slip, Slip]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (LINE[:-30], "a part of it is missing"),
        (LINE[:60] + LINE[70:], "a part of it is missing"),
        ("quiz1." + "e" * 45_000, f"longer than {LONGEST:,} characters"),
        ("quiz1." + "eyJh" + "Ijp7ImEi" * 6_000, f"longer than {LONGEST:,} characters"),
        (line_of([[]] * 40), "does not hold what a slip of Clausebook holds"),
        (line_of({"a": "b" * 60}), "does not hold what a slip of Clausebook holds"),
        (line_of({**RECORD, "score": 10}), "holds (score)"),
        (line_of({**RECORD, "attempt": 5_000_000}), "holds (attempt)"),
        (line_of({**RECORD, "attempt": "0"}), "holds (attempt)"),
        (line_of({**RECORD, "finished": "2026-02-30T10:15Z"}), "holds (finished)"),
        (line_of({**RECORD, "trust": "../att"}), "holds (trust)"),
        (line_of({**RECORD, "seed": "a b"}), "holds (seed)"),
        (line_of({**RECORD, "name": "Z" * 300}), "holds (name)"),
        (line_of({**RECORD, "answers": {f"q-{number}": [] for number in range(70)}}), "holds (answers)"),
        (line_of({**RECORD, "answers": {"request": ["a"] * 40}}), "holds (answers)"),
        (line_of({**RECORD, "answers": {}}), "holds (answers)"),
    ],
)
def test_what_is_no_slip_is_named_with_the_reason(text: str, reason: str) -> None:
    (unread,) = find_slips(f"First line\n{text}\n")
    assert isinstance(unread, DamagedLine)
    assert unread.line == 2
    assert unread.begins.startswith("quiz1.")
    assert reason in unread.reason


def test_a_deep_slip_is_refused_and_not_obeyed() -> None:
    deep = "[" * 7_000 + "]" * 7_000
    for line in ("quiz1." + line_of({"a": 1})[6:10] + line_of(deep)[6:], "quiz1." + encode(b'{"a":' + b"[" * 14_000)):
        assert [type(found) for found in find_slips(line)] == [DamagedLine]


def test_words_about_slips_are_none() -> None:
    assert not list(find_slips("Open quiz1.html, or paste the line that begins with quiz1.… here."))


def test_a_name_cannot_reach_into_the_terminal() -> None:
    assert slip_of({**RECORD, "name": "Zo\x1b[31më\u202e"}).name == "Zo�[31më�"


@settings(max_examples=300, deadline=None)
@given(
    st.text() | st.lists(st.sampled_from([*WRAPPED, "quiz1.", "=\n", "\n> ", "eyJ", "\r\n", "\x00", LINE])).map("".join)
)
def test_the_reader_raises_at_no_text(text: str) -> None:
    assert len(list(find_slips(text))) <= text.count(".")


@settings(max_examples=300, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*RECORD, "x"]), inner)))  # fmt: skip
def test_the_reader_raises_at_no_record(value: object) -> None:
    list(find_slips(line_of(value)))
    list(find_slips(line_of({**RECORD, "answers": value})))


def marked(slip: Slip, handbook: Handbook) -> Marked:
    found = mark_slip(slip, handbook)
    assert isinstance(found, Marked), found
    return found


def refused(slip: Slip, handbook: Handbook) -> Refused:
    found = mark_slip(slip, handbook)
    assert isinstance(found, Refused)
    return found


@pytest.mark.parametrize(("wrong", "score", "passed"), [(0, 6, True), (2, 4, True), (3, 3, False), (6, 0, False)])
def test_a_slip_is_marked_by_what_the_handbook_says(
    larger: Handbook, quiz: TakenQuiz, wrong: int, score: int, passed: bool
) -> None:
    for seed in ("a", "b", "c"):
        for attempt in range(4):
            found = marked(slip_of(record_of(quiz, seed, attempt, wrong=wrong)), larger)
            assert (found.score, found.count, found.passed) == (score, 6, passed)
            assert [answer.verdict for answer in found.answers].count("wrong") == wrong


def drawn_with(quiz: TakenQuiz, question: str) -> str:
    """A seed whose first draw has the question in it."""
    return next(
        f"s{n}" for n in range(99) if question in [one.id for one in draw_questions(quiz.pool, f"s{n}", 0, quiz.count)]
    )


@pytest.mark.parametrize(
    ("question", "chosen", "verdict"),
    [
        ("steps", ["turn-down", "tell"], "right"),
        ("steps", ["tell", "turn-down"], "wrong"),
        ("steps", [], "not answered"),
        ("several", ["tell", "down"], "right"),
        ("several", ["down"], "wrong"),
        ("several", ["down", "tell", "keep"], "wrong"),
        ("several", [], "not answered"),
        ("one-3", ["right"], "right"),
        ("one-3", ["near"], "wrong"),
    ],
)
def test_an_order_and_a_multiple_are_right_as_a_whole(
    larger: Handbook, quiz: TakenQuiz, question: str, chosen: list[str], verdict: str
) -> None:
    record = record_of(quiz, drawn_with(quiz, question))
    record["answers"][question] = chosen
    found = marked(slip_of(record), larger)
    assert {answer.asked.id: answer.verdict for answer in found.answers}[question] == verdict
    assert found.score == (6 if verdict == "right" else 5)


@pytest.mark.parametrize(
    ("question", "chosen", "reason"),
    [
        ("one-3", ["right", "near"], "it chooses 2 answers to `one-3`, of which one can be chosen"),
        ("one-3", ["gone"], "it chooses `gone`, which is no answer to `one-3`"),
        ("several", ["down", "down", "tell"], "it chooses `down` twice in `several`"),
        ("steps", ["turn-down"], "it leaves steps of `steps` without a place"),
    ],
)
def test_what_no_page_lets_anybody_choose_is_refused(
    larger: Handbook, quiz: TakenQuiz, question: str, chosen: list[str], reason: str
) -> None:
    record = record_of(quiz, drawn_with(quiz, question))
    record["answers"][question] = chosen
    assert refused(slip_of(record), larger).reason == reason


def test_answers_to_other_questions_than_the_draw_asks_are_refused(larger: Handbook, quiz: TakenQuiz) -> None:
    record = record_of(quiz, "a")
    easy = next(one.id for one in quiz.pool if one.id not in record["answers"])
    first = next(iter(record["answers"]))
    del record["answers"][first]
    assert "answers 5 questions, and 6 are asked now" in refused(slip_of(record), larger).reason
    record["answers"][easy] = ["right"]
    assert "not to the questions that its draw asks" in refused(slip_of(record), larger).reason
    for change in ({"seed": "b"}, {"attempt": 1}):
        assert (
            "not to the questions that its draw asks"
            in refused(slip_of({**record_of(quiz, "a"), **change}), larger).reason
        )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"trust": "oakfield"}, "this handbook has no trust `oakfield`"),
        ({"policy": "conduct"}, "this handbook has no policy `conduct` of sample"),
        ({"revision": "2019-01"}, "this handbook has no published revision 2019-01 of social-media"),
        ({"since": "2019-01"}, "this handbook has no published revision 2019-01 of social-media"),
        ({"mark": "0" * 12}, "the questions, or what is right, have changed since it was taken"),
        ({"role": "staff"}, "it was taken as `staff`, and no question is for that role alone"),
    ],
)
def test_a_slip_of_another_quiz_is_refused_with_a_next_step(
    larger: Handbook, quiz: TakenQuiz, change: dict[str, str], reason: str
) -> None:
    found = refused(slip_of({**record_of(quiz), **change}), larger)
    assert found.reason == reason
    assert found.next_step


def test_a_change_of_what_is_right_is_noticed_and_another_feedback_is_not(handbook_folder: Path) -> None:
    record = record_of(taken(enlarge(handbook_folder)))
    path = handbook_folder / "quizzes/social-media.yml"
    text = path.read_text()
    path.write_text(text.replace("says: It does not hold.", "says: Look again."))
    assert marked(slip_of(record), merged_handbook(handbook_folder)).score == 6
    path.write_text(
        text.replace(
            "{id: near, text: Something like it., says: It does not hold.}",
            "{id: near, text: Something like it., says: It holds., right_in: [sample]}",
        ).replace("says: It holds., right_in: [sample]}\n      - {id: near", "says: No.}\n      - {id: near")
    )
    assert "have changed since" in refused(slip_of(record), merged_handbook(handbook_folder)).reason


def test_an_attempt_too_many_is_refused(handbook_folder: Path) -> None:
    larger = enlarge(handbook_folder)
    quiz = taken(larger)
    assert marked(slip_of(record_of(quiz, "a", 2)), larger).passed
    path = handbook_folder / "trusts/sample/quizzes.yml"
    path.write_text(path.read_text().replace("policy: social-media", "policy: social-media\n    attempts: 2"))
    assert (
        refused(slip_of(record_of(quiz, "a", 2)), merged_handbook(handbook_folder)).reason
        == "it is attempt 3, and sample allows 2"
    )


def test_more_or_fewer_questions_in_a_draw_are_said(handbook_folder: Path) -> None:
    record = record_of(taken(enlarge(handbook_folder)))
    now = enlarge(handbook_folder, HEAD.replace("draw: 6", "draw: 8"))
    assert refused(slip_of(record), now).reason == "it answers 6 questions, and 8 are asked now"


def test_a_text_that_was_edited_elsewhere_is_noted(larger: Handbook, quiz: TakenQuiz) -> None:
    assert not marked(slip_of(record_of(quiz)), larger).other_text
    assert marked(slip_of(record_of(quiz, digest="0" * 64)), larger).other_text


def test_the_same_slip_passed_on_again_is_marked_once(larger: Handbook, quiz: TakenQuiz) -> None:
    slip = slip_of(record_of(quiz))
    again = slip_of(record_of(quiz, name="Z. Ó Briain"))
    other = slip_of(record_of(quiz, finished="2026-11-21T10:16Z"))
    assert [one.slip.name for one in mark_all([slip, again, other], larger)] == ["Zoë Ó Briain", "Zoë Ó Briain"]
    assert replace(marked(slip, larger), answers=()).count == 0
