"""Lines of a PDF as paragraphs: by the space between them, where they begin, whether the next word would still have fitted, and by marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import quantiles

from clausebook.edit.importers.marks import split_mark
from clausebook.edit.importers.readers.pdf_lines import Line
from clausebook.edit.importers.readers.words import Span, plain

LEVEL = 2.5
"""In points: lines that begin nearer to each other begin at one place."""
LARGER = 0.6
USUAL_LEADING = 1.2
WIDER = 1.25
FULL = 2
"""Of a letter's size: a line that ends as near to the edge is full."""
ENDS = re.compile(r"[.:;!?][\"'”’)\]]*\Z")
REFERS = re.compile(r"\b(?:paragraphs?|sections?|clauses?|rules?|points?|items?|steps?|stages?|pages?|articles?|chapters?|schedules?|appendix|annex|part|year|number|no|and|or|to|of|in|see|under|the|by|from|with|a|is|are|than)\Z|,\Z", re.IGNORECASE)  # fmt: skip
LEADERS = re.compile(r"(?:[.…_] ?){4,}\s*\d*\Z")
"""The end of an entry in a list of contents, or a line to write on."""
HYPHEN = re.compile(r"(\w+)[-‐]\Z")
WORD = re.compile(r"[\w-]+")
SOFT = "\u00ad"
ITS_OWN_HYPHEN = "“{}” stood at the end of a line; its hyphen may belong to the line"


@dataclass(frozen=True)
class Measures:
    """What holds for a whole document."""

    leading: float = USUAL_LEADING
    """From one line of a paragraph to the next, as a share of the letters' size."""
    size: float = 11
    """Of most letters."""
    left: float = 0
    """Where most lines begin that stand furthest to the left."""
    words: frozenset[str] = frozenset()
    """All words, in small letters."""


@dataclass
class Paragraph:
    """Lines that belong together."""

    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def mark(self) -> str:
        return split_mark(self.first.text).mark

    @property
    def text_begins(self) -> float:
        """Where the words begin behind the mark, or the second line does."""
        if len(self.lines) > 1:
            return self.lines[1].x0
        length, seen = len("".join(self.mark.split())), 0
        for word in self.first.words:
            if seen >= length:
                return word.x0
            seen += len(word.text)
        return self.first.x0


def measure(lines: Sequence[Line]) -> Measures:
    """What is usual in a document."""
    steps = [
        (after.top - before.top) / before.size
        for before, after in pairwise(lines)
        if before.page == after.page
        and before.size
        and abs(before.size - after.size) < LARGER
        and 0.9 < (after.top - before.top) / before.size < 3
    ]
    sizes, starts = Counter[float](), Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
        starts[round(line.x0)] += 1
    common = [start for start, count in starts.items() if count >= max(2, 0.02 * len(lines))]
    words = frozenset(word.lower() for line in lines for word in WORD.findall(line.text)[:-1])
    return Measures(
        quantiles(steps, n=4)[0] if len(steps) > 3 else USUAL_LEADING,
        sizes.most_common(1)[0][0] if sizes else 11, min(common or starts or [0]), words,
    )  # fmt: skip


def paragraphs_of(lines: Iterable[Line], measures: Measures) -> list[Paragraph]:
    """Lines in their order as paragraphs; one goes on over a page's end."""
    found: list[Paragraph] = []
    for line in lines:
        if found and _goes_on(found[-1], line, measures):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line]))
    return found


def _goes_on(before: Paragraph, line: Line, measures: Measures) -> bool:
    last = before.last
    if LEADERS.search(last.text) or abs(last.size - line.size) > LARGER or _is_apart(last, line, measures):
        return False
    is_full = _next_word_did_not_fit(last, line)
    if split_mark(line.text).mark and not (is_full and _is_within(before, line)):
        return False
    if last.bold != line.bold and (not is_full or ENDS.search(last.text)):
        return False
    if _is_below_the_entry(before, line):
        return False
    if not is_full and not _is_centred_title(before, line, measures):
        return False
    return _begins_where_it_should(before, line)


