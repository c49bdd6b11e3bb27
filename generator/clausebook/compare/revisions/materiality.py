"""Which changes of a revision ask staff to sign again: as HR decided, else as their kind suggests."""

from __future__ import annotations

import hashlib

from clausebook.compare.revisions import NEVER_MATERIAL, Change
from clausebook.model import Confirmation

SHORT = 12  # digits of the mark: enough to tell two wordings apart, short enough to stand in a line


def mark_of(change: Change) -> str:
    """Twelve digits that change when either wording does; a list that came or went is marked with all its items."""
    sides = (*change.before, *change.after)
    whole = [one for clause in sides for one in clause.walk()] if change.kind in ("added", "removed") else sides
    both = ".".join(clause.fingerprint for clause in whole)
    return hashlib.sha256(both.encode()).hexdigest()[:SHORT]


def to_confirm(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes that somebody must decide on: never those of typing or place, and a lead-in's once for all its items."""
    return tuple(change for change in changes if change.kind not in NEVER_MATERIAL and change.through is None)


def is_material(change: Change, confirmations: tuple[Confirmation, ...]) -> bool:
    """Whether staff must acknowledge anew because of `change`: as HR decided, else as its kind suggests."""
    if change.kind in NEVER_MATERIAL:
        return False
    decided = {confirmation.change: confirmation.material for confirmation in confirmations}
    return decided.get(change.through_id or change.id, change.material)
