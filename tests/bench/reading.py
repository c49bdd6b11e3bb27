"""The reading age of what staff read, of each trust: of the whole page, and of our own words without those of clauses.

A benchmark, not a test: it asserts nothing. The mark (issue 15): at most that of a reader of twelve.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from bench.machine import CLAUSEBOOK, ENVIRONMENT, ROOT
from reading_age import reading_age

PAGES = (
    "",
    "social-media/",
    "social-media/quick-guide/",
    "social-media/questions/",
    "social-media/quiz/",
    "social-media/acknowledge/",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run(
            [*CLAUSEBOOK, "build", "--no-pdf", "--quiet", "--site", site], check=True, cwd=ROOT, env=ENVIRONMENT
        )
        print(f"{'trust':10} {'page':28} {'whole':>6} {'ours':>6}")
        for trust in sorted(path.name for path in (ROOT / "trusts").iterdir() if path.is_dir()):
            for page in PAGES:
                file = site / trust / page / "index.html"
                print(
                    f"{trust:10} {page or 'home':28} {reading_age(file):6.1f} {reading_age(file, own_words=True):6.1f}"
                )


if __name__ == "__main__":
    main()
