"""Output reaches the reader whatever the console can write: Windows-1252, ASCII, a pipe into a file."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENCODINGS = ("cp1252", "ascii", "cp437", "utf-8")


def run(encoding: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "clausebook", *map(str, arguments)], cwd=ROOT, capture_output=True, check=False,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )  # fmt: skip


@pytest.fixture
def welsh(handbook_folder: Path) -> Path:
    """A handbook with signs that no old console has, and a mistake beside them."""
    path = handbook_folder / "trusts/sample/social-media/2024-01.yml"
    text = path.read_text(encoding="utf-8").replace("modality: may", "modality: shall")
    path.write_text(text.replace("text: ", "text: “Ŵyn → 王芳”, ", 1), encoding="utf-8")
    return handbook_folder


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_command_never_dies_of_the_console(encoding: str, welsh: Path) -> None:
    done = run(encoding, "check", "--handbook", welsh)
    assert done.returncode == 1, done.stderr
    assert b"P104" in done.stdout
    assert b"1 problem" in done.stdout
    assert b"Traceback" not in done.stderr
    for command in (
        ("findings", "lwlat"),
        ("compare", "att", "laat", "--question", "journalist"),
        ("--help",),
        ("acks", "--help"),
    ):
        done = run(encoding, *command)
        assert done.returncode == 0, done.stderr


def test_what_ascii_lacks_is_told_by_the_nearest_signs() -> None:
    said = "import sys; from clausebook.cli.console import tell_in_its_signs; tell_in_its_signs(); print('“Zoë” – Ŵyn’s → £5 … 王')"
    done = subprocess.run(
        [sys.executable, "-c", said], cwd=ROOT, capture_output=True, check=True, env=os.environ | {"PYTHONIOENCODING": "ascii"}
    )  # fmt: skip
    assert done.stdout == b'"Zoe" - Wyn\'s -> GBP 5 ... ?\n'.replace(b"\n", os.linesep.encode())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_taken_away_to_a_file_is_utf_8(encoding: str) -> None:
    asked = ("compare", "att", "laat", "--question", "journalist", "--format")
    table = run(encoding, *asked, "csv").stdout
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert rows[0][0] == "Trust"
    assert len({len(row) for row in rows}) == 1
    assert json.loads(run(encoding, *asked, "json").stdout.decode("utf-8"))
    assert run(encoding, *asked, "markdown").stdout.decode("utf-8").startswith("| Trust |")
