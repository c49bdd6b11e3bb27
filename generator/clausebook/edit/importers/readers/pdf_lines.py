"""Words of a page as lines, in the order in which they are read: from top to bottom, and column by column where there are columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count

from clausebook.edit.importers.readers.pdf_records import Page, Word
from clausebook.edit.importers.readers.words import SUPERSCRIPT, Span

RAISED = 0.8
"""A figure of at most this size, beside letters of a full one, is raised."""
GUTTER = 6
LEAST_LINES = 5
LEAST_WIDTH = 0.22
STEP = 1
RAGGED = 45
"""In points: as far from the end of its column a short column's longest line may end."""
MOST_LINES = 0.97
FEW, NEAR, NARROW = 4, 40, 3


@dataclass(frozen=True)
class Line:
    """Words on one height of one column."""

    page: int
    words: tuple[Word, ...]
    right: float = 0
    """Where the column ends in which it stands."""
    number: int = 0
    """Counted over all pages."""

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @cached_property
    def top(self) -> float:
        return min(word.top for word in self.words if word.size >= self.size * RAISED)

    @cached_property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        sizes = Counter[float]()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return sizes.most_common(1)[0][0]

    @cached_property
    def bold(self) -> bool:
        """All its words, but for marks without a letter or figure."""
        seen = [word for word in self.words if any(sign.isalnum() for sign in word.text)]
        return bool(seen) and all(word.bold for word in seen)

    @cached_property
    def spans(self) -> list[Span]:
        found: list[Span] = []
        for place, word in enumerate(self.words):
            before = self.words[place - 1] if place else None
            if before and word.x0 - before.x1 > 0.15 * min(word.size, before.size):
                wide = word.x0 - before.x1 > 0.9 * self.size
                found.append(Span("\t" if wide and place == 1 else " ", word.bold and before.bold, word.italic and before.italic, word.link if word.link == before.link else None))  # fmt: skip
            found += _linked(Span(self._raised(word), word.bold, word.italic, word.link))
        return found

    def _raised(self, word: Word) -> str:
        small = word.size < self.size * RAISED and word.text.isdigit()
        return word.text.translate(SUPERSCRIPT) if small and word.bottom < self.bottom - 0.1 * self.size else word.text

    @cached_property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


def _linked(span: Span) -> list[Span]:
    """A link without the sign that ends the sentence behind it."""
    words = span.text.rstrip(".,;:)")
    if not span.link or words == span.text or span.link.endswith(span.text[len(words) :]):
        return [span]
    return [replace(span, text=words), replace(span, text=span.text[len(words) :], link=None)]


def lines_of(page: Page) -> list[Line]:
    """The lines of a page, in the order of reading."""
    parts = _in_order(page.words, 0, page.width, 0, LEAST_WIDTH * page.width)
    return [Line(page.number, tuple(row), end) for rows, end in parts for row in rows]


def _in_order(
    words: Sequence[Word], left: float, right: float, end: float, least: float
) -> Iterator[tuple[list[list[Word]], float]]:
    """Rows in the order of reading, with where their column ends; a column may be parted again. No column is narrower than `least`."""
    for band in _bands(rows_of(words), left, right):
        gutter = _gutter(band, left, right, least)
        if gutter is None:
            yield band, end
            continue
        for is_left in (True, False):
            column = [word for row in band for word in row if (word.x0 < gutter) == is_left]
            begin, stop = min(word.x0 for word in column), max(word.x1 for word in column)
            yield from _in_order(column, begin, stop, stop, least)


def number_lines(pages: Sequence[Sequence[Line]], width: float) -> list[list[Line]]:
    """The lines of all pages, counted, each with where its text ends: as far to the right as all but a few lines go, or as far from the
    right of the page as the text begins from its left, where only few lines are long enough to tell."""
    own = [line for lines in pages for line in lines if not line.right]
    ends = sorted(line.x1 for line in own)
    edge = ends[min(len(ends) - 1, int(MOST_LINES * len(ends)))] if ends else 0.0
    if sum(end > edge - NEAR for end in ends) < FEW:
        edge = max(edge, width - min((line.x0 for line in own), default=0.0))
    ends = sorted({line.right for lines in pages for line in lines if line.right})
    columns = {end: max(other for other in ends if end <= other <= end + RAGGED) for end in ends}
    numbers = count(1)
    found = []
    for lines in pages:
        longest = max((line.x1 for line in lines if not line.right), default=0.0)
        alone = next(
            (end for end in ends if end >= longest - NARROW), edge
        )  # a page on which only the first column is used
        found.append([replace(line, number=next(numbers), right=columns.get(line.right, alone)) for line in lines])
    return found


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words on one height, from left to right. Small raised figures stand with the words beside them."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.bottom, one.x0)):
        row = next((row for row in rows[-3:] if _is_level(row, word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    rows.sort(key=lambda row: min(word.top for word in row))
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _is_level(row: Sequence[Word], word: Word) -> bool:
    """Whether more than half of the lower one's height is shared."""
    top, bottom = min(one.top for one in row), max(one.bottom for one in row)
    shared = min(bottom, word.bottom) - max(top, word.top)
    return shared > 0.55 * min(bottom - top, word.bottom - word.top)


def _bands(rows: list[list[Word]], left: float, right: float) -> list[list[list[Word]]]:
    """Rows that belong to columns, and rows that go across, each in runs."""
    gutter = _best_gap(rows, left, right)
    if gutter is None:
        return [rows]
    bands: list[list[list[Word]]] = []
    crossed_before: bool | None = None
    for row in rows:
        crossed = any(word.x0 < gutter < word.x1 for word in row) or _runs_over(row, gutter)
        if crossed != crossed_before:
            bands.append([])
        bands[-1].append(row)
        crossed_before = crossed
    return bands


def _runs_over(row: list[Word], gutter: float) -> bool:
    """Whether words stand at both sides with no more than a space between them."""
    before = max((word.x1 for word in row if word.x1 <= gutter), default=None)
    after = min((word.x0 for word in row if word.x0 >= gutter), default=None)
    return before is not None and after is not None and after - before < GUTTER


def _best_gap(rows: list[list[Word]], left: float, right: float) -> float | None:
    """The height-long gap in the middle of a page that the fewest rows cross; None where most do."""
    best, fewest = None, len(rows) * 0.4
    for step in range(int(left + 0.3 * (right - left)), int(left + 0.7 * (right - left)), STEP):
        crossing = sum(any(word.x0 < step + GUTTER and word.x1 > step for word in row) for row in rows)
        if crossing < fewest:
            best, fewest = step + GUTTER / 2, crossing
    return best


def _gutter(rows: list[list[Word]], left: float, right: float, least: float) -> float | None:
    """Where two columns of running text are parted; None where there are none, such as beside a column of numbers."""
    gutter = _best_gap(rows, left, right) if len(rows) >= LEAST_LINES else None
    if gutter is None:
        return None
    for side in (True, False):
        own = [[word for word in row if (word.x0 < gutter) == side] for row in rows]
        lengths = sorted(max(word.x1 for word in row) - min(word.x0 for word in row) for row in own if row)
        if len(lengths) < LEAST_LINES or lengths[len(lengths) // 2] < least:
            return None
    return gutter
