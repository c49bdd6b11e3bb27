"""A broken example, and the exact words that its author must see: every case in tests/broken/ is files and no Python.

`NAME.yml` says in its first line which file of tests/handbook/ it `replaces`, `adds` or `removes`; a case that is no
single YAML file is a folder `NAME/` that is laid over the handbook. `NAME.txt` is what `clausebook check` then prints.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from clausebook.check.library import read_handbook
from clausebook.model.problems import render_text

TESTS = Path(__file__).parent
BROKEN = TESTS / "broken"
CASES = sorted(path.with_suffix("") for path in BROKEN.glob("*.txt"))
CODE = re.compile(r"\bP\d{3}\b")


def put_in_place(case: Path, handbook_folder: Path) -> None:
    """Break `handbook` as `case` says."""
    if case.is_dir():
        shutil.copytree(case, handbook_folder, dirs_exist_ok=True, symlinks=True)
        return
    text = case.with_name(f"{case.name}.yml").read_bytes()
    how, name = re.match(rb"# (replaces|adds|removes): (\S+)", text).groups()
    target = handbook_folder / name.decode()
    assert target.exists() == (how != b"adds")
    if how == b"removes":
        target.unlink()
    else:
        target.write_bytes(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_author_sees_these_words(case: Path, handbook_folder: Path) -> None:
    put_in_place(case, handbook_folder)
    _, problems = read_handbook(handbook_folder)
    assert render_text(problems) + "\n" == case.with_name(f"{case.name}.txt").read_text()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_shows_the_code_that_it_is_named_for(case: Path) -> None:
    assert case.name[:4] in CODE.findall(case.with_name(f"{case.name}.txt").read_text())


def test_the_handbook_itself_has_no_problems(handbook_folder: Path) -> None:
    _, problems = read_handbook(handbook_folder)
    assert problems == []


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    generator = "\n".join(path.read_text() for path in (TESTS.parent / "generator").rglob("*.py"))
    assert {case.name[:4] for case in CASES} == set(CODE.findall(generator))


def test_no_case_is_left_without_its_words() -> None:
    broken = {path.stem if path.suffix == ".yml" else path.name for path in BROKEN.iterdir() if path.suffix != ".txt"}
    assert broken == {case.name for case in CASES}
