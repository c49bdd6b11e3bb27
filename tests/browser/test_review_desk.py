"""The review desk shows what to do first, and on demand one trust or one kind, by its address."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .kinds import KINDS

DESK = KINDS["hub-findings"]


def test_a_trust_and_a_kind_can_be_chosen_and_stand_in_the_address(page: Page, web: str) -> None:
    page.goto(web + DESK)
    notes = page.locator("[data-cb-finding]")
    count = notes.count()
    status = page.locator("[data-cb-status]")
    expect(status).to_have_text(f"Showing all {count} notes.")
    assert sum(one.is_visible() for one in notes.all()) < count / 3, "only the first of each heading"
    page.get_by_label("Trust").select_option(label="ATT")
    page.get_by_label("What it is").select_option("stale")
    page.wait_for_url(lambda url: url.endswith("#trust=att&kind=stale"))
    shown = [one for one in notes.all() if one.is_visible()]
    assert 0 < len(shown) < count
    expect(status).to_have_text(f"Showing {len(shown)} of {count} notes.")
    assert all(one.locator("h3").inner_text().startswith("ATT: ") for one in shown)
    expect(page.get_by_role("heading", name="Correct the document")).to_be_visible()
    expect(page.get_by_role("heading", name="Ask the owner which rule applies")).to_be_hidden()


def test_further_notes_of_a_heading_open_on_demand_and_are_printed(page: Page, web: str) -> None:
    page.goto(web + DESK)
    heading = page.get_by_role("region", name="Correct the document")
    notes, more = heading.locator("[data-cb-finding]"), heading.locator("summary")
    expect(more).to_have_text(f"Show {notes.count() - 3} more")
    expect(notes.last).to_be_hidden()
    more.click()
    expect(notes.last).to_be_visible()
    more.click()
    page.emulate_media(media="print")
    expect(notes.last).to_be_visible()
    expect(more).to_be_hidden()


def test_a_trusts_name_leads_to_its_notes(page: Page, web: str) -> None:
    page.goto(web + KINDS["hub-home"])
    page.get_by_role("row").filter(has_text="Archway").get_by_role("link", name="notes by us").click()
    expect(page.locator("#trust-archway")).to_be_in_viewport()
    page.locator("#trust-archway a").click()
    expect(page.locator("[data-cb-status]")).to_contain_text("Showing 8 of ")
