"""What makes a page read wrong although nothing on it is false: hanging punctuation, tabs out of sight, a page without a way on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .kinds import KINDS
from .test_revisions import folder_of, starter  # noqa: F401 — a fixture
from .visits import Visit

LISTED = ("hub-question", "hub-topic", "hub-checklist", "hub-checklist-of-trust")  # which no menu leads to


def test_no_punctuation_hangs_between_links(visit: Visit) -> None:
    assert visit.loose == []


def test_the_first_stop_of_every_page_skips_its_menu(kind: str, visit: Visit) -> None:
    if kind.endswith("not-found"):
        pytest.skip("it has no menu to skip")
    stop = visit.first_stop
    assert (stop["words"], stop["shown"], stop["inside"]) == ("Skip to content", True, True)
    assert visit.skipped_to == "cb-content"


@pytest.mark.parametrize("name", LISTED)
def test_a_page_that_no_menu_leads_to_says_where_it_belongs(name: str, page: Page, web: str) -> None:
    page.goto(web + KINDS[name])
    crumbs = page.get_by_role("navigation", name="Breadcrumb").get_by_role("link")
    assert crumbs.first.inner_text() == "Compare"
    marked = page.locator(".md-tabs__link.cb-here, .md-tabs__item--active .md-tabs__link")
    assert marked.all_inner_texts() == ["Compare"]
    crumbs.last.click()
    expect(page.locator("h1")).to_have_text(re.compile("All questions|All topics|By checklist|checklist"))


def test_each_question_leads_to_the_next_in_the_order_of_the_list(page: Page, web: str) -> None:
    page.goto(f"{web}compare/questions/index.html")
    asked = page.locator(".cb-question-list > li").evaluate_all("all => all.map(one => one.id)")
    page.goto(f"{web}compare/questions/{asked[0]}/index.html")
    assert page.locator(".cb-turn a[rel=prev]").count() == 0
    for following in asked[1:4]:
        page.locator(".cb-turn a[rel=next]").click()
        page.wait_for_url(f"**/{following}/index.html")
    page.goto(f"{web}compare/questions/{asked[-1]}/index.html")
    assert page.locator(".cb-turn a[rel=next]").count() == 0


def test_the_answers_in_brief_are_whole_on_a_phone(phone: Page, web: str) -> None:
    for name in ("hub-question", "hub-topic"):
        phone.goto(web + KINDS[name])
        frame = phone.locator(".cb-table:has(.cb-brief)")
        for one in frame.all():
            assert one.evaluate("one => one.scrollWidth <= one.clientWidth")


@pytest.mark.parametrize("width", [980, 1280, 1920])
def test_every_tab_is_in_sight(width: int, page: Page, starter: str) -> None:  # noqa: F811 — the fixture
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{starter}larkhill-example/social-media/index.html")
    tabs = page.locator(".md-tabs__link:visible")
    if width < 1220:
        assert tabs.count() == 0, "here the menu is a drawer"
        return
    assert tabs.last.inner_text() == "Downloads"
    for tab in tabs.all():
        expect(tab).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.querySelector('.md-tabs__list').scrollWidth") <= width


def test_a_matrix_of_one_trust_says_so(page: Page, starter: str) -> None:  # noqa: F811
    page.goto(f"{starter}compare/subjects/social-media/index.html")
    expect(page.locator("[data-cb-status]").first).to_have_text(re.compile(r"^Showing all \d+ questions, 1 trust\.$"))


def test_a_quiz_that_asks_all_its_questions_promises_no_others(page: Page, starter: str) -> None:  # noqa: F811
    home = folder_of(starter) / "larkhill-example"
    short = min((home / "social-media/quiz").glob("since-*/index.html"))
    page.goto(short.as_uri())
    said = page.locator(".cb-lede").inner_text()
    assert "You can try again with the same questions." in said
    assert "other questions" not in page.content()
    page.goto((home / "social-media/quiz/index.html").as_uri())
    assert "other questions" in page.locator(".cb-lede").inner_text()
    count = page.locator("[data-cb-question]:not([hidden])").count()
    minutes = -(-count // 4)  # 15 seconds a question
    assert f"{count} questions, about {minutes} minute" in page.locator(".cb-lede").inner_text()
    page.goto((home / "index.html").as_uri())
    assert f"About {minutes} minute" in page.locator("#check ~ p").first.inner_text()


def test_trusts_stand_in_the_order_of_the_names_that_are_shown(page: Page, web: str) -> None:
    page.goto(web + "index.html")
    names = page.locator(".cb-glance tbody th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    page.goto(web + KINDS["hub-questions"])
    heads = page.locator(".cb-matrix").first.locator("thead a").all_inner_texts()
    assert heads == sorted(heads, key=str.casefold)


def test_what_is_counted_together_is_of_one_kind(page: Page, web: str) -> None:
    page.goto(f"{web}compare/moving/index.html#from=att&to=laat")
    count = page.evaluate("clausebookData.library.questions.length")
    page.get_by_text(f"Of {count} questions").wait_for()
    lists = page.locator("[data-cb-result] > ul")
    questions = lists.first.locator("li").all_inner_texts()
    assert sum(int(line.split()[0]) for line in questions) == count >= 51
    assert not [line for line in questions if "Topics" in line]
    expect(page.locator("[data-cb-result]")).to_contain_text(re.compile(r"Of \d+ topics:"))


def test_a_hit_of_the_search_says_its_title_once(page: Page, web: str) -> None:
    page.goto(f"{web}search/index.html?words=journalist")
    page.locator(".cb-found > li").first.wait_for()
    for hit in page.locator(".cb-found > li").all()[:6]:
        title, text = hit.locator("h2").inner_text(), " ".join(hit.inner_text().split())
        assert text.count(title) == 1, text
        assert "This page on one sheet" not in text
        assert "Asked by" not in text
