"""The moment at which every test takes place, wherever and whenever it runs: our commands, the browsers and the mails agree on it."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext

NOW = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
TODAY = NOW.date()


def set_clock() -> None:
    """Our own commands, in this process and in those that it starts, take NOW for this moment."""
    os.environ["CLAUSEBOOK_NOW"] = NOW.isoformat()


def at_now(context: BrowserContext, moment: datetime = NOW) -> BrowserContext:
    """A browser whose clock stands at `moment`; its timers run on."""
    context.clock.set_fixed_time(moment)
    return context
