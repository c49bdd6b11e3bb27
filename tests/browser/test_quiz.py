"""The quiz draws, marks and remembers on the page, in words, by keyboard too; nothing is sent, and HR can mark the slip again."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from clausebook.model.handbook import Handbook
from clausebook.quizzes import TakenQuiz, draw_options, draw_questions, take_quiz
from taking_quiz import answer, check

from .kinds import ACKNOWLEDGE, QUIZ, TRUST

QUESTIONS, PASS = 10, 8
SEEDS = 5000  # among so many there is one of every kind


@pytest.fixture(scope="module")
def taken(handbook: Handbook) -> dict[str, TakenQuiz]:
    """The quiz of each trust, as Python knows it."""
    quizzes = {book.id: take_quiz(book, book.in_force[0], handbook) for book in handbook.trusts}
    return {trust: quiz for trust, quiz in quizzes.items() if quiz}


def open_at(page: Page, address: str, quiz: TakenQuiz, seed: str, **state: Any) -> Page:
    """The quiz with a seed that we know, as a reader finds it who began it before."""
    page.goto(address)
    kept = {
        "seed": seed,
        "attempt": 0,
        "role": "",
        "answers": {},
        "seen": [],
        "at": 0,
        "checked": None,
        "finished": "",
        **state,
    }
    page.evaluate(
        "([key, state]) => localStorage.setItem(key, JSON.stringify(state))",
        [f"clausebook.quiz.{quiz.id}.{quiz.mark}", kept],
    )
    page.reload()
    return page


@pytest.fixture
def quiz(page: Page, web: str, taken: dict[str, TakenQuiz]) -> Page:
    """ATT's quiz, with a draw of single choices only, so that the first option that is not right is a wrong answer."""
    return open_at(page, web + QUIZ, taken[TRUST], seed_of_single_choices(taken[TRUST]))


def seed_of_single_choices(quiz: TakenQuiz) -> str:
    single = ("single", "true-false")
    return next(str(n) for n in range(SEEDS) if all(one.question.kind in single for one in drawn(quiz, str(n))))


def drawn(quiz: TakenQuiz, seed: str, attempt: int = 0, role: str = "") -> list[Any]:
    return list(draw_questions(quiz.pool, seed, attempt, quiz.count, role))


def seed_with(quiz: TakenQuiz, kind: str, role: str = "") -> str:
    """A seed whose first draw has a question of this kind."""
    return next(
        str(n) for n in range(SEEDS) if any(one.question.kind == kind for one in drawn(quiz, str(n), role=role))
    )


def asked(page: Page) -> list[Locator]:
    """The questions of this attempt, in the order of the page: one of them stands on the screen."""
    return page.locator("[data-cb-question]:not([hidden])").all()


def here(page: Page) -> Locator:
    """The question that a reader sees."""
    return page.locator("[data-cb-question]:not([hidden])[data-now]")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def ids(page: Page) -> list[str]:
    return [str(one.get_attribute("data-cb-question")) for one in asked(page)]


def answer_one(question: Locator, *, wrong: bool = False) -> None:
    right = str(question.get_attribute("data-right")).split()
    if question.get_attribute("data-kind") == "order":
        for place, step in enumerate(reversed(right) if wrong else right, 1):
            question.locator(f"select[name$='.{step}']").select_option(str(place))
        return
    every = [str(one.get_attribute("value")) for one in question.locator("input").all()]
    for value in [next(one for one in every if one not in right)] if wrong else right:
        question.locator(f"input[value='{value}']").check()


def result(page: Page) -> Locator:
    return page.locator("[data-cb-result]")


def verdicts(page: Page) -> list[str]:
    return [one.locator("[data-cb-verdict]").text_content() or "" for one in asked(page)]


def slip(page: Page) -> dict[str, Any]:
    """What the line of the slip says."""
    line = page.get_by_label("Code for HR").input_value()
    text = line.removeprefix("quiz1.")
    assert text != line
    return dict(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))


