"""The page of a policy's departures from its model, and that of who adopted which model, as a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_kit import served
from starter_site import starter_site

from .test_valid_html import errors
from .visits import visit_page

POLICY = "larkhill-example/whistleblowing"
DEPARTURES = f"{POLICY}/departures/index.html"
MODELS = "compare/models/index.html"


@pytest.fixture(scope="module")
def starter() -> Path:
    return starter_site().parent


@pytest.fixture(scope="module")
def address(starter: Path) -> Iterator[str]:
    with served(starter) as address:
        yield address


@pytest.mark.parametrize("at", [DEPARTURES, MODELS])
def test_a_visit_finds_nothing_wrong(at: str, browser: Browser, starter: Path, address: str) -> None:
    seen = visit_page(browser, address, starter.as_uri() + "/", at)
    assert (seen.wrong, seen.objections, seen.on_paper, seen.on_a_phone) == ({"web": [], "folder": []}, [], [], [])


def test_every_page_is_valid(starter: Path) -> None:
    assert errors(starter) == []


def test_four_departures_are_four_lines_on_the_first_screen_of_a_phone(phone: Page, address: str) -> None:
    phone.goto(address + DEPARTURES)
    lines = phone.locator("article ol > li")
    assert lines.all_inner_texts() == [
        "Left out: clause 2.4 of the model", "Only names filled in: clause 3.3", "Added: clause 3.6", "Tightened: clause 4.2",
    ]  # fmt: skip
    for line in lines.all():
        expect(line).to_be_in_viewport(ratio=1)


def test_a_reason_stands_with_its_departure_and_the_others_say_that_there_is_none(plain: Page, address: str) -> None:
    plain.goto(address + DEPARTURES)
    told = plain.get_by_role("article", name="of 4")
    assert ["No reason given." in one for one in told.all_inner_texts()] == [True, True, True, False]
    assert "The unions asked for a fixed promise" in told.last.inner_text()


def test_the_newer_model_is_shown_beside_the_older_one_and_the_policy(plain: Page, address: str) -> None:
    plain.goto(address + MODELS)
    plain.get_by_role("link", name="October 2026 (version 2) is out").click()
    plain.wait_for_url(f"**/{DEPARTURES}#newer")
    decide = plain.get_by_role("article", name="2 of 3 Both texts changed")
    assert decide.locator("dt").all_inner_texts() == ["The model then", "The model now", "This policy"]
    then, now, ours = decide.locator("dd").all_inner_texts()
    assert "should tell" in then
    assert "twenty" in now
    assert "must tell whoever spoke up what came of it within thirty" in ours


def test_a_clause_says_what_it_has_from_the_model(plain: Page, address: str) -> None:
    plain.goto(f"{address}{POLICY}/index.html")
    rows = plain.locator(".cb-meta div", has=plain.locator("dt", has_text="Model"))
    told = [row.locator("dd").text_content() for row in rows.all()]
    assert [one for one in told if one and "unchanged" not in one] == [
        f"{kind}, against Model whistleblowing policy (made up), September 2025 (version 1)"
        for kind in ("Only names filled in", "Added", "Tightened")
    ]
    assert plain.get_by_role("link", name="Where it departs from its model").count()
