"""What changed, past texts and drafts, in the site of the starter handbook: as staff who signed a year ago meet them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from axe import violations
from clausebook.build.site_config import read_site_url
from clausebook.build.site_sources import address_of
from clausebook.export.feed import render_feed
from clausebook.model.handbook import Handbook
from larkhill import write_larkhill

from .conftest import AS_OF, build
from .test_valid_html import VNU

POLICY = "larkhill-example/social-media"
CHANGES = f"{POLICY}/changes/index.html"
PAGES = (
    CHANGES,
    f"{POLICY}/changes/2023-09_2025-09/index.html",
    f"{POLICY}/revisions/index.html",
    f"{POLICY}/2024-09/index.html",
    f"{POLICY}/2026-09/index.html",
    f"{POLICY}/consultation/index.html",
    f"{POLICY}/index.html",
)


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The starter's site with its draft, opened from its folder."""
    folder = tmp_path_factory.mktemp("starter") / "handbook"
    write_larkhill(folder)
    return build(folder, "--drafts", "--as-of", AS_OF).as_uri() + "/"


def folder_of(address: str) -> Path:
    """The folder, or the file, that a page was opened from."""
    return Path(unquote(urlsplit(address).path))


def shown(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        "[data-cb-change]", "all => all.filter(one => one.checkVisibility()).map(one => one.dataset.kinds)"
    )


def status(page: Page):
    return page.locator("[data-cb-status]")


@pytest.mark.parametrize("path", PAGES)
def test_it_can_be_read_by_everybody(page: Page, starter: str, path: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(starter + path)
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert errors == []


def test_the_pages_are_valid(starter: str) -> None:
    files = [folder_of(starter) / path for path in PAGES]
    done = subprocess.run(["java", "-jar", VNU, "--errors-only", *files], capture_output=True, text=True)
    assert done.stderr == ""


def test_the_changes_are_summed_up_and_told_one_by_one(page: Page, starter: str) -> None:
    page.goto(starter + CHANGES)
    all_of_them = page.locator("[data-cb-change]").count()
    expect(page.locator(".cb-lede")).to_contain_text(
        f"{all_of_them} clauses changed: 2 added, 2 stricter, 1 less strict"
    )
    expect(status(page)).to_have_text(f"Showing all {all_of_them} changes.")
    change = page.locator("[data-cb-change]", has_text="Clause 2.3 is less strict: “must” became “should”.")
    expect(change.locator("del")).to_have_text("[removed: must]")
    expect(change.locator("ins")).to_have_text("[added: should]")
    assert "line-through" in change.locator("del").evaluate("one => getComputedStyle(one).textDecorationLine")
    change.get_by_role("link", name="The clause now").click()
    expect(page.locator("#views-are-own")).to_be_in_viewport()


def test_a_lead_in_is_told_once_with_its_items(page: Page, starter: str) -> None:
    page.goto(starter + CHANGES)
    lead_in = page.locator("[data-cb-change]", has_text="On their own accounts staff must not post")
    assert lead_in.filter(has_text="items change with it.").count() == 1
    assert not page.get_by_text("“what they know only through their work").count()


def test_by_role_kind_and_what_asks_to_sign_again(page: Page, starter: str) -> None:
    page.goto(starter + CHANGES)
    everything = shown(page)
    page.get_by_label("Kind of change").select_option("stricter")
    assert shown(page) == [kinds for kinds in everything if "stricter" in kinds.split()]
    page.wait_for_url(lambda url: url.endswith("#kind=stricter"))
    page.reload()
    expect(page.get_by_label("Kind of change")).to_have_value("stricter")
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Only what asks for a new acknowledgement").check()
    asking = page.locator("[data-cb-change]:visible")
    assert 0 < asking.count() < len(everything)
    assert all("Asks for a new acknowledgement." in one for one in asking.all_inner_texts())
    page.get_by_role("button", name="Show all").click()
    roles = (
        page.get_by_label("Changes for")
        .locator("option")
        .evaluate_all("all => all.map(one => one.value).filter(Boolean)")
    )
    assert len(roles) > 1
    for role in roles:
        page.get_by_label("Changes for").select_option(role)
        fitting = page.locator("[data-cb-change]:visible").evaluate_all(
            "all => all.map(one => one.dataset.roles.split(' '))"
        )
        assert 0 < len(fitting) <= len(everything)
        assert all(role in one for one in fitting)


def test_what_is_only_renumbered_is_folded_and_stands_last(page: Page, starter: str) -> None:
    page.goto(starter + CHANGES)
    kinds = [one.get_attribute("data-kinds") for one in page.locator("[data-cb-change]").all()]
    placed = page.locator("[data-cb-placed] [data-cb-change]")
    count = placed.count()
    assert count > 1
    assert all(set(one.split()) <= {"moved", "renumbered"} for one in kinds[-count:])
    assert not any(set(one.split()) <= {"moved", "renumbered"} for one in kinds[:-count])
    expect(placed.first).to_be_hidden()
    page.get_by_label("Kind of change").select_option("renumbered")
    expect(placed.first).to_be_visible()


def test_the_picture_of_the_changes_has_each_kind_with_its_number(page: Page, starter: str) -> None:
    page.goto(starter + CHANGES)
    picture = page.get_by_role("img", name="What changed, by kind")
    expect(picture).to_be_visible()
    said = page.locator(".cb-lede").inner_text()
    words = picture.locator("text").all_text_contents()
    assert len(words) > 5
    for one in words:
        name, _, count = one.strip().rpartition(" ")
        assert f"{count} {name.lower()}" in said
        assert f"{name}: {count}." in picture.locator("desc").text_content()


def test_from_change_to_change_by_keyboard(page: Page, starter: str) -> None:
    page.goto(starter + CHANGES)
    count = page.locator("[data-cb-change]").count()
    for place in (1, 2, 3):
        page.get_by_role("button", name="Next change").click()
        expect(status(page)).to_have_text(f"Change {place} of {count}.")
    page.get_by_role("button", name="Previous change").click()
    page.get_by_role("button", name="Previous change").click()
    expect(status(page)).to_have_text(f"Change 1 of {count}.")
    page.get_by_role("button", name="Next change").focus()
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text(f"Change 2 of {count}.")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(status(page)).to_have_text(f"Change 4 of {count}.")
    expect(page.locator("[data-cb-change]").nth(3)).to_be_focused()
    expect(page.locator("[data-cb-change]").nth(3)).to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-cb-change]").nth(2)).to_be_focused()


