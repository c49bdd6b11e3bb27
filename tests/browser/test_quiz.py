"""The quiz marks on the page, in words, by keyboard too; it keeps the answers here and sends them nowhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .kinds import QUIZ

QUESTIONS, PASS = 10, 8


@pytest.fixture
def quiz(page: Page, web: str) -> Page:
    page.goto(web + QUIZ)
    expect(page.get_by_role("button", name="Check answers")).to_be_visible()
    return page


def answer(page: Page, *, wrong: int = 0, leave: int = 0) -> None:
    """Answer by clicking: the first `wrong` questions wrong, the last `leave` not at all, all others right."""
    questions = page.locator("fieldset").all()
    for place, question in enumerate(questions[: len(questions) - leave]):
        right = question.get_attribute("data-right")
        sign = "!=" if place < wrong else "="
        selector = f"input:not([value='{right}'])" if sign == "!=" else f"input[value='{right}']"
        question.locator(selector).first.check()


def check(page: Page) -> None:
    page.get_by_role("button", name="Check answers").click()


def verdicts(page: Page) -> list[str]:
    return page.locator("[data-cb-verdict]").all_inner_texts()


def test_all_right_is_a_pass(quiz: Page) -> None:
    assert quiz.locator("fieldset").count() == QUESTIONS
    assert verdicts(quiz) == [""] * QUESTIONS
    answer(quiz)
    assert verdicts(quiz) == [""] * QUESTIONS
    check(quiz)
    expect(quiz.get_by_role("heading", name=f"{QUESTIONS} of {QUESTIONS} correct. That is a pass.")).to_be_visible()
    assert verdicts(quiz) == ["Correct."] * QUESTIONS
    assert quiz.locator("[data-cb-summary] a").count() == 0


def test_just_enough_is_a_pass_and_one_fewer_is_not(quiz: Page) -> None:
    answer(quiz, wrong=QUESTIONS - PASS)
    check(quiz)
    expect(quiz.locator("[data-cb-summary] h2")).to_have_text(f"{PASS} of {QUESTIONS} correct. That is a pass.")
    answer(quiz, wrong=QUESTIONS - PASS + 1)
    check(quiz)
    expect(quiz.locator("[data-cb-summary] h2")).to_have_text(
        f"{PASS - 1} of {QUESTIONS} correct. The pass mark is {PASS}."
    )


def test_the_summary_takes_the_focus_and_leads_to_what_was_wrong(quiz: Page) -> None:
    answer(quiz, wrong=2, leave=1)
    check(quiz)
    summary = quiz.locator("[data-cb-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    assert verdicts(quiz) == ["Not correct."] * 2 + ["Correct."] * (QUESTIONS - 3) + ["Not answered."]
    links = summary.get_by_role("link")
    assert links.count() == 3
    links.nth(1).click()
    second = quiz.locator("fieldset").nth(1)
    expect(second.locator("legend")).to_be_in_viewport()
    assert second.evaluate("one => one.contains(document.activeElement)")
    assert second.evaluate(
        "one => one.querySelector('legend').getBoundingClientRect().top"
        " >= document.querySelector('.md-header').getBoundingClientRect().bottom"
    )


def test_on_a_phone_the_score_is_seen_first_however_much_was_wrong(phone: Page, web: str) -> None:
    phone.goto(web + QUIZ)
    check(phone)
    heading = phone.locator("[data-cb-summary] h2")
    expect(heading).to_have_text(f"0 of {QUESTIONS} correct. The pass mark is {PASS}.")
    expect(heading).to_be_in_viewport(ratio=1)
    phone.wait_for_function(
        "document.querySelector('[data-cb-summary] h2').getBoundingClientRect().top"
        " >= document.querySelector('.md-header').getBoundingClientRect().bottom"
    )


def test_after_checking_each_answer_stands_open_with_its_clause(quiz: Page) -> None:
    answer(quiz, wrong=1)
    check(quiz)
    first = quiz.locator("fieldset").first
    expect(first.locator("details > p").first).to_be_visible()
    cited = first.locator(".cb-quote .cb-cite a").first
    expect(cited).to_be_visible()
    address = str(cited.get_attribute("href"))
    cited.click()
    assert quiz.url.endswith("#" + address.partition("#")[2])
    expect(quiz.locator(f"[id='{address.partition('#')[2]}']")).to_be_in_viewport()


def test_a_reload_keeps_the_answers_and_start_again_clears_them(quiz: Page) -> None:
    answer(quiz, wrong=1)
    chosen = "all => all.map(one => one.name + '=' + one.value)"
    before = quiz.eval_on_selector_all("input:checked[name]:not([name^=__])", chosen)
    assert len(before) == QUESTIONS
    quiz.reload()
    assert quiz.eval_on_selector_all("fieldset input:checked", chosen) == before
    check(quiz)
    quiz.get_by_role("button", name="Start again").click()
    assert verdicts(quiz) == [""] * QUESTIONS
    expect(quiz.locator("[data-cb-summary]")).to_be_hidden()
    expect(quiz.locator("fieldset").first.get_by_role("radio").first).to_be_focused()
    quiz.reload()
    assert quiz.locator("fieldset input:checked").count() == 0


def test_by_keyboard_alone(quiz: Page) -> None:
    quiz.locator("fieldset").first.get_by_role("radio").first.focus()
    for place in range(QUESTIONS):
        quiz.keyboard.press("Space")
        right = quiz.locator("fieldset").nth(place)
        expect(right.locator("input:checked")).to_be_focused()
        while right.locator("input:checked").get_attribute("value") != right.get_attribute("data-right"):
            quiz.keyboard.press("ArrowDown")
        quiz.keyboard.press("Tab")  # to the answer
        quiz.keyboard.press("Tab")  # to the next question, or to the button
    expect(quiz.get_by_role("button", name="Check answers")).to_be_focused()
    quiz.keyboard.press("Enter")
    expect(quiz.locator("[data-cb-summary]")).to_be_focused()
    expect(quiz.locator("[data-cb-summary]")).to_contain_text("That is a pass.")


def test_nothing_is_sent_anywhere(quiz: Page) -> None:
    asked: list[str] = []
    quiz.on("request", lambda request: asked.append(request.url))
    address = quiz.url
    answer(quiz, wrong=3)
    check(quiz)
    expect(quiz.locator("[data-cb-summary]")).to_be_visible()
    assert asked == []
    assert quiz.url == address


def test_choosing_alone_marks_nothing(quiz: Page) -> None:
    quiz.locator("fieldset").first.get_by_role("radio").first.check()
    expect(quiz.locator("[data-cb-summary]")).to_be_hidden()
    assert verdicts(quiz) == [""] * QUESTIONS


def test_the_same_answers_are_not_right_in_every_trust(quiz: Page, web: str) -> None:
    answer(quiz)
    chosen = quiz.eval_on_selector_all("fieldset input:checked", "all => all.map(one => [one.name, one.value])")
    quiz.goto(web + QUIZ.replace("att/", "laat/"))
    assert quiz.locator("fieldset input:checked").count() == 0
    both = [(name, value) for name, value in chosen if quiz.locator(f"input[name='{name}']").count()]
    assert len(both) >= 5
    for name, value in both:
        quiz.locator(f"input[name='{name}'][value='{value}']").check()
    check(quiz)
    assert "Not correct." in verdicts(quiz)
    assert "Correct." in verdicts(quiz)
