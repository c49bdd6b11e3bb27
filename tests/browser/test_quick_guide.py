"""The quick guide: a page that a member of staff reads in a minute, and that loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from axe import violations
from browser_kit import opened
from clausebook.model.handbook import Handbook
from clausebook.pages.rules import FORCES, MOST_RULES
from larkhill import STARTER
from made_once import made_once

from .conftest import AS_OF, build

MOST_WORDS_OF_PAGE = 200
TRUSTS = ("archway", "att", "catholic", "laat", "lwlat")
STARTERS = tuple(
    sorted(
        folder.name for folder in (STARTER / "trusts/larkhill-example").iterdir() if (folder / "policy.yml").is_file()
    )
)
WORDS = """() => {
  const page = document.querySelector("article").cloneNode(true);
  page.querySelectorAll(".cb-sr, .cb-printed, .headerlink, details > :not(summary)").forEach(one => one.remove());
  return page.textContent.split(/\\s+/).filter(Boolean).length;
}"""


@pytest.fixture(scope="module")
def starter() -> str:
    """The starter's site with all its policies, opened from its folder."""

    def make(folder: Path) -> None:
        shutil.copytree(STARTER, folder / "handbook")
        build(folder / "handbook", "--as-of", AS_OF)

    return (made_once("starter-guides", make) / "handbook/site").as_uri() + "/larkhill-example/"


def test_every_guide_has_at_most_ten_rules_and_two_hundred_words(page: Page, web: str, starter: str) -> None:
    guides = [f"{web}{trust}/social-media/" for trust in TRUSTS] + [f"{starter}{policy}/" for policy in STARTERS]
    for guide in guides:
        page.goto(f"{guide}quick-guide/index.html")
        assert 1 <= page.locator(".cb-rules > li").count() <= MOST_RULES, guide
        assert page.evaluate(WORDS) <= MOST_WORDS_OF_PAGE, guide


@pytest.mark.parametrize("trust", TRUSTS)
def test_pupils_and_the_strictest_come_first_and_no_rule_is_lost(
    trust: str, handbook: Handbook, page: Page, web: str
) -> None:
    page.goto(f"{web}{trust}/social-media/quick-guide/index.html")
    revision = handbook.trust(trust).policy("social-media").in_force
    assert revision
    first, others = (
        page.locator(f"{rules} > li > a.cb-cite").evaluate_all("all => all.map(one => one.hash.slice(1))")
        for rules in (".cb-rules", "#more-rules ul")
    )
    pupils = {topic.id for group in handbook.groups for topic in group.topics if topic.pupils}
    order = [
        (pupils.isdisjoint(clause.topics), FORCES.index(clause.modality))
        for clause in (revision.by_id[name] for name in first)
    ]
    assert order == sorted(order)
    assert not order[0][0], "the first is about pupils"
    bound = [one.id for one in revision.clauses if not one.items and one.modality in FORCES and "staff" in one.binds]
    assert sorted([*first, *others]) == sorted(bound)
    must_know = [name for name in others if revision.by_id[name].must_know]
    assert others[: len(must_know)] == must_know


def test_each_question_that_the_guide_asks_is_one_tap_away(page: Page, web: str, handbook: Handbook) -> None:
    page.goto(f"{web}att/social-media/quick-guide/index.html")
    revision = handbook.trust("att").policy("social-media").in_force
    assert revision
    asked = {
        question.id for question in handbook.questions if question.act and question.id in revision.record.positions
    }
    led = page.locator("#not-stated a, #answers a").evaluate_all("all => all.map(one => one.hash.slice(1))")
    assert set(led) == asked


def test_what_is_not_stated_is_one_closed_list(page: Page, web: str) -> None:
    page.goto(f"{web}lwlat/social-media/quick-guide/index.html")
    unsaid = page.locator("#not-stated")
    question = unsaid.get_by_role("link", name="Must I change passwords regularly?")
    expect(question).to_be_hidden()
    unsaid.locator("summary").click()
    expect(question).to_be_visible()
    expect(unsaid).to_contain_text("That is not permission.")


def test_a_rule_leads_to_its_clause_without_javascript(browser: Browser, web: str) -> None:
    with opened(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{web}att/social-media/quick-guide/index.html")
        page.locator("#more-rules summary").click()
        expect(page.locator("#more-rules li").first).to_be_visible()
        page.locator(".cb-rules > li").first.get_by_role("link").click()
        assert page.url.endswith("/att/social-media/index.html#no-contact-with-pupils")


def test_the_opened_folds_can_be_used_by_everybody(phone: Page, web: str) -> None:
    phone.goto(f"{web}att/social-media/quick-guide/index.html")
    phone.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
