"""Dates that are as exact as a document gives them: a year, a month or a day."""

from __future__ import annotations

import calendar
from datetime import date


def last_day(partial: str) -> date:
    """The last day that `partial` (2018, 2018-09 or 2018-09-01) can mean: what is due then is overdue the day after."""
    parts = [int(part) for part in partial.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def in_words(partial: str | date) -> str:
    """`2018-09` as “September 2018”, `2018-09-01` as “1 September 2018”, `2018` as it is."""
    parts = [int(part) for part in str(partial).split("-")]
    words = [str(parts[0])]
    if len(parts) > 1:
        words.insert(0, calendar.month_name[parts[1]])
    if len(parts) > 2:
        words.insert(0, str(parts[2]))
    return " ".join(words)


def later_by(partial: str, period: str) -> str:
    """A partial date later by an ISO 8601 period of years or months, as exact as it was: a year and P18M give a year."""
    parts = [int(part) for part in partial.split("-")]
    months = int(period[1:-1]) * (12 if period.endswith("Y") else 1) + (parts[1] - 1 if len(parts) > 1 else 0)
    year, month = parts[0] + months // 12, months % 12 + 1
    if len(parts) == 1:
        return f"{year}"
    day = min(parts[2], calendar.monthrange(year, month)[1]) if len(parts) > 2 else 0
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def period_in_words(period: str) -> str:
    """`P1Y` as “1 year”, `P18M` as “18 months”."""
    return count(int(period[1:-1]), "year" if period.endswith("Y") else "month")


def how_long(start: date, end: date) -> str:
    """The time from `start` to `end` in whole years, months or days: “5 years and 2 months”."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    if months < 1:
        return count((end - start).days, "day")
    years, rest = divmod(months, 12)
    return " and ".join(part for part in (count(years, "year"), count(rest, "month")) if part)


def age(partial: str, day: date) -> str:
    """How long ago `partial` was on `day`, counted from the last day that it can mean: “8 years and 2 months”."""
    return how_long(min(last_day(partial), day), day)


def count(number: int, noun: str, several: str = "") -> str:
    """`1 day`, `2 days`, `3 replies` where `several` says so; nothing for none."""
    return f"{number} {noun if number == 1 else several or f'{noun}s'}" if number else ""