def test_all_right_is_a_pass_with_a_slip(quiz: Page) -> None:
    assert len(asked(quiz)) == QUESTIONS
    assert verdicts(quiz) == [""] * QUESTIONS
    assert quiz.locator("fieldset details:visible").count() == 0
    answer(quiz)
    check(quiz)
    expect(result(quiz)).to_have_text(f"You passed: {QUESTIONS} of {QUESTIONS} right.")
    assert quiz.locator("[data-cb-details] a").count() == 0
    quiz.get_by_role("heading", name="Keep your result").click()
    quiz.get_by_label("Your name").fill("Zoë O’Neil")
    expect(quiz.locator("[data-cb-fact=name]")).to_have_text("Zoë O’Neil")
    told = slip(quiz)
    assert told["name"] == "Zoë O’Neil"
    assert (told["trust"], told["policy"], told["revision"]) == (TRUST, "social-media", "2018-09")
    chosen = {
        str(one.get_attribute("data-cb-question")): str(one.get_attribute("data-right")).split() for one in asked(quiz)
    }
    assert told["answers"] == chosen


def test_just_enough_is_a_pass(quiz: Page) -> None:
    answer(quiz, wrong=QUESTIONS - PASS)
    check(quiz)
    expect(result(quiz)).to_have_text(f"You passed: {PASS} of {QUESTIONS} right.")


def test_one_fewer_is_not_and_there_is_no_slip(quiz: Page) -> None:
    answer(quiz, wrong=QUESTIONS - PASS + 1)
    check(quiz)
    expect(result(quiz)).to_have_text(f"{PASS - 1} of {QUESTIONS} right. You need {PASS} to pass.")
    expect(quiz.get_by_role("heading", name="Keep your result")).to_be_hidden()
    expect(quiz.get_by_role("link", name="Next: confirm you have read")).to_be_hidden()
    expect(quiz.get_by_role("button", name="Try again with other questions")).to_be_visible()


def test_after_a_pass_the_next_step_is_the_first_thing_on_the_screen(phone: Page, web: str) -> None:
    phone.goto(web + QUIZ)
    answer(phone)
    check(phone)
    step = phone.get_by_role("link", name="Next: confirm you have read it")
    expect(step).to_be_in_viewport(ratio=1)
    assert phone.locator("[data-cb-summary] :is(a, button):visible").first.inner_text() == step.inner_text()
    step.click()
    expect(phone).to_have_url(web + ACKNOWLEDGE)


def test_one_question_stands_on_the_screen_and_says_how_far_the_reader_is(phone: Page, web: str) -> None:
    phone.goto(web + QUIZ)
    for place in range(1, QUESTIONS + 1):
        expect(phone.locator("fieldset:visible:not([data-before])")).to_have_count(1)
        expect(here(phone).locator("legend")).to_contain_text(f"Question {place} of {QUESTIONS}")
        expect(phone.get_by_role("progressbar", name="How far you are")).to_have_js_property("value", place)
        if place > 1:
            expect(here(phone).get_by_role("heading")).to_be_focused()
            expect(here(phone).locator("legend")).to_be_in_viewport(ratio=1)
        if place < QUESTIONS:
            press(phone, "Skip")
    press(phone, "Back")
    expect(here(phone).locator("legend")).to_contain_text(f"Question {QUESTIONS - 1} of {QUESTIONS}")


def test_ten_right_answers_are_ten_taps(phone: Page, web: str, taken: dict[str, TakenQuiz]) -> None:
    open_at(phone, web + QUIZ, taken[TRUST], seed_of_single_choices(taken[TRUST]))
    for place in range(QUESTIONS):
        here(phone).locator(f"label:has(input[value='{here(phone).get_attribute('data-right')}'])").tap()
        if place < QUESTIONS - 1:
            expect(phone.locator("fieldset[data-before] [data-cb-verdict]")).to_have_text(
                f"Question {place + 1}: right."
            )
    expect(result(phone)).to_have_text(f"You passed: {QUESTIONS} of {QUESTIONS} right.")


