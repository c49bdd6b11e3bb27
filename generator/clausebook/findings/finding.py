"""What a finding is: one thing that a reader should know about a policy, of whichever kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from clausebook.model import Lines
from clausebook.model.labels import KIND

Kind = Literal[
    "overdue",
    "due",
    "doubtful",
    "conflict",
    "policies-differ",
    "conflict-by-rule",
    "stale",
    "gap",
    "to-read-again",
    "loosens",
    "not-filled-in",
    "not-adopted",
    "newer-model",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The most urgent first."""

ToDo = Literal[
    "set-a-date", "decide", "read-again", "correct", "find-the-text", "ask-the-academy", "read-the-model", "nothing"
]
TO_DO: tuple[ToDo, ...] = get_args(ToDo)
"""What to do about a finding, the most urgent first."""
BY_KIND: dict[Kind, ToDo] = {
    "overdue": "set-a-date", "due": "set-a-date", "doubtful": "decide", "conflict": "decide", "policies-differ": "decide",
    "conflict-by-rule": "decide", "stale": "correct", "gap": "find-the-text",
    "to-read-again": "read-again", "loosens": "decide", "not-filled-in": "ask-the-academy", "not-adopted": "ask-the-academy",
    "newer-model": "read-the-model",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing found. `revision` is empty of a policy that is not here clause by clause. `since` is the date, or the words for one, from which `now` holds; `noted` is the date of our note."""

    trust: str
    policy: str
    revision: str
    kind: Kind
    clauses: tuple[str, ...]
    lines: tuple[Lines, ...]
    what: str
    now: str | None
    since: str | None
    noted: str
    academy: str = ""
    """The id of the academy that it is about; empty where it is about the trust's own text."""

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to look at it: what a ruling settled is told, and not counted."""
        return not (self.kind in ("conflict", "loosens") and self.since)

    @property
    def to_do(self) -> ToDo:
        """What to do about it."""
        return BY_KIND[self.kind] if self.is_open else "nothing"

    @property
    def label(self) -> str:
        """Its kind in words. A wrong name is a slip, and was never in date; a ruling settles a contradiction."""
        if not self.is_open:
            return "Contradiction settled by a ruling"
        return "Mistake in the document" if self.kind == "stale" and not self.since else KIND[self.kind]
