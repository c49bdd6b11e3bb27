"""Long lines that people pass on, found in a text: what mail servers, mail programs and readers of PDFs put into them is taken out again.

It is safe to try several ways because whoever reads such a line can tell a whole one, by its check or by its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeVar

Found = TypeVar("Found")

LONGEST = 40_000  # signs of a line; ten questions make about 1,200, and a receipt may hold sixteen quizzes
SHORTEST = 30  # signs behind its beginning; what is shorter is a word, as `quiz1.html` or in a sentence about receipts
PIECE = re.compile(r"[A-Za-z0-9_-]*")
GAP = r"[=!]?[^\S\n]*\r?\n[^\S\n]*(?:[A-Za-z]{0,8}[>|:#*][^\S\n]*)*"
"""A line end, with what may stand around it: the `=` of quoted-printable, the `!` of a server, and quoting such as `> ` or `AL> `."""
BROKEN = re.compile(GAP)
BETWEEN = rf"(?:[\u00ad\u200b-\u200d\u2060\ufeff]|[^\S\n]|{GAP})?"
LEAD = re.compile(r"(?m)^[^\S\n]*(?:[A-Za-z]{0,8}[>|:#*][^\S\n]*)+")
TAIL = re.compile(r"(?m)[=!][^\S\n]*$")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
HYPHENS = dict.fromkeys(map(ord, "\u0002\ufffe\u00ad\u2010\u2011\u2012\u2212"), "-")
"""What a reader of PDFs makes of a hyphen at the end of a line, and programs of any hyphen."""
WAYS: tuple[dict[int, str | None], ...] = (
    UNSEEN,
    {**UNSEEN, **HYPHENS, ord("–"): "-", ord("—"): "-"},
    {**UNSEEN, **HYPHENS, ord("–"): "--", ord("—"): "--"},  # which a word processor makes of two
)


@dataclass(frozen=True)
class DamagedLine:
    """A line that begins like one of ours and cannot be read: where it begins in the text, and the reason in words."""

    line: int
    begins: str
    reason: str


def find_lines(start: str, text: str, read: Callable[[str], Found | str]) -> Iterator[Found | DamagedLine]:
    """Every line in `text` that begins with `start`, in its order, whole or damaged. Raises nothing.

    `read` is given a line with whatever stands behind it in the text, and returns what the line holds, or why it cannot be read.
    """
    begins = re.compile(BETWEEN.join(map(re.escape, start)))
    number, counted = 1, 0
    for begin, following in pairwise(chain(begins.finditer(text), [None])):
        assert begin
        rest = text[begin.end() : following.start() if following else len(text)]
        ways = [read(start + line) for line in _mended(rest)]
        found = next((way for way in ways if not isinstance(way, str)), ways[0])
        if not isinstance(found, str):
            yield found
        elif len(line := _unbroken(rest)) >= SHORTEST:
            number, counted = number + text.count("\n", counted, begin.start()), begin.start()
            yield DamagedLine(number, f"{start}{line[:12]}…", found)


def _mended(text: str) -> Iterator[str]:
    """The line that `text` may have been before it was broken, and all that follows it; the likeliest first."""
    seen = set()
    for way in WAYS:
        whole = text[: 2 * LONGEST].translate(way)
        line = "".join(TAIL.sub("", LEAD.sub("", whole)).split())
        if line not in seen:
            seen.add(line)
            yield line


def _unbroken(text: str) -> str:
    """How the line begins: what stands there without a break that a mail would not make."""
    line, place = "", 0
    while len(line) < SHORTEST and (piece := PIECE.match(text, place)):
        line += piece[0]
        gap = BROKEN.match(text, piece.end())
        if not gap:
            break
        place = gap.end()
    return line
