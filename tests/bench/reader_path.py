"""The way of a member of staff on a phone, from a trust's first page to a kept proof: home, quick guide, quiz with every answer right, confirmation.

Words are those that can be seen from where the reader arrives on a page down to what they tap; phone screens are the height of that, in
screens of 844 pixels; a question counts down to its last option. Minutes: 230 words a minute, and 15 seconds a question to choose.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.figures import Row, render_table
from browser_kit import PHONE, launch, opened

ROOT = Path(__file__).parents[2]
TRUSTS = ("archway", "att", "catholic", "laat", "lwlat")
SCREEN = PHONE["height"]
A_MINUTE = 230  # words
A_QUESTION = 15 / 60  # minutes
SEED = "crypto.getRandomValues = numbers => numbers.fill(7);"  # the same questions on each run
MARKS = {"words": 900, "screens": 12, "taps": 16, "minutes": 10}
SEEN = """([from, selector]) => {
    const targets = [...document.querySelectorAll(selector)].filter(one => one.checkVisibility());
    const to = Math.max(...targets.map(one => one.getBoundingClientRect().bottom)) + scrollY, range = document.createRange();
    const walk = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
    let words = 0;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (node.parentElement.closest(".cb-sr, option, select, .headerlink, textarea") || !node.parentElement.checkVisibility()) { continue; }
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect(), top = box.top + scrollY;
        if (box.height && top >= from && top < to) { words += (node.data.match(/[\\p{L}\\p{N}]\\S*/gu) || []).length; }
    }
    return [words, Math.max(0, to - from)];
}"""


@dataclass
class Walk:
    """What a reader has read, passed and tapped so far."""

    page: Page
    taps: int = 0
    words: int = 0
    pixels: float = 0
    questions: int = 0
    steps: dict[str, tuple[int, float]] = field(default_factory=dict)

    def read_to(self, step: str, selector: str) -> None:
        """Down to the lowest of what `selector` finds, from where the page stands."""
        start = self.page.evaluate(
            "scrollY + (document.querySelector('.md-header')?.getBoundingClientRect().bottom || 0)"
        )
        words, pixels = self.page.evaluate(SEEN, [start if start > SCREEN / 4 else 0, selector])
        before = self.steps.get(step, (0, 0.0))
        self.steps[step] = (before[0] + words, before[1] + pixels / SCREEN)
        self.words, self.pixels = self.words + words, self.pixels + pixels

    def tap(self, selector: str) -> None:
        self.page.locator(f".md-content {selector}").first.tap()
        self.taps += 1

    @property
    def figures(self) -> dict[str, float]:
        minutes = self.words / A_MINUTE + self.questions * A_QUESTION
        return {"words": self.words, "screens": self.pixels / SCREEN, "taps": self.taps, "minutes": minutes}


def walk(page: Page, home: str) -> Walk:
    """From the first page of a trust with one policy to a saved confirmation."""
    way = Walk(page)
    page.goto(home)
    way.read_to("home", ".cb-step:first-child .cb-button")
    way.tap(".cb-step:first-child .cb-button")
    page.locator("a[data-cb-reads]").wait_for()
    way.read_to("quick guide", "a[data-cb-reads]")
    way.tap("a[data-cb-reads]")
    page.locator("form[data-steps]").wait_for()
    while (now := page.locator("fieldset[data-now]")).count():
        way.read_to("quiz", "fieldset[data-now] [data-cb-option]")
        way.questions += 1
        right = str(now.get_attribute("data-right")).split()
        several = now.get_attribute("data-kind") == "multiple"
        for option in right:
            way.tap(f"fieldset[data-now] label:has(input[value='{option}'])")
        if several:
            way.tap("form[data-steps] [type=submit]")
    way.read_to("result", "[data-cb-offer=next]")
    way.tap("[data-cb-offer=next]")
    page.locator("form[data-cb-acknowledge]").wait_for()
    way.read_to("confirm", "[data-cb-do=save]")
    way.tap("#cb-person")
    page.keyboard.type("Sam Sample")
    way.tap("[name=agreed]")
    with page.expect_download():
        way.tap("[data-cb-do=save]")
    way.read_to("proof", "[data-cb-statement] [role=status]")
    return way


@contextmanager
def built() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "clausebook", "build", "--no-pdf", "--quiet", "--site", str(site)]
        subprocess.run(command, cwd=ROOT, check=True)
        yield site


def main() -> None:
    with built() as site, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        for trust in TRUSTS:
            with opened(browser, viewport=PHONE, has_touch=True) as context:
                context.add_init_script(SEED)
                way = walk(context.new_page(), (site / trust / "index.html").as_uri())
            units = {"words": "words", "screens": "screens", "taps": "taps", "minutes": "min"}
            rows = [Row(name, (value,), units[name], MARKS[name]) for name, value in way.figures.items()]
            print(
                f"{trust}: {', '.join(f'{name} {words} words, {high:.1f} screens' for name, (words, high) in way.steps.items())}"
            )
            print(f"{render_table(rows)}\n", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
