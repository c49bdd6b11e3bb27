"""Moving from one trust to another: each question in its place, with both answers, for any pair."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from axe import violations
from clausebook.model.labels import VERDICT

Records = Callable[[str], list[dict[str, Any]]]
MOVING = "compare/moving/index.html"
TRUSTS = ("archway", "att", "catholic", "laat", "lwlat")


def status(page: Page) -> Locator:
    return page.locator("[data-cb-status]")


def placed(page: Page) -> dict[str, list[str]]:
    """The questions under each heading, by the heading's id."""
    return page.evaluate(
        """() => { const found = {}; let at = null;
          for (const one of document.querySelectorAll('[data-cb-result] :is(h2[id], .cb-change-line)')) {
            if (one.tagName === 'H2') { at = found[one.id] = []; }
            else { at.push(one.querySelector('h3').textContent); }
          } return Object.fromEntries(Object.entries(found).filter(([id]) => !id.startsWith('topics-'))); }"""
    )


def test_every_question_stands_in_one_place_for_every_pair(page: Page, web: str, records: Records) -> None:
    answers = {(one["trust"], one["question"]): one["answer"] for one in records("positions")}
    asks = {one["ask"]: one["id"] for one in records("questions")}
    page.goto(web + MOVING)
    shown = {one["id"] for one in page.evaluate("clausebookData.library.questions")}
    assert {question for _, question in answers} <= shown
    page.goto(web + MOVING)
    for old, new in permutations(TRUSTS, 2):
        page.get_by_label("from", exact=True).select_option(old)
        page.get_by_label("to", exact=True).select_option(new)
        expect(status(page)).to_contain_text("From ")
        found = placed(page)
        everything = [asks[ask] for asked in found.values() for ask in asked]
        assert sorted(everything) == sorted(shown)
        for kind, asked in found.items():
            for ask in asked:
                pair = answers.get((old, asks[ask]), "silent"), answers.get((new, asks[ask]), "silent")
                assert fits(kind, *pair), f"{old} to {new}: {ask} is {kind}, {pair}"


def fits(kind: str, old: str, new: str) -> bool:
    """Whether a reader would agree that going from `old` to `new` is of that kind."""
    may = ("permitted", "advised-against", "restricted", "prohibited")
    must = ("permitted", "advised", "restricted", "required")
    if "unreadable" in (old, new):
        return kind == "damaged"
    if old == new:
        return kind == ("neither" if old == "silent" else "same")
    if "silent" in (old, new):
        return kind == ("new" if old == "silent" else "unsaid")
    scales = [scale for scale in (may, must) if old in scale and new in scale]
    if kind == "different":
        return True
    return any((scale.index(new) > scale.index(old)) == (kind == "stricter") for scale in scales)


def test_known_cases(page: Page, web: str) -> None:
    """Read in the documents: ATT forbids contact with pupils and LAAT advises against it; LAAT alone wants a two-step sign-in."""
    page.goto(f"{web}{MOVING}#from=att&to=laat")
    expect(status(page)).to_have_text("From ATT to LAAT.")
    found = placed(page)
    assert "May I be connected with a current pupil on my personal social media?" in found["looser"]
    assert "May I connect with a pupil who has left the school?" in found["unsaid"]
    page.get_by_role("button", name="Swap").click()
    expect(status(page)).to_have_text("From LAAT to ATT.")
    assert "May I be connected with a current pupil on my personal social media?" in placed(page)["stricter"]
    page.wait_for_url(lambda url: url.endswith("#from=laat&to=att"))


def test_each_line_shows_both_answers_with_their_clauses(page: Page, folder: str, records: Records) -> None:
    page.goto(f"{folder}{MOVING}#from=att&to=catholic")
    expect(status(page)).to_contain_text("From ATT to")
    clauses = {(one["trust"], one["id"]): " ".join(one["text"].split()) for one in records("clauses")}
    positions = {(one["trust"], one["question"]): one for one in records("positions")}
    asks = {one["ask"]: one["id"] for one in records("questions")}
    page.get_by_role("button", name="Open everything").click()
    lines = page.locator("[data-cb-result] .cb-change-line").all()
    assert len(lines) == page.evaluate("clausebookData.library.questions.length")
    for article in lines:
        question = asks[article.locator("h3").inner_text()]
        for trust, side in zip(("att", "catholic"), article.locator("section").all(), strict=True):
            text = " ".join(side.inner_text().split())
            position = positions.get((trust, question))
            if position is None:
                assert "Not looked at yet" in text or "Not dealt with" in text
                assert "Ask first." in text
                continue
            assert f"{VERDICT[position['verdict']]} " in text
            assert position["advice"] in text
            assert ("contradicts itself" in text) == position["conflict"]
            assert all(clauses[trust, clause] in text for clause in position["clauses"])


