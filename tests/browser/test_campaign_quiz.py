"""The one quiz of a campaign over several policies, on its page: each question names its policy, and a personal link narrows it."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from axe import violations
from clausebook.acknowledgements.signing.links import START
from clausebook.model.handbook import Handbook
from clausebook.quizzes import TakenQuiz, take_campaign_quiz
from clausebook.quizzes.marking import Marked
from clausebook.quizzes.slips import CampaignSlip, find_slips
from made_once import made_once
from quiz_slips import mark_slip
from several import read_several, write_several
from taking_quiz import answer, check

from .conftest import build
from .test_quiz import asked, here, ids, press, result

PAGE = "sample/acknowledge/2026-27/quiz/index.html"
TITLES = {
    "social-media": "Social media policy",
    "code-of-conduct": "Code of conduct",
    "acceptable-use": "Acceptable use",
}


@pytest.fixture(scope="module")
def made() -> Path:
    return made_once("several-policies", lambda folder: build(write_several(folder / "handbook"))) / "handbook"


@pytest.fixture(scope="module")
def several(made: Path) -> Handbook:
    return read_several(made)


@pytest.fixture(scope="module")
def address(made: Path) -> str:
    return (made / "site" / PAGE).as_uri()


@pytest.fixture
def quiz(page: Page, address: str) -> Page:
    page.goto(address)
    return page


def taken(handbook: Handbook, *policies: str) -> TakenQuiz:
    trust = handbook.trust("sample")
    revisions = [trust.policy(policy).current for policy in policies] or None
    found = take_campaign_quiz(trust, trust.campaigns[0], handbook, revisions)
    assert found
    return found


def link_over(*policies: str) -> str:
    """A personal link as far as this page reads it: it checks no signature."""
    says = {
        "ref": "A" * 22, "digest": "0" * 64, "trust": "sample", "campaign": "2026-27", "policies": [{"policy": policy} for policy in policies],
    }  # fmt: skip
    payload = base64.urlsafe_b64encode(json.dumps(says).encode()).decode().rstrip("=")
    return f"{START}.{payload}.{'B' * 86}"


def slip_on(page: Page) -> CampaignSlip:
    (slip,) = find_slips(page.get_by_label("Code for HR").input_value())
    assert isinstance(slip, CampaignSlip), slip
    return slip


def policies_asked(page: Page) -> list[str]:
    return [str(one.get_attribute("data-policy")) for one in asked(page)]


def test_each_question_names_its_policy_and_links_its_clauses(quiz: Page) -> None:
    for question in asked(quiz):
        policy = str(question.get_attribute("data-policy"))
        assert (question.locator("legend").text_content() or "").strip().startswith(TITLES[policy])
        links = question.locator("details a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert links
        assert all(f"/{policy}/index.html#" in link for link in links)
    assert list(dict.fromkeys(policies_asked(quiz))) == list(TITLES)
    expect(quiz).to_have_title(re.compile("^Check yourself: policies of 2026-27"))


def test_all_right_is_a_pass_with_a_slip_that_hr_can_mark(quiz: Page, several: Handbook) -> None:
    answer(quiz)
    check(quiz)
    expect(result(quiz)).to_have_text("You passed: 7 of 7 right.")
    slip = slip_on(quiz)
    assert [(one.policy, one.revision) for one in slip.policies] == [
        ("social-media", "2024-01"), ("code-of-conduct", "2025-01"), ("acceptable-use", "2025-02"),
    ]  # fmt: skip
    marked = mark_slip(slip, several)
    assert isinstance(marked, Marked)
    assert (marked.score, marked.passed, marked.other_text) == (7, True, False)


def test_wrong_answers_are_told_with_their_policy(quiz: Page) -> None:
    answer(quiz, wrong=2)
    check(quiz)
    expect(result(quiz)).to_have_text("5 of 7 right. You need 6 to pass.")
    told = quiz.locator("[data-cb-details] a").all_inner_texts()
    assert len(told) == 2
    assert all(one.startswith("Social media policy, ") for one in told)


def test_a_personal_link_asks_about_what_is_owed_alone(page: Page, address: str, several: Handbook) -> None:
    page.goto(f"{address}#{link_over('acceptable-use', 'code-of-conduct')}")
    quiz = taken(several, "code-of-conduct", "acceptable-use")
    assert sorted(ids(page)) == sorted(quiz.by_id)  # all of four
    expect(page.locator(".cb-lede")).to_contain_text(
        f"4 questions on these policies, about 2 minutes. You need {quiz.pass_mark} right to pass."
    )
    assert page.locator(".cb-lede li").all_inner_texts() == ["Code of conduct", "Acceptable use"]
    answer(page)
    check(page)
    expect(result(page)).to_have_text("You passed: 4 of 4 right.")
    expect(page.locator(".cb-facts")).not_to_contain_text("Social media")
    marked = mark_slip(slip_on(page), several)
    assert isinstance(marked, Marked)
    assert (marked.score, marked.count, marked.quiz.mark) == (4, 4, quiz.mark)


@pytest.mark.parametrize("policies", [tuple(TITLES), (), ("something-else",)])
def test_a_link_over_all_or_of_another_kind_narrows_nothing(
    page: Page, address: str, policies: tuple[str, ...]
) -> None:
    page.goto(f"{address}#{link_over(*policies)}")
    assert set(policies_asked(page)) == set(TITLES)


def test_answers_are_kept_for_each_link_by_itself(page: Page, address: str) -> None:
    page.goto(f"{address}#{link_over('code-of-conduct')}")
    answer(page)
    page.reload()
    assert page.locator("input:checked").count() == 3
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("input:checked").count() == 0


def test_it_can_be_answered_by_keyboard(quiz: Page) -> None:
    here(quiz).get_by_role("heading").focus()
    for question in asked(quiz):
        for place, _ in enumerate(question.locator("select").all() or [None], 1):
            quiz.keyboard.press("Tab")
            focused = quiz.evaluate("document.activeElement.closest('fieldset')?.dataset.cbQuestion")
            assert focused == question.get_attribute("data-cb-question")
            quiz.keyboard.press("Space" if question.locator("input").count() else str(place))
        press(quiz, "Check answer") if question.locator("select").count() else quiz.keyboard.press("Enter")
        if question.locator("[data-cb-verdict]:focus").count():
            press(quiz, quiz.locator("[type=submit]").inner_text())
    expect(result(quiz)).to_have_text(re.compile(r"\d of 7 right"))
    expect(quiz.locator("[data-cb-summary]")).to_be_focused()


def test_without_javascript_it_asks_one_draw_with_its_answers(plain: Page, address: str, several: Handbook) -> None:
    plain.goto(address)
    assert ids(plain) == [one.id for one in taken(several).first_draw]
    plain.locator("summary").first.click()
    expect(plain.locator("details").first).to_contain_text("Clause 1.1, source line 3")


def test_it_is_accessible(quiz: Page) -> None:
    answer(quiz, wrong=1)
    check(quiz)
    assert violations(quiz) == []


def test_it_fits_a_phone(phone: Page, address: str) -> None:
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_sealed_one_gives_nothing_away_and_hr_marks_it(page: Page, tmp_path: Path) -> None:
    folder = write_several(tmp_path / "handbook")
    asking = folder / "trusts/sample/acknowledgements.yml"
    asking.write_text(asking.read_text().replace("quiz: learn", "quiz: sealed"))
    conduct, title = folder / "trusts/sample/code-of-conduct/2025-01.yml", """Conduct & "gifts": it's < 3 pages"""
    conduct.write_text(conduct.read_text().replace("title: Code of conduct\n", f"title: {json.dumps(title)}\n", 1))
    page.goto((build(folder) / PAGE).as_uri())
    assert page.locator("[data-right], details, .cb-answer-sheet").count() == 0
    assert (asked(page)[3].locator("legend").text_content() or "").strip().startswith(title)
    for question in asked(page):
        for place, select in enumerate(question.locator("select").all(), 1):
            select.select_option(str(place))
        if question.locator("input").count():
            question.locator("input").first.check()
        if question.is_visible() and question.get_attribute("data-cb-question") != ids(page)[-1]:
            press(page, "Next question")
    press(page, "Finish")
    expect(result(page)).to_have_text("You have answered every question.")
    marked = mark_slip(slip_on(page), read_several(folder))
    assert isinstance(marked, Marked)
    assert marked.count == 7
