"""How long a build takes: `make bench` prints the median of three cold builds, with and without PDFs.

A benchmark, not a test: it asserts nothing.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 3


def main() -> None:
    print(f"{'build':24} {'median s':>9} {'min':>7} {'max':>7}   ({RUNS} runs, {os.cpu_count()} cores)")
    for name, arguments in (
        ("everything", []),
        ("without PDFs", ["--no-pdf"]),
        ("one trust, no PDFs", ["--no-pdf", "--trust", "att"]),
    ):
        seconds = [_time(arguments) for _ in range(RUNS)]
        print(f"{name:24} {statistics.median(seconds):9.2f} {min(seconds):7.2f} {max(seconds):7.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {peak:.0f} MB")


def _time(arguments: list[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "generator", "build", "--quiet", "--site", f"{folder}/site", *arguments]
        start = time.monotonic()
        subprocess.run(command, check=True, cwd=ROOT)
        return time.monotonic() - start


if __name__ == "__main__":
    main()
