"""P401, P402: a date that does not exist, or dates that cannot follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import Authored, LoadedRevision
from clausebook.model import Dates, PolicyRecord
from clausebook.model.problems import Problem

ORDER = (
    ("approved", "published"),
    ("approved", "review_due"),
    ("published", "review_due"),
    ("effective", "review_due"),
    ("titled", "review_due"),
)


def check_dates(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        yield from _possible(revision)
        yield from _in_order(revision.file, revision.file.record.dates)
    for written in loaded.policies.values():
        yield from _possible_of_policy(written)
    for asked in loaded.acknowledgements.values():
        for i, campaign in enumerate(asked.record.campaigns):
            yield from _real(asked, ("campaigns", i, "due"), campaign.due)
    for keys in loaded.keys_of_trusts.values():
        for i, key in enumerate(keys.record.keys):
            for name in ("first", "last"):
                yield from _real(keys, ("keys", i, name), getattr(key, name))
    if loaded.references:
        for i, reference in enumerate(loaded.references.record.references):
            yield from _real(loaded.references, ("references", i, "as_of"), reference.as_of)


def _possible(revision: LoadedRevision) -> Iterator[Problem]:
    record = revision.file.record
    for name in type(record.dates).model_fields:
        yield from _real(revision.file, ("dates", name), getattr(record.dates, name))
    for i, entry in enumerate(record.history):
        yield from _real(revision.file, ("history", i, "date"), entry.date)
    for name in ("opens", "closes"):
        yield from _real(revision.file, ("consultation", name), getattr(record.consultation, name, None))
    for i, conflict in enumerate(record.conflicts):
        if conflict.ruling:
            yield from _real(revision.file, ("conflicts", i, "ruling", "date"), conflict.ruling.date)


def _possible_of_policy(file: Authored[PolicyRecord]) -> Iterator[Problem]:
    dates = file.record.dates
    for name in type(dates).model_fields:
        yield from _real(file, ("dates", name), getattr(dates, name))
    for i, approval in enumerate(file.record.approvals):
        yield from _real(file, ("approvals", i, "date"), approval.date)
    yield from _real(file, ("withdrawn",), file.record.withdrawn)
    yield from _in_order(file, dates)


def _real(file: Authored[Any], path: Path, value: str | None) -> Iterator[Problem]:
    if value is None:
        return
    year, month, day = (int(part) for part in (f"{value}-01-01" if len(value) == 4 else f"{value}-01")[:10].split("-"))
    try:
        possible = 1900 <= date(year, month, day).year <= 2200
    except ValueError:
        possible = False
    if not possible:
        yield from file.problem(path, "P401", f"there is no date {value}", "what is overdue is worked out from it",
                                "write the date as the document gives it: 2018, 2018-09 or 2018-09-01")  # fmt: skip


def _in_order(file: Authored[Any], dates: Dates) -> Iterator[Problem]:
    for earlier, later in ORDER:
        first, second = getattr(dates, earlier), getattr(dates, later)
        if first and second and second < first[: len(second)]:
            yield from file.problem(
                ("dates", later), "P402", f"{later} {second} is before {earlier} {first}",
                "both cannot be right, and reminders depend on them",
                "look at the document again; where it really says so, leave the less certain one out and name it under not_stated",
            )  # fmt: skip
