"""`make bench`: measures, and writes results.md, results.svg, history.csv and history.svg in tests/bench. `--only PART` measures that and writes nothing."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from bench import builds, many
from bench.figures import Part, render_results, render_table
from bench.history import draw_history, read_history, render_history, with_line
from bench.machine import ENVIRONMENT, commit_and_day, facts
from bench.plot import render_plot

HERE = Path(__file__).parent
MEASURED = {"builds": builds.measure, "many": many.measure}
PRINTED = (
    "changes",
    "reports",
    "acks",
    "collect",
    "reader_path",
    "reading",
    "importing",
    "academies",
)  # print what they measure, and stand in no table
APART = ("cluster",)  # prints as they do, and takes so long that it is run only where it is asked for


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=[*MEASURED, *PRINTED, *APART], help="a part; may be given again"
    )
    wanted = parser.parse_args().only or [*MEASURED, *PRINTED]
    machine, start, parts = facts(), time.monotonic(), list[Part]()
    for name, measure in MEASURED.items():
        for part in measure() if name in wanted else ():
            parts.append(part)
            print(f"\n{part.heading}, after {_minutes(start)}\n\n{render_table(part.rows)}\n", flush=True)
    if all(name in wanted for name in MEASURED):
        (HERE / "results.md").write_text(render_results(parts, machine))
        (HERE / "results.svg").write_text(render_plot(parts))
        history = with_line(read_history(HERE / "history.csv"), *commit_and_day(), parts)
        (HERE / "history.csv").write_text(render_history(history))
        (HERE / "history.svg").write_text(draw_history(history))
        print("Written to tests/bench: results.md, results.svg, history.csv and history.svg\n", flush=True)
    for name in (*PRINTED, *APART):
        if name in wanted:
            print(f"\n{name}, after {_minutes(start)}\n", flush=True)
            subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True, cwd=HERE.parent, env=ENVIRONMENT)


def _minutes(start: float) -> str:
    return f"{(time.monotonic() - start) / 60:.1f} minutes"


if __name__ == "__main__":
    main()
