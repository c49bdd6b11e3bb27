"""Every link of every page leads somewhere, by a way that works behind a web host and from a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from .tree import Element, parse

ADDRESSES = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src", "form": "action"}
OUTWARD = ("http", "https", "mailto")


@cache
def tree(path: Path) -> Element:
    return parse(path.read_text(encoding="utf-8"))


@cache
def ids(path: Path) -> frozenset[str]:
    return frozenset(one.attributes["id"] for one in tree(path).walk() if "id" in one.attributes)


@cache
def views(path: Path) -> frozenset[str]:
    """The views of a page that an address may name: a field and one of its values."""
    fields = [(one, inner) for one in tree(path).walk() if "name" in one.attributes for inner in (one, *one.walk())]
    return frozenset(
        f"{one.attributes['name']}={inner.attributes['value']}" for one, inner in fields if "value" in inner.attributes
    )


@pytest.fixture(scope="module")
def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 140
    return found


def links(path: Path) -> Iterator[tuple[str, str]]:
    """Each address on the page, with the tag that bears it."""
    for one in tree(path).walk():
        name = ADDRESSES.get(one.tag)
        if name and name in one.attributes:
            yield one.tag, one.attributes[name]


def fault(page: Path, address: str, site: Path) -> str:
    """What is wrong with a link, in a few words; nothing where it is right, or leaves the site for good reason."""
    parts = urlsplit(address)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if parts.scheme in OUTWARD:
        return ""
    faults = {
        "is absolute": bool(parts.scheme or parts.netloc or parts.path.startswith("/")),
        "leads out of the site": not target.is_relative_to(site.resolve()),
        "ends in a folder": parts.path.endswith("/") or target.is_dir(),
        "leads nowhere": not target.exists(),
        "leads to no such place on the page": bool(parts.fragment)
        and target.is_file()
        and unquote(parts.fragment) not in ids(target) | views(target),
    }
    return next((words for words, true in faults.items() if true), "")


def test_every_link_leads_somewhere(site: Path, pages: list[Path]) -> None:
    found = [
        (page.relative_to(site).as_posix(), address, fault(page, address, site))
        for page in pages
        for _, address in links(page)
    ]
    assert len(found) > 10_000
    assert sorted({one for one in found if one[2]}) == []


def test_only_the_readers_own_click_leaves_the_site(site: Path, pages: list[Path]) -> None:
    loaded = [(page, tag, address) for page in pages for tag, address in links(page) if tag != "a"]
    assert [one for one in loaded if urlsplit(one[2]).scheme] == []


def test_every_page_is_the_index_of_its_own_folder(site: Path, pages: list[Path]) -> None:
    assert {page.name for page in pages} == {"index.html", "404.html"}
    trusts = {one.parent for one in site.glob("*/404.html")}
    assert {page.parent for page in pages if page.name == "404.html"} == {site, *trusts}


def test_no_id_stands_twice(site: Path, pages: list[Path]) -> None:
    for page in pages:
        all_ids = [one.attributes["id"] for one in tree(page).walk() if "id" in one.attributes]
        assert len(all_ids) == len(set(all_ids)), page


def test_every_clause_has_its_address(site: Path, records: Callable[[str], list[dict[str, Any]]]) -> None:
    clauses = records("clauses")
    assert clauses
    lost = [one["id"] for one in clauses if one["id"] not in ids(site / one["trust"] / one["policy"] / "index.html")]
    assert lost == []


def test_every_page_is_reached_from_the_first(site: Path, pages: list[Path]) -> None:
    seen, waiting = set(), [site / "index.html"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for tag, address in links(page):
            parts = urlsplit(address)
            target = (page.parent / unquote(parts.path)).resolve()
            if tag == "a" and parts.path and not parts.scheme and target.suffix == ".html" and target.is_file():
                waiting.append(target)
    assert {page for page in pages if page.name != "404.html"} - seen == set()
