"""A search knows the words that staff use: what they come under, in which policy; and where nothing states it, whom silence does not help."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from axe import violations
from made_once import made_once

from .conftest import AS_OF, ROOT, build
from .kinds import TRUST

NOT_STATED = "Not stated here. That does not mean it is allowed: ask first."
DISCIPLINE = "Breach, investigation and discipline"
places = pytest.mark.parametrize("place", ["web", "folder"])


@pytest.fixture(scope="module")
def of_six() -> str:
    """The address of the starter's trust, which has six policies, in a folder."""

    def make(folder: Path) -> None:
        shutil.copytree(ROOT / "generator/clausebook/starter", folder / "handbook")
        build(folder / "handbook", "--as-of", AS_OF)

    return (made_once("starter", make) / "handbook/site/larkhill-example").as_uri() + "/"


@pytest.fixture
def home(place: str, request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(place))


def type_at_top(page: Page, words: str) -> Locator:
    """Type into the search at the top of a page; returns what is said of everyday words."""
    field = page.get_by_role("textbox", name="Search")
    if not field.is_visible():
        page.locator("label[for=__search]").first.click()
    field.fill("")
    field.press_sequentially(words)
    return page.locator(".md-search-result .cb-everyday")


def ask_hub(page: Page, words: str) -> Locator:
    """Ask on the hub's page Search all; returns what is said of everyday words."""
    page.get_by_role("searchbox", name="Words").fill(words)
    page.keyboard.press("Enter")
    return page.locator("[data-cb-everyday]")


@places
def test_a_trusts_search_says_what_the_word_comes_under_and_leads_there(home: str, phone: Page) -> None:
    phone.goto(f"{home}{TRUST}/index.html")
    said = type_at_top(phone, "sacked")
    expect(said).to_contain_text("In the policies, “sacked” comes under:")
    expect(said.locator("b")).to_have_text([DISCIPLINE])
    expect(said).to_contain_text("Not stated here: Gross misconduct and dismissal. Ask first.")
    expect(phone.get_by_text(NOT_STATED)).to_be_hidden()
    said.get_by_role("link", name="Social media policy: clause 9.1").click()
    phone.wait_for_url(f"{home}{TRUST}/social-media/index.html#*")
    expect(phone.locator(":target")).to_be_in_viewport()


@places
@pytest.mark.parametrize("words", ["snapchat", "Can I use Snap Chat with pupils?"])
def test_a_word_is_known_within_a_sentence_and_with_a_space_in_it(words: str, home: str, page: Page) -> None:
    page.goto(f"{home}{TRUST}/index.html")
    said = type_at_top(page, words)
    expect(said).to_contain_text("In the policies, “Snapchat” comes under:")
    expect(said.locator("b")).to_have_text(
        ["What use is covered", "Contact with current pupils", "Friend requests from pupils"]
    )


def test_what_no_policy_states_is_no_permission(page: Page, web: str) -> None:
    page.goto(f"{web}{TRUST}/index.html")
    said = type_at_top(page, "chatgpt")
    expect(said).to_contain_text(
        "“ChatGPT” comes under topics that are not stated here: Which AI tools may be used; Personal data in AI tools. Ask first."
    )
    expect(page.get_by_text(NOT_STATED)).to_be_visible()


def test_each_hit_names_its_policy_where_a_trust_has_several(phone: Page, of_six: str) -> None:
    phone.goto(of_six + "index.html")
    said = type_at_top(phone, "chatgpt")
    expect(said.get_by_role("link")).to_have_text([re.compile("^Acceptable use of IT policy: clause 5")] * 2)
    said = type_at_top(phone, "sacked")
    expect(said.get_by_role("link")).to_have_count(6)
    assert violations(phone) == []


def test_what_a_policy_itself_says_stays_first(page: Page, of_six: str) -> None:
    page.goto(of_six + "index.html")
    said = type_at_top(page, "whatsapp")
    expect(said).to_contain_text("comes under:")
    texts = page.locator(".md-search-result a")
    expect(texts.first).to_contain_text("Social media policy")
    expect(texts.first).to_have_class(re.compile("md-search-result__link"))
    expect(texts.last).to_contain_text("Social media policy: clause")


def test_a_link_to_the_open_page_closes_the_search(page: Page, of_six: str) -> None:
    page.goto(of_six + "social-media/index.html")
    type_at_top(page, "friended").get_by_role("link").click()
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(".md-search__output")).to_be_hidden()


@places
@pytest.mark.parametrize(("slip", "topic"), [("watsapp", "What use is covered"), ("sackd", DISCIPLINE)])
def test_where_nothing_is_found_the_nearest_topics_are_shown(slip: str, topic: str, home: str, page: Page) -> None:
    page.goto(f"{home}{TRUST}/index.html")
    said = type_at_top(page, slip)
    expect(said).to_contain_text("Nearest topics:")
    expect(said.locator("b", has_text=topic)).to_be_visible()
    expect(page.get_by_text(NOT_STATED)).to_be_visible()


def test_where_no_topic_is_near_all_questions_are(page: Page, web: str) -> None:
    page.goto(f"{web}{TRUST}/index.html")
    said = type_at_top(page, "xylophone")
    expect(said).to_have_text("See also: All questions and answers")
    said.get_by_role("link").click()
    page.wait_for_url(f"{web}{TRUST}/social-media/questions/index.html")


@places
def test_the_hub_says_it_of_every_trust(home: str, phone: Page) -> None:
    phone.goto(home + "search/index.html")
    said = ask_hub(phone, "sacked")
    expect(phone.get_by_text("Found in other words.")).to_be_visible()
    expect(said.get_by_role("link", name=DISCIPLINE)).to_be_visible()
    for trust in ("Archway", "ATT", "Catholic trust", "LAAT", "LwLAT"):
        expect(said.get_by_role("link", name=f"{trust}, ").first).to_be_visible()
    assert violations(phone) == []
    phone.get_by_label("In", exact=True).select_option(label="ATT")
    said = ask_hub(phone, "sacked")
    expect(said.get_by_role("link")).to_have_text([DISCIPLINE, "ATT, Social media policy: clause 9.1"])
    said.get_by_role("link").last.click()
    phone.wait_for_url(f"{home}{TRUST}/social-media/index.html#*")


@places
def test_what_no_trust_states_is_no_permission_on_the_hub(home: str, page: Page) -> None:
    page.goto(home + "search/index.html")
    expect(ask_hub(page, "chatgpt")).to_contain_text("not stated here")
    expect(page.locator("[data-cb-status]")).to_have_text(NOT_STATED)
    expect(ask_hub(page, "xylophone")).to_have_text("See also: All topics")


def test_on_the_hub_pages_that_have_the_word_stay_first(page: Page, web: str) -> None:
    page.goto(web + "search/index.html")
    said = ask_hub(page, "whatsapp")
    expect(page.get_by_text("2 pages found.")).to_be_visible()
    expect(said).to_contain_text("comes under:")
    assert page.locator(".cb-found h2").last.bounding_box()["y"] < said.bounding_box()["y"]


def test_the_search_at_the_top_of_the_hub_knows_them_too(page: Page, folder: str) -> None:
    page.goto(folder + "index.html")
    said = type_at_top(page, "sacked")
    expect(said.get_by_role("link", name=re.compile("^LwLAT, Social media policy"))).to_be_visible()
