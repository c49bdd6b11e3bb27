"""The small handbook with a second policy, which has headings below headings, a table, a figure, a form, a file, a footnote."""

from __future__ import annotations

import shutil
from pathlib import Path

TESTS = Path(__file__).parent
POLICY = "sample/grievance/index.html"


def write_structured(folder: Path) -> Path:
    """Write the handbook to `folder`."""
    for name in ("handbook", "structures"):
        shutil.copytree(TESTS / name, folder, dirs_exist_ok=True)
    return folder
