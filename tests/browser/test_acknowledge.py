"""A reader confirms and takes the confirmation away by one button; the page never claims that anybody has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from clausebook.model.handbook import Handbook
from clausebook.quizzes.marking import Marked
from clausebook.quizzes.slips import Slip, find_slips
from quiz_slips import mark_slip
from taking_quiz import pass_quiz

from .kinds import ACKNOWLEDGE, QUIZ, TRUST

NAME = "Zoë O’Connor-Brown"


@pytest.fixture
def form(page: Page, web: str) -> Page:
    page.goto(web + ACKNOWLEDGE)
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    return page


def make(page: Page) -> str:
    page.get_by_label("Your full name").fill(NAME)
    page.get_by_role("checkbox", name="I have read").check()
    page.get_by_role("button", name="Save").click()
    return page.get_by_label("Your confirmation").input_value()


def test_a_name_and_a_tick_are_required(form: Page) -> None:
    button = form.get_by_role("button", name="Save")
    button.click()
    expect(form.get_by_label("Your confirmation")).to_be_hidden()
    expect(form.get_by_label("Your full name")).to_be_focused()
    form.get_by_label("Your full name").fill(NAME)
    button.click()
    expect(form.get_by_label("Your confirmation")).to_be_hidden()
    expect(form.get_by_role("checkbox", name="I have read")).to_be_focused()


def test_a_name_of_blanks_is_none(form: Page) -> None:
    form.get_by_label("Your full name").fill("   ")
    form.get_by_role("checkbox", name="I have read").check()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_label("Your confirmation")).to_be_hidden()


def test_the_statement_says_who_read_what(form: Page, records: Callable[[str], list[dict[str, Any]]]) -> None:
    trust = next(one for one in records("trusts") if one["id"] == TRUST)
    policy = trust["policies"][0]
    text = make(form)
    assert f"I have read the {trust['name']} {policy['title']}" in text
    assert f"Name: {NAME}" in text
    assert f"Policy: {trust['name']}: {policy['title']}" in text
    assert f"Revision: {policy['revision']}" in text
    assert f"Digest of its text (SHA-256): {policy['digest']}" in text
    assert re.search(r"Date and time on this device: \d{4}-\d\d-\d\d \d\d:\d\d UTC", text)
    assert "Role or academy: not given" in text


def test_the_focus_goes_to_the_statement(form: Page) -> None:
    make(form)
    expect(form.get_by_role("heading", name="Your confirmation")).to_be_focused()
    expect(form.get_by_role("heading", name="Your confirmation")).to_be_in_viewport()


def test_copy(context: BrowserContext, form: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = make(form)
    form.get_by_role("button", name="Copy").click()
    expect(form.locator("[data-cb-statement] [role=status]")).to_contain_text("Copied.")
    assert form.evaluate("navigator.clipboard.readText()") == text


def test_save(form: Page, records: Callable[[str], list[dict[str, Any]]], tmp_path: Path) -> None:
    text = make(form)
    policy = next(one for one in records("trusts") if one["id"] == TRUST)["policies"][0]
    with form.expect_download() as waiting:
        form.get_by_role("button", name="Save").click()
    assert waiting.value.suggested_filename == f"confirmation-{TRUST}-social-media-{policy['revision']}.txt"
    waiting.value.save_as(tmp_path / "saved.txt")
    assert (tmp_path / "saved.txt").read_text(encoding="utf-8") == text + "\n"


@pytest.mark.parametrize("width", [390, 1280])
def test_all_of_the_statement_shows(form: Page, width: int) -> None:
    form.set_viewport_size({"width": width, "height": 844})
    make(form)
    assert form.get_by_label("Your confirmation").evaluate("field => field.scrollHeight <= field.clientHeight")


def test_print(form: Page) -> None:
    make(form)
    form.evaluate("window.print = () => { document.title = 'printed'; }")
    form.get_by_role("button", name="Print").click()
    expect(form).to_have_title("printed")


def test_the_statement_is_on_the_printed_page(form: Page) -> None:
    make(form)
    form.emulate_media(media="print")
    expect(form.get_by_label("Your confirmation")).to_be_visible()
    assert form.get_by_label("Your confirmation").evaluate("one => one.scrollHeight <= one.clientHeight + 1")


def test_nobody_is_said_to_have_received_it(context: BrowserContext, form: Page) -> None:
    context.grant_permissions(["clipboard-write"])
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))
    make(form)
    said = [form.locator("main").inner_text()]
    for button in ("Copy", "Save"):
        form.get_by_role("button", name=button).click()
        said.append(form.locator("[data-cb-statement]").inner_text())
    assert "No one else has it yet: send it to HR." in said[0]
    assert "Nothing is sent by itself" in said[0]
    claims = re.compile(r"\b(received|submitted|delivered|recorded|registered|has been sent)\b", re.IGNORECASE)
    assert [claims.findall(text) for text in said] == [[], [], []]
    assert [one for one in asked if not one.startswith("blob:")] == []


def test_email_writes_an_email_with_all_of_it(form: Page) -> None:
    form.evaluate("HTMLAnchorElement.prototype.click = function () { document.title = this.href; }")
    form.get_by_label("Your full name").fill(NAME)
    form.get_by_role("checkbox", name="I have read").check()
    form.get_by_role("button", name="Email it").click()
    address = urlsplit(form.title())
    assert address.scheme == "mailto"
    told = parse_qs(address.query)
    assert told["subject"] == ["Confirmation: Social media policy"]
    assert told["body"] == [form.get_by_label("Your confirmation").input_value()]
    expect(form.locator("[data-cb-statement] [role=status]")).to_contain_text("until then no one has it")


def test_sharing_is_offered_where_the_device_can(form: Page, web: str) -> None:
    expect(form.get_by_role("button", name="Share")).to_be_hidden()
    form.add_init_script("navigator.share = told => { window.shared = told; return Promise.resolve(); }")
    form.goto(web + ACKNOWLEDGE)
    form.get_by_label("Your full name").fill(NAME)
    form.get_by_role("checkbox", name="I have read").check()
    form.get_by_role("button", name="Share").click()
    expect(form.locator("[data-cb-statement] [role=status]")).to_have_text(
        "You shared it. This page cannot see who got it."
    )
    assert form.evaluate("window.shared.text") == form.get_by_label("Your confirmation").input_value()


def test_a_passed_quiz_goes_with_it_and_hr_can_mark_it(page: Page, web: str, handbook: Handbook) -> None:
    page.goto(web + QUIZ)
    pass_quiz(page)
    page.get_by_role("link", name="Next: confirm you have read").click()
    expect(page.locator("[data-cb-quiz-told]")).to_have_text(
        "Your quiz result goes with it. You passed: 10 of 10 right."
    )
    text = make(page)
    assert "Quiz: You passed: 10 of 10 right." in text
    (slip,) = find_slips(text)
    assert isinstance(slip, Slip)
    marked = mark_slip(slip, handbook)
    assert isinstance(marked, Marked), marked
    assert marked.score == 10


def test_nothing_of_it_is_kept(form: Page) -> None:
    make(form)
    assert NAME not in form.evaluate("JSON.stringify([localStorage, sessionStorage])")
