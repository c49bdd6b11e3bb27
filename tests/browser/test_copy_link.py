"""A clause's address can be copied, and the page says in words that it was."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page, expect

from .kinds import POLICY

CLAUSE = "no-contact-with-pupils"


def link(page: Page) -> Locator:
    clause = page.locator("[data-cb-clause]", has=page.locator(f"[id='{CLAUSE}']"))
    clause.locator("summary").click()
    return clause.get_by_role("link", name="Copy link to this clause")


def test_it_copies_the_clauses_address_and_says_so(context: BrowserContext, page: Page, web: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(web + POLICY)
    region = page.locator("main > [role=status]")
    expect(region).to_have_text("")
    link(page).click()
    address = f"{web}{POLICY}#{CLAUSE}"
    expect(page.locator("[data-cb-clause] [data-cb-copied]")).to_have_text("Link copied.")
    expect(region).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert page.url == address


def test_where_copying_is_refused_the_reader_is_told_what_to_do(page: Page, web: str) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(web + POLICY)
    link(page).click()
    expect(page.locator("[data-cb-clause] [data-cb-copied]")).to_have_text("Copy it from the address bar.")
    assert page.url == f"{web}{POLICY}#{CLAUSE}"


def test_by_keyboard(context: BrowserContext, page: Page, web: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(web + POLICY)
    link(page).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-cb-clause] [data-cb-copied]")).to_have_text("Link copied.")
    expect(link_of_clause(page)).to_be_focused()


def link_of_clause(page: Page) -> Locator:
    return page.locator(f"a[data-cb-copy][href='#{CLAUSE}']")
