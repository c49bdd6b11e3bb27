"""Pictures as places and lengths in percent, which content/pages/pictures.md draws as SVG: they fit any width, and words keep their size."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.compare.matrix import QuestionCell
from clausebook.compare.revisions.changesets import TOLD_FIRST, Changeset
from clausebook.findings.reviews import Review, State
from clausebook.model import Question
from clausebook.model.dates import in_words, last_day
from clausebook.model.verdicts import Tone, Verdict, tone, verdict

ROWS = 24  # policies that one timeline shows, the most urgent first
TICKS = 6  # years that the axis names at the most
NAME = 40  # signs of a row's name; the table under the picture has the whole
STATES: tuple[State, ...] = ("overdue", "due", "later", "not-stated")

SIGNS: dict[Verdict, str] = {
    "yes": "Y", "no": "N", "depends": "D", "not-stated": "–", "unreadable": "?", "not-looked-at": "…",
}  # fmt: skip
VERDICTS = tuple(SIGNS)
MOST_PARTS = 40  # of a strip: narrower ones have no room for their signs


@dataclass(frozen=True)
class Stretch:
    """A piece of a bar from the left. `kind` names its colour and its pattern."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True)
class Bar:
    """How many changes are of one kind, and how long that is where the longest bar has the whole width."""

    kind: str
    count: int
    width: float


@dataclass(frozen=True)
class TimelineRow:
    """One policy: from when it holds, and when its review is due. A document without dates has neither."""

    name: str
    words: str
    bar: tuple[Stretch, ...]
    due: float | None


@dataclass(frozen=True)
class Timeline:
    """All policies in force on one axis of years. `states` has how many reviews are overdue, due, later or not stated."""

    states: tuple[tuple[State, int], ...]
    shares: tuple[Stretch, ...]
    years: tuple[tuple[float, int], ...]
    today: float
    rows: tuple[TimelineRow, ...]
    more: int
    """Policies that the picture has no room for."""

    @property
    def total(self) -> int:
        return sum(count for _, count in self.states)


@dataclass(frozen=True)
class StripPart:
    """One trust in a strip, or all with one answer. `sign` says the verdict where a colour does not; `tone` names the colour."""

    trusts: tuple[str, ...]
    verdict: Verdict
    tone: Tone
    sign: str
    contradicts: bool
    start: float
    width: float


@dataclass(frozen=True)
class Strip:
    """The answers to one question: a part for each trust, those of one verdict side by side; of many trusts a part for each answer."""

    question: Question
    parts: tuple[StripPart, ...]

    @property
    def is_by_answer(self) -> bool:
        return any(len(part.trusts) > 1 for part in self.parts)

    @property
    def by_verdict(self) -> tuple[tuple[Verdict, tuple[StripPart, ...]], ...]:
        """The verdicts that occur, in their order, each with the parts that have it."""
        return tuple(
            (one, parts) for one in VERDICTS if (parts := tuple(part for part in self.parts if part.verdict == one))
        )


def strip(question: Question, cells: Sequence[QuestionCell]) -> Strip:
    """The strip of a question's `cells`."""
    told = [(verdict(question, cell.answer), tone(question, cell.answer), cell) for cell in cells]
    told.sort(key=lambda one: VERDICTS.index(one[0]))  # within a verdict they stay as they were
    groups = [[one] for one in told]
    if len(told) > MOST_PARTS:
        alike = [(found, colour, cell.contradicts_itself) for found, colour, cell in told]
        groups = [[one for one, same in zip(told, alike, strict=True) if same == each] for each in dict.fromkeys(alike)]
    parts, width, before = [], 100 / len(told), 0
    for group in groups:
        found, colour, cell = group[0]
        trusts = tuple(one.trust for _, _, one in group)
        start, share = round(before * width, 2), round(len(group) * width, 2)
        parts.append(StripPart(trusts, found, colour, SIGNS[found], cell.contradicts_itself, start, share))
        before += len(group)
    return Strip(question, tuple(parts))


def bars_of_changes(changeset: Changeset) -> tuple[Bar, ...]:
    """The kinds of change that occur, each with its number; a clause can be of several."""
    counts = Counter(kind for diff in changeset.diffs for kind in diff.kinds)
    most = max(counts.values(), default=1)
    return tuple(Bar(kind, counts[kind], round(100 * counts[kind] / most, 2)) for kind in TOLD_FIRST if counts[kind])


def timeline(reviews: Sequence[Review], names: Mapping[str, str], several: frozenset[str], as_of: date) -> Timeline:
    """The timeline of `reviews`, the most urgent first. `names` has each trust's short name; the trusts in `several` have more than one policy."""
    days = [day for review in reviews for day in (_starts(review), review.last if review.due else None) if day]
    first = min((*days, as_of)).year
    span = max((*days, as_of)).year + 1 - first

    def place(day: date) -> float:
        length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
        within = (day - date(day.year, 1, 1)).days / length
        return round(100 * (day.year - first + within) / span, 2)

    def row(review: Review) -> TimelineRow:
        name = names[review.trust] + (f": {review.title}" if review.trust in several else "")
        start, due = _starts(review), review.last if review.due else None
        stops = [day for day in (start, due, as_of) if day]
        bar: list[Stretch] = []
        if start:
            bar.append(_between("age", place(start), place(max(start, min(stops[1:])))))
        if due:
            bar.append(_between("late" if due < as_of else "left", *sorted((place(due), place(as_of)))))
        held = f"From {in_words(review.dates.starts[1])}" if review.dates.starts else "No date"
        words = f"{held}; {review.in_words if review.due else 'no review date'}"
        return TimelineRow(
            textwrap.shorten(name, NAME, placeholder=" …"), words, tuple(bar), place(due) if due else None
        )

    step = -(-span // TICKS)
    counts = Counter(review.state for review in reviews)
    states = tuple((state, counts[state]) for state in STATES if counts[state])
    return Timeline(
        states, _shares(states), tuple((place(date(year, 1, 1)), year) for year in range(first, first + span, step)),
        place(as_of), tuple(row(review) for review in reviews[:ROWS]), len(reviews[ROWS:]),
    )  # fmt: skip


def _starts(review: Review) -> date | None:
    """From when the text holds; of a year or a month its last day, as everywhere where an age is counted."""
    starts = review.dates.starts
    return min(last_day(starts[1]), review.as_of) if starts else None


def _between(kind: str, start: float, end: float) -> Stretch:
    return Stretch(kind, start, round(end - start, 2))


def _shares(counts: Sequence[tuple[str, int]]) -> tuple[Stretch, ...]:
    """Counts as one bar over the whole width."""
    total, done, found = sum(count for _, count in counts), 0, []
    for kind, count in counts:
        found.append(_between(kind, round(100 * done / total, 2), round(100 * (done + count) / total, 2)))
        done += count
    return tuple(found)
