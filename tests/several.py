"""The small handbook as a trust with three policies: two with banks of their own, and a bank of the subject that all deal with."""

from __future__ import annotations

import shutil
from pathlib import Path

from clausebook.check.library import read_handbook
from clausebook.model.handbook import Handbook

TESTS = Path(__file__).parent


def write_several(folder: Path) -> Path:
    """Write the handbook to `folder`."""
    for name in ("handbook", "several"):
        shutil.copytree(TESTS / name, folder, dirs_exist_ok=True)
    return folder


def read_several(folder: Path) -> Handbook:
    """The handbook of such a folder, which has no problem."""
    handbook, problems = read_handbook(folder)
    assert handbook, problems
    return handbook
