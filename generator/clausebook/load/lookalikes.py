"""Signs that look like those YAML is written with and are others: spaces that are letters to it, curly quotes, marks of a merge.

They come from Word, from a phone's keyboard and from version control. YAML reads on and stumbles somewhere else, or not at all, so
they are named at their own place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
LOOKALIKE = f"[{SPACES}{UNSEEN}]"
# Where only a plain space may stand: before a line's first word, after a dash, after a field's colon, within brackets.
STRUCTURAL = re.compile(
    rf"^[ \t]*(?:- *)*(?P<start>{LOOKALIKE})"
    rf"|^ *(?:- *)*[\w-]+(?P<key>{LOOKALIKE}) *:"
    rf"|^ *(?:- *)*[\w-]+:(?P<colon>{LOOKALIKE})"
    rf"|^ *-(?P<dash>{LOOKALIKE})"
    rf"|[\[{{,](?P<list>{LOOKALIKE})"
)
AT_AN_END = re.compile(rf"^-?{LOOKALIKE}|{LOOKALIKE}$")
MERGE = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |$)|^={7}$")
CURLY = {"“": "”„“", "„": "“”", "‘": "’", "‚": "’‘", "«": "»", "»": "«"}


class Lookalike(NamedTuple):
    """A sign within a text: where it begins, counted from 0, and what it is, in words."""

    at: int
    what: str


def name_of(sign: str) -> str:
    """`a no-break space, U+00A0`."""
    name = unicodedata.name(sign, "a sign").lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}, U+{ord(sign):04X},"


def find_in_line(line: str) -> Lookalike | None:
    """The first sign of a line that stands where YAML wants a plain space."""
    found = STRUCTURAL.search(line)
    return _told(found, next(group for group, sign in found.groupdict().items() if sign)) if found else None


def find_in_name(name: str) -> Lookalike | None:
    """A sign in a field's name that nobody sees as one."""
    found = re.search(LOOKALIKE, name)
    return _told(found, 0) if found else None


def find_at_an_end(value: str) -> Lookalike | None:
    """A sign before or after a value without quotes, where YAML would have dropped a plain space."""
    found = re.search(LOOKALIKE, at_end[0]) if (at_end := AT_AN_END.search(value)) else None
    return Lookalike(at_end.start() + found.start(), name_of(found[0])) if found and at_end else None


def is_in_curly_quotes(value: str) -> bool:
    """Whether typographic quotes stand around the whole of a value, as if they were YAML's."""
    if len(value) < 2 or value[-1] not in CURLY.get(value[0], ""):
        return False
    inner = value[1:-1]
    return value[0] not in inner and not any(sign in inner for sign in CURLY[value[0]] if sign != "’")


def find_merge_marks(lines: Sequence[str]) -> Iterator[int]:
    """The lines, counted from 0, on which version control left a mark; a row of = alone is text."""
    found = [number for number, line in enumerate(lines) if MERGE.match(line)]
    if any(lines[number][0] in "<>" for number in found):
        yield from found


def _told(found: re.Match[str], group: str | int) -> Lookalike:
    return Lookalike(found.start(group), name_of(found[group][:1] if group else found[0][:1]))
