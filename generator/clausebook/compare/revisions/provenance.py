"""Whose a clause is, and since which revision its words are what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clausebook.model.clause import Clause
from clausebook.model.dates import in_words
from clausebook.model.handbook import Academy, Policy, Revision


@dataclass(frozen=True)
class Provenance:
    """Whose a clause in force is."""

    academy: Academy | None
    """The academy whose appendix it stands in, or that filled in its fields; None for the trust's own."""
    is_added: bool
    """Whether it stands in that academy's appendix."""
    since: str | None
    """The revision from which on the trust's words are what they are, or the date of the appendix; None where nothing says so."""
    in_words: str


def provenance_of(policy: Policy, revision: Revision, academy: Academy | None = None) -> Mapping[str, Provenance]:
    """Whose each clause of a text in force is, by its id. `policy` is the trust's; `academy` has `revision` where that is not the trust's."""
    since, oldest = clauses_since(policy), policy.revisions[-1]
    return {clause.id: _of_clause(clause, since.get(clause.id), oldest, policy, academy) for clause in revision.clauses}


def whose_clauses(policy: Policy, revision: Revision, academy: Academy | None = None) -> Mapping[str, str]:
    """The same in words."""
    return {name: one.in_words for name, one in provenance_of(policy, revision, academy).items()}


def clauses_since(policy: Policy) -> dict[str, Revision]:
    """By the id of each clause of the text that a policy shows: the first revision here from which on it says what it says now."""
    shown, *before = policy.revisions
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


def _of_clause(
    clause: Clause, since: Revision | None, oldest: Revision, policy: Policy, academy: Academy | None
) -> Provenance:
    if academy and clause.of_academy:
        day = academy.appendices[policy.id].since
        return Provenance(
            academy, True, day, f"{academy.record.short}’s own" + (f", since {in_words(day)}" if day else "")
        )
    began = f", since {since.name}{' or before' if since is oldest else ''}" if since else ""
    filler = academy if academy and clause.filled_in else None
    filled = f"; {filler.record.short} filled in its own details" if filler else ""
    return Provenance(filler, False, since.id if since else None, f"The trust’s{began}{filled}")
