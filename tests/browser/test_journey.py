"""Read, check, confirm: the trust's first page says how far a reader is, as their own device keeps it, and deletes it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from axe import violations
from taking_quiz import answer, check

from .kinds import KINDS, POLICY, TRUST


@pytest.fixture
def home(phone: Page, web: str) -> Page:
    phone.goto(web + KINDS["home"])
    return phone


def done(page: Page) -> list[str]:
    return [str(one.get_attribute("data-cb-step")) for one in page.locator("[data-cb-step][data-done]").all()]


def test_the_whole_path_is_told_step_by_step(home: Page, web: str) -> None:
    status = home.locator("[data-cb-journey-status]")
    expect(status).to_be_hidden()
    assert done(home) == []
    content = home.locator(".md-content")
    content.get_by_role("link", name="Quick guide").tap()
    content.get_by_role("link", name="Next: check yourself").tap()
    answer(home, leave=6)
    home.goto(web + KINDS["home"])
    expect(status).to_have_text("1 of 3 done.")
    content.get_by_role("link", name="Go on with question 10 of 10").tap()
    answer(home)
    check(home)
    home.goto(web + KINDS["home"])
    expect(status).to_have_text("2 of 3 done.")
    assert done(home) == ["read", "check"]
    assert [one.inner_text() for one in home.locator(".cb-steps .cb-button:not(.cb-button--quiet)").all()] == [
        "Confirm"
    ]
    content.get_by_role("link", name="Confirm", exact=True).tap()
    home.get_by_label("Your full name").fill("Sam Sample")
    home.get_by_role("checkbox", name="I have read").check()
    with home.expect_download():
        home.get_by_role("button", name="Save").tap()
    home.goto(web + KINDS["home"])
    expect(status).to_have_text("3 of 3 done.")
    assert violations(home) == []


def test_going_on_from_the_whole_policy_counts_as_read(page: Page, web: str) -> None:
    page.goto(web + POLICY)
    page.locator("a[data-cb-reads]").click()
    page.goto(web + KINDS["home"])
    assert done(page) == ["read"]


def test_what_the_device_keeps_is_listed_and_deleted(home: Page, web: str) -> None:
    home.locator("#kept summary").tap()
    expect(home.locator("#kept")).to_contain_text("Nothing yet.")
    home.goto(web + KINDS["quiz"])
    answer(home, leave=8)
    home.goto(web + KINDS["home"])
    home.locator("#kept summary").tap()
    expect(home.locator("#kept li")).to_have_text(["Social media policy: quiz: question 10 of 10."])
    assert violations(home) == []
    home.get_by_role("button", name="Delete all of it").tap()
    expect(home.locator("#kept")).to_contain_text("Deleted. This device keeps nothing of your reading.")
    assert home.evaluate(f"Object.keys(localStorage).filter(key => key.includes('.{TRUST}'))") == []
    home.reload()
    assert done(home) == []


def test_an_older_text_counts_for_nothing(page: Page, web: str) -> None:
    page.goto(web + KINDS["home"])
    page.evaluate(
        f"localStorage.setItem('clausebook.reading.{TRUST}', JSON.stringify({{role: '', done: {{'social-media': 'another'}}, confirmed: {{}}}}))"
    )
    page.reload()
    assert done(page) == []


def test_without_javascript_the_three_steps_stand_there(plain: Page, web: str) -> None:
    plain.goto(web + KINDS["home"])
    assert plain.locator(".cb-step h2").all_inner_texts() == ["Read", "Check", "Confirm"]
    expect(plain.locator("#kept")).to_be_hidden()
