"""A site publishes what its pages ask for and nothing besides: each trust's site is whole by itself, so that all of it counts as often as there are trusts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

MOST = 2_000_000  # bytes of the whole site of a trust with one policy, with its packages and without PDFs
ASKING = {".html", ".css", ".js"}


@pytest.mark.parametrize("trust", ["att", "catholic"])
def test_every_file_of_a_theme_is_asked_for_by_a_page_or_by_what_a_page_asks_for(site: Path, trust: str) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in (site / trust).rglob("*") if path.suffix in ASKING}
    assets = [path for path in (site / trust / "assets").rglob("*") if path.is_file() and path.name != "LICENSE"]
    assert len(assets) > 20
    not_asked_for = [
        path.name for path in assets if not any(path.name in text for other, text in texts.items() if other != path)
    ]
    assert not_asked_for == ["favicon.png"], "Material's own, in the place of which we have another"


@pytest.mark.parametrize("trust", ["att", "catholic"])
def test_no_script_names_a_map_that_is_not_there(site: Path, trust: str) -> None:
    for path in (site / trust / "assets").rglob("*.js"):
        for name in re.findall(r"sourceMappingURL=(\S+)", path.read_text(encoding="utf-8")):
            assert (path.parent / name).is_file(), path


@pytest.mark.parametrize("trust", ["att", "catholic"])
def test_the_words_of_the_search_are_published_once(site: Path, trust: str) -> None:
    """As the script that a page reads from a host as from a folder: tests/browser/test_search.py searches in both."""
    assert sorted(path.name for path in (site / trust / "search").iterdir()) == ["everyday-words.js", "search_index.js"]
    (bundle,) = (site / trust / "assets/javascripts").glob("bundle.*.min.js")
    assert "search_index.json" not in bundle.read_text(encoding="utf-8")


@pytest.mark.parametrize("trust", ["archway", "att", "lwlat"])
def test_the_site_of_a_trust_is_small(site: Path, trust: str) -> None:
    assert sum(path.stat().st_size for path in (site / trust).rglob("*") if path.is_file()) < MOST
