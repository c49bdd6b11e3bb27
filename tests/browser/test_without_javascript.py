"""Without JavaScript everything can still be read, answered, signed and reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .kinds import ACKNOWLEDGE, KINDS, MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS, POLICY, QUIZ, TRUST


def test_every_clause_is_shown_and_no_filter(
    plain: Page, web: str, records: Callable[[str], list[dict[str, Any]]]
) -> None:
    plain.goto(web + POLICY)
    ids = [one["id"] for one in records("clauses") if one["trust"] == TRUST]
    assert len(ids) > 50
    hidden = [one for one in ids if not plain.locator(f"[id='{one}']").is_visible()]
    assert hidden == []
    expect(plain.locator("[data-cb-filter]")).to_be_hidden()


def test_a_clause_links_to_itself(plain: Page, web: str) -> None:
    plain.goto(web + POLICY)
    clause = plain.locator("[data-cb-clause]").nth(3)
    clause.locator("summary").click()
    clause.get_by_role("link", name="Link to this clause").click()
    assert plain.url == web + POLICY + "#" + str(clause.locator("h3").get_attribute("id"))


def test_each_quiz_answer_can_be_opened(plain: Page, web: str) -> None:
    plain.goto(web + QUIZ)
    expect(plain.get_by_text("This page needs JavaScript to mark your answers.")).to_be_visible()
    expect(plain.get_by_role("button", name="Check answer")).to_be_hidden()
    questions = plain.locator("fieldset:visible")
    assert questions.count() == 10
    for question in questions.all():
        answers = question.locator(".cb-answer-key__answer strong")
        expect(answers.first).to_be_hidden()
        question.locator("summary").first.click()
        expect(answers.first).to_be_visible()
        options = [option.strip() for option in question.locator(".cb-option").all_inner_texts()]
        assert [text.strip() in options for text in answers.all_inner_texts()].count(True) == len(
            str(question.get_attribute("data-right")).split()
        )


def test_acknowledging_is_offered_on_paper(plain: Page, web: str) -> None:
    plain.goto(web + ACKNOWLEDGE)
    expect(plain.locator("[data-cb-acknowledge]")).to_be_hidden()
    expect(plain.locator("[data-cb-statement]")).to_be_hidden()
    expect(plain.get_by_text("This needs JavaScript. Without it, use the form on paper below.")).to_be_visible()
    for row in ("Name", "Signature", "Date"):
        expect(plain.get_by_role("rowheader", name=row, exact=True)).to_be_visible()


@pytest.mark.parametrize("address", [MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_matrix_is_a_table(width: int, address: str, plain: Page, web: str) -> None:
    plain.set_viewport_size({"width": width, "height": 900})
    plain.goto(web + address)
    first = plain.get_by_role("table").first
    assert first.get_by_role("columnheader").all_inner_texts()[1:] == [
        "Archway",
        "ATT",
        "Catholic trust",
        "LAAT",
        "LwLAT",
    ]
    row = first.get_by_role("row").nth(1)
    assert row.get_by_role("rowheader").count() == 1
    assert row.get_by_role("cell").count() == 5
    assert all(text.strip() for text in row.get_by_role("cell").all_inner_texts())


def test_a_reader_gets_from_the_hub_to_the_acknowledgement(plain: Page, web: str) -> None:
    plain.goto(web + KINDS["hub-home"])
    plain.get_by_role("link", name="Academy Transformation Trust", exact=True).click()
    plain.get_by_role("link", name="Read the whole policy").click()
    assert plain.url == web + POLICY
    plain.get_by_role("link", name="Confirm", exact=True).first.click()
    assert plain.url == web + ACKNOWLEDGE


def test_the_menu_opens_on_a_phone(plain: Page, web: str) -> None:
    plain.set_viewport_size({"width": 390, "height": 844})
    plain.goto(web + POLICY)
    plain.locator("label.md-header__button[for=__drawer]").click()
    plain.locator(".md-nav--primary").get_by_role("link", name="Check yourself").click()
    assert plain.url == web + QUIZ
