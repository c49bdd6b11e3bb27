"""What a PDF repeats at the head and the foot of its pages: told from the text by standing at one height, with the same words, page by page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import ceil

from clausebook.edit.importers.readers.pdf_lines import Line

DEEPEST = 6
"""Lines at each edge of a page that are looked at."""
SAME_HEIGHT = 4
DEEP = 0.25
"""Of a page's height: no head or foot goes further in."""
APART = 1.7
ODD_PAGES = 6
"""Of as many pages one may begin otherwise, such as a cover."""
SHARE = 0.4
MOST, FEW_PAGES = 0.6, 2
FIGURES = re.compile(r"\d+|\b[ivxl]+\b")
PAGE_NUMBER = re.compile(r"(?:page )?#(?: ?(?:of|/|\|) ?#)?|- ?# ?-|\| ?page|page ?\|? ?#|#\s*\|\s*page", re.IGNORECASE)
ARTIFACT = "Artifact"
HEAD, FOOT = "the head of each page", "the foot of each page"


def find_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> dict[int, str]:
    """The numbers of the lines that are a page's head or foot, with the reason. Page numbers may differ."""
    found: dict[int, str] = {}
    for reason, from_top in ((HEAD, True), (FOOT, False)):
        ordered = [_ordered(lines, from_top=from_top) for lines in pages]
        counts = _counts(ordered, heights, from_top=from_top)
        edge = _edge_of_text(
            [(lines[like] if like < len(lines) else None) for lines, (_, like) in zip(ordered, counts, strict=True)],
            from_top=from_top,
        )
        for lines, (sure, like) in zip(ordered, counts, strict=True):
            held = (
                count
                for count in range(like, sure, -1)
                if _stands_apart(lines, count) and _is_outside(lines[count - 1], edge, from_top=from_top)
            )
            found |= dict.fromkeys((line.number for line in lines[: next(held, sure)]), reason)
    return found


def _counts(pages: Sequence[Sequence[Line]], heights: Sequence[float], *, from_top: bool) -> list[tuple[int, int]]:
    """Of each page, how many lines from the edge are furniture for sure, and how many look like it."""
    places, levels, found = _places(pages), _levels(pages), []
    told = Counter(_shape(line) for lines in pages for line in lines)
    for lines, height in zip(pages, heights, strict=True):
        sure = [_is_marked(line, height) or _is_page_number(line, height) for line in lines[:DEEPEST]]
        like = [
            one
            or (_is_near(line, height, from_top=from_top) and _repeats(line, places, len(pages)))
            or (told[_shape(line)] > 1 and _is_running(line, levels, len(pages), height))
            for one, line in zip(sure, lines, strict=False)
        ]
        found.append((_leading(sure), _leading(like)))
    return found


def _edge_of_text(firsts: Sequence[Line | None], *, from_top: bool) -> float | None:
    """Where the text of the pages begins, or ends: no head or foot stands further in."""
    places = sorted(line.top if from_top else -line.bottom for line in firsts if line is not None)
    return places[len(places) // ODD_PAGES] if places else None


def _is_outside(line: Line, edge: float | None, *, from_top: bool) -> bool:
    return edge is None or (line.top if from_top else -line.bottom) < edge - SAME_HEIGHT


def _leading(holds: Sequence[bool]) -> int:
    return next((place for place, one in enumerate(holds) if not one), len(holds))


def _stands_apart(lines: Sequence[Line], count: int) -> bool:
    """Whether there is more space behind so many lines than between two lines of a text, which may stand at one height by chance."""
    if count >= len(lines):
        return True
    last, after = lines[count - 1], lines[count]
    return abs(after.top - last.top) > APART * max(last.size, after.size)


def _ordered(lines: Sequence[Line], *, from_top: bool) -> list[Line]:
    return sorted(lines, key=lambda line: line.top if from_top else -line.bottom)


def _shape(line: Line) -> str:
    return FIGURES.sub("#", " ".join(line.text.split()).lower())


def _places(edges: Sequence[Sequence[Line]]) -> dict[str, list[tuple[int, float]]]:
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page, lines in enumerate(edges):
        for line in lines[:DEEPEST]:
            places[_shape(line)].append((page, line.top))
    return places


def _is_near(line: Line, height: float, *, from_top: bool) -> bool:
    return line.top < DEEP * height if from_top else line.bottom > (1 - DEEP) * height


def _repeats(line: Line, places: dict[str, list[tuple[int, float]]], pages: int) -> bool:
    level = {page for page, top in places[_shape(line)] if abs(top - line.top) <= SAME_HEIGHT}
    return len(level) >= max(2, ceil(SHARE * pages))


def _levels(pages: Sequence[Sequence[Line]]) -> Counter[tuple[int, float]]:
    """On how many pages a line stands at each height in letters of each size."""
    return Counter(level for lines in pages for level in {_level(line) for line in lines[:DEEPEST]})


def _level(line: Line) -> tuple[int, float]:
    return round(line.top / SAME_HEIGHT), line.size


def _is_running(line: Line, levels: Counter[tuple[int, float]], pages: int, height: float) -> bool:
    """Whether it can be a running head: at one height of most pages, and at their very edge. It names the section that the page is in,
    whose heading says the same words: a line that says what no other does is text."""
    at_edge = line.bottom < 0.08 * height or line.top > 0.92 * height
    return at_edge and pages > FEW_PAGES and levels[_level(line)] >= MOST * pages


def _is_marked(line: Line, height: float) -> bool:
    """Whether a tagged PDF says that it is no part of the text."""
    at_edge = line.bottom < 0.15 * height or line.top > 0.85 * height
    return at_edge and all(word.tag == ARTIFACT for word in line.words)


def _is_page_number(line: Line, height: float) -> bool:
    at_edge = line.bottom < 0.1 * height or line.top > 0.9 * height
    return at_edge and PAGE_NUMBER.fullmatch(_shape(line)) is not None
