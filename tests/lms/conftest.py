"""The packages of a small handbook with all four kinds of question, made once."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from clausebook.check.library import read_handbook
from clausebook.export.lms import Course, Lesson, render_packages
from clausebook.findings.find import find_all
from clausebook.looks import Looks
from clausebook.quizzes import take_quiz

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 20)


def make_course(folder: Path) -> Course:
    """The sample trust's policy and quiz, from a handbook that is written to `folder`."""
    shutil.copytree(ROOT / "tests" / "handbook", folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "tests" / "lms" / "handbook", folder, dirs_exist_ok=True)
    handbook, problems = read_handbook(folder, may_wait=lambda one: one.code == "P810")
    assert handbook, problems
    trust = handbook.trusts[0]
    taken = take_quiz(trust, trust.in_force[0], handbook)
    assert taken
    findings = find_all(handbook, AS_OF)
    lessons = (Lesson(trust, taken.revision, taken, handbook, findings, Looks(ROOT)),)
    return Course(lessons, lessons)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return make_course(tmp_path_factory.mktemp("handbook"))


@pytest.fixture(scope="session")
def packages(course: Course) -> dict[str, bytes]:
    return render_packages(course)


@pytest.fixture(scope="session")
def unpacked(packages: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each zip unpacked in a folder of its own."""
    folder = tmp_path_factory.mktemp("packages")
    for name, content in packages.items():
        if name.endswith(".zip"):
            zipfile.ZipFile(io.BytesIO(content)).extractall(folder / name.removesuffix(".zip"))
    return folder
