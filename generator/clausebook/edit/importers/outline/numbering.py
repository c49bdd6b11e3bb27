"""What kind of mark stands before a block, and which one would follow it: decimal, letter, roman, bullet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["decimal", "count", "letter", "roman", "bullet", "words", "none"]
ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True)
class Mark:
    """A printed mark as far as it orders blocks."""

    kind: MarkKind
    style: str = ""
    """The signs around it, such as `(%)`, `%.`, or a bullet's own sign: siblings in a list have the same."""
    parts: tuple[str, ...] = ()
    """Of a decimal number: its parts, without a last nought (`1.0` heads `1.1`)."""
    value: int = 0
    """Its place in its list, where it counts."""

    @property
    def depth(self) -> int:
        return len(self.parts)


def read_mark(mark: str, before: Mark | None = None) -> Mark:
    """The mark that is printed; `before` is the last one of its list, which tells whether `i` follows `h`."""
    text = "".join(mark.split())
    if not text:
        return Mark("none")
    if not any(sign.isalnum() for sign in text) or text in ("o", "§"):
        return Mark("bullet", text)
    return _of_numbers(text) or _of_letters(text, before) or Mark("words", text)


def _of_numbers(text: str) -> Mark | None:
    if found := re.fullmatch(r"(\W*)(\d+(?:\.\d+)+)(\.?)(\W*)", text):
        parts = tuple(found[2].split("."))
        return Mark("decimal", "", parts[:1] if parts[1:] == ("0",) else parts, int(parts[-1]))
    if found := re.fullmatch(r"(\W*)(\d+)(\W*)", text):
        return Mark("count", f"{found[1]}1{found[3]}", (found[2],), int(found[2]))
    if found := re.fullmatch(r"(\W*)([A-Za-z]?\d+(?:\.\d+)*|\d+(?:\.\d+)*[A-Za-z]?)(\W*)", text):  # A1, 4.1a
        return Mark("decimal", "", tuple(re.findall(r"\d+|[A-Za-z]", found[2])))
    return None


def _of_letters(text: str, before: Mark | None) -> Mark | None:
    found = re.fullmatch(r"(\W*)([A-Za-z]+)(\W*)", text)
    if not found:
        return None
    left, letters, right = found.groups()
    case = "A" if letters.isupper() else "a"
    is_letter, is_roman = (len(set(letters.lower())) == 1 and len(letters) <= 2), bool(ROMAN.fullmatch(letters))
    style = f"{left}{case}{right}"
    as_letter = Mark("letter", style, (), ord(letters[0].lower()) - 96 + 26 * (len(letters) - 1))
    as_roman = Mark("roman", f"{style} roman", (), _value(letters.lower())) if is_roman else None
    if as_roman is None:
        return as_letter if is_letter else None
    if not is_letter:
        return as_roman
    if before and before.kind == "letter" and before.style == style and before.value + 1 == as_letter.value:
        return as_letter
    if before and before.kind == "roman" and before.value + 1 == as_roman.value:
        return as_roman
    return as_roman if letters.lower() in ("i", "v", "x") else as_letter


def _value(roman: str) -> int:
    total = 0
    for sign, follows in zip(roman, [*roman[1:], ""], strict=True):
        value = VALUES[sign]
        total += -value if follows and VALUES[follows] > value else value
    return total