def test_the_numbers_come_first_on_one_screen_and_are_those_of_the_lists(phone: Page, web: str) -> None:
    phone.goto(f"{web}{MOVING}#from=att&to=laat")
    expect(status(phone)).to_have_text("From ATT to LAAT.")
    found = placed(phone)
    tiles = phone.locator(".cb-tiles").first.locator("li").all()
    assert tiles[0].inner_text().split() == ["0", "stricter"]
    linked = [tile for tile in tiles if tile.locator("a").count()]
    told = {tile.locator("a").get_attribute("href")[1:]: int(tile.locator("strong").inner_text()) for tile in linked}
    assert told == {kind: len(asked) for kind, asked in found.items()}
    assert sum(told.values()) == phone.evaluate("clausebookData.library.questions.length")
    heading = phone.get_by_role("heading", name="From ATT to LAAT").bounding_box()
    last = phone.locator(".cb-tiles").last.bounding_box()
    assert last["y"] + last["height"] - heading["y"] < 844
    for clause in phone.locator("[data-cb-result] .cb-quote").all()[:20]:
        expect(clause).to_be_hidden()


def test_before_a_choice_every_move_is_told_in_numbers_and_leads_there(page: Page, web: str) -> None:
    page.goto(web + MOVING)
    moves = page.locator("[data-cb-result] li")
    expect(moves).to_have_count(len(TRUSTS) * (len(TRUSTS) - 1))
    line = moves.filter(has_text="From ATT to LAAT").inner_text()
    page.get_by_role("link", name="From ATT to LAAT").click()
    expect(status(page)).to_have_text("From ATT to LAAT.")
    for kind, word in (
        ("stricter", "stricter"),
        ("looser", "less strict"),
        ("new", "new"),
        ("unsaid", "no longer stated"),
    ):
        asked = placed(page).get(kind, [])
        assert (f"{len(asked)} {word}" in line) == bool(asked)


def test_it_is_printed_as_it_is_shown_and_without_the_form(page: Page, web: str) -> None:
    page.goto(f"{web}{MOVING}#from=att&to=laat")
    expect(status(page)).to_contain_text("From ATT")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print or save as PDF").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="From ATT to LAAT")).to_be_visible()
    expect(page.locator(".cb-filter")).to_be_hidden()
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_hidden()


def test_a_link_to_a_part_keeps_the_view_in_the_address(page: Page, web: str) -> None:
    page.goto(f"{web}{MOVING}#from=att&to=laat")
    page.locator("[data-cb-result] a[href='#unsaid']").click()
    expect(page.locator("h2#unsaid")).to_be_focused()
    assert page.url.endswith("#from=att&to=laat")


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("", "Choose the trust that you leave and the one that you go to."),
        ("from=att", "Choose the trust that you leave and the one that you go to."),
        ("from=att&to=att", "That is one trust twice: nothing changes."),
        ("from=att&to=nobody", "There is no trust “nobody” here; the rest was applied."),
        ("from=att&by=train", "There is no choice “by” here; the rest was applied."),
    ],
)
def test_what_cannot_be_shown_is_answered_in_words(page: Page, web: str, fragment: str, said: str) -> None:
    page.goto(f"{web}{MOVING}{'#' + fragment if fragment else ''}")
    expect(page.locator(".cb-filter")).to_contain_text(said)
    expect(page.locator(".cb-change-line")).to_have_count(0)


def test_it_can_be_read_by_everybody(page: Page, web: str) -> None:
    page.goto(f"{web}{MOVING}#from=att&to=lwlat")
    expect(status(page)).to_contain_text("From ATT")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_javascript_it_says_where_to_go(plain: Page, web: str) -> None:
    plain.goto(web + MOVING)
    expect(plain.get_by_text("needs JavaScript")).to_be_visible()
    expect(plain.get_by_role("link", name="the table of questions")).to_be_visible()
