"""Days as forms, platforms and mails write them; a day that could be two is read as the British write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

NUMBERS = re.compile(r"\s*(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})\b")
WORDS = re.compile(r"(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})\b")
AMERICAN_WORDS = re.compile(r"(?i)\b([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
MONTHS_OF_A_YEAR = 12
SHORT_YEAR = 100


def month_first(cells: Iterable[str]) -> bool:
    """Whether a column writes 11/21/2026: its second number is somewhere no month, and its first always is one."""
    found = [(int(one[1]), int(one[2])) for cell in cells if (one := NUMBERS.match(cell))]
    return any(second > MONTHS_OF_A_YEAR for _, second in found) and all(
        first <= MONTHS_OF_A_YEAR for first, _ in found
    )


def read_moment(cell: str, *, american: bool = False) -> str:
    """A moment in UTC where the zone is told, or else a day; empty where there is none."""
    text = cell.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _day(text, american=american)
    return _utc(moment) if moment.tzinfo else str(moment.date())


def read_mail_date(header: str) -> str:
    """The moment in a mail's Date or Received line; empty where there is none."""
    try:
        moment = parsedate_to_datetime(header.rsplit(";", 1)[-1].strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return _utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _utc(moment: datetime) -> str:
    try:
        return moment.astimezone(UTC).strftime(MOMENT)
    except (ValueError, OverflowError):
        return ""


def _day(text: str, *, american: bool) -> str:
    if found := WORDS.search(text):
        return _named(found[3], found[2], found[1])
    if found := AMERICAN_WORDS.search(text):
        return _named(found[3], found[1], found[2])
    if not (found := NUMBERS.match(text)):
        return ""
    first, second, third = (int(part) for part in found.groups())
    if first >= SHORT_YEAR:
        return _written(first, second, third)
    year = third + 2000 if third < SHORT_YEAR else third
    return _written(year, first, second) if american else _written(year, second, first)


def _named(year: str, month: str, day: str) -> str:
    name = month.lower()
    return _written(int(year), MONTHS.index(name) + 1, int(day)) if name in MONTHS else ""


def _written(year: int, month: int, day: int) -> str:
    try:
        return str(date(year, month, day))
    except ValueError:
        return ""
