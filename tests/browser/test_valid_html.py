"""The Nu HTML checker finds no error on any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

VNU = Path(__file__).parents[1] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def errors(*places: Path) -> list[str]:
    """What the checker objects to in the pages that `places` are or hold, one line for each place."""
    command = [
        "java",
        "-jar",
        VNU,
        "--errors-only",
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
        *places,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    return [f"{one['url'].rpartition('/site/')[2]}:{one.get('lastLine')}: {one['message']}" for one in messages]


def test_every_page_is_valid(site: Path) -> None:
    assert errors(site) == []
