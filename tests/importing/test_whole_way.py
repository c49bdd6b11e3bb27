"""A policy the whole way: brought in from Word, looked at, adopted, given out as Word, edited, taken back, with every id as it was; and the
page on which HR compares the document with the draft."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser

from axe import violations
from browser_kit import opened
from clausebook.check.walk import walk_clauses
from clausebook.edit.begin import begin_handbook
from clausebook.load import load_handbook
from importing.documents import convert, numbered_policy, plain_policy
from importing.running import run_well as run

TRUST = "larkhill-example"


@pytest.fixture(scope="module")
def brought_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook with three documents brought in: numbered Word with a table, unstyled Word, and a PDF of the first."""
    folder = tmp_path_factory.mktemp("whole-way")
    begin_handbook(folder / "handbook", None)
    documents = folder / "documents"
    documents.mkdir()
    (documents / "numbered.docx").write_bytes(numbered_policy())
    (documents / "plain.docx").write_bytes(plain_policy())
    (documents / "numbered.pdf").write_bytes(convert(numbered_policy(), "numbered.docx", "pdf", folder))
    for name, policy in (("numbered.docx", "numbered"), ("plain.docx", "plain"), ("numbered.pdf", "numbered-pdf")):
        told = run(
            folder / "handbook",
            "import",
            documents / name,
            "--trust",
            TRUST,
            "--policy",
            policy,
            "--revision",
            "2026-09",
            "--kind",
            "social-media",
        )
        assert "words are accounted for" in told
    return folder / "handbook"


def texts_of(handbook: Path, policy: str, revision: str) -> dict[str, tuple[str | None, str]]:
    loaded, _ = load_handbook(handbook)
    record = next(one.file.record for one in loaded.revisions if (one.policy, one.id) == (policy, revision))
    return {
        written.item.id: (written.item.number, " ".join((written.item.text or "").split()))
        for written in walk_clauses(record)
    }


def test_a_pdf_of_a_document_is_brought_in_as_the_document_is(brought_in: Path) -> None:
    word, pdf = texts_of(brought_in, "numbered", "2026-09"), texts_of(brought_in, "numbered-pdf", "2026-09")
    assert list(word.values()) == list(pdf.values())


def test_a_policy_goes_out_as_word_and_comes_back_with_every_id(brought_in: Path, tmp_path: Path) -> None:
    handbook = tmp_path / "handbook"
    shutil.copytree(brought_in, handbook)
    assert "Nothing is left to look at" in run(handbook, "review", TRUST, "numbered", typed="\n" * 200 + "8" * 30)
    policy = handbook / f"trusts/{TRUST}/numbered/policy.yml"
    policy.write_text(policy.read_text() + "beside: social-media\n")
    run(handbook, "adopt", TRUST, "numbered", "--effective", "2026-09-01")
    word = tmp_path / "numbered.docx"
    run(handbook, "word", TRUST, "numbered", "-o", word)
    before = texts_of(handbook, "numbered", "2026-09")
    assert "nothing was written" in run(handbook, "take", word, "--trust", TRUST, "--policy", "numbered", "--yes")
    document = Document(str(word))
    changed = next(one for one in document.paragraphs if "rule 2-1 says" in one.text)
    changed.runs[-1].text += " Ask first."
    document.save(str(word))
    run(handbook, "take", word, "--trust", TRUST, "--policy", "numbered", "--revision", "2027-01", "--yes")
    after = texts_of(handbook, "numbered", "2027-01")
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == [
        name for name, (_, text) in before.items() if "rule 2-1 says" in text
    ]


@pytest.fixture(scope="module")
def page_of_review(brought_in: Path) -> Path:
    return brought_in / f"build/imports/{TRUST}/plain/2026-09/index.html"


def test_the_review_page_can_be_read_by_everybody_and_asks_nothing_of_anybody(
    browser: Browser, page_of_review: Path
) -> None:
    asked: list[str] = []
    with opened(browser) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(page_of_review.as_uri())
        assert violations(page) == []
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(("data:", page_of_review.as_uri()))] == []


def test_each_block_of_the_review_page_leads_to_its_clause_and_back(browser: Browser, page_of_review: Path) -> None:
    with opened(browser) as context:
        page = context.new_page()
        page.goto(page_of_review.as_uri())
        block = page.locator(".source .row", has_text="Staff must not:").first
        block.get_by_role("link").focus()
        page.keyboard.press("Enter")
        clause = page.locator(".draft .row:target")
        assert "Staff must not:" in clause.inner_text()
        clause.get_by_role("link").first.click()
        assert page.evaluate("location.hash") == f"#{block.get_attribute('id')}"
