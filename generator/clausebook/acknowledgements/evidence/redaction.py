"""What an entry may say in a pack without names: whatever a person typed, HR wrote freely or a name can be guessed from is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from clausebook.acknowledgements.campaigns.issue import BY_ROSTER
from clausebook.acknowledgements.register.entries import Body

SAYS_OF_OURS = ("acknowledged", "not-understood", "duplicate", "carried", "checkpoint", "key", "replied")
"""Kinds whose words the program writes, from ids alone, where nobody decided by hand."""
PLATFORM = "platform"
"""The channel whose receipts are rows of a report: a digest of a name and an address, which whoever has the list of staff finds again."""


def _like(pattern: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


DAY = _like(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SAFE_FACTS: dict[str, Callable[[object], bool]] = {
    "issued": DAY, "due": DAY, "expires": DAY, "signed": _like(r"[0-9T:Z-]{20}"), "paper": _is_flag, "decided": _is_flag,
    "quiz": _like("none|learn|sealed|self-check"), "quizzes": _like("each|one"), "key": _like("[0-9a-f]{12}"), "reason": _like("editorial|other-roles"),
    "score": _like("[0-9]{1,3} of [0-9]{1,3}"), "outcome": _like("accept|accepted|rejected|duplicate|hold|reject"),
    "delivery": _like("[0-9a-f]{16}"), "scan": _like("[0-9a-f]{64}"), "line": _like(r"ackc1\.[A-Za-z0-9_.-]+"),
}  # fmt: skip
"""What a fact may be that says nothing of anybody. `way` is not among them: it is a digest of an address and no salt."""
OF_IDS = ("since", "shown", "from", "unclear", "clauses", "academy")  # facts that name revisions, clauses and academies


def is_free_of_names(body: Body, known: frozenset[str]) -> bool:
    """Whether nothing in it was written freely; `known` are the ids of revisions, clauses and academies."""
    return body.by == BY_ROSTER or (
        not body.by
        and (not body.says or body.kind in SAYS_OF_OURS)
        and not (body.receipt and body.channel == PLATFORM)
        and all(_is_safe(*fact, known) for fact in body.facts.items())
    )


def _is_safe(name: str, value: object, known: frozenset[str]) -> bool:
    if not value or name in OF_IDS:
        return not value or all(
            one in known or one == "whole" for one in (value if isinstance(value, list) else [value])
        )
    return name in SAFE_FACTS and SAFE_FACTS[name](value)


def without_names(raw: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The body of a line of the register, without what was written freely and without digests that give a name away."""
    facts = {name: value for name, value in raw.get("facts", {}).items() if _is_safe(name, value, known)}
    left = {"by", "facts"}
    if raw["kind"] not in SAYS_OF_OURS or raw.get("by") or facts != raw.get("facts", {}):
        left.add("says")
    if raw.get("channel") == PLATFORM:
        left.add("receipt")
    kept = {name: value for name, value in raw.items() if name not in left}
    return kept | ({"facts": facts} if facts else {})
