"""The mark that is typed before a paragraph's words: a number, a letter, a bullet; told from words that only look like one."""

from __future__ import annotations

import re
from dataclasses import dataclass

BULLETS = "•●▪■□▫○◦‣⁃∙·➢➤►▶✓✔❖◆◇♦"
DASHES = "-–—*"
NO_SIGN = re.compile(r"(?:\(cid:\d+\)|[\ufffd\ue000-\uf8ff])\s*")
"""What is left of a bullet whose font has no letters of its own."""
ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3}|X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
LETTER = r"(?:[a-zA-Z]|(?P<twice>[a-z])(?P=twice))"
UNITS = (
    r"(?:[–—-]\s*\d|%|per\b|hours?\b|hrs?\b|minutes?\b|mins?\b|days?\b|weeks?\b|months?\b|years?\b|terms?\b|working\b|calendar\b|consecutive\b|school\s+days?\b"
    r"|a\.?m\b|p\.?m\b|noon\b|FTE\b|million\b|thousand\b|GB\b|MB\b|km\b|metres?\b|miles?\b|pounds?\b|pence\b|out\s+of\b|times\b|or\s+more\b)"
)
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
REFERS = r"(?:,|;|and\b|or\b|to\b|above\b|below\b|appl(?:y|ies)\b|refers?\b|sets?\s+out\b|states?\b|of\s+(?:this|the)\b|is\b|are\b|does\b|do\b|was\b)"
DASH = r"(?: [–—-](?=\s+[A-Z]))?"
"""As in `1 – Introduction`."""
STEPS = re.compile(
    rf"(?P<mark>(?:\d{{1,3}}(?:\.\d{{1,3}}){{1,6}}(?:\((?:{ROMAN}|[a-z])\)|\.?[a-z]\b)?[.:)]?|\d{{1,3}}\((?:{ROMAN}|[a-z])\)|[A-Z]\.?\d{{1,2}}(?:\.\d{{1,2}})+[.:)]?|[A-Z]\.\d{{1,2}}[.:)]?){DASH})"
    r"(?:\s+|(?=[A-Z][a-z])|\Z)"
)
"""A number of several steps: 4.1, 7.2., 4.1(a), A.1."""
ONE = re.compile(r"(?P<mark>\d{1,3}[a-z]?[.):]|\(\d{1,3}\))(?:\s+|(?=[A-Z][a-z])|\Z)")
BARE = re.compile(rf"(?P<mark>\d{{1,2}}[a-z]?{DASH})(?:\t\s*|\s+(?=[A-Z“\"‘(]))")
IN_BRACKETS = re.compile(rf"(?P<mark>\((?:{ROMAN}|{LETTER})\))(?:\s+|(?=[A-Z])|\Z)")
WITH_SIGN = re.compile(rf"(?P<mark>(?:{ROMAN}|{LETTER})[.)])\s+")
BULLET = re.compile(rf"(?P<mark>[{re.escape(BULLETS)}])\s*|(?P<dash>[{re.escape(DASHES)}])\s+|(?P<o>o)\s+(?=\S)")
NAME = re.compile(r"[A-Z][\w'’-]+(?:\s*\Z|,|\s*\(|\s+[A-Z][\w'’-]+\s*\Z)")
FIRST_LETTERS = "ABCDEFGHIVX"
INITIAL = "`{}` may be the initial of a name, and not a number"
COUNT = "the number {} may count what follows, and not number it"
ITS_OWN = "`{}` may be a number of the text itself or one that it speaks of; it was left in the words"


@dataclass(frozen=True)
class Marked:
    """A paragraph parted into its mark and its words."""

    mark: str
    text: str
    doubts: tuple[str, ...] = ()

    @property
    def is_bullet(self) -> bool:
        return self.mark == "o" or (bool(self.mark) and not any(sign.isalnum() for sign in self.mark))


def split_mark(text: str) -> Marked:
    """Parts the mark from the words of `text`; together they are what stood there. What is uncertain stays in the words, with a doubt."""
    text = text.strip()
    if found := NO_SIGN.match(text):
        return Marked("•", text[found.end() :])
    if found := BULLET.match(text):
        return Marked(found.group().strip(), text[found.end() :])
    return _of_steps(text) or _of_one(text) or _of_letters(text) or Marked("", text)


def _part(text: str, found: re.Match[str], *doubts: str) -> Marked:
    return Marked(found["mark"], text[found.end() :], doubts)


def _of_steps(text: str) -> Marked | None:
    found = STEPS.match(text)
    if found is None:
        return None
    rest, mark = text[found.end() :], found["mark"]
    if mark.startswith("0.") or re.match(rf"{UNITS}|{REFERS}", rest) or re.match(r"\d{4}\b", rest):
        return Marked("", text, (ITS_OWN.format(mark),))
    return _part(text, found)


def _of_one(text: str) -> Marked | None:
    if found := ONE.match(text):
        return _part(text, found)
    found = BARE.match(text)
    if found is None:
        return None
    rest, mark = text[found.end() :], found["mark"]
    if re.match(MONTHS, rest) or re.match(UNITS, rest):
        return Marked("", text, (ITS_OWN.format(mark),))
    return _part(
        text, found, *([COUNT.format(mark)] if rest.rstrip().endswith(".") and "\t" not in found.group() else [])
    )


def _of_letters(text: str) -> Marked | None:
    if found := IN_BRACKETS.match(text):
        return _part(text, found)
    found = WITH_SIGN.match(text)
    if found is None:
        return None
    rest, mark = text[found.end() :], found["mark"]
    if rest[:1].isdigit() or (mark.endswith(".") and mark[0].isupper() and NAME.match(rest)):
        if mark[0] in FIRST_LETTERS and rest.isalpha():
            return _part(text, found, INITIAL.format(mark))
        return Marked("", text, (ITS_OWN.format(mark),))
    return _part(text, found)
