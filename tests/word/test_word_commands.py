"""The commands of those who work in Word, as HR types them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clausebook.cli import cli
from word.word_files import W, parts_of, words_of, xml_of

STARTER = Path(__file__).parents[2] / "generator/clausebook/starter"
Command = Callable[..., Result]


@pytest.fixture
def handbook_folder(tmp_path: Path) -> Path:
    return shutil.copytree(STARTER, tmp_path / "handbook")


@pytest.fixture
def run(handbook_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    return lambda *words, told=None: CliRunner().invoke(cli, [*words, "--handbook", str(handbook_folder)], input=told)


def test_word_writes_a_file_that_says_what_it_is_of(run: Command, tmp_path: Path) -> None:
    said = run("word", "larkhill-example", "grievance")
    assert said.output == "Wrote larkhill-example-grievance-2025-01.docx.\n"
    made = (tmp_path / "larkhill-example-grievance-2025-01.docx").read_bytes()
    assert "Grievance procedure" in words_of(xml_of(made))


def test_a_drawing_is_shown_as_a_picture(run: Command, tmp_path: Path, handbook_folder: Path) -> None:
    """Word shows no SVG that an old reader would show, too."""
    drawing = handbook_folder / "trusts/larkhill-example/grievance/files/the-way-of-a-grievance.svg"
    shutil.copy(drawing, handbook_folder / "trusts/larkhill-example/logo.svg")
    run("word", "larkhill-example", "grievance", "-o", "made.docx")
    pictures = [raw for name, raw in parts_of((tmp_path / "made.docx").read_bytes()).items() if "media" in name]
    assert [raw[:4] for raw in pictures] == [b"\x89PNG"]


def test_word_makes_the_draft_where_there_is_one(run: Command) -> None:
    assert "social-media-2026-09.docx" in run("word", "larkhill-example", "social-media").output
    assert "social-media-2024-09.docx" in run("word", "larkhill-example", "social-media", "2024-09").output


def test_a_revision_that_is_not_there_is_said_so(run: Command) -> None:
    said = run("word", "larkhill-example", "social-media", "2024-10")
    assert said.exit_code == 2
    assert "did you mean 2024-09?" in said.output


def test_the_changes_since_a_revision_come_as_tracked_ones(run: Command, tmp_path: Path) -> None:
    said = run("word", "larkhill-example", "social-media", "--from", "2025-09")
    assert said.output == "Wrote larkhill-example-social-media-2026-09-changes-from-2025-09.docx.\n"
    made = (tmp_path / "larkhill-example-social-media-2026-09-changes-from-2025-09.docx").read_bytes()
    assert [words_of(one) for one in xml_of(made).iter(f"{W}ins")]
    assert run("word", "larkhill-example", "social-media", "--from", "2026-09").exit_code == 2
