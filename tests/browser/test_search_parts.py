"""The search index of a large hub is in parts. A search of all finds what one index finds; a search of a trust asks for its part alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser_kit import served
from clausebook.build import search_index
from clausebook.build.cache import Cache
from clausebook.build.page_facts import KeptPages, read_pages
from clausebook.build.plans import Files
from clausebook.build.search_index import index_targets
from clausebook.build.targets import Target
from clausebook.files import names_below, write_files

TRUSTS = {"archway", "att", "catholic", "laat", "lwlat"}
ADDRESSES = "all => all.map(one => new URL(one.href).pathname)"


@pytest.fixture(scope="module")
def pages(site: Path, tmp_path_factory: pytest.TempPathFactory) -> KeptPages:
    return read_pages(site, names_below(site), tmp_path_factory.mktemp("seen") / "pages.txt")


def made(target: Target) -> Files:
    """What its one job makes."""
    plan = target.plan(Cache(Path("none")))
    (job,) = plan.jobs
    return plan.take(job())


@pytest.fixture(scope="module")
def divided(site: Path, pages: KeptPages, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Target]]:
    """The same site, with an index in as many parts as one that is fifty times as large."""
    folder = tmp_path_factory.mktemp("divided") / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("pagefind"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "MOST", 2_000_000)
        targets = index_targets(folder, pages, TRUSTS)
    for target in targets:
        write_files(folder, made(target))
    return folder, targets


@pytest.fixture(scope="module")
def in_parts(divided: tuple[Path, list[Target]]) -> Iterator[str]:
    with served(divided[0]) as address:
        yield address


def find(page: Page, web: str, words: str, trust: str = "") -> list[str]:
    """The addresses of all pages that are found, in their order."""
    page.goto(f"{web}search/index.html")
    page.get_by_label("In", exact=True).select_option(label=trust or "all trusts and comparisons")
    page.get_by_role("searchbox", name="Words").fill(words)
    page.keyboard.press("Enter")
    status = page.locator("[data-cb-status]")
    expect(status).to_have_text(re.compile(r"\d+ pages? found"))
    count = int(status.inner_text().split()[0])
    more = page.get_by_role("button", name="Show more")
    found = page.locator(".cb-found h2 a")
    while found.count() < count:
        shown = found.count()
        more.click()
        expect(found).not_to_have_count(shown)
    return found.evaluate_all(ADDRESSES)


@pytest.mark.parametrize("words", ["journalist", "friend requests"])
def test_all_parts_together_find_what_one_index_finds(page: Page, web: str, in_parts: str, words: str) -> None:
    whole, divided = find(page, web, words), find(page, in_parts, words)
    assert len(divided) == len(set(divided))
    assert set(divided) == set(whole)
    assert len(set(divided[:10]) & set(whole[:10])) >= 5, "the best of the one are not the best of the other"


def test_a_search_of_one_trust_reads_its_part_alone(page: Page, web: str, in_parts: str) -> None:
    whole = find(page, web, "friend requests", "ATT")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert set(find(page, in_parts, "friend requests", "ATT")) == set(whole)
    assert {address.split("/")[1] for address in whole} == {"att"}
    read = {found[1] for address in asked if (found := re.search(r"/pagefind/(\d+)/(?:index|fragment)/", address))}
    assert len(read) == 1


def test_each_page_is_in_one_part_and_no_part_has_most(divided: tuple[Path, list[Target]], pages: KeptPages) -> None:
    folder, targets = divided
    found = [len(list((folder / f"pagefind/{number}/fragment").iterdir())) for number in range(len(targets))]
    assert len(found) == 8
    assert sum(found) == sum(page.findable for page in pages)
    assert max(found) < sum(found) / 3


def test_a_part_is_made_again_only_for_a_page_of_its_own(
    site: Path, pages: KeptPages, divided: tuple[Path, list[Target]], tmp_path: Path
) -> None:
    changed = [
        page if page.name != "att/index.html" else type(page)(**vars(page) | {"digest": "other"}) for page in pages
    ]
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "MOST", 2_000_000)
        again = index_targets(tmp_path / "site", changed, TRUSTS)
    assert sum(one.key != other.key for one, other in zip(divided[1], again, strict=True)) == 1


def test_a_part_has_the_same_bytes_whenever_it_is_made(divided: tuple[Path, list[Target]]) -> None:
    target = divided[1][3]
    assert dict(made(target)) == dict(made(target))
