"""What a build saw of a page is kept for the next one, which looks again only at what is another page, and trusts nothing that is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from clausebook.build import page_facts
from clausebook.build.page_facts import PageFacts, read_pages, scan
from clausebook.files import names_below, write_files

PAGES = {
    name: f'<h1 id="{name}"><a href="b.html#b">' for name in ("a.html", "b.html", "c/index.html", "c.html", "z.html")
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_files(tmp_path / "site", {**PAGES, "script.js": "x"})
    return tmp_path / "site"


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were looked at, in turn."""
    names: list[str] = []

    def noted(name: str, content: bytes) -> PageFacts:
        names.append(name)
        return scan(name, content)

    monkeypatch.setattr(page_facts, "scan", noted)
    return names


def see(site: Path) -> list[PageFacts]:
    return list(read_pages(site, names_below(site), site.with_name("seen.txt")))


def test_only_pages_that_are_others_are_looked_at_again(site: Path, scanned: list[str]) -> None:
    first = see(site)
    assert [page.name for page in first] == sorted(PAGES)
    assert first[1].anchors == ["b.html"]
    assert scanned == sorted(PAGES)
    scanned.clear()
    assert see(site) == first
    assert scanned == []
    write_files(site, {"b.html": "<h1 id=other>", "aa.html": "", "zz.html": PAGES["z.html"]})
    (site / "c.html").unlink()
    after = {page.name: page for page in see(site)}
    assert scanned == ["aa.html", "b.html", "zz.html"]
    assert sorted(after) == ["a.html", "aa.html", "b.html", "c/index.html", "z.html", "zz.html"]
    assert after["b.html"].anchors == ["other"]


@pytest.mark.parametrize("old", ["b.html", "index", "{", "\n"])
def test_what_is_damaged_is_not_used(site: Path, scanned: list[str], old: str) -> None:
    first, kept = see(site), site.with_name("seen.txt")
    scanned.clear()
    assert old in kept.read_text()
    kept.write_text(kept.read_text().replace(old, "", 1))
    assert see(site) == first
    assert scanned == sorted(PAGES)


def test_what_another_version_of_ours_saw_is_not_used(
    site: Path, scanned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    see(site)
    scanned.clear()
    monkeypatch.setattr(page_facts, "own_source", lambda: "another")
    see(site)
    assert scanned == sorted(PAGES)