def _is_below_the_entry(before: Paragraph, line: Line) -> bool:
    """Whether a line below an entry of a list is no part of it: it does not begin where the entry's words do. A number's words may go on
    at the edge of the page, a bullet's do not."""
    is_bullet = bool(before.mark) and not any(sign.isalnum() for sign in before.mark)
    may_end_it = is_bullet or (line.bold and bool(before.mark) and not before.last.bold)
    return may_end_it and line.text[:1].isupper() and abs(line.x0 - before.text_begins) > LEVEL


def _is_apart(last: Line, line: Line, measures: Measures) -> bool:
    """Whether there is more space between two lines than within a paragraph. Over the end of a page or a column, a sentence that has
    ended is over, unless its line is full."""
    step = line.top - last.top
    if last.page != line.page or step <= 0:
        ended = ENDS.search(last.text) is not None and line.text[:1].isupper()
        return ended and last.x1 < last.right - FULL * last.size
    return step > measures.leading * WIDER * max(last.size, line.size)


def _next_word_did_not_fit(last: Line, line: Line) -> bool:
    """Whether the line had to end where it does; a word that is parted there did."""
    if HYPHEN.search(last.text) and line.text[:1].islower():
        return True
    first = line.words[0]
    space = 0.25 * last.size
    return last.x1 + space + (first.x1 - first.x0) > last.right - 0.6 * last.size


def _is_within(before: Paragraph, line: Line) -> bool:
    """Whether what looks like a mark is a word of the sentence: the line begins where the words do, and the sentence has not ended."""
    begins = abs(line.x0 - before.text_begins) <= LEVEL and (not before.mark or abs(line.x0 - before.first.x0) > LEVEL)
    alone = not split_mark(line.text).text and not ENDS.search(before.last.text)
    return begins and (alone or REFERS.search(before.last.text) is not None)


def _is_centred_title(before: Paragraph, line: Line, measures: Measures) -> bool:
    """A heading in large letters may be broken by hand."""
    large = line.size > measures.size * 1.15 and before.last.bold == line.bold
    middle = abs((before.last.x0 + before.last.x1) - (line.x0 + line.x1)) < 2 * LEVEL
    return large and middle and not ENDS.search(before.last.text) and line.text[:1].islower()


def _begins_where_it_should(before: Paragraph, line: Line) -> bool:
    if before.last.page != line.page or line.top < before.last.top:
        return line.x0 >= before.first.x0 - LEVEL or len(before.lines) == 1
    if len(before.lines) > 1:
        return abs(line.x0 - before.last.x0) <= LEVEL
    if before.mark:
        return line.x0 >= before.first.x0 - LEVEL and line.x0 <= before.text_begins + 4 * LEVEL
    return abs(line.x0 - before.first.x0) <= LEVEL or before.first.x0 - 60 < line.x0 < before.first.x0


def spans_of(paragraph: Paragraph, measures: Measures) -> tuple[list[Span], list[str]]:
    """The words of a paragraph, its lines joined; and what is doubtful about a hyphen at a line's end."""
    spans: list[Span] = []
    doubts: list[str] = []
    for line in paragraph.lines:
        if spans:
            spans, doubt = _joined(spans, line, measures)
            doubts += [doubt] if doubt else []
        spans += line.spans
    return spans, doubts


def _joined(spans: list[Span], line: Line, measures: Measures) -> tuple[list[Span], str]:
    """What stands before a line, made ready for it: with a space, or without a hyphen that only parted a word."""
    text, after = plain(spans), line.text
    if text.endswith(SOFT):
        return _without_last(spans), ""
    found = HYPHEN.search(text)
    next_word = WORD.match(after)
    if not found or not next_word or not after[:1].isalpha():
        return [*spans, Span(" ", spans[-1].bold and line.words[0].bold, spans[-1].italic and line.words[0].italic)], ""
    parted, one = f"{found[1]}-{next_word[0]}", f"{found[1]}{next_word[0]}"
    if parted.lower() in measures.words or after[:1].isupper():
        return spans, ""
    if one.lower() in measures.words:
        return _without_last(spans), ""
    return spans, ITS_OWN_HYPHEN.format(parted)


def _without_last(spans: list[Span]) -> list[Span]:
    return [*spans[:-1], replace(spans[-1], text=spans[-1].text[:-1])]
