"""Which printed numbers Word can count itself, and which are typed so that they stand exactly as the revision has them.

Word counts from one, without a gap and without a repetition. Where a list does so its numbers are real numbering, which goes on
when somebody adds a clause; of any other list each number is typed, with a tab behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausebook.model.outline import Part

DOTTED = re.compile(r"([1-9]\d{0,2}(?:\.[1-9]\d{0,2})*)(\.?)")
MARKED = re.compile(r"(\(?)([a-z]{1,5}|[A-Z]{1,5}|\d{1,3})([.)]?)")
LEVELS = 9
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx")  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FORMATS: Mapping[str, Sequence[str]] = {
    "lowerRoman": ROMANS,
    "lowerLetter": LETTERS,
    "upperRoman": [one.upper() for one in ROMANS],
    "upperLetter": LETTERS.upper(),
    "decimal": [str(one) for one in range(1, 100)],
}
"""What Word calls a way to count, and how it counts; of a single (i) the first that fits is meant."""
Digits = tuple[int, ...]
OUTLINE, BULLETS = 1, 2
"""The numId of the numbers of headings and clauses, and that of bullets; lists of items come after them."""


@dataclass(frozen=True)
class Mark:
    """The number of a part as Word counts it."""

    num: int
    level: int


@dataclass(frozen=True)
class Marker:
    """How the items of a list are counted: `(a)` is lowerLetter with both brackets."""

    format: str
    opens: str
    closes: str


@dataclass(frozen=True)
class Numbering:
    """How the parts of a document are numbered."""

    marks: Mapping[int, Mark]
    """By the place of the part; a part with a number that has none here has it typed."""
    ends: tuple[str, ...]
    """What stands behind the number at each level of the outline: nothing, or a full stop."""
    lists: tuple[tuple[Marker, int], ...]
    """Of each list of items how it is counted and at which level, the first of them with the numId after BULLETS."""


def without_numbers(parts: Sequence[Part]) -> Numbering:
    """Bullets alone: where changes are tracked Word would count what was deleted, too, so that every number is typed."""
    bullets = {
        place: Mark(BULLETS, _level(part))
        for place, part in enumerate(parts)
        if part.kind == "item" and part.number is None
    }
    return Numbering(bullets, ("",) * LEVELS, ())


def work_out_numbering(parts: Sequence[Part]) -> Numbering:
    """Of each part its mark, if Word can count it."""
    ends, outlined = _outline(parts)
    marks = {place: Mark(OUTLINE, len(digits) - 1) for place, digits in outlined.items()}
    lists: list[tuple[Marker, int]] = []
    for places in _lists_of_items(parts):
        left = [place for place in places if place not in marks]
        marks |= {place: Mark(BULLETS, _level(parts[place])) for place in left if parts[place].number is None}
        numbered = [place for place in left if parts[place].number is not None]
        if marker := _marker([parts[place].number or "" for place in numbered]):
            level = _level(parts[numbered[0]])
            lists.append((marker, level))
            marks |= {place: Mark(BULLETS + len(lists), level) for place in numbered}
    return Numbering(marks, ends, tuple(lists))


def _level(part: Part) -> int:
    return min(part.depth, LEVELS - 1)


def _outline(parts: Sequence[Part]) -> tuple[tuple[str, ...], dict[int, Digits]]:
    """What stands behind the numbers of each level, and the digits of the parts that Word can count."""
    found: dict[int, tuple[Digits, str]] = {}
    for place, part in enumerate(parts):
        number = DOTTED.fullmatch(part.number or "") if part.kind in ("heading", "clause", "item") else None
        if number and (part.kind != "item" or "." in number[1]):
            digits = tuple(int(one) for one in number[1].split("."))
            found[place] = digits, number[2]
    levels = [Counter(end for digits, end in found.values() if len(digits) == level) for level in range(1, LEVELS + 1)]
    ends = tuple(counted.most_common(1)[0][0] if counted else "" for counted in levels)
    unlike = {digits[:-1] for digits, end in found.values() if len(digits) > LEVELS or ends[len(digits) - 1] != end}
    own = {place: digits for place, (digits, _) in found.items() if digits[:-1] not in unlike}
    while (wrong := _first_miscounted(own)) is not None:
        own = {place: digits for place, digits in own.items() if digits[:-1] != wrong[:-1]}
    return ends, own


def _first_miscounted(own: Mapping[int, Digits]) -> Digits | None:
    """The first number that Word would count otherwise; with it goes the list that it stands in."""
    counters = [0] * LEVELS
    for digits in own.values():
        level = len(digits) - 1
        counters[level] += 1
        counters[level + 1 :] = [0] * (LEVELS - level - 1)
        if tuple(counters[: level + 1]) != digits:
            return digits
    return None


def _lists_of_items(parts: Sequence[Part]) -> Iterator[list[int]]:
    """The items that hang from the same words, list by list."""
    open_lists: list[list[int]] = []
    for place, part in enumerate(parts):
        if part.kind == "item":
            while len(open_lists) > part.depth + 1:
                yield open_lists.pop()
            open_lists += [[] for _ in range(part.depth + 1 - len(open_lists))]
            open_lists[-1].append(place)
        elif part.is_anchored:
            yield from reversed(open_lists)
            open_lists = []
    yield from reversed(open_lists)


def _marker(numbers: Sequence[str]) -> Marker | None:
    """How Word counts these, if it can."""
    found = [MARKED.fullmatch(number) for number in numbers]
    whole = [one for one in found if one]
    if not whole or len(whole) < len(found) or len({(one[1], one[3]) for one in whole}) > 1:
        return None
    counted = [one[2] for one in whole]
    for name, way in FORMATS.items():
        if counted == list(way[: len(counted)]):
            return Marker(name, whole[0][1], whole[0][3])
    return None
