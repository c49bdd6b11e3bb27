"""What an entry may say in a pack without names: whatever a person typed or HR wrote freely is left out."""

from __future__ import annotations

from typing import Any

from generator.acknowledgements.issue import BY_ROSTER
from generator.acknowledgements.register import Body

SAYS_OF_OURS = ("acknowledged", "not-understood", "duplicate", "carried", "purged", "checkpoint", "key", "replied")
"""Kinds whose words the program writes, from ids alone, where nobody decided by hand."""
SAFE_FACTS = frozenset({
    "issued", "due", "expires", "since", "quiz", "key", "paper", "from", "reason", "clauses", "unclear", "signed", "shown", "score",
    "assurance", "outcome", "decided", "way", "entries", "people", "id", "public", "first", "last", "line", "hash", "scan", "status",
})  # fmt: skip


def is_free_of_names(body: Body) -> bool:
    """Whether nothing in it was written freely."""
    return body.by == BY_ROSTER or (
        not body.by
        and (not body.says or body.kind in SAYS_OF_OURS)
        and all(_is_safe(*fact) for fact in body.facts.items())
    )


def _is_safe(name: str, value: object) -> bool:
    return name in SAFE_FACTS or not value


def without_names(raw: dict[str, Any]) -> dict[str, Any]:
    """The body of a line of the register, without what was written freely."""
    kept = {
        name: value
        for name, value in raw.items()
        if name not in ("by", "facts") and (name != "says" or (raw["kind"] in SAYS_OF_OURS and not raw.get("by")))
    }
    facts = {name: value for name, value in raw.get("facts", {}).items() if _is_safe(name, value)}
    return kept | ({"facts": facts} if facts else {})
