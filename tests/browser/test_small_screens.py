"""On a phone nothing is cut off, nothing has to be scrolled sideways, and what is tapped is large enough."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .kinds import KINDS, TRUST

TOO_SMALL = """all => all.filter(one => one.checkVisibility()).map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width < 24 || box.height < 24).map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""
BEYOND = """width => [...document.querySelectorAll("h1, h2, h3, p, li, dd, dt, blockquote, .cb-button, fieldset, legend")]
    .filter(one => one.checkVisibility() && !one.closest(".cb-sr, .cb-table, .md-header, .md-sidebar, .md-tabs"))
    .filter(one => one.getBoundingClientRect().right > width + 1).map(one => one.outerHTML.slice(0, 120))"""
TAPPED = ".cb-button, .cb-filter label:has(input), .cb-filter select, .cb-option label, .cb-tick label, details > summary, label.md-header__button"


def test_no_page_scrolls_sideways(kind: str, phone: Page, web: str) -> None:
    phone.goto(web + KINDS[kind])
    phone.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 844})
        assert phone.evaluate("document.scrollingElement.scrollWidth") <= width
        assert phone.evaluate(BEYOND, width) == []
        assert phone.eval_on_selector_all(TAPPED, TOO_SMALL) == []


def test_the_three_steps_are_found_at_once(phone: Page, web: str) -> None:
    phone.goto(web + KINDS["home"])
    steps = phone.locator(".cb-steps > li")
    assert [one.get_by_role("heading").inner_text().rstrip("#").strip() for one in steps.all()] == [
        "Read",
        "Check",
        "Acknowledge",
    ]
    expect(steps.nth(0).get_by_role("link", name="Read the policy")).to_be_in_viewport(ratio=1)
    leads = [one.locator(".cb-button").get_attribute("href") for one in steps.all()]
    assert leads == ["social-media/index.html", "social-media/quiz/index.html", "social-media/acknowledge/index.html"]
    last = steps.nth(2).locator(".cb-button").evaluate("one => one.getBoundingClientRect().bottom")
    assert last < 2 * 844, f"step 3 of {TRUST} ends {last} px down: more than two screens"


@pytest.mark.parametrize("page_kind", ["hub-questions", "hub-topics"])
def test_each_cell_of_a_matrix_names_its_trust(page_kind: str, phone: Page, web: str) -> None:
    phone.goto(web + KINDS[page_kind])
    cells = phone.locator(".cb-matrix tbody tr").first.locator("td")
    shown = cells.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content.replaceAll('\"', ''))")
    assert shown == ["Archway", "ATT", "Catholic trust", "LAAT", "LwLAT"]
