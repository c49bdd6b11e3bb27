"""axe-core finds nothing on any kind of page, light and dark, on a desk and on a phone, whatever is open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from axe import violations
from browser_kit import DESK, PHONE
from taking_quiz import answer, check

from .kinds import ACKNOWLEDGE, KINDS, POLICY, QUESTIONS, QUIZ
from .visits import Visit


def test_every_kind_of_page(visit: Visit) -> None:
    assert visit.objections == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_with_search_open(theme: str, page: Page, web: str) -> None:
    page.goto(web + POLICY)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.keyboard.press("/")
        page.get_by_role("textbox", name="Search").press_sequentially("logo")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert violations(page, views=[(theme, size)]) == []
        page.keyboard.press("Escape")
        expect(page.locator("#__search")).not_to_be_checked()  # else the next key finds it on its way to close


def test_with_the_drawer_open(phone: Page, web: str) -> None:
    phone.goto(web + POLICY)
    phone.locator("label.md-header__button[for=__drawer]").click()
    expect(phone.locator(".md-nav--primary")).to_be_in_viewport()
    assert violations(phone, views=[("light", PHONE), ("dark", PHONE)]) == []


@pytest.mark.parametrize("address", [POLICY, QUESTIONS, KINDS["quick-guide"]])
def test_with_details_opened(address: str, page: Page, web: str) -> None:
    page.goto(web + address)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert violations(page) == []


def test_with_a_question_answered_and_some_left_out(page: Page, web: str) -> None:
    page.goto(web + QUIZ)
    assert violations(page) == []
    answer(page, wrong=1, leave=9)
    page.get_by_role("button", name="Back", exact=True).click()
    assert violations(page) == []
    check(page)
    expect(page.locator("[data-cb-summary]")).to_contain_text("have no answer yet")
    assert violations(page) == []


def test_with_the_quiz_passed(page: Page, web: str) -> None:
    page.goto(web + QUIZ)
    answer(page, wrong=1)
    assert violations(page) == []
    check(page)
    page.get_by_role("heading", name="Keep your result").click()
    assert violations(page) == []
    page.get_by_role("button", name="Look at my answers").click()
    assert violations(page) == []


def test_with_a_statement_made(page: Page, web: str) -> None:
    page.goto(web + ACKNOWLEDGE)
    page.get_by_label("Your full name").fill("Ada Lovelace")
    page.get_by_role("checkbox", name="I have read").check()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_label("Your confirmation")).to_be_visible()
    assert violations(page) == []
