"""How large the text of a print that must be one page can be: found by as few layouts as can be, for each takes as long as the print."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import Any

# In points, of the root: the smallest words of a print are 0.85 of it, and 7.5 pt can still be read on a wall.
SMALLEST = 8.9
SIZES = tuple(round(SMALLEST + 0.3 * step, 1) for step in range(16))
LEAVE_OUT = (".nothing", ".may-go-first", ".may-go-first, .may-go")  # what a page that must be one page goes without


@dataclass(frozen=True)
class Layout:
    """What was laid out at one size."""

    document: Any
    pages: int
    filled: float
    """How many pages its text is long: 0.9 leaves a tenth of the one page empty."""


LayOut = Callable[[str, float], Layout]
"""Lays out without what a selector names, at a size."""


def fill_one_page(lay_out: LayOut, size: float) -> Layout:
    """The layout that is one page long, leaves out the least, and is then as large as the page allows; the smallest where none is.

    The search begins at `size`. It knows nothing of other prints and of earlier builds: the same print always ends at the same size.
    """
    place = _place(size)
    for left_out in LEAVE_OUT:
        layout = _find_largest(partial(lay_out, left_out), place)
        if layout.pages == 1:
            break
        place = 0
    return layout


def _find_largest(lay_out: Callable[[float], Layout], place: int) -> Layout:
    """The largest of SIZES that is one page, looked for from `place` on; the smallest where none is.

    What a text fills grows with the square of its size at most, but for chance: its lines grow both longer and higher. So each
    layout tells which size to try next, and that a larger one need not be tried. What is found can be a step too small.
    """
    found, least, most = None, 0, len(SIZES) - 1
    while True:
        layout = lay_out(SIZES[place])
        if layout.pages == 1:
            found, least = layout, place + 1
        else:
            most = place - 1
        wanted = _place(SIZES[place] / sqrt(layout.filled))
        if least > most or (found and wanted < least):
            return found or layout
        place = min(max(wanted, least), most)


def _place(size: float) -> int:
    """Of the largest of SIZES that is no larger; the first where all are."""
    return max(bisect_right(SIZES, size) - 1, 0)
