"""The sites that Zensical makes, as a reader gets them: nothing is refused, search finds, and what axe-core objects to is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from axe import violations
from browser_kit import DESK, PHONE, served
from test_build import handbook_folder

from .conftest import AS_OF, build
from .kinds import ACKNOWLEDGE, KINDS, POLICY
from .test_valid_html import errors

SHOWN = (KINDS["home"], POLICY, ACKNOWLEDGE, KINDS["hub-questions"], KINDS["hub-not-found"])


@pytest.fixture(scope="module")
def zensical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sites of the hub and of one trust."""
    folder = handbook_folder(tmp_path_factory.mktemp("zensical"), "att")
    return build(folder, "--engine", "zensical", "--as-of", AS_OF)


@pytest.fixture(scope="module")
def host(zensical: Path) -> Iterator[str]:
    with served(zensical) as address:
        yield address


def search(page: Page, words: str) -> Locator:
    """The results of a search."""
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Search").press_sequentially(words)
    results = page.get_by_role("listbox", name="Search results").get_by_role("option")
    expect(results.first).to_be_visible()
    return results


def test_the_pages_are_valid(zensical: Path) -> None:
    assert errors(*(zensical / address for address in SHOWN)) == []


@pytest.mark.parametrize("address", SHOWN)
def test_nothing_is_refused_and_axe_finds_nothing(address: str, page: Page, host: str) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(host + address)
    page.wait_for_load_state("networkidle")
    assert refused == []
    assert violations(page) == []


@pytest.mark.parametrize("place", ["web", "folder"])
def test_a_word_of_a_clause_leads_to_it(
    place: str, context: BrowserContext, page: Page, zensical: Path, host: str
) -> None:
    home = host if place == "web" else zensical.as_uri() + "/"
    if place == "folder":
        context.set_offline(True)
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.goto(home + POLICY)
    search(page, "encyclopaedias").filter(has_text="6.8 Must not").first.click()
    page.wait_for_url(home + POLICY + "?h=encyclopaedias#*")
    clause = page.locator("#" + page.url.partition("#")[2])
    expect(clause).to_be_in_viewport()
    expect(page.locator("[data-cb-clause]", has=clause)).to_contain_text("encyclopaedias")
    assert said == []


def test_what_axe_finds_in_its_search_is_what_we_know(page: Page, host: str) -> None:
    """Its script draws the search where no stylesheet and no template of ours reaches: see the README."""
    page.goto(host + POLICY)
    search(page, "logo")
    rules = {(line.split(" ")[0], line.split(": ")[1]) for line in violations(page, views=[("light", DESK), ("light", PHONE), ("dark", DESK)])}  # fmt: skip
    assert rules == {("light", "color-contrast"), ("light", "label-content-name-mismatch")}
