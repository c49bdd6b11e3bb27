"""What differs between the academies of a trust, as a table to take away: a row for each field of each policy, and for each clause that an academy adds."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.export.tables import Cell, Sheet
from clausebook.model.handbook import Academy, Policy, Trust
from clausebook.model.labels import BEARS_IN_BRIEF, FORCE

HEADINGS = (
    "Policy",
    "Academy",
    "What",
    "Clause",
    "Force",
    "Text",
    "Trust's clause",
    "Trust's text",
    "Beside it",
)


def academy_sheet(trust: Trust) -> Sheet:
    rows = (
        row
        for policy in trust.policies
        for academy in trust.academies_with_own(policy.id)
        for row in _rows(policy, academy)
    )
    return Sheet("What differs between our academies", HEADINGS, tuple(rows), file="academies")


def _rows(policy: Policy, academy: Academy) -> Iterator[tuple[Cell, ...]]:
    title, name, known = policy.title, academy.record.name, policy.current.by_id
    text = academy.texts[policy.id]
    for clause in text.clauses:
        if clause.filled_in and not clause.of_academy:
            yield (
                title,
                name,
                "filled in",
                clause.id,
                FORCE[clause.modality],
                clause.in_full,
                clause.id,
                known[clause.id].in_full,
                "",
            )
    appendix = academy.appendices.get(policy.id)
    for clause in text.clauses:
        own = (title, name, "added", clause.id, FORCE[clause.modality], clause.in_full)
        bearings = [
            one for one in (appendix.bears_on if appendix else ()) if one.clause == clause.id and one.target in known
        ]
        if clause.of_academy and not bearings:
            yield (*own, "", "", "")
        for bearing in bearings if clause.of_academy else ():
            yield (*own, bearing.target, known[bearing.target].in_full, BEARS_IN_BRIEF[bearing.how])
