"""What a page looks like on paper: dark on white from any scheme, whole on A4 and letter paper, with the trust's name and the day."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser_kit import opened
from clausebook.pages.hub import COLUMNS
from paper import PALE
from taking_quiz import pass_quiz

from .kinds import ACKNOWLEDGE, KINDS, MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS, POLICY, QUIZ, TRUST
from .visits import Visit

# A chip that is wider than its cell, a word that is broken, a table that the paper cuts off.
CUT = """width => [...document.querySelectorAll(".cb-table :is(.cb-answer, .cb-force, .cb-conflict, thead a)")].filter(one => one.checkVisibility()).filter(one => {
      const chip = one.getBoundingClientRect(), cell = one.closest("td, th").getBoundingClientRect();
      const range = document.createRange();
      const broken = [...one.textContent.matchAll(/[\\w'’]+/g)].some(word => {
        range.setStart(one.firstChild, word.index);
        range.setEnd(one.firstChild, word.index + word[0].length);
        return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
      });
      return broken || chip.right > cell.right + 1 || chip.left < cell.left - 1 || chip.right > width + 1;
    }).map(one => one.outerHTML.slice(0, 120))"""
PAPER = {  # what a page has room for in CSS pixels, within its margins of 14 mm
    "A4": 688, "A4 landscape": 1017, "letter": 710, "A4, text at 125 %": 550,
}  # fmt: skip


@pytest.fixture
def dark(browser: Browser) -> Page:
    with opened(browser, color_scheme="dark") as context:
        yield context.new_page()


def printed(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")


def test_a_page_is_dark_on_white_also_where_the_screen_is_dark(visit: Visit) -> None:
    assert visit.on_paper == []


def test_a_slip_and_a_statement_are_dark_on_white(dark: Page, web: str) -> None:
    dark.goto(web + QUIZ)
    pass_quiz(dark)
    dark.get_by_role("heading", name="Keep your result").click()
    printed(dark)
    dark.evaluate("document.body.dataset.cbPrint = 'slip'")
    assert dark.locator("[data-cb-slip]").is_visible()
    assert dark.evaluate(PALE) == []
    dark.emulate_media(media="screen", color_scheme="dark")
    dark.goto(web + ACKNOWLEDGE)
    dark.get_by_label("Your full name").fill("Sam Sample")
    dark.get_by_role("checkbox").check()
    dark.get_by_role("button", name="Copy").click()
    printed(dark)
    assert dark.evaluate(PALE) == []
    expect(dark.get_by_role("button", name="Copy")).to_be_hidden()


def test_on_a_screen_dark_stays_dark(dark: Page, web: str) -> None:
    dark.goto(web + POLICY)
    assert dark.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 31)"


@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize(
    "path",
    [MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS, KINDS["hub-checklist"], KINDS["hub-question"], KINDS["hub-findings"]],
)
def test_each_answer_of_a_table_is_whole_on_paper(page: Page, web: str, path: str, paper: str) -> None:
    page.goto(web + path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER[paper], "height": 1000})
    assert page.evaluate(CUT, PAPER[paper]) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PAPER[paper]


@pytest.mark.parametrize("paper", PAPER)
def test_a_page_full_of_trusts_is_whole_on_paper(page: Page, many: Path, paper: str) -> None:
    for path in (MATRIX_OF_QUESTIONS, MATRIX_OF_TOPICS, KINDS["hub-checklist"]):
        page.goto((many / path).as_uri())
        page.emulate_media(media="print")
        page.set_viewport_size({"width": PAPER[paper], "height": 1000})
        assert page.evaluate(CUT, PAPER[paper]) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PAPER[paper]
        names = page.locator(".cb-matrix tbody tr").first.locator("td").evaluate_all(
            "all => all.map(one => getComputedStyle(one, '::before').content)"
        )  # fmt: skip
        named = [name for name in names if "Made-up" in name]
        assert (named[0], len(named)) == ('"Made-up 001: "', COLUMNS)


def test_every_sheet_bears_the_trusts_name_and_the_first_the_day(page: Page, web: str, tmp_path: Path) -> None:
    page.clock.set_fixed_time("2026-11-20T12:00:00")  # noon where the browser stands
    page.goto(web + POLICY)
    page.pdf(path=tmp_path / "policy.pdf", format="A4")
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "policy.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    sheets = text.rstrip("\f").split("\f")
    assert len(sheets) > 3
    for number, sheet in enumerate(sheets, 1):
        assert re.search(rf"Academy Transformation Trust +{number} of {len(sheets)}", sheet)
    assert "Academy Transformation Trust · Printed on 20 November 2026" in sheets[0]
    assert "Review overdue: The review was due in September 2021." in sheets[0]


def test_without_javascript_a_sheet_bears_the_trusts_name(plain: Page, web: str) -> None:
    plain.goto(f"{web}{TRUST}/index.html")
    expect(plain.locator(".cb-printed")).to_be_hidden()
    plain.emulate_media(media="print")
    expect(plain.locator(".cb-printed")).to_have_text("Academy Transformation Trust")
