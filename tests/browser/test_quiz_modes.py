"""The modes of a quiz, its attempts, and the quiz on what changed: in the site of the starter handbook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from axe import violations
from clausebook.check.library import read_handbook
from clausebook.model.handbook import Handbook, Trust
from clausebook.quizzes import TakenQuiz, take_quiz
from clausebook.quizzes.marking import Marked
from clausebook.quizzes.slips import Slip, find_slips
from larkhill import write_larkhill
from quiz_slips import mark_slip
from taking_quiz import answer, check

from .conftest import build
from .test_quiz import asked, ids, press, result

TRUST = "larkhill-example"
QUIZ = f"{TRUST}/social-media/quiz/index.html"


def slip_in(text: str) -> Slip:
    (found,) = find_slips(text)
    assert isinstance(found, Slip), found
    return found


class Starter:
    """The starter's site with its quiz in one mode, opened from its folder."""

    def __init__(self, folder: Path, mode: str, attempts: int | None = None) -> None:
        write_larkhill(folder)
        home = folder / "trusts" / TRUST
        asked = home / "acknowledgements.yml"
        asked.write_text(re.sub(r"quiz: [a-z-]+", f"quiz: {mode}", asked.read_text(), count=1))
        if attempts:
            taken = home / "quizzes.yml"
            text = re.sub(r"\n    attempts: \d+.*", "", taken.read_text())
            taken.write_text(re.sub(r"(\n *- policy: social-media.*)", rf"\1\n    attempts: {attempts}", text, count=1))
        self.site = build(folder)
        handbook, problems = read_handbook(folder)
        assert handbook, problems
        self.handbook: Handbook = handbook
        self.trust: Trust = handbook.trusts[0]
        self.address = (self.site / QUIZ).as_uri()

    def taken(self, since: str = "") -> TakenQuiz:
        policy = self.trust.policies[0]
        quiz = take_quiz(self.trust, policy.in_force, self.handbook, policy.by_id.get(since))
        assert quiz
        return quiz


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Starter:
    return Starter(tmp_path_factory.mktemp("sealed") / "handbook", "sealed")


@pytest.fixture(scope="module")
def learn(tmp_path_factory: pytest.TempPathFactory) -> Starter:
    return Starter(tmp_path_factory.mktemp("learn") / "handbook", "learn", attempts=2)


@pytest.fixture(scope="module")
def self_check(tmp_path_factory: pytest.TempPathFactory) -> Starter:
    return Starter(tmp_path_factory.mktemp("self-check") / "handbook", "self-check")


def test_nothing_sealed_tells_what_is_right(sealed: Starter) -> None:
    text = (sealed.site / QUIZ).read_text(encoding="utf-8")
    quiz = sealed.taken()
    assert "data-right" not in text
    assert not [option.says for one in quiz.pool for option in one.options if option.says in text]
    assert not [basis.because for one in quiz.pool for basis in one.bases if basis.because and basis.because in text]
    assert not (sealed.site / TRUST / "downloads" / "social-media" / "packages").exists()


def choose_first(page: Page) -> None:
    """The first option of each question, which a tap leads on from; the last waits for “Finish”."""
    for place, question in enumerate(asked(page), 1):
        expect(question).to_be_visible()
        if question.get_attribute("data-kind") == "order":
            for step, select in enumerate(question.locator("select").all(), 1):
                select.select_option(str(step))
        else:
            question.locator("input").first.check()
        if question.is_visible() and place < len(asked(page)):
            press(page, "Next question")


def test_sealed_answers_are_finished_passed_on_and_marked_by_hr(page: Page, sealed: Starter) -> None:
    page.goto(sealed.address)
    count = sealed.taken().count
    for _ in range(count - 1):
        press(page, "Next question")
    press(page, "Finish")
    expect(result(page)).to_have_text(f"{count} questions have no answer yet.")
    expect(page.get_by_role("heading", name="Your answers, for HR to mark")).to_be_hidden()
    page.locator("[data-cb-details] a").first.click()
    choose_first(page)
    press(page, "Finish")
    expect(result(page)).to_have_text("You have answered every question.")
    expect(page.get_by_role("link", name="Next: confirm you have read")).to_be_visible()
    assert page.locator("[data-cb-verdict]:not(:empty)").count() == 0
    assert violations(page) == []
    slip = slip_in(page.get_by_label("Code for HR").input_value())
    marked = mark_slip(slip, sealed.handbook)
    assert isinstance(marked, Marked), marked
    chosen = {question: tuple(values) for question, values in slip.answers.items()}
    right = [
        one
        for one in sealed.taken().pool
        if chosen.get(one.id) and set(chosen[one.id]) == set(one.right) and one.question.kind != "order"
    ]
    orders = [one for one in sealed.taken().pool if one.question.kind == "order" and chosen.get(one.id) == one.right]
    assert marked.score == len(right) + len(orders)


def test_a_slip_with_a_pass_is_a_pass_when_hr_marks_it(page: Page, learn: Starter) -> None:
    page.goto(learn.address)
    answer(page)
    check(page)
    expect(result(page)).to_contain_text("You passed:")
    marked = mark_slip(slip_in(page.get_by_label("Code for HR").input_value()), learn.handbook)
    assert isinstance(marked, Marked), marked
    assert marked.passed
    assert marked.score == learn.taken().count


def test_two_attempts_are_two(page: Page, learn: Starter) -> None:
    page.goto(learn.address)
    expect(page.get_by_text("You have 2 attempts")).to_be_visible()
    answer(page, wrong=8)
    check(page)
    page.get_by_role("button", name="Try again").click()
    answer(page, wrong=8)
    check(page)
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()
    expect(page.locator("[data-cb-details]")).to_contain_text("You have used all 2 attempts.")
    page.reload()
    expect(page.get_by_role("button", name="Try again")).to_be_hidden()


def test_a_self_check_has_no_pass_and_no_slip(page: Page, self_check: Starter) -> None:
    page.goto(self_check.address)
    answer(page, wrong=1)
    check(page)
    count = self_check.taken().count
    expect(result(page)).to_have_text(f"{count - 1} of {count} right.")
    assert page.locator("[data-cb-slip]").count() == 0
    page.get_by_role("button", name="Try again").click()
    answer(page)
    check(page)
    expect(result(page)).to_have_text(f"{count} of {count} right.")


def test_after_a_new_revision_only_what_changed_is_asked(page: Page, learn: Starter) -> None:
    quiz = learn.taken("2024-09")
    page.goto((learn.site / TRUST / quiz.path / "index.html").as_uri())
    assert set(ids(page)) <= {one.id for one in quiz.pool}
    assert len(ids(page)) == quiz.count < learn.taken().count
    expect(page.get_by_role("heading", name="Check what changed since 2024-09")).to_be_visible()
    answer(page)
    check(page)
    expect(result(page)).to_contain_text("You passed:")
    slip = slip_in(page.get_by_label("Code for HR").input_value())
    assert slip.since == "2024-09"
    marked = mark_slip(slip, learn.handbook)
    assert isinstance(marked, Marked), marked
    assert marked.passed
    assert violations(page) == []
