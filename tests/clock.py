"""The moment at which every test takes place, wherever and whenever it runs: our commands, the browsers and the mails agree on it; and the terminal."""

from __future__ import annotations

import os
import select
import time
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
    os.environ.pop("SOURCE_DATE_EPOCH", None)  # some machines set it for all that they build
    if "faketime" in os.environ.get(
        "LD_PRELOAD", ""
    ):  # `make test-all`: Chromium does not start under it, and has its clock from at_now
        untouched = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
        BrowserType.launch = partialmethod(BrowserType.launch, env=untouched)
        # libfaketime refuses Python's every sleep where it leaves the monotonic clock alone, which time limits need
        time.sleep = lambda seconds: select.select([], [], [], seconds) and None


def set_terminal() -> None:
    """As wide as a terminal usually is, and without colours, whatever the terminal is in which the tests are started."""
    os.environ["COLUMNS"] = "80"
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"):
        os.environ.pop(name, None)


def at_now(context: BrowserContext, moment: datetime = NOW) -> BrowserContext:
    """A browser whose clock begins at `moment` with each page and runs on: a search that waits for letters needs one that runs."""
    context.add_init_script(SHIFTED % int(moment.timestamp() * 1000))
    return context
