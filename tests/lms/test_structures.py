"""A table, a figure, a form and a file in packages: shown where a page can show them, told in words in banks of questions."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from axe import violations
from clausebook.check.library import read_handbook
from clausebook.export.lms import course_of, render_packages
from structured import write_structured

from .playing import host, ready
from .test_page import page

__all__ = ["page"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = write_structured(tmp_path_factory.mktemp("structured"))
    handbook, problems = read_handbook(folder)
    assert handbook, problems
    trust = handbook.trusts[0]
    in_force = trust.policy("grievance").in_force
    assert in_force
    course = course_of(trust, in_force, handbook, (), folder)
    assert course
    return render_packages(course)


@pytest.fixture(scope="module")
def unpacked(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    zipfile.ZipFile(io.BytesIO(made["scorm-1.2.zip"])).extractall(folder / "scorm-1.2")
    return folder


def test_the_page_of_a_package_shows_them(page: Page, unpacked: Path) -> None:
    with host(unpacked) as address:
        page.goto(f"{address}packages/scorm-1.2/index.html")
        ready(page)
        assert violations(page) == []
        assert page.get_by_role("figure").get_by_role("img").evaluate("one => one.naturalWidth") > 0
        expect(page.get_by_role("table").get_by_role("columnheader").first).to_have_text("Step")
        form = page.get_by_role("group", name="Grievance form")
        form.get_by_label("Your name").fill("Ada Example")
        file = page.get_by_role("link", name="Grievance form").get_attribute("href")
        assert (unpacked / "scorm-1.2" / str(file)).is_file()
        expect(page.get_by_role("link", name="the grievance is about that person")).to_have_attribute(
            "href", "#about-manager"
        )
        expect(page.get_by_text("as the social media policy explains")).to_be_visible()
        expect(page.get_by_role("link", name="social media policy")).to_have_count(0)  # nobody says where the site is


def test_a_package_lists_its_files(made: dict[str, bytes], unpacked: Path) -> None:
    manifest = (unpacked / "scorm-1.2" / "imsmanifest.xml").read_text(encoding="utf-8")
    assert "files/flowchart.svg" in manifest
    assert "files/forms/grievance-form.docx" in manifest


@pytest.mark.parametrize("name", ["moodle.xml", "gift.txt"])
def test_a_bank_of_questions_tells_them_in_words(made: dict[str, bytes], name: str) -> None:
    said = made[name].decode()
    for words in (
        "Figure",
        "You write to the head teacher.",
        "Chair of governors",
        "What happened",
        "An investigating officer may ask for more",
    ):
        assert words in said
    assert "<img" not in said
