"""What the staff of an academy read: the trust's text with their academy's details and rules, and nothing else made anew for it."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from clausebook.check.library import read_handbook
from clausebook.compare.revisions.provenance import provenance_of
from clausebook.model.handbook import Trust
from larkhill import STARTER, TRUST
from starter_site import build, starter_site

TAGS = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def site() -> Path:
    return starter_site()


@pytest.fixture(scope="module")
def trust() -> Trust:
    handbook, problems = read_handbook(STARTER)
    assert handbook, problems
    return handbook.trust(TRUST)


def words(page: Path) -> str:
    return " ".join(unescape(TAGS.sub(" ", page.read_text(encoding="utf-8"))).split())


def test_an_academys_text_is_the_trusts_with_what_the_academy_adds(site: Path) -> None:
    own, theirs = (words(site / path / "index.html") for path in ("at/eastfield/mobile-phones", "mobile-phones"))
    rule = "Staff must leave their phone in a locker from 8.30 in the morning until pupils have gone home."
    assert rule in own
    assert rule not in theirs
    for shared in (
        "Staff must not use or show their own phone where pupils are.",
        "Staff may connect their phone to the guest wifi.",
    ):
        assert shared in own
        assert shared in theirs
    assert "Eastfield adds this to the trust’s text." in own
    assert own.count("Eastfield’s own, since 20 January 2025") == 2
    assert "the number of the school office, 01632 960011" in own


def test_a_field_shows_what_the_academy_filled_in_and_where_it_did_not_whom_to_ask(site: Path) -> None:
    def lead(page: str) -> str:
        return words(site / page / "code-of-conduct/index.html")

    assert "designated safeguarding lead (Priya Nair) at once" in lead("at/eastfield")
    assert "(Tom Okafor) at once" in lead("at/westmoor")
    assert "ask your academy office" in lead("at/northgate")
    assert "([your academy ’s safeguarding lead]) at once" in lead(""), "the word academy leads to the glossary"
    for page in ("at/eastfield", "at/westmoor", "at/northgate", ""):
        assert "{safeguarding-lead}" not in lead(page)


def test_what_an_academy_uses_unchanged_is_read_at_the_trust(site: Path) -> None:
    assert not (site / "at/eastfield/acceptable-use").exists()
    home = (site / "at/eastfield/index.html").read_text(encoding="utf-8")
    assert 'href="../../acceptable-use/index.html"' in home
    assert 'href="../../at/eastfield/mobile-phones/index.html"' in home
    assert sorted(path.name for path in (site / "at").iterdir()) == ["eastfield", "northgate", "westmoor"]


def test_who_works_at_an_academy_confirms_its_text(site: Path, trust: Trust) -> None:
    page = (site / "at/eastfield/mobile-phones/acknowledge/index.html").read_text(encoding="utf-8")
    of_trust = (site / "mobile-phones/acknowledge/index.html").read_text(encoding="utf-8")
    own, theirs = trust.text_for("mobile-phones", "Eastfield").digest, trust.policy("mobile-phones").current.digest
    assert own != theirs
    assert f'data-digest="{own}"' in page
    assert f'data-digest="{theirs}"' in of_trust
    together = (site / "at/eastfield/acknowledge/2026-27/index.html").read_text(encoding="utf-8")
    assert f'data-digest="{own}"' in together
    assert f'data-digest="{trust.policy("acceptable-use").current.digest}"' in together, (
        "the trust's own, which it uses unchanged"
    )


def test_the_search_finds_of_an_academys_text_what_is_its_own(site: Path) -> None:
    script = (site / "search/search_index.js").read_text(encoding="utf-8").partition("=")[2]
    found = {entry["location"]: entry["text"] for entry in json.loads(script)["docs"]}
    own = {place: text for place, text in found.items() if place.startswith("at/eastfield/mobile-phones/")}
    assert any("locker" in text for text in own.values())
    assert not any("guest wifi" in text for text in own.values())
    assert any("guest wifi" in text for place, text in found.items() if place.startswith("mobile-phones/"))
    for page in (site / "at").rglob("index.html"):
        assert "data-pagefind-body" not in page.read_text(encoding="utf-8"), (
            "the search over all trusts finds the trust's text once"
        )


def test_one_page_says_what_differs(site: Path) -> None:
    page = words(site / "academies/differences/index.html")
    assert "Priya Nair" in page
    assert "not filled in: ask your academy office" in page
    assert "It asks for more than this clause of the trust: Must Staff must switch their phone to silent" in page
    assert "It asks for less than this clause of the trust:" in page
    assert "The trust has not ruled on this yet: go by the trust’s text." in page
    assert "The same for all Acceptable use of IT policy Grievance procedure Whistleblowing policy" in page


def test_the_list_says_what_each_has_adopted_and_what_is_missing(site: Path) -> None:
    page = words(site / "academies/index.html")
    assert (
        "Each academy fills in its own details. Larkhill calls this “Category 3”. To be adopted by 31 October 2026."
        in page
    )
    assert "14 September 2026, The local governing board, minute 4.2" in page
    assert "30 September 2024, The local governing board (an earlier revision, 2024-09)" in page
    assert (
        "Northgate its own text of Staff code of conduct at Northgate not recorded; late Designated safeguarding lead"
        in page
    )


def test_every_clause_says_whose_it_is_and_since_when(site: Path, trust: Trust) -> None:
    policy, westmoor = trust.policy("social-media"), trust.academy_by_id["westmoor"]
    whose = provenance_of(policy, westmoor.texts["social-media"], westmoor)
    assert whose["westmoor-news-account"].in_words == "Westmoor’s own, since 30 September 2024"
    assert whose["agreement"].since == "2025-09", "reworded in this revision"
    assert whose["relatives"].since == "2024-09", "the same since the one before"
    page = words(site / "social-media/index.html")
    assert "Whose The trust’s, since September 2025 (version 3.0)" in page
    code = trust.policy("code-of-conduct")
    northgate = trust.academy_by_id["northgate"]
    filled = provenance_of(code, northgate.texts["code-of-conduct"], northgate)["child-at-risk"]
    assert (filled.is_added, filled.academy) == (False, northgate)
    assert filled.in_words.endswith("; Northgate filled in its own details")


def test_a_field_that_changed_makes_its_academys_pages_anew_and_gives_what_a_whole_build_gives(tmp_path: Path) -> None:
    environment = os.environ | {"CLAUSEBOOK_CACHE": str(tmp_path / "cache")}
    handbook_folder = tmp_path / "handbook"
    shutil.copytree(STARTER, handbook_folder)
    build(handbook_folder, **environment)
    site = handbook_folder / "site"
    before = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    eastfield = handbook_folder / f"trusts/{TRUST}/academies/eastfield.yml"
    eastfield.write_text(eastfield.read_text(encoding="utf-8").replace("Priya Nair", "Ana Costa"), encoding="utf-8")
    build(handbook_folder, **environment)
    after = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert f"{TRUST}/at/eastfield/code-of-conduct/index.html" in changed
    pages = {name for name in changed if name.endswith("index.html")}
    assert all(name.startswith((f"{TRUST}/at/eastfield/", f"{TRUST}/academies/")) for name in pages), pages
    shutil.rmtree(handbook_folder / "build")
    whole = tmp_path / "whole"
    shutil.copytree(handbook_folder, whole, ignore=shutil.ignore_patterns("site"))
    build(whole, **os.environ | {"CLAUSEBOOK_CACHE": ""})
    made = {
        path.relative_to(whole / "site").as_posix(): path.read_bytes()
        for path in (whole / "site").rglob("*")
        if path.is_file()
    }
    assert made == after


def test_the_data_says_whose_each_clause_is(site: Path) -> None:
    rows = json.loads((site.parent / "data/provenance.json").read_text(encoding="utf-8"))
    found = {(row["academy"], row["clause"]): row for row in rows if row["trust"] == TRUST}
    assert found["eastfield", "eastfield-lockers"]["whose"] == "academy"
    assert found["eastfield", "eastfield-lockers"]["since"] == "2025-01-20"
    assert found["northgate", "child-at-risk"]["whose"] == "trust"
    assert found["northgate", "child-at-risk"]["filled_in"] == ["safeguarding-lead"]
    assert found[None, "out-of-sight"] == {
        "trust": TRUST, "academy": None, "policy": "mobile-phones", "revision": "2025-01", "clause": "out-of-sight", "whose": "trust",
        "filled_in": [], "since": "2025-01",
    }  # fmt: skip
    assert ("eastfield", "out-of-sight") not in found, "said once, of the trust"


def test_what_differs_can_be_taken_away_as_a_table(site: Path) -> None:
    with (site / "downloads/academies.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    locker = next(row for row in rows if row["Clause"] == "eastfield-lockers")
    assert (locker["Academy"], locker["What"], locker["Force"]) == (
        "Eastfield Primary Academy (made up)",
        "added",
        "Must",
    )
    assert (locker["Trust's clause"], locker["Beside it"]) == ("silent-in-lessons", "asks for more")
    filled = {row["Academy"]: row["Text"] for row in rows if row["Clause"] == "child-at-risk"}
    assert "(Tom Okafor)" in filled["Westmoor School (made up)"]
    assert "ask your academy office" in filled["Northgate Academy (made up)"]
