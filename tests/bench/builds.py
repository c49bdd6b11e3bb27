"""A build of the five real trusts: cold, against the bare tools; with nothing changed; with one clause changed; as served."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bench import bare
from bench.figures import Part, Row, ratios
from bench.machine import CLAUSEBOOK, ENVIRONMENT, ROOT, run

CONTENT = ("content", "trusts", "quizzes", "overrides", "mkdocs.yml")
ROUNDS = 3
CHANGES = 5
AS_OF = date(2026, 11, 20)
CHANGED = "trusts/att/social-media/2018-09.yml"
PAGE = "att/social-media/index.html"
WORDS = "amended at any time"  # of one clause; no quiz question rests on it
LIMIT = 120  # seconds that a served page may take before it counts as broken


def measure() -> Iterator[Part]:
    """With PDFs, then without, each with the bare tools on the same trees and print pages; then one change."""
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(Path(folder))
        for pdf in (True, False):
            yield bench.measure(pdf=pdf)


class _Bench:
    """A copy of the handbook, and what the bare tools start from: written once, and no part of any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.handbook_folder = copy_handbook(folder / "handbook")
        generated = copy_handbook(folder / "generated")
        self.configs = bare.write_trees(generated, AS_OF)
        self.pages = bare.write_prints(generated, AS_OF, folder / "prints")

    def measure(self, *, pdf: bool) -> Part:
        with_pdf, load = "with PDFs" if pdf else "without PDFs", os.getloadavg()[0]
        ours: list[float] = []
        theirs: list[float] = []
        nothing: list[float] = []
        agree = ""
        for number in range(ROUNDS):
            print(f"  {with_pdf}, round {number + 1} of {ROUNDS}", flush=True)
            for side in ("ours", "theirs") if number % 2 == 0 else ("theirs", "ours"):
                if side == "ours":
                    ours.append(self._cold(pdf=pdf))
                    nothing.append(self._build(pdf=pdf))
                else:
                    theirs.append(self._bare(pdf=pdf))
            if pdf and not number:
                agree = " " + bare.compare_pdfs(self.pages, self.handbook_folder / "site", self.folder / "bare")
        cold, tools = Row(f"cold build {with_pdf}", tuple(ours), "s"), Row("the bare tools", tuple(theirs), "s")
        print(f"  {with_pdf}, one clause changed", flush=True)
        changed = Row("one clause changed: build", tuple(self._changed(number, pdf=pdf) for number in range(CHANGES)))
        with self._served(pdf=pdf) as address:
            served = Row(
                "one clause changed: until `serve` shows it",
                tuple(self._shown(address, number) for number in range(CHANGES)),
                "s",
                0.8,
            )
        more = (
            [Row("published, a trust", (size_of(self.handbook_folder / "site") / 5,), "MB", 2)]
            if pdf
            else self._checks()
        )
        return Part(f"five-{'pdf' if pdf else 'html'}", f"The five real trusts, {with_pdf}", ABOUT[pdf] + agree, (
            cold, tools, ratios("cold build against the bare tools", cold, tools, 0.25 if pdf else 1),
            Row("nothing changed", tuple(nothing), "s", 0.1),
            changed, share("one clause changed against cold: build", changed, cold, 0.08 if pdf else 0.25), served, *more,
        ), load)  # fmt: skip

    def _checks(self) -> list[Row]:
        """`clausebook check` with one clause changed, and again."""
        command = [*CLAUSEBOOK, "check", "--handbook", self.handbook_folder]
        changed, again = list[float](), list[float]()
        for number in range(CHANGES):
            self._edit(f"amended at any time, check {number}")
            changed.append(run(command))
            again.append(run(command))
        return [
            Row("check, one clause changed", tuple(changed), "s", 0.25),
            Row("check, nothing changed", tuple(again), "s", 0.25),
        ]

    def _build(self, *, pdf: bool) -> float:
        return run(
            [*CLAUSEBOOK, "build", "--quiet", "--handbook", self.handbook_folder, "--as-of", AS_OF, *_flag(pdf=pdf)]
        )

    def _cold(self, *, pdf: bool) -> float:
        for name in ("build", "site"):
            shutil.rmtree(self.handbook_folder / name, ignore_errors=True)
        return self._build(pdf=pdf)

    def _bare(self, *, pdf: bool) -> float:
        out = self.folder / "bare"
        shutil.rmtree(out, ignore_errors=True)
        commands = bare.site_commands(self.configs, self.folder / "bare-sites")
        return bare.run_all([*commands, *(bare.pdf_commands(self.pages, out) if pdf else [])])

    def _changed(self, number: int, *, pdf: bool) -> float:
        self._edit(f"amended at any time, build {number} {pdf}")
        return self._build(pdf=pdf)

    def _edit(self, words: str) -> None:
        path = self.handbook_folder / CHANGED
        made = path.with_suffix(".new")
        made.write_text((ROOT / CHANGED).read_text().replace(WORDS, words))
        made.replace(path)

    @contextmanager
    def _served(self, *, pdf: bool) -> Iterator[str]:
        """`clausebook serve` at work; gives its address."""
        with subprocess.Popen(
            [*map(str, CLAUSEBOOK), "serve", "--port", "0", "--handbook", self.handbook_folder, "--as-of", str(AS_OF), *_flag(pdf=pdf)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=ENVIRONMENT,
        ) as process:  # fmt: skip
            try:
                assert process.stdout
                yield next(
                    found[0] for line in process.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))
                )
            finally:
                process.send_signal(signal.SIGINT)

    def _shown(self, address: str, number: int) -> float:
        """From the change of the file until the page that is served has it."""
        time.sleep(2)  # as after somebody has read the page
        words = f"amended at any time, served {number}"
        start = time.monotonic()
        self._edit(words)
        while time.monotonic() - start < LIMIT:
            with urllib.request.urlopen(address + PAGE) as answer:
                if words in answer.read().decode():
                    return time.monotonic() - start
            time.sleep(0.02)
        raise TimeoutError(f"the page did not show a change within {LIMIT} s")


def copy_handbook(folder: Path) -> Path:
    """All that is written by hand, in a folder of its own."""
    for name in CONTENT:
        source = ROOT / name
        folder.mkdir(exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


def share(name: str, part: Row, cold: Row, mark: float) -> Row:
    """The runs of `part` as shares of the median cold build."""
    return Row(name, tuple(one / cold.median for one in part.runs), "×", mark)


def size_of(site: Path) -> float:
    """The bytes of all files below `site`, in MB."""
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1e6


def _flag(*, pdf: bool) -> list[str]:
    return [] if pdf else ["--no-pdf"]


ABOUT = {
    True: "Everything from an empty cache, against `mkdocs build` for each site and `weasyprint` for each PDF on the very trees and pages "
    "that we wrote, each tool two at a time as we have two processes; ours checks, compares and indexes as well. Each round runs both, "
    "ours first in every other one; a ratio is that of a pair.",
    False: "As above, against `mkdocs build` for each site.",
}
