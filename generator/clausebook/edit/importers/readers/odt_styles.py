"""What an OpenDocument file's styles say of a paragraph, of words, and of how a list is numbered (ODF 1.3 part 3, 16 and 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from clausebook.edit.importers.readers.docx_numbers import in_format
from clausebook.edit.importers.readers.docx_package import whole
from clausebook.edit.importers.readers.symbols import bullet_sign

ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, STYLE, TABLE, OFFICE, DRAW = (f"{ODF}{name}:1.0}}" for name in ("text", "style", "table", "office", "drawing"))
FO, SVG = (f"{ODF}{name}-compatible:1.0}}" for name in ("xsl-fo", "svg"))
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
    "1st": "ordinal",
    "01, 02, 03, ...": "decimalZero",
}
POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}
LENGTH = re.compile(r"(-?[\d.]+)(pt|in|cm|mm|pc|px)")
PART = re.compile(r"%(\d+)%")
BOLD = 600
LONGEST_CHAIN = 30


@dataclass(frozen=True)
class Style:
    """One style: its name as people see it, and what it is built on."""

    name: str
    parent: str | None
    paragraph: dict[str, str]
    words: dict[str, str]


@dataclass(frozen=True)
class Level:
    """How one level of a list is marked."""

    format: str = "none"
    before: str = ""
    after: str = ""
    pattern: str | None = None
    shown: int = 1
    """How many levels' numbers are printed."""
    start: int = 1
    bullet: str = ""
    indent: float = 0


@dataclass
class Styles:
    """All styles of a file by family and name; its lists' levels, counted from 1, by the list's style."""

    styles: dict[tuple[str, str], Style] = field(default_factory=dict)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)

    def chain(self, family: str, name: str | None) -> Iterator[Style]:
        """A style, then what it is built on, and so on, and last what holds for all of its family."""
        for _ in range(LONGEST_CHAIN):
            style = self.styles.get((family, name)) if name else None
            if style is None:
                break
            yield style
            name = style.parent
        if default := self.styles.get((family, "")):
            yield default

    def of_words(self, names: list[tuple[str, str | None]], key: str) -> str:
        """A property of words, from the nearest style that has it; `names` are the styles around them, the nearest first."""
        found = (style.words.get(key) for family, name in names for style in self.chain(family, name))
        return next((one for one in found if one is not None), "")

    def of_paragraph(self, name: str | None, key: str) -> str:
        found = (style.paragraph.get(key) for style in self.chain("paragraph", name))
        return next((one for one in found if one is not None), "")


def read_styles(*roots: Any) -> Styles:
    """From content.xml and styles.xml."""
    found = Styles()
    for root in roots:
        for one in root.iter(f"{STYLE}style", f"{STYLE}default-style") if root is not None else ():
            style = _style(one)
            found.styles[one.get(f"{STYLE}family", ""), one.get(f"{STYLE}name", "")] = style
        for one in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style") if root is not None else ():
            name = "" if one.tag == f"{TEXT}outline-style" else one.get(f"{STYLE}name", "")
            found.lists[name] = {whole(level.get(f"{TEXT}level"), 1): _level(level) for level in one}
    return found


def _style(one: Any) -> Style:
    name = one.get(f"{STYLE}display-name") or one.get(f"{STYLE}name", "")
    return Style(name, one.get(f"{STYLE}parent-style-name"), _properties(one, "paragraph"), _properties(one, "text"))


def _properties(style: Any, kind: str) -> dict[str, str]:
    found = style.find(f"{STYLE}{kind}-properties")
    return {} if found is None else {key.rpartition("}")[2]: value for key, value in found.attrib.items()}


def _level(one: Any) -> Level:
    kind = one.tag.rpartition("-")[2]
    around = one.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
    indent = 0.0 if around is None else points(around.get(f"{FO}margin-left")) + points(around.get(f"{FO}text-indent"))
    if kind in ("bullet", "image"):
        return Level("bullet", bullet=bullet_sign(one.get(f"{TEXT}bullet-char", "•"), None), indent=indent)
    return Level(
        FORMATS.get(one.get(f"{STYLE}num-format", ""), "decimal"), one.get(f"{STYLE}num-prefix", ""), one.get(f"{STYLE}num-suffix", ""),
        one.get(f"{LOEXT}num-list-format") or one.get(f"{STYLE}num-list-format"), whole(one.get(f"{TEXT}display-levels"), 1),
        whole(one.get(f"{TEXT}start-value"), 1), indent=indent,
    )  # fmt: skip


def mark_of(levels: dict[int, Level], depth: int, values: dict[int, int]) -> str:
    """What is printed before an item of a list, whose levels stand at `values`."""
    own = levels.get(depth, Level())
    if own.format == "bullet":
        return own.bullet
    if own.pattern is not None:
        return PART.sub(lambda part: _number(levels, int(part[1]), values), own.pattern).strip()
    if own.format == "none":
        return (own.before + own.after).strip()
    shown = [_number(levels, level, values) for level in range(max(1, depth - own.shown + 1), depth + 1)]
    return f"{own.before}{'.'.join(filter(None, shown))}{own.after}".strip()


def _number(levels: dict[int, Level], level: int, values: dict[int, int]) -> str:
    one = levels.get(level, Level())
    return in_format(values.get(level, one.start), one.format)


def points(length: str | None) -> float:
    """A length of the file in points; 0 where there is none."""
    found = LENGTH.fullmatch(length or "")
    return float(found[1]) * POINTS[found[2]] if found else 0.0


def is_bold(weight: str) -> bool:
    return weight == "bold" or whole(weight) >= BOLD
