"""Search finds a clause's word and leads to the clause, behind a web host and from a folder without any network."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .kinds import DEPTHS, KINDS, TRUST


def search(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Search").click()
    page.get_by_role("textbox", name="Search").press_sequentially(words)
    expect(page.locator(".md-search-result__link").first).to_be_visible()


@pytest.mark.parametrize("address", DEPTHS)
@pytest.mark.parametrize("place", ["web", "folder"])
def test_a_word_of_a_clause_leads_to_the_policy(
    place: str, address: str, context: BrowserContext, page: Page, request: pytest.FixtureRequest
) -> None:
    home = request.getfixturevalue(place)
    if place == "folder":
        context.set_offline(True)
    page.goto(home + address)
    search(page, "encyclopaedias")
    page.locator(f".md-search-result__link[href*='{TRUST}/social-media/index.html']").first.click()
    page.wait_for_url(home + f"{TRUST}/social-media/index.html**")
    shown = page.locator("[data-cb-clause]", has_text="encyclopaedias").first
    expect(shown).to_be_attached()


@pytest.mark.parametrize("address", [KINDS["hub-home"], KINDS["hub-questions"], KINDS["hub-question"]])
@pytest.mark.parametrize("place", ["web", "folder"])
def test_the_hub_finds_a_question(place: str, address: str, page: Page, request: pytest.FixtureRequest) -> None:
    home = request.getfixturevalue(place)
    page.goto(home + address)
    search(page, "journalist")
    page.locator(".md-search-result__link[href*='compare/questions/journalist/index.html']").first.click()
    page.wait_for_url(home + "compare/questions/journalist/index.html**")
    expect(page.locator("h1")).to_contain_text("journalist")


def test_a_word_that_stands_nowhere_is_said_to_stand_nowhere(page: Page, web: str) -> None:
    page.goto(web + DEPTHS[1])
    page.get_by_role("textbox", name="Search").click()
    page.get_by_role("textbox", name="Search").press_sequentially("xylophone")
    expect(page.locator(".md-search-result__meta")).to_have_text(
        "Not stated here. That does not mean it is allowed: ask first."
    )