@pytest.mark.parametrize(
    ("day", "step"),
    [
        ("2024-03-01", "2023-09_2025-09"),
        ("2025-01-10", "2024-09_2025-09"),
        ("2025-10-15", "nothing has changed since."),
        ("2020-01-01", "No revision that we hold had begun by then."),
    ],
)
def test_since_i_last_signed(page: Page, starter: str, day: str, step: str) -> None:
    page.goto(starter + CHANGES)
    page.get_by_label("I last acknowledged it on").fill(day)
    if step.endswith("."):
        expect(status(page)).to_contain_text(step)
    else:
        page.wait_for_url(lambda url: step in url)


def test_without_javascript_each_step_is_a_link(plain: Page, starter: str) -> None:
    plain.goto(starter + CHANGES)
    expect(plain.locator("[data-cb-changes]")).to_be_hidden()
    plain.locator(".cb-since").get_by_role("link", name="September 2023 (version 1.0)").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text(
        "What changed from September 2023 (version 1.0) to September 2025 (version 3.0)"
    )


def test_a_past_text_stands_whole_under_a_banner(page: Page, starter: str) -> None:
    page.goto(f"{starter}{POLICY}/2024-09/index.html")
    expect(page.locator(".cb-banner")).to_have_text(
        "Superseded: This is the text of September 2024 (version 2.0). September 2025 (version 3.0) replaced it on 1 September 2025."
    )
    assert page.locator("[data-cb-clause]:visible").count() > 40
    expect(page.get_by_role("radio", name="Whole policy")).to_be_checked()
    page.get_by_role("link", name="The text that is in force").click()
    assert page.url.endswith(f"{POLICY}/index.html")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-05-01", "September 2025 (version 3.0) was in force."),
        ("2025-08-31", "September 2024 (version 2.0) was in force."),
        ("2019-01-01", "No revision that we hold had begun by then."),
    ],
)
def test_which_text_held_on_a_day(page: Page, starter: str, day: str, said: str) -> None:
    page.goto(f"{starter}{POLICY}/revisions/index.html")
    page.get_by_label("Which text was in force on").fill(day)
    expect(status(page)).to_have_text(said)


