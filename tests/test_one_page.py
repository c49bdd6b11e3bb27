"""What must be one page is as large as the page allows, and the size is found by few layouts: they are most of what a PDF takes."""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from clausebook.build.engines import weasyprint
from clausebook.build.engines.one_page import LEAVE_OUT, SIZES, LayOut, Layout, fill_one_page
from clausebook.build.engines.weasyprint import print_files, render_pdf
from clausebook.findings.find import find_all
from clausebook.looks import Looks
from clausebook.model.handbook import Handbook
from clausebook.pages.prints import PrintDocument, hub_prints, trust_prints

LOOKS = Looks(Path(__file__).parent.parent)
TODAY = date(2026, 11, 20)
MOST = 1.5  # layouts of a print, on average
DOCUMENT = '<html lang="en-GB"><head><title>A test</title></head><body>{}</body></html>'


@dataclass
class Search:
    """How the size of one print was found: what was tried, and what came of it."""

    tried: list[tuple[str, float]] = field(default_factory=list)
    pages: int = 0
    size: float = 0
    too_small: bool = False
    """Whether the print would also have been one page two steps larger."""


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[Search]:
    """One of each print that is made meanwhile; nothing else is different."""
    found: list[Search] = []

    def watched(lay_out: LayOut, size: float) -> Layout:
        search = Search()

        def watched_lay_out(left_out: str, size: float) -> Layout:
            search.tried.append((left_out, size))
            layout = lay_out(left_out, size)
            sizes[id(layout)] = left_out, size
            return layout

        sizes: dict[int, tuple[str, float]] = {}
        layout = fill_one_page(watched_lay_out, size)
        left_out, search.size = sizes[id(layout)]
        search.pages = layout.pages
        larger = SIZES[SIZES.index(search.size) + 2 :][:1]
        search.too_small = any(lay_out(left_out, size).pages == 1 for size in larger)
        found.append(search)
        return layout

    monkeypatch.setattr(weasyprint, "fill_one_page", watched)
    return found


def one_page_prints(handbook: Handbook) -> list[PrintDocument]:
    findings = find_all(handbook, TODAY)
    of_trusts = [one for trust in handbook.trusts for one in trust_prints(trust, handbook, findings, LOOKS, TODAY)]
    return [one for one in [*hub_prints(handbook, LOOKS, TODAY), *of_trusts] if one.one_page]


def test_every_print_of_one_page_is_as_large_as_it_can_be_and_few_layouts_find_that(
    handbook: Handbook, searches: list[Search]
) -> None:
    prints, files = one_page_prints(handbook), print_files(LOOKS)
    for one in prints:
        render_pdf(one.html, files, one_page=one.one_page)
    tried = {one.path: search for one, search in zip(prints, searches, strict=True)}
    assert {search.pages for search in searches} == {1}
    assert [path for path, search in tried.items() if search.too_small] == []
    assert sum(len(search.tried) for search in searches) / len(searches) <= MOST
    for template in {one.template for one in prints}:  # the number of each template is near the truth
        its = [len(tried[one.path].tried) for one in prints if one.template == template]
        assert sum(its) / len(its) <= MOST, template


@pytest.mark.parametrize("characters", [1, 500, 2000, 50_000])
def test_wherever_the_search_begins_it_ends_within_a_step(searches: list[Search], characters: int) -> None:
    for begun in (characters, 4000):
        render_pdf(DOCUMENT.format("<p>" + "word " * 850), {}, one_page=begun)
    here, usual = searches
    assert usual.size in SIZES[1:-1], "an end of the sizes would be found by chance"
    assert here.pages == usual.pages == 1
    assert not here.too_small
    assert abs(SIZES.index(here.size) - SIZES.index(usual.size)) <= 1


@pytest.mark.parametrize("text", ["", "<p>Short.</p>"])
def test_what_is_short_is_as_large_as_any(searches: list[Search], text: str) -> None:
    render_pdf(DOCUMENT.format(text), {}, one_page=2000)
    assert [(search.pages, search.size, len(search.tried)) for search in searches] == [(1, SIZES[-1], 1)]


def test_what_fits_at_no_size_is_tried_at_the_smallest_without_all_that_may_go(searches: list[Search]) -> None:
    render_pdf(DOCUMENT.format("<p>" + "word " * 10_000), {}, one_page=2000)
    assert [(search.pages > 1, search.tried) for search in searches] == [
        (True, [(left_out, SIZES[0]) for left_out in LEAVE_OUT])
    ]


def test_a_print_leaves_no_file_behind_and_pythons_memory_as_it_was(tmp_path: Path) -> None:
    render_pdf(DOCUMENT.format("<p>Words.</p>"), {})
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    program = f"""
from pathlib import Path
from clausebook.build.engines.weasyprint import print_files, render_pdf
from clausebook.looks import Looks
render_pdf('<html lang=en><link rel=stylesheet href=print.css><title>x</title><p>Words.', print_files(Looks(Path({str(LOOKS.root)!r}))))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], env={"TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert (done.stderr, list(tmp_path.iterdir())) == ("", [])
