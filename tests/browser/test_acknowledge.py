"""A reader makes a statement and takes it away; the page never claims that anybody has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .kinds import ACKNOWLEDGE, TRUST

NAME = "Zoë O’Connor-Brown"


@pytest.fixture
def form(page: Page, web: str) -> Page:
    page.goto(web + ACKNOWLEDGE)
    expect(page.get_by_role("button", name="Make my statement")).to_be_visible()
    return page


def make(page: Page) -> str:
    page.get_by_label("Your full name").fill(NAME)
    page.get_by_role("checkbox", name="I have read").check()
    page.get_by_role("button", name="Make my statement").click()
    return page.get_by_label("Text to pass on").input_value()


def test_a_name_and_a_tick_are_required(form: Page) -> None:
    button = form.get_by_role("button", name="Make my statement")
    button.click()
    expect(form.get_by_label("Text to pass on")).to_be_hidden()
    expect(form.get_by_label("Your full name")).to_be_focused()
    form.get_by_label("Your full name").fill(NAME)
    button.click()
    expect(form.get_by_label("Text to pass on")).to_be_hidden()
    expect(form.get_by_role("checkbox", name="I have read")).to_be_focused()


def test_a_name_of_blanks_is_none(form: Page) -> None:
    form.get_by_label("Your full name").fill("   ")
    form.get_by_role("checkbox", name="I have read").check()
    form.get_by_role("button", name="Make my statement").click()
    expect(form.get_by_label("Text to pass on")).to_be_hidden()


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
    expect(form.get_by_role("heading", name="Your statement")).to_be_focused()
    expect(form.get_by_role("heading", name="Your statement")).to_be_in_viewport()


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
        form.get_by_role("button", name="Save as a file").click()
    assert waiting.value.suggested_filename == f"acknowledgement-{TRUST}-social-media-{policy['revision']}.txt"
    waiting.value.save_as(tmp_path / "saved.txt")
    assert (tmp_path / "saved.txt").read_text(encoding="utf-8") == text + "\n"


@pytest.mark.parametrize("width", [390, 1280])
def test_all_of_the_statement_shows(form: Page, width: int) -> None:
    form.set_viewport_size({"width": width, "height": 844})
    make(form)
    assert form.get_by_label("Text to pass on").evaluate("field => field.scrollHeight <= field.clientHeight")


def test_print(form: Page) -> None:
    make(form)
    form.evaluate("window.print = () => { document.title = 'printed'; }")
    form.get_by_role("button", name="Print").click()
    expect(form).to_have_title("printed")


def test_the_statement_is_on_the_printed_page(form: Page) -> None:
    make(form)
    form.emulate_media(media="print")
    expect(form.get_by_label("Text to pass on")).to_be_visible()
    assert form.get_by_label("Text to pass on").evaluate("one => one.scrollHeight <= one.clientHeight + 1")


def test_nobody_is_said_to_have_received_it(context: BrowserContext, form: Page) -> None:
    context.grant_permissions(["clipboard-write"])
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))
    make(form)
    said = [form.locator("main").inner_text()]
    for button in ("Copy", "Save as a file"):
        form.get_by_role("button", name=button).click()
        said.append(form.locator("[data-cb-statement]").inner_text())
    assert "It has not been sent to anybody" in said[0]
    assert "This page sends nothing." in said[0]
    claims = re.compile(r"\b(received|submitted|delivered|recorded|registered|has been sent)\b", re.IGNORECASE)
    assert [claims.findall(text) for text in said] == [[], [], []]
    assert [one for one in asked if not one.startswith("blob:")] == []


def test_nothing_of_it_is_kept(form: Page) -> None:
    make(form)
    assert NAME not in form.evaluate("JSON.stringify([localStorage, sessionStorage])")