def test_each_clause_has_its_history(page: Page, starter: str) -> None:
    page.goto(f"{starter}{POLICY}/index.html#views-are-own")
    clause = page.locator("[data-cb-clause]", has=page.locator("#views-are-own"))
    clause.locator("summary").click()
    expect(clause.locator("dt", has_text="History")).to_be_visible()
    expect(clause).to_contain_text("2025-09: Clause 2.3 is less strict: “must” became “should”.")


def test_search_finds_no_past_text(starter: str) -> None:
    index = (folder_of(starter) / "larkhill-example/search/search_index.js").read_text(encoding="utf-8")
    assert "social-media/index.html#" in index
    assert "social-media/2024-09" not in index
    assert "social-media/2026-09" not in index


def test_a_draft_says_that_it_is_one_and_takes_comments(page: Page, starter: str) -> None:
    page.goto(f"{starter}{POLICY}/consultation/index.html")
    expect(page.locator(".cb-banner")).to_contain_text("Draft: It is not in force and applies to no one.")
    expect(page.locator(".cb-lede")).to_contain_text("Answer by 4 December 2026")
    assert "DRAFT" in page.locator(".cb-watermark").evaluate("one => getComputedStyle(one, '::before').content")
    links = [one.get_attribute("href") for one in page.get_by_role("link", name="Comment on this").all()]
    assert len(links) == page.locator(".cb-change").count() > 5
    for link in links:
        assert link.startswith("mailto:hr@larkhill.example.org?")
        assert len(link) < 2000
        mail = parse_qs(urlsplit(link).query)
        assert "draft 2026-09" in mail["subject"][0]
        assert mail["body"][0].startswith("“")
    page.get_by_role("link", name="The draft in full").click()
    expect(page.locator(".cb-banner")).to_contain_text("Draft")
    assert page.locator("a[href^='mailto:hr@']").count() > 40


def test_the_feed_has_an_entry_for_each_revision(starter: str) -> None:
    names = {"a": "http://www.w3.org/2005/Atom"}
    site = folder_of(starter) / "larkhill-example"
    feed = ElementTree.parse(site / "feed.xml").getroot()
    entries = feed.findall("a:entry", names)
    assert [one.find("a:title", names).text[-7:] for one in entries] == ["2025-09", "2024-09", "2023-09"]
    assert len({one.find("a:id", names).text for one in entries}) == 3
    for one in (feed, *entries):
        leads = {link.get("rel"): link.get("href") for link in one.findall("a:link", names)}
        assert list(leads) == ["alternate"], "nothing says where this site is published"
        assert (site / leads["alternate"]).is_file()


@pytest.mark.parametrize(("config", "address"), [
    ("site_url: https://example.org/policies\n", "https://example.org/policies/att/"),
    ('site_url: "https://example.org/"  # ours\n', "https://example.org/att/"),
    ("site_url: !ENV [SITE_URL, '']\n", ""), ("", ""), ("# site_url: https://example.org\n", ""),
])  # fmt: skip
def test_where_nothing_says_the_address_the_feeds_links_are_relative(
    config: str, address: str, handbook: Handbook, tmp_path: Path
) -> None:
    (tmp_path / "mkdocs.yml").write_text(config)
    att = next(one for one in handbook.trusts if one.id == "att")
    assert address_of(att, read_site_url(tmp_path)) == address
    text = render_feed(att, address)
    assert f'href="{address}social-media/index.html"' in text
    assert ('rel="self"' in text) == bool(address)


def test_the_acknowledgement_says_who_by_when_and_where_it_goes(page: Page, starter: str) -> None:
    page.goto(f"{starter}{POLICY}/acknowledge/index.html")
    text = " ".join(page.locator(".md-content").inner_text().split())
    assert "By when 31 October 2025; new starters within 14 days of their first day" in text
    assert "Where it goes By email to hr@larkhill.example.org" in text
    assert "I have read the Larkhill Example Trust social media policy" in text
    assert "statutory" not in text.lower()
