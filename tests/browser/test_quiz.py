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

from .kinds import QUIZ, TRUST

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
    kept = {"seed": seed, "attempt": 0, "role": "", "answers": {}, "checked": None, "finished": "", **state}
    page.evaluate(
        "([key, state]) => localStorage.setItem(key, JSON.stringify(state))",
        [f"clausebook.quiz.{quiz.id}.{quiz.mark}", kept],
    )
    page.reload()
    return page


@pytest.fixture
def quiz(page: Page, web: str, taken: dict[str, TakenQuiz]) -> Page:
    """ATT's quiz, with a draw of single choices only, so that the first option that is not right is a wrong answer."""
    single = ("single", "true-false")
    seed = next(str(n) for n in range(SEEDS) if all(one.question.kind in single for one in drawn(taken[TRUST], str(n))))
    return open_at(page, web + QUIZ, taken[TRUST], seed)


def drawn(quiz: TakenQuiz, seed: str, attempt: int = 0, role: str = "") -> list[Any]:
    return list(draw_questions(quiz.pool, seed, attempt, quiz.count, role))


def seed_with(quiz: TakenQuiz, kind: str, role: str = "") -> str:
    """A seed whose first draw has a question of this kind."""
    return next(
        str(n) for n in range(SEEDS) if any(one.question.kind == kind for one in drawn(quiz, str(n), role=role))
    )


def asked(page: Page) -> list[Locator]:
    """The questions that a reader sees, in the order of the page."""
    return [one for one in page.locator("[data-cb-question]").all() if one.is_visible()]


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


def answer(page: Page, *, wrong: int = 0, leave: int = 0) -> None:
    """The first `wrong` questions wrong, the last `leave` not at all, all others right."""
    questions = asked(page)
    for place, question in enumerate(questions[: len(questions) - leave]):
        answer_one(question, wrong=place < wrong)


def check(page: Page) -> None:
    page.get_by_role("button", name="Check answers").click()


def result(page: Page) -> Locator:
    return page.locator("[data-cb-result]")


def verdicts(page: Page) -> list[str]:
    return [one.locator("[data-cb-verdict]").inner_text() for one in asked(page)]


def slip(page: Page) -> dict[str, Any]:
    """What the line of the slip says."""
    line = page.get_by_label(re.compile("^The line")).input_value()
    text = line.removeprefix("quiz1.")
    assert text != line
    return dict(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))))


def test_all_right_is_a_pass_with_a_slip(quiz: Page) -> None:
    assert len(asked(quiz)) == QUESTIONS
    assert verdicts(quiz) == [""] * QUESTIONS
    assert [
        one
        for one in quiz.get_by_text("Answer", exact=False).all()
        if one.is_visible() and one.evaluate("one => one.tagName") == "SUMMARY"
    ] == []
    answer(quiz)
    assert verdicts(quiz) == [""] * QUESTIONS
    check(quiz)
    expect(result(quiz)).to_have_text(f"{QUESTIONS} of {QUESTIONS} correct. That is a pass.")
    assert verdicts(quiz) == ["Correct."] * QUESTIONS
    assert quiz.locator("[data-cb-details] a").count() == 0
    quiz.get_by_role("link", name="Your completion slip").click()
    expect(quiz.get_by_role("heading", name="Completion slip")).to_be_in_viewport()
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
    expect(result(quiz)).to_have_text(f"{PASS} of {QUESTIONS} correct. That is a pass.")


def test_one_fewer_is_not_and_there_is_no_slip(quiz: Page) -> None:
    answer(quiz, wrong=QUESTIONS - PASS + 1)
    check(quiz)
    expect(result(quiz)).to_have_text(f"{PASS - 1} of {QUESTIONS} correct. The pass mark is {PASS}.")
    expect(quiz.get_by_role("heading", name="Completion slip")).to_be_hidden()


