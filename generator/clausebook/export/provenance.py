"""Whose every clause in force is, and since when: a record for each of a trust's clauses, and for each that is an academy's own or filled in by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from clausebook.compare.revisions.provenance import Provenance, provenance_of
from clausebook.export.published import Published
from clausebook.findings.find import Finding
from clausebook.model.clause import Clause
from clausebook.model.handbook import Academy, Handbook, Policy


class ProvenanceRecord(Published):
    trust: str
    academy: str | None
    """The academy in whose text it is; null of the trust's own text."""
    policy: str
    revision: str
    clause: str
    whose: Literal["trust", "academy"]
    """academy: it is in the academy's appendix."""
    filled_in: list[str]
    """The fields in its words that the academy filled in, by their ids."""
    since: str | None
    """Of the trust's words the first revision here that has them; of an appendix the date since when it holds, if it says so."""


def provenance_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[ProvenanceRecord]:
    for trust in handbook.trusts:
        for policy in trust.policies:
            if policy.in_force:
                yield from _of_policy(policy, trust.academies_with_own(policy.id))


def _of_policy(policy: Policy, academies: Sequence[Academy]) -> Iterator[ProvenanceRecord]:
    revision = policy.current
    whose = provenance_of(policy, revision)
    yield from (_record(clause, whose[clause.id], None) for clause in revision.clauses)
    for academy in academies:
        whose = provenance_of(policy, academy.texts[policy.id], academy)
        for clause in academy.texts[policy.id].clauses:
            if clause.of_academy or clause.filled_in:
                yield _record(clause, whose[clause.id], academy.id)


def _record(clause: Clause, whose: Provenance, academy: str | None) -> ProvenanceRecord:
    return ProvenanceRecord(
        trust=clause.trust, academy=academy, policy=clause.policy, revision=clause.revision, clause=clause.id,
        whose="academy" if whose.is_added else "trust", filled_in=list(clause.filled_in), since=whose.since,
    )  # fmt: skip
