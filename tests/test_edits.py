"""A change of an author's files is there whole or not at all, and what was stopped on the way is finished by the next command."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from clausebook.edit.journal import finish_edits, write_edits
from clausebook.load.kept import FOLDER

Clausebook = Callable[..., subprocess.CompletedProcess[str]]
POLICY = ("sample", "social-media")
OLD, NEW = "trusts/sample/social-media/2024-01.yml", "trusts/sample/social-media/2026-09.yml"


class StoppedError(BaseException):
    """The machine stops here."""


def stop_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """At the rename with that number, counted from 1; what is kept of files that were read is no edit."""
    rename, count = Path.replace, 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal count
        count += FOLDER not in self.as_posix()
        if count == number and FOLDER not in self.as_posix():
            raise StoppedError
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def files_of(handbook_folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(handbook_folder).as_posix(): path.read_bytes()
        for path in handbook_folder.rglob("*")
        if path.is_file() and "build" not in path.parts
    }


@pytest.mark.parametrize("number", [1, 2, 3])
def test_both_files_are_new_or_neither_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    (tmp_path / "trusts").mkdir()
    (tmp_path / "trusts/a.yml").write_text("old a")
    before = files_of(tmp_path)
    after = {"trusts/a.yml": b"new a", "trusts/b.yml": b"new b"}
    with monkeypatch.context() as patch:
        stop_at(patch, number)
        with pytest.raises(StoppedError):
            write_edits(tmp_path, {name: text.decode() for name, text in after.items()})
    assert {path.name for path in (tmp_path / "trusts").iterdir()} <= {"a.yml", "b.yml"}, (
        "nothing half-written among the author's files"
    )
    finish_edits(tmp_path)
    assert files_of(tmp_path) == (before if number == 1 else after)
    assert finish_edits(tmp_path) == ()
    assert not (tmp_path / "build/edits").exists()


def test_what_the_author_has_edited_since_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yml").write_text("old")
    with monkeypatch.context() as patch:
        stop_at(patch, 2)
        with pytest.raises(StoppedError):
            write_edits(tmp_path, {"a.yml": "new"})
    (tmp_path / "a.yml").write_text("edited by hand")
    assert finish_edits(tmp_path) == ()
    assert (tmp_path / "a.yml").read_text() == "edited by hand"


def adopted(handbook_folder: Path, clausebook: Clausebook) -> subprocess.CompletedProcess[str]:
    return clausebook("adopt", *POLICY, "--effective", "2026-09-01", "--answers-read", "--handbook", handbook_folder)


@pytest.fixture
def draft(handbook_folder: Path, clausebook: Clausebook) -> Path:
    assert (
        clausebook("revise", *POLICY, "2026-09", "--as-of", "2026-06-01", "--handbook", handbook_folder).returncode == 0
    )
    return handbook_folder


@pytest.mark.parametrize("number", [2, 3])
def test_adopt_between_its_renames_is_finished_by_the_next_command(
    draft: Path, clausebook: Clausebook, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with monkeypatch.context() as patch:
        stop_at(patch, number)
        with pytest.raises(StoppedError):
            adopted(draft, clausebook)
    done = clausebook("check", "--handbook", draft)
    assert done.returncode == 0, done.stdout
    assert "Finished what a command that was stopped had begun" in done.stderr
    assert "status: in-force" in (draft / NEW).read_text()
    assert "status: superseded" in (draft / OLD).read_text()
    assert clausebook("check", "--handbook", draft).stderr == ""


def test_adopt_that_is_run_again_says_that_it_is_done(
    draft: Path, clausebook: Clausebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        stop_at(patch, 3)
        with pytest.raises(StoppedError):
            adopted(draft, clausebook)
    done = adopted(draft, clausebook)
    assert done.returncode == 0, done.stderr
    assert "2026-09 is in force: that is done now." in done.stdout


@pytest.mark.parametrize("number", [1, 2])
def test_revise_that_was_stopped_leaves_a_draft_or_nothing(
    handbook_folder: Path, clausebook: Clausebook, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def revised() -> subprocess.CompletedProcess[str]:
        return clausebook("revise", *POLICY, "2026-09", "--as-of", "2026-06-01", "--handbook", handbook_folder)

    with monkeypatch.context() as patch:
        stop_at(patch, number)
        with pytest.raises(StoppedError):
            revised()
    assert not list(handbook_folder.glob("trusts/**/*.new"))
    done = revised()
    assert done.returncode == 0, done.stderr
    assert (handbook_folder / NEW).is_file()
    assert clausebook("check", "--handbook", handbook_folder).returncode == 0
