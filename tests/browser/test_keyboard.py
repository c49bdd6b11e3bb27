"""By keyboard: the skip link comes first, it skips, and the focus can always be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .kinds import KINDS
from .visits import FOCUS


@pytest.mark.parametrize("page_kind", ["home", "policy", "hub-questions"])
def test_the_focus_can_be_seen_at_every_stop(page_kind: str, page: Page, web: str) -> None:
    page.goto(web + KINDS[page_kind])
    stops = []
    for _ in range(25):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["tag"] == "BODY":  # past the last one
            break
        stops.append(stop)
    assert len(stops) > 20
    assert stops[0]["words"] == "Skip to content"
    assert [one for one in stops if not one["shown"]] == []
    assert [one for one in stops if not one["inside"]] == []


@pytest.mark.parametrize("page_kind", ["policy", "acknowledge", "hub-questions"])
def test_the_skip_link_leads_to_the_whole_content(page_kind: str, page: Page, web: str) -> None:
    page.goto(web + KINDS[page_kind])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#cb-content")).to_be_focused()
    expect(page.locator("h1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#cb-content').contains(document.activeElement)")


def test_the_drawer_can_be_left_by_keyboard(phone: Page, web: str) -> None:
    phone.goto(web + KINDS["policy"])
    phone.keyboard.press("/")
    expect(phone.get_by_role("textbox", name="Search")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("textbox", name="Search")).not_to_be_focused()