def test_a_wrong_answer_stays_and_says_why_with_the_clause(quiz: Page) -> None:
    first = here(quiz)
    answer_one(first, wrong=True)
    wrong = str(first.locator("input:checked").get_attribute("value"))
    said = first.locator(f"[data-cb-says='{wrong}'] span").text_content()
    expect(first.locator("[data-cb-verdict]")).to_have_text(f"Not right. {said}")
    expect(first.locator("[data-cb-verdict]")).to_be_focused()
    assert first.locator(".cb-mark").all_inner_texts().count("Your answer: not right") == 1
    assert first.locator(".cb-mark").all_inner_texts().count("Right answer") == 1
    chosen, right = (
        first.locator(".cb-option:has(input:checked)"),
        first.locator(".cb-option:not(:has(input:checked)):has(.cb-mark)"),
    )
    expect(chosen).to_contain_text("Your answer: not right")
    colour = "one => getComputedStyle(one.querySelector('label')).borderTopColor"
    assert chosen.evaluate(colour) != right.evaluate(colour)
    assert chosen.evaluate("one => getComputedStyle(one.querySelector('label')).borderTopStyle") == "dashed"
    assert all(one.is_disabled() for one in first.locator("input").all()), (
        "whoever has seen the answer does not change theirs"
    )
    cited = first.locator(".cb-quote .cb-cite a").first
    expect(cited).to_be_visible()
    address = str(cited.get_attribute("href"))
    cited.click()
    assert quiz.url.endswith("#" + address.partition("#")[2])
    expect(quiz.locator(f"[id='{address.partition('#')[2]}']")).to_be_in_viewport()


def test_what_was_right_is_told_on_the_next_screen_and_its_reason_is_one_tap_away(quiz: Page) -> None:
    answer_one(here(quiz))
    before = quiz.locator("fieldset[data-before]")
    expect(before.locator("[data-cb-verdict]")).to_have_text("Question 1: right.")
    expect(quiz.locator("[data-cb-said]")).to_have_text("Question 1: right.")
    expect(before.locator(".cb-quote").first).to_be_hidden()
    before.locator("summary").first.click()
    expect(before.locator(".cb-quote, q").first).to_be_visible()


