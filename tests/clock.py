"""The moment at which every test takes place, wherever and whenever it runs: our commands, the browsers and the mails agree on it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import partialmethod

from playwright.sync_api import BrowserContext, BrowserType

NOW = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
TODAY = NOW.date()
SHIFTED = """(() => {
  const Real = Date, shift = %d - Real.now();
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [Real.now() + shift])); }
    static now() { return Real.now() + shift; }
  };
})()"""


def set_clock() -> None:
    """Our own commands, in this process and in those that it starts, take NOW for this moment."""
    os.environ["CLAUSEBOOK_NOW"] = NOW.isoformat()
    if "faketime" in os.environ.get(
        "LD_PRELOAD", ""
    ):  # `make test-all`: Chromium does not start under it, and has its clock from at_now
        untouched = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
        BrowserType.launch = partialmethod(BrowserType.launch, env=untouched)


def at_now(context: BrowserContext, moment: datetime = NOW) -> BrowserContext:
    """A browser whose clock begins at `moment` with each page and runs on: a search that waits for letters needs one that runs."""
    context.add_init_script(SHIFTED % int(moment.timestamp() * 1000))
    return context
