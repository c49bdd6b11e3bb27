"""How the hub fares with hundreds of trusts: `make bench` prints build time a trust, the heaviest page, and a filter's delay.

Made-up trusts, PDFs left out. A benchmark, not a test: it asserts nothing.
"""

from __future__ import annotations

import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_up import write_handbook
from playwright.sync_api import Page, sync_playwright

SIZES = (50, 500)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
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


def main() -> None:
    print(f"{'made-up trusts':>14} {'s in all':>9} {'s a trust':>10} {'heaviest page of the hub, gzipped':>40}")
    seconds: dict[int, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            handbook = write_handbook(Path(folder) / "handbook", size)
            seconds[size] = _build(handbook)
            weight, page = _heaviest(handbook / "site")
            print(
                f"{size:14} {seconds[size]:9.1f} {seconds[size] / size:10.3f} {f'{weight / 1000:.0f} kB  {page}':>40}"
            )
            if size == SIZES[-1]:
                _filter(handbook / "site")
    small, large = (seconds[size] / size for size in SIZES)
    print(f"time a trust at {SIZES[1]} against {SIZES[0]}: {large / small:.2f}")


def _build(handbook: Path) -> float:
    start = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "--no-pdf", "--quiet", "--handbook", handbook], check=True
    )
    return time.monotonic() - start


def _heaviest(site: Path) -> tuple[int, str]:
    pages = (page for page in site.rglob("*.html") if not page.relative_to(site).parts[0].startswith("made-up"))
    return max((len(gzip.compress(page.read_bytes())), page.relative_to(site).as_posix()) for page in pages)


def _filter(site: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((site / "compare/questions/index.html").as_uri())
        page.wait_for_timeout(1500)
        for name, (where, values) in STEPS.items():
            delays = [_timed(page, where, value) for _ in range(5) for value in values]
            print(
                f"  matrix, until painted, {name:10} median {statistics.median(delays):4.0f} ms   max {max(delays):4.0f} ms"
            )
        browser.close()


def _timed(page: Page, where: str, value: str | bool) -> float:
    return page.evaluate(TIMED, [where, value])


if __name__ == "__main__":
    main()