def test_the_result_names_only_what_was_wrong_and_leads_back_to_it(quiz: Page) -> None:
    answer(quiz, wrong=3)
    check(quiz)
    summary = quiz.locator("[data-cb-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    expect(quiz.locator("fieldset:visible")).to_have_count(0)
    links = summary.locator("[data-cb-details]").get_by_role("link")
    assert links.count() == 3
    assert links.nth(1).inner_text() == "2. " + " ".join(
        asked(quiz)[1].locator("legend").locator("[data-cb-situation], strong").all_text_contents()
    )
    links.nth(1).click()
    second = asked(quiz)[1]
    expect(second.locator("legend")).to_be_in_viewport()
    expect(second.get_by_role("heading")).to_be_focused()
    expect(second.locator("[data-cb-verdict]")).to_contain_text("Not right.")
    assert second.evaluate(
        "one => one.querySelector('legend').getBoundingClientRect().top"
        " >= document.querySelector('.md-header').getBoundingClientRect().bottom"
    )
    press(quiz, "Back to your result")
    expect(summary).to_be_focused()


def test_on_a_phone_the_score_is_seen_first_however_much_was_wrong(phone: Page, web: str) -> None:
    phone.goto(web + QUIZ)
    answer(phone, wrong=QUESTIONS)
    phone.mouse.wheel(0, -50)
    check(phone)
    heading = result(phone)
    expect(heading).to_have_text(f"0 of {QUESTIONS} right. You need {PASS} to pass.")
    expect(heading).to_be_in_viewport(ratio=1)
    phone.wait_for_function(
        "document.querySelector('[data-cb-summary] h2').getBoundingClientRect().top"
        " >= document.querySelector('.md-header').getBoundingClientRect().bottom"
    )
    assert heading.evaluate(
        """one => { const box = one.getBoundingClientRect();
            return one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)); }"""
    ), "something lies over it"


def test_nothing_is_marked_before_something_is_answered(quiz: Page) -> None:
    press(quiz, "Check answer")
    expect(here(quiz).locator("[data-cb-verdict]")).to_have_text("Choose an answer first, or skip this question.")
    assert quiz.locator("details:visible, .cb-mark").count() == 0
    check_all_skipped(quiz)
    expect(result(quiz)).to_have_text(f"{QUESTIONS} questions have no answer yet.")
    expect(quiz.locator("[data-cb-summary]")).to_be_focused()
    assert quiz.locator("[data-cb-details] a").count() == QUESTIONS
    assert quiz.locator("details:visible, .cb-mark").count() == 0
    quiz.locator("[data-cb-details] a").first.click()
    answer(quiz, leave=1)
    check(quiz)
    expect(result(quiz)).to_have_text("One question has no answer yet.")
    quiz.locator("[data-cb-details] a").click()
    expect(asked(quiz)[-1].get_by_role("heading")).to_be_focused()
    answer(quiz)
    check(quiz)
    expect(result(quiz)).to_have_text(f"You passed: {QUESTIONS} of {QUESTIONS} right.")


def check_all_skipped(page: Page) -> None:
    for _ in range(QUESTIONS):
        press(page, "Skip")


def test_an_attempt_that_was_marked_is_over(quiz: Page) -> None:
    answer(quiz, wrong=5)
    check(quiz)
    assert all(one.is_disabled() for question in asked(quiz) for one in question.locator("input, select").all())
    quiz.reload()
    expect(result(quiz)).to_have_text(f"5 of {QUESTIONS} right. You need {PASS} to pass.")
    expect(quiz.get_by_role("button", name="Check answer")).to_be_hidden()


def test_each_new_attempt_asks_what_was_not_asked_while_the_pool_lasts(quiz: Page, taken: dict[str, TakenQuiz]) -> None:
    pool = {one.id for one in taken[TRUST].pool if not one.question.roles}
    met = set(ids(quiz))
    while len(pool - met) >= QUESTIONS:
        answer(quiz)
        check(quiz)
        quiz.get_by_role("button", name="Try again with other questions").click()
        expect(here(quiz).get_by_role("heading")).to_be_focused()
        assert quiz.locator("[data-cb-said]").inner_text().startswith("Attempt ")
        assert not met & set(ids(quiz))
        met |= set(ids(quiz))
    assert len(met) >= 2 * QUESTIONS


def test_a_reader_comes_back_to_where_they_were_and_deleting_leaves_nothing(quiz: Page) -> None:
    answer(quiz, wrong=1, leave=7)
    for _ in range(7):
        press(quiz, "Back")
    expect(here(quiz).locator("legend")).to_contain_text(f"Question 3 of {QUESTIONS}")
    quiz.reload()
    expect(here(quiz).locator("legend")).to_contain_text(f"Question 3 of {QUESTIONS}")
    expect(here(quiz).locator("[data-cb-verdict]")).to_have_text("Question 3: right.")
    assert quiz.locator("[data-cb-question] input:checked").count() == 3
    for _ in range(2):
        press(quiz, "Back")
    quiz.reload()
    press(quiz, "Delete my answers")
    assert quiz.locator("[data-cb-question] input:checked").count() == 0
    assert [key for key in quiz.evaluate("Object.keys(localStorage)") if "quiz" in key] == []


def test_by_keyboard_alone_enter_goes_on_and_arrows_only_look(quiz: Page) -> None:
    here(quiz).get_by_role("radio").first.focus()
    for place in range(QUESTIONS):
        right = here(quiz).get_attribute("data-right")
        quiz.keyboard.press("Space")
        while here(quiz).locator("input:checked").get_attribute("value") != right:
            quiz.keyboard.press("ArrowDown")
        expect(here(quiz).locator("legend")).to_contain_text(f"Question {place + 1} of {QUESTIONS}")
        quiz.keyboard.press("Enter")
        if place < QUESTIONS - 1:
            expect(here(quiz).get_by_role("heading")).to_be_focused()
            quiz.keyboard.press("Tab")
            expect(here(quiz).get_by_role("radio").first).to_be_focused()
    expect(quiz.locator("[data-cb-summary]")).to_be_focused()
    expect(quiz.locator("[data-cb-summary]")).to_contain_text("You passed:")


def test_a_screen_reader_is_told_what_each_thing_is(quiz: Page) -> None:
    tree = quiz.locator("form.cb-quiz").aria_snapshot()
    groups = re.findall(r'- group "(.*?)":?$', tree, re.MULTILINE)
    assert len(groups) == 1
    assert groups[0].startswith(f"Question 1 of {QUESTIONS} ")
    assert here(quiz).locator("legend strong").inner_text() in groups[0].replace('\\"', '"')
    assert len(re.findall(r'- radio ".+"', tree)) >= 2
    assert not re.findall(r"- radio(?! \")", tree)
    assert quiz.locator("[data-cb-said][role=status]").inner_text() == ""
    answer(quiz)
    check(quiz)
    expect(quiz.get_by_role("region", name=re.compile(f"of {QUESTIONS} right"))).to_be_visible()
    press(quiz, "Look at my answers")
    described = here(quiz).evaluate("one => document.getElementById(one.getAttribute('aria-describedby')).textContent")
    assert described == "Question 1: right."


def test_several_right_answers_must_all_be_chosen(page: Page, web: str, taken: dict[str, TakenQuiz]) -> None:
    open_at(page, web + QUIZ, taken[TRUST], seed_with(taken[TRUST], "multiple"))
    question = next(one for one in asked(page) if one.get_attribute("data-kind") == "multiple")
    expect(question.locator("legend")).to_contain_text("Choose all that are right.")
    right = str(question.get_attribute("data-right")).split()
    place = asked_place(page, question)
    for _ in range(place):
        press(page, "Skip")
    question.locator(f"input[value='{right[0]}']").check()
    expect(question.locator("[data-cb-verdict]")).to_be_empty()  # of several it is not known which is the last
    press(page, "Check answer")
    told = (
        "Not right. Something is missing: more of these are right."
        if len(right) > 1
        else f"Question {place + 1}: right."
    )
    expect(question.locator("[data-cb-verdict]")).to_have_text(told)


def asked_place(page: Page, question: Locator) -> int:
    """The place of a question among those that are asked, from 0."""
    return ids(page).index(str(question.get_attribute("data-cb-question")))


def test_an_order_is_right_only_when_every_step_has_its_place(
    page: Page, web: str, taken: dict[str, TakenQuiz]
) -> None:
    trust = next(name for name, quiz in taken.items() if any(one.question.kind == "order" for one in quiz.pool))
    role = next(role for one in taken[trust].pool if one.question.kind == "order" for role in (*one.question.roles, ""))
    address, seed = web + QUIZ.replace(TRUST, trust, 1), seed_with(taken[trust], "order", role)

    def order() -> Locator:
        return next(one for one in asked(page) if one.get_attribute("data-kind") == "order")

    def told(act: Callable[[Locator], object]) -> str:
        open_at(page, address, taken[trust], seed, role=role)
        for _ in range(asked_place(page, order())):
            press(page, "Skip")
        act(order())
        press(page, "Check answer")
        return order().locator("[data-cb-verdict]").text_content() or ""

    assert told(answer_one).endswith(": right.")
    assert told(lambda one: answer_one(one, wrong=True)) == "Not right."
    expect(order().locator("details ul")).to_be_visible()
    assert told(lambda one: one.locator("select").first.select_option("1")) == "Give each step a place of its own."
    assert told(lambda _: None) == "Choose an answer first, or skip this question."
    expect(order().locator(".cb-answer-key")).to_be_hidden()


def test_whoever_runs_an_account_can_be_asked_about_accounts(page: Page, web: str, taken: dict[str, TakenQuiz]) -> None:
    quiz = taken[TRUST]
    own = {one.id for one in quiz.pool if one.question.roles}
    seed = next(str(n) for n in range(SEEDS) if own & {one.id for one in drawn(quiz, str(n), role=quiz.roles[0])})
    open_at(page, web + QUIZ, quiz, seed)
    assert not own & set(ids(page))
    page.get_by_label("Which of these are you?").select_option(quiz.roles[0])
    assert ids(page) == [one.id for one in drawn(quiz, seed, role=quiz.roles[0])]
    assert own & set(ids(page))


def test_nothing_is_sent_anywhere(quiz: Page) -> None:
    quiz.wait_for_load_state("networkidle")
    requests: list[str] = []
    quiz.on("request", lambda request: requests.append(request.url))
    address = quiz.url
    answer(quiz)
    check(quiz)
    quiz.get_by_role("heading", name="Keep your result").click()
    quiz.get_by_role("button", name="Copy the code").click()
    assert requests == []
    assert quiz.url == address


def test_the_slip_can_be_saved_as_a_file_with_its_line(quiz: Page) -> None:
    answer(quiz)
    check(quiz)
    quiz.get_by_role("heading", name="Keep your result").click()
    with quiz.expect_download() as download:
        quiz.get_by_role("button", name="Save as a file").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert f"Result: You passed: {QUESTIONS} of {QUESTIONS} right. Attempt 1." in text
    assert quiz.get_by_label("Code for HR").input_value() in text


def test_on_paper_the_answers_stand_on_a_sheet_of_their_own(quiz: Page) -> None:
    quiz.emulate_media(media="print")
    expect(quiz.locator("fieldset:visible")).to_have_count(QUESTIONS)  # all of them, whichever stands on the screen
    assert [one for one in quiz.locator(".cb-quiz details").all() if one.is_visible()] == []
    sheet = [one for one in quiz.locator(".cb-answer-sheet li").all() if one.is_visible()]
    assert [one.get_attribute("data-cb-answer") for one in sheet] == ids(quiz)
    assert quiz.locator(".cb-answer-sheet").evaluate("one => getComputedStyle(one).breakBefore") == "page"


def test_the_same_answers_are_not_right_in_every_trust(quiz: Page, web: str, taken: dict[str, TakenQuiz]) -> None:
    both = [
        one.id for one in taken[TRUST].pool
        if (other := taken["laat"].by_id.get(one.id)) and one.right != other.right
    ]  # fmt: skip
    assert len(both) >= 15
    here = {one.id: one.right for one in taken[TRUST].pool}
    quiz.goto(web + QUIZ.replace("att/", "laat/"))
    for name in both:
        assert quiz.locator(f"#question-{name}").get_attribute("data-right") != " ".join(here[name])


@pytest.mark.parametrize("trust", ["archway", "att", "catholic", "laat", "lwlat"])
def test_a_seed_gives_the_same_draw_in_the_page_as_in_python(
    page: Page, web: str, trust: str, taken: dict[str, TakenQuiz]
) -> None:
    """A thousand seeds for each trust, several attempts, with and without a role, questions and options."""
    quiz = taken[trust]
    cases = [(f"Seed {n} ü", n % 5, quiz.roles[0] if quiz.roles and n % 2 else "") for n in range(1000)]
    here = [
        [[one.id, list(draw_options(one, seed, attempt))] for one in drawn(quiz, seed, attempt, role)]
        for seed, attempt, role in cases
    ]
    page.goto(web + QUIZ.replace(TRUST, trust, 1))
    there = page.evaluate(
        """([cases, count]) => {
            const words = text => text ? text.split(" ") : [];
            const cards = [...document.querySelectorAll("[data-cb-question]")].map(({dataset: own}) => ({
                id: own.cbQuestion, kind: own.kind, group: own.group, mustKnow: "mustKnow" in own, isSaid: "said" in own,
                roles: words(own.roles), options: words(own.options)}));
            const order = words(document.querySelector("form[data-cb-quiz]").dataset.pool);
            cards.sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
            return cases.map(([seed, attempt, role]) => clausebookQuiz.drawQuestions(cards, seed, attempt, count, role)
                .map(card => [card.id, clausebookQuiz.drawOptions(card.id, card.kind, card.options, seed, attempt)]));
        }""",
        [cases, quiz.count],
    )
    assert there == here


def test_the_page_shows_the_draw_of_its_seed(page: Page, web: str, taken: dict[str, TakenQuiz]) -> None:
    for seed in ("one", "another", "a third"):
        open_at(page, web + QUIZ, taken[TRUST], seed, attempt=1)
        there = drawn(taken[TRUST], seed, 1)
        assert ids(page) == [one.id for one in there]
        for question, one in zip(asked(page), there, strict=True):
            shown = [option.get_attribute("data-cb-option") for option in question.locator("[data-cb-option]").all()]
            assert shown == list(draw_options(one, seed, 1))
