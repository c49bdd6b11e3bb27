"""No page complains, and no page asks anybody but its own host for anything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .kinds import MATRIX_OF_QUESTIONS, POLICY
from .visits import IDLE, Visit


@pytest.mark.parametrize("place", ["web", "folder"])
def test_a_page_is_silent_and_asks_nobody(place: str, visit: Visit) -> None:
    assert visit.headings == 1
    assert visit.wrong[place] == []


def test_a_wrong_address_leads_home(page: Page, web: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(web + "att/no/such/place/index.html")
    assert answer is not None
    assert answer.status == 404
    assert [one for one in asked if not one.startswith(web)] == []
    assert "Atkinson" in page.locator("h1").evaluate("one => getComputedStyle(one).fontFamily")
    page.get_by_role("link", name="the first page").click()
    assert page.url == web + "index.html"


@pytest.mark.parametrize("address", [POLICY, MATRIX_OF_QUESTIONS])
def test_nothing_is_stored_but_the_readers_own_choices(address: str, page: Page, web: str) -> None:
    page.goto(web + address)
    page.evaluate(IDLE)
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).filter(key => !key.endsWith('.__palette'))") == []