def test_the_summary_takes_the_focus_and_leads_to_what_was_wrong(quiz: Page) -> None:
    answer(quiz, wrong=3)
    check(quiz)
    summary = quiz.locator("[data-cb-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    told = verdicts(quiz)
    assert [text.startswith("Not correct. ") and len(text) > 25 for text in told[:3]] == [True] * 3
    assert told[3:] == ["Correct."] * (QUESTIONS - 3)
    links = summary.locator("[data-cb-details]").get_by_role("link")
    assert links.count() == 3
    assert links.nth(1).inner_text() == "2. " + asked(quiz)[1].locator("legend strong").inner_text()
    links.nth(1).click()
    second = asked(quiz)[1]
    expect(second.locator("legend")).to_be_in_viewport()
    expect(second.locator("[data-cb-verdict]")).to_be_focused()
    assert second.evaluate(
        "one => one.querySelector('legend').getBoundingClientRect().top"
        " >= document.querySelector('.md-header').getBoundingClientRect().bottom"
    )


def test_on_a_phone_the_score_is_seen_first_however_much_was_wrong(phone: Page, web: str) -> None:
    phone.goto(web + QUIZ)
    answer(phone, wrong=QUESTIONS)
    phone.mouse.wheel(0, -50)
    check(phone)
    heading = result(phone)
    expect(heading).to_have_text(f"0 of {QUESTIONS} correct. The pass mark is {PASS}.")
    expect(heading).to_be_in_viewport(ratio=1)
    phone.wait_for_function(
        "document.querySelector('[data-cb-summary] h2').getBoundingClientRect().top"
        " >= document.querySelector('.md-header').getBoundingClientRect().bottom"
    )
    assert heading.evaluate(
        """one => { const box = one.getBoundingClientRect();
            return one.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)); }"""
    ), "something lies over it"


def test_what_is_not_answered_is_asked_for_and_no_answer_is_given_away(quiz: Page) -> None:
    check(quiz)
    expect(result(quiz)).to_have_text(f"{QUESTIONS} questions have no answer yet.")
    answer(quiz, leave=1)
    check(quiz)
    expect(result(quiz)).to_have_text("One question has no answer yet.")
    expect(quiz.locator("[data-cb-summary]")).to_be_focused()
    assert verdicts(quiz) == [""] * QUESTIONS
    assert quiz.locator("details:visible, .cb-mark").count() == 0
    quiz.locator("[data-cb-details] a").click()
    expect(asked(quiz)[-1].locator("input").first).to_be_focused()
    answer(quiz)
    check(quiz)
    expect(result(quiz)).to_have_text(f"{QUESTIONS} of {QUESTIONS} correct. That is a pass.")


def test_each_option_says_whether_it_is_right_and_whether_it_was_chosen(quiz: Page) -> None:
    answer(quiz, wrong=1)
    check(quiz)
    first, second = asked(quiz)[:2]
    assert first.locator(".cb-mark").all_inner_texts().count("Your answer: not correct") == 1
    assert first.locator(".cb-mark").all_inner_texts().count("Correct answer") == 1
    assert second.locator(".cb-mark").all_inner_texts() == ["Your answer: correct"]
    chosen = first.locator(".cb-option:has(input:checked)")
    expect(chosen).to_contain_text("Your answer: not correct")
    colours = "one => getComputedStyle(one.querySelector('label')).borderTopColor"
    right = first.locator(".cb-option:not(:has(input:checked)):has(.cb-mark)")
    assert chosen.evaluate(colours) != right.evaluate(colours)
    assert chosen.evaluate("one => getComputedStyle(one.querySelector('label')).borderTopStyle") == "dashed"
    quiz.get_by_role("button", name="Try again").click()
    assert quiz.locator(".cb-mark").count() == 0


def test_a_wrong_answer_opens_the_clause_that_makes_another_right(quiz: Page) -> None:
    answer(quiz, wrong=1)
    check(quiz)
    first, second = asked(quiz)[:2]
    wrong = str(first.locator("input:checked").get_attribute("value"))
    said = first.locator(f"[data-cb-says='{wrong}'] span").inner_text()
    assert first.locator("[data-cb-verdict]").inner_text() == f"Not correct. {said}"
    assert not second.locator("details").evaluate("one => one.open")
    cited = first.locator(".cb-quote .cb-cite a").first
    expect(cited).to_be_visible()
    address = str(cited.get_attribute("href"))
    cited.click()
    assert quiz.url.endswith("#" + address.partition("#")[2])
    expect(quiz.locator(f"[id='{address.partition('#')[2]}']")).to_be_in_viewport()


def test_an_attempt_that_was_marked_is_over(quiz: Page) -> None:
    answer(quiz, wrong=5)
    check(quiz)
    assert all(one.is_disabled() for question in asked(quiz) for one in question.locator("input, select").all())
    expect(quiz.get_by_role("button", name="Check answers")).to_be_hidden()
    quiz.reload()
    expect(result(quiz)).to_have_text(f"5 of {QUESTIONS} correct. The pass mark is {PASS}.")
    expect(quiz.get_by_role("button", name="Check answers")).to_be_hidden()


def test_each_new_attempt_asks_what_was_not_asked_while_the_pool_lasts(quiz: Page, taken: dict[str, TakenQuiz]) -> None:
    pool = {one.id for one in taken[TRUST].pool if not one.question.roles}
    met = set(ids(quiz))
    while len(pool - met) >= QUESTIONS:
        answer(quiz)
        check(quiz)
        quiz.get_by_role("button", name="Try again with other questions").click()
        expect(asked(quiz)[0].locator("input, select").first).to_be_focused()
        assert quiz.locator("[data-cb-said]").inner_text().endswith(f": {QUESTIONS} questions.")
        assert not met & set(ids(quiz))
        met |= set(ids(quiz))
    assert len(met) >= 2 * QUESTIONS


def test_a_reload_keeps_the_answers_and_forgetting_leaves_nothing(quiz: Page) -> None:
    answer(quiz, wrong=1)
    chosen = "all => all.map(one => one.name + '=' + one.value)"
    before = quiz.eval_on_selector_all("[data-cb-question] input:checked", chosen)
    assert len(before) == QUESTIONS
    quiz.reload()
    assert quiz.eval_on_selector_all("[data-cb-question] input:checked", chosen) == before
    quiz.get_by_role("button", name="Clear my answers").click()
    assert quiz.locator("[data-cb-question] input:checked").count() == 0
    answer(quiz)
    quiz.get_by_role("button", name="Forget everything on this device").click()
    assert quiz.locator("[data-cb-question] input:checked").count() == 0
    assert [key for key in quiz.evaluate("Object.keys(localStorage)") if "quiz" in key] == []


def test_by_keyboard_alone(quiz: Page) -> None:
    asked(quiz)[0].get_by_role("radio").first.focus()
    for question in asked(quiz):
        quiz.keyboard.press("Space")
        expect(question.locator("input:checked")).to_be_focused()
        while question.locator("input:checked").get_attribute("value") != question.get_attribute("data-right"):
            quiz.keyboard.press("ArrowDown")
        quiz.keyboard.press("Tab")  # to the next question, or to the button
    expect(quiz.get_by_role("button", name="Check answers")).to_be_focused()
    quiz.keyboard.press("Enter")
    expect(quiz.locator("[data-cb-summary]")).to_be_focused()
    expect(quiz.locator("[data-cb-summary]")).to_contain_text("That is a pass.")


def test_a_screen_reader_is_told_what_each_thing_is(quiz: Page) -> None:
    tree = quiz.locator("form.cb-quiz").aria_snapshot()
    groups = re.findall(r'- group "(\d+\. .*?)":?$', tree, re.MULTILINE)
    assert len(groups) == QUESTIONS
    for group, one in zip(groups, asked(quiz), strict=True):
        assert one.locator("legend strong").inner_text() in group.replace('\\"', '"')
    assert len(re.findall(r'- radio ".+"', tree)) >= QUESTIONS * 2
    assert not re.findall(r"- radio(?! \")", tree)
    assert quiz.locator("[data-cb-said][role=status]").inner_text() == ""
    answer(quiz)
    check(quiz)
    expect(quiz.get_by_role("region", name=re.compile(f"of {QUESTIONS} correct"))).to_be_visible()
    described = asked(quiz)[0].evaluate(
        "one => document.getElementById(one.getAttribute('aria-describedby')).textContent"
    )
    assert described == "Correct."


def test_several_right_answers_must_all_be_chosen(page: Page, web: str, taken: dict[str, TakenQuiz]) -> None:
    open_at(page, web + QUIZ, taken[TRUST], seed_with(taken[TRUST], "multiple"))
    question = next(one for one in asked(page) if one.get_attribute("data-kind") == "multiple")
    expect(question.locator("legend")).to_contain_text("Choose all that are right.")
    right = str(question.get_attribute("data-right")).split()
    answer(page)
    for one in right[1:]:
        question.locator(f"input[value='{one}']").uncheck()
    check(page)
    told = "Not correct. Something is missing: more of these are right." if len(right) > 1 else "Correct."
    expect(question.locator("[data-cb-verdict]")).to_have_text(told)


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
        answer(page)
        for select in order().locator("select").all():
            select.select_option("")
        act(order())
        check(page)
        return order().locator("[data-cb-verdict]").inner_text()

    assert told(answer_one) == "Correct."
    assert told(lambda one: answer_one(one, wrong=True)) == "Not correct."
    expect(order().locator("details ol")).to_be_visible()
    assert told(lambda one: one.locator("select").first.select_option("1")) == "Give each step a place of its own."
    assert told(lambda _: None) == ""
    expect(order().locator("details ol")).to_be_hidden()


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
    expect(quiz.get_by_role("heading", name="Completion slip")).to_be_visible()
    quiz.get_by_role("button", name="Copy the line").click()
    assert requests == []
    assert quiz.url == address


def test_the_slip_can_be_saved_as_a_file_with_its_line(quiz: Page) -> None:
    answer(quiz)
    check(quiz)
    with quiz.expect_download() as download:
        quiz.get_by_role("button", name="Save the slip").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert f"Result: {QUESTIONS} of {QUESTIONS} correct. That is a pass. Attempt 1." in text
    assert quiz.get_by_label(re.compile("^The line")).input_value() in text


def test_on_paper_the_answers_stand_on_a_sheet_of_their_own(quiz: Page) -> None:
    quiz.emulate_media(media="print")
    assert [one for one in quiz.locator(".cb-quiz details").all() if one.is_visible()] == []
    sheet = [one for one in quiz.locator(".cb-answer-sheet li").all() if one.is_visible()]
    assert [one.get_attribute("data-cb-answer") for one in sheet] == ids(quiz)
    assert quiz.locator(".cb-answer-sheet").evaluate("one => getComputedStyle(one).breakBefore") == "page"


def test_choosing_alone_marks_nothing(quiz: Page) -> None:
    asked(quiz)[0].get_by_role("radio").first.check()
    expect(quiz.locator("[data-cb-summary]")).to_be_hidden()
    assert verdicts(quiz) == [""] * QUESTIONS


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
