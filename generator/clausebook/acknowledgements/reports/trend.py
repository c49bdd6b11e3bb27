"""The trend of a campaign: day by day, how many were asked by then and how many of them had acknowledged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clausebook.acknowledgements.reports.cases import Case
from clausebook.model.dates import last_day
from clausebook.model.handbook import Trust


@dataclass(frozen=True)
class TrendDay:
    """How it stood at the end of a day."""

    day: date
    asked: int
    done: int


@dataclass(frozen=True)
class Trend:
    """Of those who are to sign on the day of the report: whoever has left or is exempt by then is in none of the days."""

    campaign: str
    policies: tuple[str, ...]
    """Of which somebody is to sign, in the order of their ids."""
    due: date | None
    """The campaign's day; None where the handbook no longer has the campaign."""
    days: tuple[TrendDay, ...]
    """Each day from the first asking to the day of the report."""


def find_trends(cases: Sequence[Case], trust: Trust, day: date) -> tuple[Trend, ...]:
    """A trend for each campaign of which somebody is to sign: counted is one person and one policy."""
    groups: dict[str, list[Case]] = {}
    for case in cases:
        if case.must_sign and case.asked:
            groups.setdefault(case.campaign, []).append(case)
    dues = {campaign.id: last_day(campaign.due) for campaign in trust.campaigns}
    return tuple(
        Trend(
            campaign, tuple(sorted({case.policy for case in group})), dues.get(campaign) or _commonest_due(group), _days(group, day)
        )
        for campaign, group in sorted(groups.items())
    )  # fmt: skip


def _commonest_due(cases: Sequence[Case]) -> date | None:
    dues = Counter(case.due for case in cases if case.due)
    return date.fromisoformat(dues.most_common(1)[0][0]) if dues else None


def _days(cases: Sequence[Case], last: date) -> tuple[TrendDay, ...]:
    asked = Counter(date.fromisoformat(case.asked) for case in cases)
    done = Counter(
        date.fromisoformat(max(case.asked, case.settled.day[:10])) for case in cases if case.settled
    )  # fmt: skip
    first = min(asked)
    days, sum_asked, sum_done = [], 0, 0
    for number in range((max(last, first) - first).days + 1):
        today = first + timedelta(days=number)
        sum_asked += asked[today]
        sum_done += done[today]
        days.append(TrendDay(today, sum_asked, sum_done))
    return tuple(days)
