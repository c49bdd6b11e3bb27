"""What a file that came back says of itself above its text: its title, and the table of what is to be known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausebook.edit.take.lines import Line
from clausebook.model import Dates, HistoryEntry, RevisionRecord
from clausebook.model.dates import in_words
from clausebook.model.labels import FACTS
from clausebook.model.text import as_read

DATES = tuple(Dates.model_fields)
TEXTS = ("version", "approved_by", "owner")
MONTHS = {in_words(f"2000-{month:02}").split()[0].lower(): month for month in range(1, 13)}


@dataclass(frozen=True)
class Front:
    """What somebody changed there, by the names of the fields."""

    facts: Mapping[str, str]
    unread: tuple[str, ...] = ()
    """What was changed and could not be read, in words."""


def read_front(lines: Sequence[Line], record: RevisionRecord) -> Front:
    """The rows that say otherwise than `record`."""
    facts: dict[str, str] = {}
    unread: list[str] = []
    for name, words in _rows(lines):
        before = getattr(record.dates, name) if name in DATES else getattr(record, name)
        if as_read(words) == as_read((in_words(before) if name in DATES else before) if before else ""):
            continue
        value = _date(words) if name in DATES else as_read(words)
        if value is None:
            unread.append(f"{FACTS[name]}: “{words}” is no date, such as 4 January 2027")
        elif value:
            facts[name] = value
    return Front(facts, tuple(unread))


def _rows(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    labels = {as_read(FACTS[name]).lower(): name for name in (*TEXTS, *DATES)}
    for line in lines:
        for row in line.cells:
            if len(row) == 2 and (name := labels.get(as_read(row[0]).lower())):
                yield name, row[1]


def _date(words: str) -> str | None:
    """`4 January 2027`, `January 2027` or `2027` as the file has them; None for anything else."""
    parts = as_read(words).lower().split()
    if not parts or len(parts) > 3 or not (parts[-1].isdecimal() and len(parts[-1]) == 4):
        return None
    month = MONTHS.get(parts[-2]) if len(parts) > 1 else None
    if len(parts) == 1:
        return parts[0]
    day = parts[0] if len(parts) == 3 else ""
    if month is None or (day and not (day.isdecimal() and 1 <= int(day) <= 31)):
        return None
    return f"{parts[-1]}-{month:02}" + (f"-{int(day):02}" if day else "")


def added_history(lines: Sequence[Line], record: RevisionRecord) -> tuple[HistoryEntry, ...]:
    """The rows of the history that the revision has not."""
    known = {as_read(entry.says) for entry in record.history}
    rows = [row for line in lines for row in line.cells if len(row) == 4 and as_read(row[3]) != "What changed"]
    return tuple(
        HistoryEntry(
            revision=as_read(row[0]) or None, date=_date(row[1]), author=as_read(row[2]) or None, says=as_read(row[3])
        )
        for row in rows
        if as_read(row[3]) and as_read(row[3]) not in known
    )
