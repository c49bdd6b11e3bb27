"""The dashboard of a report, opened from its folder: nothing is asked of anybody, and everybody can read it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from acks.made_desks import TRUST, larkhill, term_of_2025
from acks.registers import read_report
from axe import violations
from browser_kit import opened
from clausebook.acknowledgements.reports.dashboard import render_dashboard
from paper import DARK_GROUND, PALE

from .conftest import ROOT


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hr")
    made = term_of_2025(folder / "desk")
    path = folder / "report.html"
    path.write_text(render_dashboard(read_report(made.desk, larkhill(), TRUST, date(2025, 11, 20)), ROOT))
    return path


def test_it_can_be_read_by_everybody(browser: Browser, dashboard: Path) -> None:
    with opened(browser) as context:
        page = context.new_page()
        page.goto(dashboard.as_uri())
        assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_it_fits_and_asks_for_nothing(page: Page, dashboard: Path, width: int) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(dashboard.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(("data:", dashboard.as_uri()))] == []
    assert said == []


def test_every_chart_has_its_words_and_its_table(page: Page, dashboard: Path) -> None:
    page.goto(dashboard.as_uri())
    charts = page.locator("figure")
    assert charts.count() == 5
    for place in range(charts.count()):
        section = charts.nth(place).locator("xpath=ancestor::section")
        assert section.locator("table").count() >= 1
        assert "The table below" in charts.nth(place).aria_snapshot()
    text = page.locator("main").inner_text()
    for words in ("2 done, 1 not yet due, 1 overdue", "due 31 October 2025", "4 of 9 by 20 November 2025"):
        assert words in text or page.locator("svg text", has_text=words).count()


def test_it_is_whole_on_paper(page: Page, dashboard: Path, tmp_path: Path) -> None:
    page.goto(dashboard.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(PALE) == []
    assert page.evaluate(DARK_GROUND) == []
    page.emulate_media(media="screen")
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    assert (tmp_path / "report.pdf").stat().st_size > 20_000
