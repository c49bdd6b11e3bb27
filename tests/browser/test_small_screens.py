"""On a phone nothing is cut off, nothing has to be scrolled sideways, and what is tapped is large enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .kinds import KINDS, TRUST
from .visits import Visit


def test_no_page_scrolls_sideways(visit: Visit) -> None:
    assert visit.on_a_phone == []


def test_the_three_steps_are_found_at_once(phone: Page, web: str) -> None:
    phone.goto(web + KINDS["home"])
    steps = phone.locator(".cb-steps > li")
    assert [one.get_by_role("heading").inner_text().rstrip("#").strip() for one in steps.all()] == [
        "Read",
        "Check",
        "Confirm",
    ]
    expect(steps.nth(0).get_by_role("link", name="Read the whole policy")).to_be_in_viewport(ratio=1)
    leads = [one.locator(".cb-button").get_attribute("href") for one in steps.all()]
    names = ("quick-guide", "quiz", "acknowledge")
    assert leads == [f"social-media/{name}/index.html" for name in names]
    last = steps.nth(2).locator(".cb-button").evaluate("one => one.getBoundingClientRect().bottom")
    assert last < 2 * 844, f"step 3 of {TRUST} ends {last} px down: more than two screens"


@pytest.mark.parametrize("page_kind", ["hub-questions", "hub-topics"])
def test_each_cell_of_a_matrix_names_its_trust(page_kind: str, phone: Page, web: str) -> None:
    phone.goto(web + KINDS[page_kind])
    cells = phone.locator(".cb-matrix tbody tr").first.locator("td")
    shown = cells.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content.replaceAll('\"', ''))")
    assert shown == ["Archway", "ATT", "Catholic trust", "LAAT", "LwLAT"]
