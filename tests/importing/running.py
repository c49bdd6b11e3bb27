"""The command as somebody runs it, in a handbook of a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def run(handbook: Path, *words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """`clausebook` with these words, and what somebody types into it."""
    return subprocess.run(
        [sys.executable, "-m", "clausebook", *map(str, words), "--handbook", str(handbook)],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def run_well(handbook: Path, *words: str | Path, typed: str = "") -> str:
    """The same where nothing may go wrong: what it says."""
    done = run(handbook, *words, typed=typed)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout
