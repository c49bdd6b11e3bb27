"""The starter's site with its academies, built once for every test that looks at it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from larkhill import STARTER, TRUST
from made_once import made_once

AS_OF = "2026-11-20"


def build(handbook_folder: Path, **environment: str) -> None:
    command = [
        sys.executable,
        "-m",
        "clausebook",
        "build",
        "--no-pdf",
        "--quiet",
        "--as-of",
        AS_OF,
        "--handbook",
        handbook_folder,
    ]
    subprocess.run(command, check=True, env=environment or None)


def starter_site() -> Path:
    """The folder of the trust's site. No test may write there."""

    def make(folder: Path) -> None:
        shutil.copytree(STARTER, folder / "handbook")
        build(folder / "handbook")

    return made_once("starter-with-academies", make) / "handbook/site" / TRUST
