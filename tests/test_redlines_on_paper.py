"""The redline, the draft and the response form of the starter as PDFs: what a reader finds on the page, and PDF/UA-1."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import page as page_validation
import pytest

from clausebook.check.library import read_handbook
from clausebook.compare.revisions.changesets import changeset_between
from clausebook.looks import Looks
from clausebook.pages.prints import trust_prints
from larkhill import write_larkhill
from paper import write_pdf

ROOT = Path(__file__).parent.parent
TEMPLATES = Looks(ROOT)
DAY = date(2026, 11, 20)
NAMES = (
    "changes-2024-09_2025-09",
    "changes-2023-09_2024-09",
    "changes-2023-09_2025-09",
    "changes-2025-09_2026-09",
    "response-form",
    "draft",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, found = tmp_path_factory.mktemp("redlines"), {}
    handbook, problems = read_handbook(write_larkhill(folder / "handbook"))
    assert handbook, problems
    for one in trust_prints(handbook.trusts[0], handbook, (), TEMPLATES, DAY, drafts=True):
        name = Path(one.path).stem
        if name in NAMES:
            found[name] = folder / f"{name}.pdf"
            write_pdf(one.html, TEMPLATES, found[name])
    return found


def words_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def height_of(pdf: Path, word: str) -> float:
    """How tall the first such word is drawn, in points."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True)
    found = re.search(rf'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">{re.escape(word)}<', done.stdout)
    assert found, word
    return float(found[2]) - float(found[1])


def test_without_drafts_none_is_printed(tmp_path: Path) -> None:
    handbook, _ = read_handbook(write_larkhill(tmp_path / "handbook"))
    assert handbook
    paths = [Path(one.path).stem for one in trust_prints(handbook.trusts[0], handbook, (), TEMPLATES, DAY)]
    assert not {"draft", "response-form", "changes-2025-09_2026-09"} & set(paths)
    assert "changes-2024-09_2025-09" in paths


@pytest.mark.parametrize("name", NAMES)
def test_passes_the_checks_of_pdf_ua_1(made: dict[str, Path], name: str) -> None:
    report = page_validation.validate_pdf(made[name], profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_a_redline_says_in_words_what_came_and_went(made: dict[str, Path]) -> None:
    text = words_of(made["changes-2024-09_2025-09"])
    assert "Clause 2.3 is less strict: “must” became “should”." in text
    assert "[removed: must][added: should]" in text.replace("] [", "][").replace(" ]", "]"), "for whoever hears it"
    sizes = {"[removed:": 1.0, "must": 10.0}
    for word, size in sizes.items():
        assert height_of(made["changes-2024-09_2025-09"], word) == pytest.approx(size, rel=0.5), "read as on the page"
    assert "Draft" not in text


@pytest.mark.parametrize("name", ["changes-2025-09_2026-09", "draft"])
def test_a_draft_says_so_on_every_page(made: dict[str, Path], name: str) -> None:
    done = subprocess.run(["pdftotext", "-layout", made[name], "-"], capture_output=True, text=True, check=True)
    pages = [page for page in done.stdout.split("\f") if page.strip()]
    said = [" ".join(page.lower().split()) for page in pages]
    assert all("draft, not in force" in page or "out for consultation" in page for page in said)


def test_a_response_form_asks_about_each_change(made: dict[str, Path], tmp_path: Path) -> None:
    text = words_of(made["response-form"])
    handbook, _ = read_handbook(write_larkhill(tmp_path / "handbook"))
    assert handbook
    policy = handbook.trusts[0].policies[0]
    changeset = changeset_between(policy.in_force, policy.draft)
    assert text.count("Why, and what I would write instead:") == len(changeset.to_discuss) > 5
    assert len(changeset.only_placed) > 1
    assert "Moved or renumbered, in the same words" in text
    for diff in changeset.only_placed:
        assert all(change.in_words({}) in text for change in diff.changes)
    assert "Please answer by 4 December 2026." in text
    assert "hr@larkhill.example.org" in text
