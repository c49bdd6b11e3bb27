"""Hundreds of made-up trusts: time a trust, the most memory of one process, the heaviest page, and a filter's delay."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.builds import size_of
from bench.figures import Part, Row
from bench.machine import CLAUSEBOOK, Ran, run, watch
from browser_kit import launch
from made_up import write_handbook

SIZES = {5: 3, 50: 3, 500: 1}  # trusts, and how many runs
WITH_PDFS = 50
FILTERED = 20  # times that a field of the matrix is changed
MOST_MEMORY = {"main process": 250, "largest worker": 400, "Pagefind": 400}  # MB of each process, of the largest size
STEPS = {
    "answer": ("[name=answer]", ("silent", "prohibited", "unreadable", "")),
    "group": ("[name=group]", ("online-relationships", "what-you-post", "")),
    "words": ("[name=text]", ("p", "ph", "pho", "")),
    "who asks": ("[name=asked]", ("union-rep", "new-starter", "")),
    "differ": ("[name=differ]", (True, False)),
    "one trust": ("[name=trusts]", (True, False)),
    "columns": ("[name=from]", ("25", "241", "")),
}
# From the change of a field to the frame after it is painted, in milliseconds.
TIMED = """async ([where, value]) => {
  const field = document.querySelector(where), start = performance.now();
  if (field.type === "checkbox") { field.checked = value; } else { field.value = value; }
  field.dispatchEvent(new Event("input", {bubbles: true}));
  await new Promise(done => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  }));
  return performance.now() - start;
}"""


def measure() -> Iterator[Part]:
    """Without PDFs, by size; the pages of the largest; one size with PDFs."""
    ran: dict[int, list[Ran]] = {size: [] for size in SIZES}
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(max(SIZES.values())):
            for size in (size for size, runs in SIZES.items() if turn < runs):
                print(f"  {size} trusts, run {turn + 1} of {SIZES[size]}", flush=True)
                handbook_folder = write_handbook(Path(folder) / f"{size}-{turn}", size)
                if size == max(SIZES):
                    checked = run([*CLAUSEBOOK, "check", "--handbook", handbook_folder])
                ran[size].append(watch(_build(handbook_folder, "--no-pdf")))
        largest = max(SIZES)
        more = (
            Row(f"{largest} trusts: check", (checked,), "s", 20),
            Row(
                f"{largest} trusts: published, a trust",
                (size_of(Path(folder) / f"{largest}-0/site") / largest,),
                "MB",
                2,
            ),
        )
        yield Part("many", "Made-up trusts, without PDFs", ABOUT, (*_rows(ran), *more), load)
        yield Part(
            "pages",
            f"The hub of {max(SIZES)} made-up trusts",
            ABOUT_PAGES,
            _pages(Path(folder) / f"{max(SIZES)}-0/site"),
        )
        print(f"  {WITH_PDFS} trusts with PDFs", flush=True)
        with_pdfs = watch(_build(write_handbook(Path(folder) / "pdf", WITH_PDFS)))
    rows = (Row("seconds", (with_pdfs.seconds,)), *_memory(f"{WITH_PDFS} trusts", [with_pdfs]))
    yield Part("many-pdf", f"{WITH_PDFS} made-up trusts, with PDFs", "All that a build makes, once.", rows)


def _build(handbook_folder: Path, *flags: str) -> list[object]:
    return [*CLAUSEBOOK, "build", "--quiet", "--handbook", handbook_folder, *flags]


def _rows(ran: dict[int, list[Ran]]) -> tuple[Row, ...]:
    seconds = [Row(f"{size} trusts", tuple(run.seconds for run in runs)) for size, runs in ran.items()]
    a_trust = {
        size: Row(f"{size} trusts: a trust", tuple(run.seconds / size for run in runs), "s", 0.3 if size == max(SIZES) else None)
        for size, runs in ran.items()
    }  # fmt: skip
    small, large = sorted(SIZES)[-2:]
    growth = Row(
        f"time a trust at {large} against {small}",
        tuple(one / a_trust[small].median for one in a_trust[large].runs),
        "×",
        1.15,
    )
    return (
        *seconds,
        *a_trust.values(),
        growth,
        *(row for size, runs in ran.items() for row in _memory(f"{size} trusts", runs)),
    )


def _memory(what: str, runs: list[Ran]) -> tuple[Row, ...]:
    marks = MOST_MEMORY if what == f"{max(SIZES)} trusts" else {}
    return (
        Row(f"{what}: memory of the main process", tuple(run.main for run in runs), "MB", marks.get("main process")),
        Row(
            f"{what}: memory of the largest worker",
            tuple(run.worker for run in runs),
            "MB",
            marks.get("largest worker"),
        ),
        Row(f"{what}: memory of Pagefind", tuple(run.tool for run in runs), "MB", marks.get("Pagefind")),
    )


def _pages(site: Path) -> tuple[Row, ...]:
    pages = (page for page in site.rglob("*.html") if not page.relative_to(site).parts[0].startswith("made-up"))
    weight, page = max((len(gzip.compress(page.read_bytes())), page.relative_to(site).as_posix()) for page in pages)
    return (Row(f"heaviest page, gzipped: {page}", (weight / 1000,), "kB"), *_filter(site))


def _filter(site: Path) -> Iterator[Row]:
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((site / "compare/subjects/social-media/index.html").as_uri())
        page.wait_for_timeout(1500)
        for name, (where, values) in STEPS.items():
            yield Row(
                f"matrix, until painted: {name}",
                tuple(_timed(page, where, values[turn % len(values)]) for turn in range(FILTERED)),
                "ms",
                50,
                worst=True,
            )
        browser.close()


def _timed(page: Page, where: str, value: str | bool) -> float:
    return page.evaluate(TIMED, [where, value])


ABOUT = (
    "From an empty cache. Memory is the most that was resident at any time (VmHWM of Linux) in the process that runs the build, in one of "
    "the processes that make its pieces, and in the search index's own program, each apart."
)
ABOUT_PAGES = "From the change of a field of the matrix to the frame after it is painted, in Chromium."
