"""One search over all trusts: on a web host with an index; from a folder by everyday words, with the way to each site's own search."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from axe import violations

SEARCH = "search/index.html"


@pytest.fixture
def search(page: Page, web: str) -> Page:
    page.goto(web + SEARCH)
    expect(page.get_by_role("searchbox", name="Words")).to_be_visible()
    return page


def ask(page: Page, words: str) -> list[str]:
    """The addresses of what is found."""
    page.get_by_role("searchbox", name="Words").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("[data-cb-status]")).to_have_text(re.compile("ound|Not stated"))
    return page.locator(".cb-found h2 a").evaluate_all("all => all.map(one => new URL(one.href).pathname)")


def test_every_trust_that_speaks_of_it_is_found(search: Page) -> None:
    found = ask(search, "journalist")
    assert "/compare/questions/journalist/index.html" in found
    assert {"archway", "catholic"} <= {address.split("/")[1] for address in found}
    assert violations(search) == []


def test_one_trust_alone_can_be_searched_and_the_search_can_be_sent(search: Page, web: str) -> None:
    search.get_by_label("In", exact=True).select_option(label="ATT")
    found = ask(search, "friend requests")
    assert found
    assert {address.split("/")[1] for address in found} == {"att"}
    address = search.url
    search.goto("about:blank")
    search.goto(address)
    expect(search.locator(".cb-found h2").first).to_be_visible()
    assert search.get_by_role("searchbox", name="Words").input_value() == "friend requests"
    search.locator(".cb-found p a").first.click()
    search.wait_for_url(f"{web}att/**#*")


def test_a_word_that_stands_nowhere_is_no_permission(search: Page) -> None:
    assert ask(search, "xylophone") == []
    expect(search.locator("[data-cb-status]")).to_contain_text("ask first")


def test_from_a_folder_it_says_what_it_finds_and_where_else(page: Page, folder: str) -> None:
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text))
    page.goto(folder + SEARCH)
    expect(
        page.get_by_text("To search every word of the policies, use the search of a trust's own site")
    ).to_be_visible()
    page.locator("[data-cb-from-folder]").get_by_role("link").first.click()
    page.wait_for_url(f"{folder}att/index.html")
    assert errors == []


def test_what_is_past_missing_or_not_a_page_is_not_indexed(site: Path) -> None:
    indexed = [path for path in site.rglob("*.html") if "data-pagefind-body" in path.read_text(encoding="utf-8")]
    names = {path.relative_to(site).as_posix() for path in indexed}
    assert "att/social-media/index.html" in names
    assert not [name for name in names if name.endswith("404.html") or "packages" in name or name == SEARCH]
