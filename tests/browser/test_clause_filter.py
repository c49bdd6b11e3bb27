"""A reader sees only the clauses that bind a role or have a force, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from .kinds import POLICY, TRUST


@pytest.fixture
def policy(page: Page, web: str) -> Page:
    page.goto(f"{web}{POLICY}?show=all")
    expect(page.get_by_role("group", name="Show", exact=True)).to_be_visible()
    return page


def status(page: Page) -> Locator:
    return page.locator("[data-cb-filter] [data-cb-status]")


def counts(page: Page) -> tuple[int, int]:
    """How many clauses the status says are shown, and of how many."""
    found = re.fullmatch(r"Showing (\d+) of (\d+) clauses\.", status(page).inner_text())
    assert found
    return int(found[1]), int(found[2])


def visible(page: Page, selector: str) -> list[str]:
    """The ids of the visible elements that `selector` finds."""
    return page.eval_on_selector_all(selector, "all => all.filter(one => one.checkVisibility()).map(one => one.id)")


def shown_clauses(page: Page) -> list[str]:
    return visible(page, "[data-cb-clause] > h3, [data-cb-clause] .cb-items li")


def test_all_are_shown_at_first(policy: Page, records: Callable[[str], list[dict[str, Any]]]) -> None:
    total = sum(one["trust"] == TRUST for one in records("clauses"))
    expect(status(policy)).to_have_text(f"Showing all {total} clauses.")
    assert len(shown_clauses(policy)) == total


def test_what_you_must_do_comes_first(page: Page, web: str, records: Callable[[str], list[dict[str, Any]]]) -> None:
    own = [one for one in records("clauses") if one["trust"] == TRUST]
    rules = {one["id"] for one in own if one["modality"] not in ("may", "states")}
    page.goto(web + POLICY)
    expect(page.get_by_role("radio", name="What you must do")).to_be_checked()
    expect(status(page)).to_contain_text("what you must, must not, should and should not do")
    shown = set(shown_clauses(page))
    assert rules <= shown
    assert len(shown) < len(own)
    printed = page.locator("[data-cb-filtered]")
    page.emulate_media(media="print")
    expect(printed).to_contain_text("This is not the whole policy.")
    page.emulate_media(media="screen")
    page.get_by_role("radio", name="Whole policy").check()
    assert len(shown_clauses(page)) == len(own)
    page.emulate_media(media="print")
    expect(printed).to_be_hidden()


def test_words_are_found_whatever_their_typography(
    policy: Page, records: Callable[[str], list[dict[str, Any]]]
) -> None:
    policy.get_by_label("Find in this policy").fill("WIKIPEDIA  edit")
    shown = policy.locator("[data-cb-clause]:visible > h3")
    wanted = [
        one["id"]
        for one in records("clauses")
        if one["trust"] == TRUST and "wikipedia" in one["text"].lower() and "edit" in one["text"].lower()
    ]
    assert wanted
    assert [one.get_attribute("id") for one in shown.all()] == wanted, (
        "and none beside which another trust's clause says so"
    )
    policy.wait_for_url("**find=WIKIPEDIA*")
    policy.reload()
    expect(policy.get_by_label("Find in this policy")).to_have_value("WIKIPEDIA  edit")


def test_the_role_is_remembered_and_told(page: Page, web: str) -> None:
    page.goto(f"{web}{POLICY}?show=all")
    page.get_by_label("Show rules for").select_option("volunteers")
    page.goto(web + POLICY)
    expect(page.get_by_label("Show rules for")).to_have_value("volunteers")
    expect(page.get_by_label("Show rules for")).to_be_visible()


def test_by_force(policy: Page, records: Callable[[str], list[dict[str, Any]]]) -> None:
    wanted = {one["id"] for one in records("clauses") if one["trust"] == TRUST and one["modality"] == "must-not"}
    policy.get_by_role("checkbox", name="Must not").check()
    shown = shown_clauses(policy)
    assert wanted <= set(shown)
    assert counts(policy) == (len(shown), sum(one["trust"] == TRUST for one in records("clauses")))
    forces = policy.eval_on_selector_all(
        "[data-cb-clause]", "all => all.filter(one => one.checkVisibility()).map(one => one.dataset.force)"
    )
    assert forces
    assert all("must-not" in one.split() for one in forces)


def test_by_role(policy: Page, records: Callable[[str], list[dict[str, Any]]]) -> None:
    wanted = {one["id"] for one in records("clauses") if one["trust"] == TRUST and "employer" in one["binds"]}
    policy.get_by_label("Show rules for").select_option("employer")
    shown = shown_clauses(policy)
    assert wanted
    assert wanted <= set(shown)
    assert counts(policy)[0] == len(shown) < counts(policy)[1]


def test_by_both(policy: Page) -> None:
    policy.get_by_label("Show rules for").select_option("employer")
    of_role = set(shown_clauses(policy))
    policy.get_by_role("checkbox", name="Must", exact=True).check()
    assert set(shown_clauses(policy)) < of_role


def test_sections_without_a_clause_to_show_are_hidden_whole(policy: Page) -> None:
    before = visible(policy, ".md-typeset > h2")
    policy.get_by_label("Show rules for").select_option("employer")
    after = visible(policy, ".md-typeset > h2")
    assert 0 < len(after) < len(before)
    empty = policy.evaluate(
        """() => [...document.querySelectorAll(".md-typeset > h2")].filter(one => one.checkVisibility()).filter(one => {
            for (let part = one.nextElementSibling; part && part.tagName !== "H2"; part = part.nextElementSibling) {
                if (part.matches("[data-cb-clause]") && part.checkVisibility()) { return false; }
            }
            return true;
        }).map(one => one.id)"""
    )
    assert empty == []
    assert len(visible(policy, ".cb-turn")) == len(after)


def test_show_all_shows_all(policy: Page) -> None:
    total = len(shown_clauses(policy))
    policy.get_by_role("checkbox", name="May").check()
    assert len(shown_clauses(policy)) < total
    policy.get_by_role("button", name="Show everything").click()
    expect(status(policy)).to_have_text(f"Showing all {total} clauses.")
    assert len(shown_clauses(policy)) == total
    expect(policy.get_by_role("checkbox", name="May")).not_to_be_checked()


def test_by_keyboard_alone(policy: Page) -> None:
    policy.get_by_label("Show rules for").focus()
    policy.keyboard.press("ArrowDown")
    expect(policy.get_by_label("Show rules for")).not_to_have_value("")
    by_role = len(shown_clauses(policy))
    policy.keyboard.press("Tab")
    expect(policy.get_by_role("checkbox", name="Must", exact=True)).to_be_focused()
    policy.keyboard.press("Tab")
    policy.keyboard.press("Space")
    expect(policy.get_by_role("checkbox", name="Must not")).to_be_checked()
    assert len(shown_clauses(policy)) < by_role
    for _ in range(5):
        policy.keyboard.press("Tab")
    expect(policy.get_by_role("button", name="Show everything")).to_be_focused()
    policy.keyboard.press("Enter")
    expect(status(policy)).to_contain_text("Showing all")


def test_what_fits_nothing_is_said(policy: Page) -> None:
    empty = policy.evaluate(
        """() => [...document.querySelectorAll("#cb-role option")].map(one => one.value).filter(Boolean).find(role =>
            ![...document.querySelectorAll("[data-cb-clause]")].some(one =>
                one.dataset.binds.split(" ").includes(role) && one.dataset.force.split(" ").includes("should-not")))"""
    )
    policy.get_by_label("Show rules for").select_option(empty)
    policy.get_by_role("checkbox", name="Should not").check()
    expect(status(policy)).to_contain_text("Nothing fits. That does not mean it is allowed")
    assert shown_clauses(policy) == []


def test_an_address_shows_its_clause_whatever_is_filtered(policy: Page) -> None:
    policy.get_by_role("checkbox", name="May").check()
    hidden = policy.locator("[data-cb-clause]:not([data-force~=may]) > h3").first
    expect(hidden).to_be_hidden()
    name = hidden.get_attribute("id")
    policy.evaluate("name => { location.hash = name; }", name)
    expect(hidden).to_be_in_viewport()
    expect(policy.get_by_role("checkbox", name="May")).to_be_checked()
    others = policy.locator("[data-cb-clause]:not([data-force~=may]):visible > h3")
    assert others.count() == 1
    policy.get_by_role("checkbox", name="May").uncheck()
    policy.get_by_role("checkbox", name="May").check()
    expect(hidden).to_be_hidden()
    policy.evaluate("name => { document.querySelector(`a[href='#${name}']`).click(); }", name)
    expect(hidden).to_be_in_viewport()


def test_a_clauses_address_shows_it_below_the_header(page: Page, phone: Page, web: str) -> None:
    for view in (page, phone):
        for name in ("no-contact-with-pupils", "confidential-commercial"):
            view.goto("about:blank")
            view.goto(f"{web}{POLICY}#{name}")
            target = view.locator(f"[id='{name}']")
            expect(target).to_be_in_viewport()
            view.wait_for_function(
                """name => {
                    const covered = document.querySelector(".md-header").getBoundingClientRect().bottom;
                    return document.getElementById(name).getBoundingClientRect().top >= covered;
                }""",
                arg=name,
            )


@pytest.mark.parametrize("place", ["web", "folder"])
def test_what_is_chosen_outlives_a_reload_and_the_way_to_the_next_section(
    place: str, page: Page, request: pytest.FixtureRequest
) -> None:
    page.goto(request.getfixturevalue(place) + POLICY + "?show=all")
    page.get_by_label("Show rules for").select_option("staff")
    page.get_by_role("checkbox", name="Should", exact=True).check()
    shown, sections = shown_clauses(page), visible(page, ".md-typeset > h2")
    assert page.url.endswith("?role=staff&force=should")
    page.locator(".cb-turn a[rel=next]:visible").first.click()
    page.wait_for_url(lambda url: url.endswith(f"?role=staff&force=should#{sections[1]}"))
    assert shown_clauses(page) == shown
    page.reload()
    assert shown_clauses(page) == shown
    last = page.locator(".cb-turn:visible").last
    expect(last.locator("a[rel=next]")).to_be_hidden()
    page.get_by_role("button", name="Show everything").click()
    page.wait_for_url(f"**/index.html?show=all#{sections[1]}")
    following = page.locator(f"h2#{sections[0]} ~ .cb-turn a[rel=next]").first
    assert following.evaluate(
        "one => document.querySelector(one.hash) === [...document.querySelectorAll('.md-typeset > h2')].find(two => two.compareDocumentPosition(one) & 2)"
    )


def test_an_address_that_asks_for_what_is_not_there_shows_all(page: Page, web: str) -> None:
    page.goto(f"{web}{POLICY}?show=all&role=nobody&force=shall&else=1")
    expect(status(page)).to_contain_text("Showing all")
    expect(page.get_by_label("Show rules for")).to_have_value("")


def test_a_word_is_explained_below_its_sentence_and_again_not(page: Page, plain: Page, web: str) -> None:
    page.goto(web + POLICY)
    word = page.locator("a.cb-defined:visible").first
    word.click()
    note = page.locator(".cb-explained")
    expect(note).to_contain_text(f"{word.inner_text()}: ")
    expect(word).to_have_attribute("aria-expanded", "true")
    assert page.url == web + POLICY, "the reader stays where they were"
    word.focus()
    page.keyboard.press("Enter")
    expect(note).to_have_count(0)
    plain.goto(f"{web}{POLICY}")
    target = plain.locator("a.cb-defined").first.get_attribute("href")
    assert plain.locator(f"[id='{(target or '')[1:]}']").count() == 1


def test_a_clause_says_where_a_mistake_is_told(policy: Page) -> None:
    clause = policy.locator("[data-cb-clause]").first
    clause.get_by_text("More", exact=False).first.click()
    link = clause.get_by_role("link", name="Tell us that something is wrong here")
    expect(link).to_be_visible()
    assert (link.get_attribute("href") or "").startswith("mailto:?subject=Something%20is%20wrong")
