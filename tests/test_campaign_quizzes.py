"""The one quiz of a campaign over several policies: what it draws, how it is marked, and what reports say of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import page as page_validation
import pytest

from clausebook.export.quiz_results import marks_sheet, report_sheets
from clausebook.looks import Looks
from clausebook.model import Campaign
from clausebook.model.handbook import Handbook, Trust
from clausebook.pages.prints import PrintDocument, trust_prints
from clausebook.quizzes import TakenQuiz, draw_questions, take_campaign_quiz
from clausebook.quizzes.draw import share_out
from clausebook.quizzes.marking import Marked, Refused
from clausebook.quizzes.slips import CampaignSlip, find_slips
from conftest import Clausebook
from paper import write_pdf
from quiz_slips import line_of, mark_slip, record_of
from several import read_several, write_several

FORM = "acknowledgement-form.pdf"

ROOT = Path(__file__).parent.parent
POLICIES = ("social-media", "code-of-conduct", "acceptable-use")


@pytest.fixture
def several(tmp_path: Path) -> Path:
    return write_several(tmp_path / "several")


@pytest.fixture
def handbook(several: Path) -> Handbook:
    return read_several(several)


def campaign_of(trust: Trust, **other: object) -> Campaign:
    return trust.campaigns[0].model_copy(update=other)


def taken(handbook: Handbook, *policies: str) -> TakenQuiz:
    trust = handbook.trust("sample")
    revisions = [trust.policy(policy).current for policy in policies] or None
    quiz = take_campaign_quiz(trust, trust.campaigns[0], handbook, revisions)
    assert quiz
    return quiz


def slip_of(record: object) -> CampaignSlip:
    (slip,) = find_slips(line_of(record))
    assert isinstance(slip, CampaignSlip), slip
    return slip


def test_it_asks_about_each_policy_in_the_campaign_s_order(handbook: Handbook) -> None:
    quiz = taken(handbook)
    assert list(dict.fromkeys(one.policy for one in quiz.first_draw)) == list(POLICIES)
    assert (quiz.count, quiz.pass_mark) == (7, 6)  # four of five, rounded up as of a whole draw: 10 of 12
    assert quiz.path == "acknowledge/2026-27/quiz"


def test_one_question_of_a_subject_is_asked_of_two_policies(handbook: Handbook) -> None:
    ids = taken(handbook).by_id
    assert {"social-media--friend-requests-word", "code-of-conduct--friend-requests-word"} <= set(ids)


@pytest.mark.parametrize(
    ("decks", "count", "shares"),
    [
        ([(5, 0), (5, 0)], 4, [2, 2]),
        ([(9, 9), (4, 0), (1, 0)], 5, [3, 1, 1]),  # one each, then must-know
        ([(9, 2), (9, 0)], 6, [3, 3]),
        ([(9, 3), (9, 0)], 4, [3, 1]),
        ([(1, 1), (2, 0), (9, 0)], 12, [1, 2, 9]),
        ([(3, 1)], 2, [2]),
        ([], 3, []),
    ],
)
def test_each_policy_has_its_share_of_a_draw(decks: list[tuple[int, int]], count: int, shares: list[int]) -> None:
    assert share_out(decks, count) == shares


def test_every_attempt_asks_about_every_policy(several: Path) -> None:
    path = several / "trusts/sample/quizzes.yml"
    path.write_text(path.read_text() + "one_quiz: {draw: 2, pass_mark: 2, attempts: 3}\n")
    quiz = taken(read_several(several))
    for attempt in range(6):
        drawn = Counter(one.policy for one in draw_questions(quiz.pool, "seed", attempt, quiz.count))
        assert drawn == dict.fromkeys(POLICIES, 1)  # of more policies than are drawn, one question on each
    assert (quiz.count, quiz.pass_mark, quiz.attempts) == (3, 3, 3)


def test_only_a_campaign_over_several_policies_has_it(handbook: Handbook) -> None:
    trust = handbook.trust("sample")
    for other in ({"quizzes": "each"}, {"quiz": "none"}, {"policies": ("social-media",)}):
        assert take_campaign_quiz(trust, campaign_of(trust, **other), handbook) is None


def test_a_policy_on_which_staff_take_no_quiz_is_left_out(several: Path) -> None:
    path = several / "trusts/sample/quizzes.yml"
    path.write_text(path.read_text().split("  - policy: acceptable-use")[0])
    assert list(taken(read_several(several)).titles) == ["social-media", "code-of-conduct"]


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_a_slip_is_marked_again(handbook: Handbook, wrong: int) -> None:
    marked = mark_slip(slip_of(record_of(taken(handbook), wrong=wrong)), handbook)
    assert isinstance(marked, Marked)
    assert (marked.score, marked.count, marked.passed, marked.other_text) == (7 - wrong, 7, wrong < 2, False)


def test_whoever_owes_one_policy_is_asked_and_marked_on_that_alone(handbook: Handbook) -> None:
    whole, quiz = taken(handbook), taken(handbook, "code-of-conduct")
    assert {one.policy for one in quiz.pool} == {"code-of-conduct"}
    assert quiz.mark != whole.mark
    marked = mark_slip(slip_of(record_of(quiz)), handbook)
    assert isinstance(marked, Marked)
    assert (marked.score, marked.count) == (3, 3)


def test_the_order_in_which_a_slip_names_its_policies_is_nothing(handbook: Handbook) -> None:
    record = record_of(taken(handbook))
    record["policies"] = record["policies"][::-1]  # type: ignore[index]
    marked = mark_slip(slip_of(record), handbook)
    assert isinstance(marked, Marked)
    assert (marked.score, marked.passed) == (7, True)


def test_a_slip_that_leaves_out_a_policy_is_refused(handbook: Handbook) -> None:
    record = record_of(taken(handbook, "social-media", "code-of-conduct"))
    record["policies"] = record["policies"][:1]  # type: ignore[index]
    refused = mark_slip(slip_of(record), handbook)
    assert isinstance(refused, Refused)
    assert refused.reason == "the questions, or what is right, have changed since it was taken"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"campaign": "2020-21"}, "sample has no campaign 2020-21 with one quiz on these policies"),
        ({"trust": "nowhere"}, "this handbook has no trust `nowhere`"),
    ],
)
def test_what_this_handbook_does_not_ask_is_refused(handbook: Handbook, other: dict[str, str], reason: str) -> None:
    refused = mark_slip(slip_of(record_of(taken(handbook), **other)), handbook)
    assert isinstance(refused, Refused)
    assert refused.reason == reason


def test_a_past_revision_that_is_gone_is_refused(handbook: Handbook) -> None:
    record = record_of(taken(handbook))
    record["policies"][1]["revision"] = "2019-01"  # type: ignore[index]
    refused = mark_slip(slip_of(record), handbook)
    assert isinstance(refused, Refused)
    assert refused.reason == "this handbook has no published revision 2019-01 of code-of-conduct"


def test_reports_name_the_policy_of_each_question(handbook: Handbook) -> None:
    quiz = taken(handbook)
    marked = [mark_slip(slip_of(record_of(quiz, f"seed-{n}", wrong=n % 7)), handbook) for n in range(70)]
    assert all(isinstance(one, Marked) for one in marked)
    quizzes, questions, answers, clauses = report_sheets([one for one in marked if isinstance(one, Marked)])
    revisions = "2024-01, 2025-01, 2025-02, in the quiz of 2026-27"
    assert [row[:4] for row in quizzes.rows] == [("sample", ", ".join(POLICIES), revisions, "70")]
    named = {(row[1], row[3]) for row in questions.rows}
    assert {("social-media", "friend-requests-word"), ("code-of-conduct", "friend-requests-word")} <= named
    assert {row[1] for row in (*questions.rows, *answers.rows, *clauses.rows)} == set(POLICIES)
    assert {row[2] for row in questions.rows if row[1] == "code-of-conduct"} == {"2025-01, in the quiz of 2026-27"}


def test_the_marks_say_which_campaign_and_policies_a_slip_is_of(
    handbook: Handbook, several: Path, clausebook: Clausebook
) -> None:
    sheet = marks_sheet([mark_slip(slip_of(record_of(taken(handbook, "code-of-conduct"))), handbook)])
    assert sheet.rows[0][1:4] == ("sample", "code-of-conduct", "2025-01, in the quiz of 2026-27")
    slips = several / "slips.txt"
    slips.write_text(f"Dear HR,\n{line_of(record_of(taken(handbook)))}\n")
    done = clausebook("quiz", "mark", slips, "--format", "csv", "--handbook", several)
    assert done.returncode == 0, done.stderr
    assert "7 of 7,passed" in done.stdout


def prints_of(handbook: Handbook, **other: object) -> dict[str, PrintDocument]:
    """What is printed of the campaign, by the names of its files."""
    trust = handbook.trust("sample")
    campaign = campaign_of(trust, **other)
    made = trust_prints(replace(trust, campaigns=(campaign,)), handbook, (), Looks(ROOT), date(2026, 11, 20))
    return {Path(one.path).name: one for one in made if "/acknowledge/" in one.path}


def test_it_is_on_paper_with_the_policy_of_each_question(handbook: Handbook, tmp_path: Path) -> None:
    prints = prints_of(handbook)
    for name in ("quiz.pdf", "quiz-answers.pdf", "platform-leaflet.pdf"):
        write_pdf(prints[name].html, Looks(ROOT), tmp_path / name)
        assert page_validation.validate_pdf(tmp_path / name, profile="ua1").is_compliant
    assert set(prints) == {FORM, "quiz.pdf", "quiz-answers.pdf", "platform-leaflet.pdf"}
    for asked in taken(handbook).first_draw:
        told = re.escape(taken(handbook).titles[asked.policy]) + r"\. .*" + re.escape(asked.question.ask)
        assert all(re.search(told, prints[name].html) for name in ("quiz.pdf", "quiz-answers.pdf"))
    assert "every lesson is done" in prints["platform-leaflet.pdf"].html


def test_a_sealed_one_on_paper_has_no_answers_and_offers_no_course(handbook: Handbook) -> None:
    prints = prints_of(handbook, quiz="sealed")
    assert set(prints) == {FORM, "quiz.pdf"}
    assert "Hand this in. HR marks it." in prints["quiz.pdf"].html


def test_a_campaign_with_a_quiz_each_has_a_course_and_no_quiz_of_its_own(handbook: Handbook) -> None:
    prints = prints_of(handbook, quizzes="each")
    assert set(prints) == {FORM, "platform-leaflet.pdf"}
    assert "once its policy is confirmed as read and its quiz is passed" in prints["platform-leaflet.pdf"].html
