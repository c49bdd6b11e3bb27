"""With more trusts than a page has room for: pages are divided, the matrix turns its columns, and nothing grows too heavy."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from axe import violations
from clausebook.pages.hub import COLUMNS, PER_PAGE

from .conftest import MANY

MATRIX = "compare/subjects/social-media/index.html"


def columns(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        ".cb-matrix thead", "all => [...all[0].rows[0].cells].map(one => one.dataset.trust).filter(Boolean)"
    )


def trusts(first: int, last: int) -> list[str]:
    return [f"made-up-{number:03}" for number in range(first, last + 1)]


def test_the_matrix_turns_its_columns_and_keeps_them_in_the_address(page: Page, many: Path) -> None:
    page.goto((many / MATRIX).as_uri())
    expect(page.locator("[data-cb-status]")).to_have_text(
        re.compile(rf"Showing all \d+ questions, all {MANY} trusts, the columns of {COLUMNS} of them\.")
    )
    assert columns(page) == trusts(1, COLUMNS)
    page.get_by_label("Columns").select_option(label=f"{COLUMNS + 1} to {2 * COLUMNS}")
    assert columns(page) == trusts(COLUMNS + 1, 2 * COLUMNS)
    page.wait_for_url(lambda url: url.endswith(f"#from={COLUMNS + 1}"))
    page.reload()
    assert columns(page) == trusts(COLUMNS + 1, 2 * COLUMNS)


def test_a_cell_made_by_the_script_is_the_cell_that_the_page_had(page: Page, many: Path) -> None:
    for matrix in (MATRIX, "compare/subjects/social-media/topics/index.html"):
        page.goto((many / matrix).as_uri())
        row = "[...document.querySelectorAll('.cb-matrix tbody tr')].map(row => [...row.querySelectorAll('td[data-trust]')].map(cell => [cell.dataset.answer, cell.dataset.name, cell.innerText.trim(), cell.textContent.replace(/\\s+/g, ' ').trim(), cell.querySelector('a').href, cell.querySelector('span').className]))"
        written = page.evaluate(row)
        columns = page.get_by_label("Columns")
        columns.select_option(label=f"{COLUMNS + 1} to {2 * COLUMNS}")
        assert page.evaluate(row) != written
        columns.select_option(label=f"1 to {COLUMNS}")
        assert page.evaluate(row) == written


def test_a_filter_looks_at_all_trusts_and_not_at_those_in_sight(page: Page, many: Path) -> None:
    page.goto((many / MATRIX).as_uri())
    page.get_by_label("Find a trust").fill(f"up {MANY - 1:03}")
    boxes = page.locator(".cb-filter__trusts label:has(input[name=trusts]):visible")
    expect(boxes).to_have_count(1)
    boxes.locator("input").check()
    page.get_by_label("Find a trust").fill("up 002")
    page.get_by_role("checkbox", name="Made-up 002").check()
    assert columns(page) == ["made-up-002", f"made-up-{MANY - 1:03}"]
    expect(page.get_by_label("Columns")).to_be_hidden()
    page.get_by_label("Only where they differ").check()
    for row in page.locator(".cb-matrix tbody tr:visible").all():
        said = [cell.get_attribute("data-answer") for cell in row.locator("td[data-trust]").all()]
        assert said[0] != said[1]


def test_without_javascript_every_trust_is_reached(plain: Page, many: Path) -> None:
    found: list[str] = []
    plain.goto((many / MATRIX).as_uri())
    for number in range(1, -(-MANY // COLUMNS) + 1):
        if number > 1:
            plain.locator("nav.cb-pager").first.get_by_role("link", name=f"{(number - 1) * COLUMNS + 1} to").click()
        found += columns(plain)
    assert found == trusts(1, MANY)


@pytest.mark.parametrize("start", ["compare/questions/mfa", "compare/topics/former-pupils"])
def test_a_divided_page_tells_of_each_trust_once_and_leads_to_it(plain: Page, many: Path, start: str) -> None:
    plain.goto((many / start / "index.html").as_uri())
    further = plain.locator("nav.cb-pager").first.get_by_role("link")
    assert further.count() == -(-MANY // PER_PAGE) - 1
    pages = [many / start / "index.html", *(many / start).glob("page_*/index.html")]
    told = [name for page in pages for name in re.findall(r'<h2 id="(made-up-\d+)"', page.read_text(encoding="utf-8"))]
    assert sorted(told) == trusts(1, MANY)
    # from the first page, each trust's name leads to where it is told
    for trust in ("made-up-001", f"made-up-{MANY - 2:03}", f"made-up-{MANY:03}"):
        plain.goto((many / start / "index.html").as_uri() + f"#{trust}")
        place = plain.locator(f"#{trust}")
        expect(place).to_be_visible()
        if place.evaluate("one => one.tagName") != "H2":
            place.get_by_role("link").first.click()
            expect(plain.locator(f"h2#{trust}")).to_be_visible()


def test_the_review_desk_tells_of_each_trust_on_one_of_its_pages_and_leads_there(plain: Page, many: Path) -> None:
    pages = [many / "findings/index.html", *sorted((many / "findings").glob("page_*/index.html"))]
    told = [set(re.findall(r'data-trust="(made-up-\d+)"', page.read_text(encoding="utf-8"))) for page in pages]
    assert sum(len(trusts) for trusts in told) == len(set[str]().union(*told)), "a trust is told on two pages"
    assert len(told) == -(-MANY // PER_PAGE)
    trust = max(told[-1])
    plain.goto(f"{pages[0].as_uri()}#trust-{trust}")
    plain.locator(f"#trust-{trust} a").click()
    assert "page_" in plain.url
    expect(plain.locator(f"#trust-{trust}")).to_be_visible()
    expect(plain.locator(f'[data-trust="{trust}"]').first).to_be_visible()


def test_no_page_of_the_hub_is_heavy(many: Path) -> None:
    heavy = {
        page.relative_to(many).as_posix(): len(gzip.compress(page.read_bytes()))
        for page in many.rglob("index.html")
        if not page.relative_to(many).parts[0].startswith("made-up")
    }
    assert len(heavy) > 200
    assert max(heavy.values()) < 40_000, max(heavy, key=heavy.get)


@pytest.mark.parametrize(
    "path",
    [
        MATRIX,
        "compare/questions/mfa/index.html",
        "compare/questions/mfa/page_2/index.html",
        "findings/index.html",
        "index.html",
    ],
)
def test_they_can_be_read_by_everybody(page: Page, many: Path, path: str) -> None:
    page.goto((many / path).as_uri())
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
