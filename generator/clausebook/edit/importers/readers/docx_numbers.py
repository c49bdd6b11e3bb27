"""The numbers that Word counts and does not store: what it prints before each paragraph of a list (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from clausebook.edit.importers.readers.docx_package import W, switch, value, whole
from clausebook.edit.importers.readers.docx_styles import Style, Styles
from clausebook.edit.importers.readers.symbols import bullet_sign

ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}  # fmt: skip
PART = re.compile(r"%([1-9])")
DEEPEST = 9
MOST = 32_767
"""No list of Word counts further."""


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    """The level, counted from 1, after which it starts again; 0 for never, None for any higher one."""
    is_legal: bool = False
    style: str | None = None
    paragraph: Any = None
    run: Any = None


@dataclass(frozen=True)
class List:
    """A list as a paragraph names it: whose counters it uses, and what it sets anew."""

    counters: str
    levels: tuple[Level, ...]
    starts: dict[int, int]


@dataclass(frozen=True)
class Numbered:
    """What is printed before a paragraph."""

    mark: str
    level: int
    is_bullet: bool
    levels: tuple[Level, ...]
    is_sure: bool = True


@dataclass
class Counters:
    """The counters of one story: the document itself, its notes, its text boxes."""

    values: dict[str, dict[int, int]] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)

    def count(self, number: str, one: List, level: int) -> dict[int, int]:
        """Counts one paragraph on, and returns where each level stands."""
        values = self.values.setdefault(one.counters, {})
        for upper in range(level):
            values.setdefault(upper, one.starts.get(upper, one.levels[upper].start))
        if level in one.starts and (number, level) not in self.used:
            self.used.add((number, level))
            values[level] = one.starts[level]
        else:
            values[level] = min(values[level] + 1, MOST) if level in values else one.levels[level].start
        for deeper in [deep for deep in values if deep > level]:
            after = one.levels[deeper].restarts_after
            if after is None or level < after:
                del values[deeper]
        return dict(values)


@dataclass(frozen=True)
class Numbering:
    """All lists of a document."""

    lists: dict[str, List]

    def number(self, properties: Any, chain: tuple[Style, ...], counters: Counters) -> Numbered | None:
        """What Word prints before a paragraph; None where it is in no list. Each call counts on."""
        found = self.place(properties, chain)
        if found is None:
            return None
        number, level = found
        one = self.lists[number]
        values = counters.count(number, one, level)
        own = one.levels[level]
        if own.format == "bullet":
            return Numbered(bullet_sign(own.text, own.run), level, True, one.levels)
        mark = PART.sub(lambda part: _part(one, own, values, int(part[1]) - 1), own.text)
        used = [
            own.format,
            *(one.levels[int(part) - 1].format for part in PART.findall(own.text) if int(part) <= len(one.levels)),
        ]
        return Numbered(mark.strip(), level, False, one.levels, all(name in FORMATS for name in used))

    def place(self, properties: Any, chain: tuple[Style, ...]) -> tuple[str, int] | None:
        """The list and the level of a paragraph; number and level are inherited apart."""
        sources = [_number_of(properties), *(_number_of(style.paragraph) for style in chain)]
        giver = next((place for place, source in enumerate(sources) if value(source, "numId") is not None), None)
        if giver is None:
            return None
        number = value(sources[giver], "numId") or ""
        if number not in self.lists or number == "0":
            return None
        level = next((whole(found) for source in sources if (found := value(source, "ilvl")) is not None), None)
        if giver and value(sources[0], "ilvl") is None:  # a style's level is the one that names the style
            ids = [style.id for style in chain[:giver]]
            named = [place for place, one in enumerate(self.lists[number].levels) if one.style in ids]
            level = named[0] if named else level
        return number, min(max(level or 0, 0), len(self.lists[number].levels) - 1)


def _number_of(properties: Any) -> Any:
    return None if properties is None else properties.find(f"{W}numPr")


def _part(one: List, own: Level, values: dict[int, int], level: int) -> str:
    if level >= len(one.levels):
        return ""
    name = "decimal" if own.is_legal else one.levels[level].format
    return in_format(values.get(level, one.levels[level].start), name)


def in_format(number: int, name: str) -> str:
    """A number as Word writes it in one of its formats; decimal where it is a format of another script."""
    return FORMATS.get(name, str)(number)


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _roman(number: int) -> str:
    text = ""
    for worth, sign in ROMANS:
        count, number = divmod(number, worth)
        text += sign * count
    return text


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _in_words(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    if number < 20:
        return ONES[number].capitalize()
    return (TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")).capitalize()


def _ordinal_in_words(number: int) -> str:
    start, dash, last = _in_words(number).lower().rpartition("-")
    ending = ORDINALS.get(last, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{start}{dash}{ending}".capitalize()


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str, "decimalZero": "{:02}".format, "none": lambda _: "", "bullet": lambda _: "",
    "lowerLetter": _letters, "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman, "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal, "cardinalText": _in_words, "ordinalText": _ordinal_in_words,
    "chicago": lambda number: "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1),
    "numberInDash": "- {} -".format,
    "decimalEnclosedCircle": lambda number: chr(0x245F + number) if 0 < number <= 20 else str(number),
}  # fmt: skip
"""The formats that are written as Word writes them; another is counted in figures, and told."""


def read_numbering(root: Any, styles: Styles) -> Numbering:
    """From the part numbering.xml; a file without one counts nothing."""
    if root is None:
        return Numbering({})
    abstracts = {one.get(f"{W}abstractNumId", ""): one for one in root.iterfind(f"{W}abstractNum")}
    nums = {one.get(f"{W}numId", ""): one for one in root.iterfind(f"{W}num")}
    return Numbering({number: _list(num, abstracts, nums, styles) for number, num in nums.items()})


def _list(num: Any, abstracts: dict[str, Any], nums: dict[str, Any], styles: Styles) -> List:
    key, abstract = _abstract(num, abstracts, nums, styles)
    levels = [Level()] * DEEPEST
    for one in abstract.iterfind(f"{W}lvl") if abstract is not None else ():
        levels[_depth(one)] = _level(one)
    starts = {}
    for override in num.iterfind(f"{W}lvlOverride"):
        depth = _depth(override)
        if (own := override.find(f"{W}lvl")) is not None:
            levels[depth] = _level(own)
        if (start := value(override, "startOverride")) is not None:
            starts[depth] = whole(start, 1)
    return List(key, tuple(levels), starts)


def _depth(element: Any) -> int:
    return min(max(whole(element.get(f"{W}ilvl")), 0), DEEPEST - 1)


def _abstract(num: Any, abstracts: dict[str, Any], nums: dict[str, Any], styles: Styles) -> tuple[str, Any]:
    """What a list is built on; where that only names a style of lists, what that style is built on."""
    key = value(num, "abstractNumId") or ""
    for _ in range(DEEPEST):
        abstract = abstracts.get(key)
        linked = value(abstract, "numStyleLink")
        if linked is None or linked not in styles.by_id:
            break
        number = value(_number_of(styles.by_id[linked].paragraph), "numId") or ""
        key = value(nums.get(number), "abstractNumId") or key
    return key, abstracts.get(key)


def _level(one: Any) -> Level:
    restart = value(one, "lvlRestart")
    level = Level(
        value(one, "numFmt") or _alternative(one), value(one, "lvlText") or "", whole(value(one, "start"), 0),
        None if restart is None else whole(restart), bool(switch(one, "isLgl")), value(one, "pStyle"),
        one.find(f"{W}pPr"), one.find(f"{W}rPr"),
    )  # fmt: skip
    picture = one.find(f"{W}lvlPicBulletId") is not None
    return replace(level, format="bullet", text="•", run=None) if picture else level


def _alternative(one: Any) -> str:
    """Formats that older programs do not know stand in an alternative."""
    found = next(one.iter(f"{W}numFmt"), None)
    return "decimal" if found is None else found.get(f"{W}val", "decimal")
