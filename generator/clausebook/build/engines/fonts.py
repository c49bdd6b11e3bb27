"""Which signs no font of this machine has: on paper they would be boxes."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from clausebook.system import how_to_get

FIRST = 0x250  # the site's own typeface has the Latin signs before this one
WITHOUT_A_GLYPH = ("Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp", "Zs")  # marks are drawn with the sign that bears them
FAR_EASTERN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")
NAMED = 12  # signs that one line names


def tell_missing(name: str, text: str) -> str:
    """A sentence that names the signs of `text` which no font here has, and what mends it; nothing where all are there.

    `name` is what the text is called. Where this machine cannot say which fonts it has, nothing is told.
    """
    found = find_missing(text, _covered())
    if not found:
        return ""
    signs = ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    packages = " ".join(dict.fromkeys(_package(sign) for sign in found))
    mend = how_to_get(f"run `apt-get install {packages}`", "install Noto fonts that have them (fonts.google.com/noto)")
    return f"{name}: no font on this machine has {signs}{more}, so PDFs show boxes there: {mend}, or write other signs"


def find_missing(text: str, covered: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The signs of `text`, each once, that are in none of the `covered` ranges; no ranges at all cover everything."""
    ranges = sorted(covered)
    if not ranges:
        return ()
    firsts = [first for first, _ in ranges]
    lasts: list[int] = []
    for _, last in ranges:
        lasts.append(max(last, lasts[-1] if lasts else 0))
    signs = (
        sign for sign in dict.fromkeys(text) if ord(sign) >= FIRST and unicodedata.category(sign) not in WITHOUT_A_GLYPH
    )
    return tuple(sign for sign in signs if not _is_in(ord(sign), firsts, lasts))


def _is_in(code: int, firsts: list[int], lasts: list[int]) -> bool:
    place = bisect_right(firsts, code)
    return place > 0 and code <= lasts[place - 1]


@cache
def _covered() -> tuple[tuple[int, int], ...]:
    """The runs of code points for which fontconfig knows a font."""
    program = shutil.which("fc-list")
    if program is None:
        return ()
    command = [program, "--format", "%{charset} "]
    said = subprocess.run(command, capture_output=True, encoding="ascii", check=False).stdout  # noqa: S603 — as found
    runs = (run.partition("-") for run in set(said.split()))
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in runs)


def _package(sign: str) -> str:
    if unicodedata.name(sign, "").startswith(FAR_EASTERN):
        return "fonts-noto-cjk"
    return "fonts-noto-color-emoji" if ord(sign) >= 0x1F000 else "fonts-noto-core"
