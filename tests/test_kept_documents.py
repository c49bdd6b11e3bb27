"""What was read of a file of YAML is known in the next run, as it was read, and only where it is exactly that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clausebook.load import kept
from clausebook.load.kept import KeptDocuments
from clausebook.load.yaml_events import read_document

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path
    for name in ("content", "trusts", "quizzes", "generator/clausebook/starter")
    for path in (ROOT / name).rglob("*.yml")
)
ODD = "a: no\nb: 'x'   # cut off\nc: plain # said\nd:\n  - 1\n  - ~\n  - \"\\u2028\"\ne: {f: [], g: ''}\n"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "build").mkdir()
    return tmp_path


def read(root: Path, path: Path):
    return read_document(path, "trusts/a/trust.yml", KeptDocuments(root))


@pytest.mark.parametrize(
    "raw", [*(path.read_bytes() for path in FILES), ODD.encode()], ids=[*(path.name for path in FILES), "odd"]
)
def test_what_is_known_is_what_was_read(built: Path, raw: bytes) -> None:
    path = built / "a.yml"
    path.write_bytes(raw)
    first, problems = read(built, path)
    assert not problems
    again, problems = read(built, path)
    assert not problems
    assert again is not first
    assert replace(again, find_spots=first.find_spots) == first
    assert again.spots == first.spots
    assert KeptDocuments(built).find(raw) is not None


def test_a_file_with_a_problem_is_read_each_time(built: Path) -> None:
    path = built / "a.yml"
    path.write_text("a: 1\na: 2\n")
    for _ in range(2):
        _, problems = read(built, path)
        assert [one.code for one in problems] == ["P003"]
    assert KeptDocuments(built).find(path.read_bytes()) is None


@pytest.mark.parametrize(
    "harm", [lambda text: text[:-1], lambda text: text.replace("two", "six"), lambda _: "", lambda _: "\n{}"]
)
def test_what_somebody_changed_is_not_believed(built: Path, harm) -> None:
    path = built / "a.yml"
    path.write_text("a: one\nb: two\n")
    read(built, path)
    (stored,) = (built / kept.FOLDER).iterdir()
    stored.write_text(harm(stored.read_text()))
    assert KeptDocuments(built).find(path.read_bytes()) is None
    assert read(built, path)[0].value == {"a": "one", "b": "two"}
    assert KeptDocuments(built).find(path.read_bytes()) is not None, "and it is made good"


def test_another_reader_knows_nothing_of_it(built: Path, monkeypatch) -> None:
    path = built / "a.yml"
    path.write_text("a: one\n")
    read(built, path)
    monkeypatch.setattr(kept, "_reader", lambda: "another version")
    assert KeptDocuments(built).find(path.read_bytes()) is None


def test_a_handbook_that_was_never_built_gets_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("a: one\n")
    assert read(tmp_path, path)[0].value == {"a": "one"}
    assert [one.name for one in tmp_path.iterdir()] == ["a.yml"]


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / kept.FOLDER).write_text("a file where the folder should be")
    path = tmp_path / "a.yml"
    path.write_text("a: one\n")
    assert read(tmp_path, path)[0].value == {"a": "one"}
