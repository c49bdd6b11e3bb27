"""The clock: the one module that asks what time it is, and that tells it to libraries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

VARIABLE = "CLAUSEBOOK_NOW"
SOURCE_DATE = "SOURCE_DATE_EPOCH"


class BadClockError(Exception):
    """CLAUSEBOOK_NOW or SOURCE_DATE_EPOCH holds no moment."""


def now() -> datetime:
    """This moment in UTC, in whole seconds; the one in CLAUSEBOOK_NOW (`2026-11-21T09:00:00Z`) where that is set. Raises BadClockError."""
    told = os.environ.get(VARIABLE)
    if not told:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(told)
    except ValueError as error:
        raise BadClockError(f"{VARIABLE} is {told!r}; it wants a moment such as 2026-11-21T09:00:00Z") from error
    if moment.tzinfo is None:
        raise BadClockError(f"{VARIABLE} is {told!r}, which has no time zone: end it with Z for UTC")
    return moment.astimezone(UTC).replace(microsecond=0)


def today() -> date:
    """The day of this moment in UTC; that of SOURCE_DATE_EPOCH where it is set. Raises BadClockError."""
    epoch = os.environ.get(SOURCE_DATE)
    if not epoch:
        return now().date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise BadClockError(f"SOURCE_DATE_EPOCH is {epoch!r}; it wants whole seconds since 1970") from error


@contextmanager
def source_date(epoch: str) -> Iterator[None]:
    """Meanwhile `epoch` stands for the time wherever a library would write it; afterwards whatever stood for it before."""
    before = os.environ.get(SOURCE_DATE)
    os.environ[SOURCE_DATE] = epoch
    try:
        yield
    finally:
        del os.environ[SOURCE_DATE]
        if before is not None:
            os.environ[SOURCE_DATE] = before
