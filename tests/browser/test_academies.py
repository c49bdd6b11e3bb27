"""The academy that a reader works at: chosen once, remembered on the device, and found without JavaScript too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_kit import served
from larkhill import TRUST
from starter_site import starter_site

from .test_valid_html import errors
from .visits import visit_page

KINDS = {
    "home-of-a-trust-with-academies": "index.html",
    "academies": "academies/index.html",
    "differences": "academies/differences/index.html",
    "academy": "at/northgate/index.html",
    "its-text": "at/eastfield/mobile-phones/index.html",
    "its-guide": "at/westmoor/social-media/quick-guide/index.html",
    "its-confirmation": "at/eastfield/mobile-phones/acknowledge/index.html",
    "its-confirmation-of-all": "at/eastfield/acknowledge/2026-27/index.html",
}


@pytest.fixture(scope="module")
def folder() -> str:
    return starter_site().parent.as_uri() + "/"


@pytest.fixture(scope="module")
def home(folder: str) -> str:
    return f"{folder}{TRUST}/"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible_small_printed_and_quiet(kind: str, browser: Browser, folder: str) -> None:
    with served(Path(folder.removeprefix("file://"))) as web:
        seen = visit_page(browser, web, folder, f"{TRUST}/{KINDS[kind]}")
    assert (seen.headings, seen.wrong, seen.objections, seen.loose, seen.on_paper, seen.on_a_phone) == (
        1,
        {"web": [], "folder": []},
        [],
        [],
        [],
        [],
    )


def test_the_academy_is_chosen_once_and_leads_to_its_text(page: Page, home: str) -> None:
    page.goto(f"{home}index.html")
    page.get_by_role("link", name="Eastfield", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Eastfield Primary Academy (made up)")
    expect(page.get_by_text("This device remembers Eastfield as your academy.")).to_be_visible()
    page.goto(f"{home}mobile-phones/index.html")
    page.get_by_role("link", name="Go to Eastfield’s").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mobile phones policy, Eastfield")
    page.goto(f"{home}social-media/index.html")
    expect(page.get_by_text("Eastfield uses the trust’s text as it is.")).to_be_visible()
    page.goto(f"{home}acknowledge/2026-27/index.html")
    page.get_by_role("link", name="Go to Eastfield’s").click()
    expect(page.get_by_text("For staff at Eastfield Primary Academy (made up): you confirm its text.")).to_be_visible()
    expect(page.get_by_label("Your role or academy")).to_have_value("Eastfield Primary Academy (made up)")


def test_what_the_device_keeps_is_said_and_can_be_forgotten(page: Page, home: str) -> None:
    page.goto(f"{home}at/westmoor/index.html")
    page.goto(f"{home}index.html")
    page.get_by_text("What this device keeps").click()
    expect(page.get_by_text("Your academy: Westmoor.")).to_be_visible()
    page.get_by_role("button", name="Delete all of it").click()
    page.goto(f"{home}mobile-phones/index.html")
    expect(
        page.get_by_text("This is the trust’s own text. Your academy may fill in or add something: Eastfield.")
    ).to_be_visible()
    page.goto(f"{home}at/westmoor/index.html")
    page.get_by_role("button", name="Not my academy").click()
    expect(page.get_by_text("Forgotten. Choose your academy from the list.")).to_be_visible()
    page.goto(f"{home}academies/index.html")
    expect(page.get_by_text("(yours, on this device)")).to_have_count(0)


def test_who_has_read_an_academys_text_is_as_far_at_the_academy(page: Page, home: str) -> None:
    page.goto(f"{home}at/eastfield/mobile-phones/index.html")
    page.get_by_role("link", name="Next: check yourself").click()
    expect(page).to_have_url(f"{home}mobile-phones/quiz/index.html")  # one quiz for all academies
    page.goto(f"{home}at/eastfield/index.html")
    expect(page.get_by_text("On this device: read.")).to_have_count(1)
    page.goto(f"{home}at/northgate/index.html")
    expect(page.get_by_text("On this device: read.")).to_have_count(0)


def test_what_differs_is_shown_for_one_academy_and_one_policy_and_the_address_keeps_it(page: Page, home: str) -> None:
    page.goto(f"{home}academies/differences/index.html")
    page.get_by_label("Academy", exact=True).select_option("Westmoor")
    expect(page.get_by_text("Showing 2 of 3 policies.")).to_be_visible()
    expect(page.get_by_text("Priya Nair")).to_be_hidden()
    page.wait_for_url("**#academy=westmoor")
    page.reload()
    expect(page.get_by_text("Tom Okafor")).to_be_visible()
    expect(page.get_by_role("heading", name="Eastfield adds")).to_be_hidden()
    page.get_by_label("Policy", exact=True).select_option("Mobile phones policy")
    expect(page.get_by_text("Nothing differs there: it is the trust’s text as it is.")).to_be_visible()
    page.get_by_role("button", name="Show everything").click()
    expect(page.get_by_role("heading", name="Eastfield adds")).to_be_visible()


def test_without_javascript_every_academy_is_a_link(plain: Page, home: str) -> None:
    plain.goto(f"{home}index.html")
    plain.get_by_role("link", name="Northgate", exact=True).click()
    plain.get_by_role("link", name="Staff code of conduct", exact=True).click()
    expect(plain.get_by_text("ask your academy office").first).to_be_visible()
    plain.goto(f"{home}academies/differences/index.html")
    expect(plain.get_by_text("Priya Nair")).to_be_visible()
    expect(plain.get_by_text("Eastfield adds")).to_be_visible()


def test_by_keyboard_a_reader_comes_from_the_trusts_text_to_their_academys(page: Page, home: str) -> None:
    page.goto(f"{home}at/eastfield/index.html")
    page.goto(f"{home}mobile-phones/index.html")
    link = page.get_by_role("link", name="Go to Eastfield’s")
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mobile phones policy, Eastfield")


def test_every_page_of_academies_is_valid_html(folder: str) -> None:
    trust = Path(folder.removeprefix("file://")) / TRUST
    assert errors(trust / "at", trust / "academies") == []
