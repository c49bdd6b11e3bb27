"""Two texts as one, word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

TOKEN = re.compile(r"\w+(?:[-'’.,@/]\w+)*|\s+|[^\w\s]")
SHORT_RUN = re.compile(
    r"\W*(?:\w{1,3}\W*)?"
)  # one short word: left between two changes, it only makes them hard to read

Step = tuple[str, str]
"""The old words and the new ones; the same twice where nothing changed."""


@dataclass(frozen=True)
class Run:
    """Words of one kind. The same and the removed ones are the old text, the same and the added ones the new."""

    kind: Literal["same", "removed", "added"]
    text: str


def redline(before: str, after: str) -> tuple[Run, ...]:
    """The runs from `before` to `after`; where words were replaced, the removed ones come first."""
    runs: list[Run] = []
    for old, new in _without_short_runs(list(_steps(before, after))):
        if old == new:
            runs.append(Run("same", old))
        else:
            runs += [Run("removed", old)] * bool(old) + [Run("added", new)] * bool(new)
    return tuple(runs)


def _steps(before: str, after: str) -> Iterator[Step]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d])


def _without_short_runs(steps: list[Step]) -> list[Step]:
    """The steps with short unchanged runs merged into the change around them, where something is replaced there."""
    kept: list[Step] = []
    for old, new in steps:
        if old != new and len(kept) > 1 and _is_short_run(kept[-1]) and _replaces(kept[-2], (old, new)):
            run, change = kept.pop(), kept.pop()
            kept.append((change[0] + run[0] + old, change[1] + run[1] + new))
        else:
            kept.append((old, new))
    return kept


def _is_short_run(step: Step) -> bool:
    return step[0] == step[1] and SHORT_RUN.fullmatch(step[0]) is not None


def _replaces(one: Step, other: Step) -> bool:
    return bool(one[0] + other[0]) and bool(one[1] + other[1])
