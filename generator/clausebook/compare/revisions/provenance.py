"""Whose a clause is, and since which revision its words are what they are."""

from __future__ import annotations

from clausebook.model.handbook import Policy, Revision


def clauses_since(policy: Policy) -> dict[str, Revision]:
    """By the id of each clause of the text that a policy shows: the first revision here from which on it says what it says now."""
    shown, *before = policy.revisions or (None,)
    if shown is None:
        return {}
    since = {}
    for clause in shown.clauses:
        first, fingerprint = shown, clause.fingerprint
        for past in before:
            was = past.by_id.get(clause.id)
            if was is None or was.fingerprint != fingerprint:
                break
            first = past
        since[clause.id] = first
    return since
