"""Which change of a clause's force asks more of its reader, and which asks less."""

from __future__ import annotations

from typing import Literal

from clausebook.model import Modality

FORCE_CHANGES: dict[tuple[Modality, Modality], Literal["stricter", "looser"]] = {
    # Advice became a duty: who knew better could depart from it, and now cannot.
    ("should", "must"): "stricter",
    ("should-not", "must-not"): "stricter",
    # What was left to the reader is now advised, demanded or taken away.
    ("may", "should"): "stricter",
    ("may", "must"): "stricter",
    ("may", "should-not"): "stricter",
    ("may", "must-not"): "stricter",
    # A statement asked nothing; now something is asked.
    ("states", "should"): "stricter",
    ("states", "must"): "stricter",
    ("states", "should-not"): "stricter",
    ("states", "must-not"): "stricter",
    # The same ways back.
    ("must", "should"): "looser",
    ("must-not", "should-not"): "looser",
    ("should", "may"): "looser",
    ("must", "may"): "looser",
    ("should-not", "may"): "looser",
    ("must-not", "may"): "looser",
    ("should", "states"): "looser",
    ("must", "states"): "looser",
    ("should-not", "states"): "looser",
    ("must-not", "states"): "looser",
}
"""The pairs that are missing are neither, and make a clause `reworded`:

- from a positive force to a negative one or back (must, must-not): the clause asks the opposite. Whoever did as it said
  now breaks it, so that “stricter” would say too little and “looser” would be wrong;
- between may and states: neither asks anything, and the force alone does not tell whether leave was given or taken.
"""
DEMANDS: tuple[Modality, ...] = ("must", "should")
BANS: tuple[Modality, ...] = ("must-not", "should-not")


def asks_less(base: Modality, other: Modality) -> bool:
    """Whether a clause beside `base` lets its reader do what that rules out, or leave what it asks. One that only states asks nothing."""
    return is_opposite(base, other) or (other != "states" and FORCE_CHANGES.get((base, other)) == "looser")


def is_opposite(before: Modality, after: Modality) -> bool:
    """Whether what was asked is now what must or should not be, or the other way round."""
    return (before in DEMANDS and after in BANS) or (before in BANS and after in DEMANDS)
