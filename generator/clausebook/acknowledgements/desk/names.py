"""Whether a typed name is a person's: whatever its case, accents, hyphens and order, with or without middle names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from rapidfuzz import fuzz

Fit = Literal["fits", "near", "other"]
NEAR = 80  # of 100, by rapidfuzz's token_sort_ratio: one letter in seven may be another
# Letters that NFKD does not take apart.
LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
APOSTROPHES = re.compile("['’‘ʼ`´.]")
BETWEEN = re.compile(r"[^\w]+|_+")
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "sir", "dame"})


def fold_name(name: str) -> tuple[str, ...]:
    """The parts of a name, in small plain letters and without a title."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(LETTERS)
    parts = tuple(part for part in BETWEEN.split(APOSTROPHES.sub("", plain)) if part)
    without = tuple(part for part in parts if part not in TITLES)
    return without if len(without) > 1 else parts


def name_key(name: str) -> str:
    """The same for all ways of writing a name whole."""
    return " ".join(sorted(fold_name(name)))


def compare_names(typed: str, names: Iterable[str]) -> Fit:
    """How a typed name fits the best of a person's names."""
    found = {_compare(fold_name(typed), fold_name(name)) for name in names}
    return "fits" if "fits" in found else "near" if "near" in found else "other"


def is_whole(typed: str, names: Iterable[str]) -> bool:
    """Whether it is one of a person's names with nothing left out, however it is written."""
    parts = fold_name(typed)
    return any(sorted(parts) == sorted(known) or "".join(parts) == "".join(known) for known in map(fold_name, names))


def _compare(typed: Sequence[str], known: Sequence[str]) -> Fit:
    if not typed or not known:
        return "other"
    if sorted(typed) == sorted(known) or "".join(typed) == "".join(known):
        return "fits"
    if len(typed) > 1 and len(known) > 1 and _is_part(typed, known):
        return "fits"
    shares = bool({one for one in typed if len(one) > 1} & set(known))
    alike = fuzz.ratio(" ".join(sorted(typed)), " ".join(sorted(known))) >= NEAR
    return "near" if shares or alike else "other"


def _is_part(typed: Sequence[str], known: Sequence[str]) -> bool:
    """Whether one is the other without middle names, or with initials in place of all but the surname."""
    shorter, longer = sorted((typed, known), key=len)
    for surname, others in ((known[-1], known[:-1]), (known[0], known[1:])):
        if surname in typed and _begins(others[0], _without(typed, surname)):
            rest = list(longer)
            return all(_take(part, rest) for part in sorted(shorter, key=len, reverse=True))
    return False


def _without(parts: Sequence[str], one: str) -> list[str]:
    left = list(parts)
    left.remove(one)
    return left


def _begins(first: str, parts: Sequence[str]) -> bool:
    """Whether one of the parts is the first name, or one of the two is the other's initial."""
    return any(part == first or (1 in (len(part), len(first)) and part[0] == first[0]) for part in parts)


def _take(part: str, rest: list[str]) -> bool:
    """Take the part, or the one that it is an initial of or that is an initial of it, out of the rest."""
    for like in (lambda one: one == part, lambda one: _begins(one, [part])):
        found = next((one for one in rest if like(one)), None)
        if found is not None:
            rest.remove(found)
            return True
    return False
