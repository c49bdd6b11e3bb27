"""How long a report takes, and how much memory, by the number of people: the median of three in a process of its own each.

A benchmark, not a test: it asserts nothing. The marks (issue 6): 20,000 people, and time per thousand that does not rise.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS, SIZES = 3, (1_000, 5_000, 20_000)
FIRST = date(2025, 9, 15)


def main() -> None:
    print(f"{'people':>7} {'entries':>8} {'figures s':>10} {'all files s':>12} {'ms per 1000':>12} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            desk = Path(folder) / str(size)
            entries = _make(desk, size)
            runs = [_run(desk) for _ in range(RUNS)]
            figures, files, peak = (statistics.median(values) for values in zip(*runs, strict=True))
            print(f"{size:7,} {entries:8,} {figures:10.2f} {files:12.2f} {1e6 * files / size:12.1f} {peak:8.0f}")


def _make(folder: Path, size: int) -> int:
    """Five in six acknowledge, one in twenty of them did so for the revision before as well; 40 academies."""
    from acks.made_desks import NOW, POLICY, TRUST, revision_named
    from clausebook.acknowledgements.desk.paths import Desk
    from clausebook.acknowledgements.desk.people import Person, write_people
    from clausebook.acknowledgements.register.entries import Body, open_register

    desk, people, bodies = Desk(folder), [], []
    revision = revision_named("2025-09")
    common = {"at": NOW, "trust": TRUST, "policy": POLICY, "revision": "2025-09", "digest": revision.digest}
    for number in range(size):
        name, ref = f"p-{number:016d}", f"{number:022d}"
        people.append(Person(
            id=name, trust=TRUST, number=str(number), name=f"Person {number}", academy=f"Academy {number % 40}",
            manager=str(number // 12), roles=("staff",),
        ))  # fmt: skip
        facts = {
            "issued": FIRST.isoformat(),
            "due": "2025-10-31",
            "expires": "2025-12-30",
            "since": "2024-09" if number % 20 == 0 else "",
            "quiz": "none",
            "key": "0" * 12,
        }
        bodies.append(Body(kind="issued", person=name, ref=ref, campaign="2025-26", facts=facts, **common))
    for number in range(size):
        if number % 6:
            day = FIRST + timedelta(days=number % 60)
            bodies.append(Body(kind="acknowledged", person=f"p-{number:016d}", ref=f"{number:022d}", received=day.isoformat(), channel="mail",
                               assurance="link only", receipt="0" * 64, **common))  # fmt: skip
    write_people(desk, people)
    with open_register(desk.register) as register:
        register.add(bodies)
    return len(bodies)


def _run(desk: Path) -> tuple[float, float, float]:
    """Seconds for the figures, for all files, and the peak in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reports", str(desk)], capture_output=True, text=True, check=True
    )
    one, two, three = map(float, done.stdout.split())
    return one, two, three


def _measure(folder: Path) -> None:
    from acks.made_desks import TRUST, larkhill
    from acks.registers import read_report
    from clausebook.acknowledgements.desk.paths import Desk
    from clausebook.acknowledgements.reports.files import render_files

    handbook, desk = larkhill(), Desk(folder)
    began = time.perf_counter()
    report = read_report(desk, handbook, TRUST, date(2025, 11, 20))
    figures = time.perf_counter() - began
    for _ in render_files(report, ROOT):
        pass
    print(figures, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    _measure(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
