"""The canonical form of a clause and of a revision, and the digests by which both are recognised.

The form is RFC 8785 (JSON Canonicalization Scheme): the same text gives the same bytes in any language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785

from clausebook.model import Modality

FORM = 2
"""Which canonical form a text has that the first one has no room for. What the first one holds keeps it, and with it its digest."""
Canonical = dict[str, Any]


def canonical_json(value: object) -> bytes:
    """The RFC 8785 form of a JSON value."""
    return rfc8785.dumps(value)  # type: ignore[arg-type]


def canonical_clause(
    lead_in: Sequence[str], text: str, modality: Modality, binds: Sequence[str], structures: Mapping[str, Any], goes_on: Sequence[str],
) -> Canonical:  # fmt: skip
    """What a clause asks of whom. Number, place, topics and the order of `binds` are no part of it."""
    said: Canonical = {"lead_in": list(lead_in), "text": text, "modality": modality, "binds": sorted(binds)}
    if structures or goes_on:
        said |= {"form": FORM, "structures": dict(structures), "goes_on": list(goes_on)}
    return said


def clause_fingerprint(canonical: Canonical) -> str:
    """SHA-256, as 64 hexadecimal digits, of a clause's canonical form."""
    return hashlib.sha256(rfc8785.dumps(canonical)).hexdigest()


def canonical_revision(title: str, clauses: Sequence[Canonical], headings: Sequence[tuple[int, str, int]]) -> Canonical:
    """What a revision says: its title and its clauses in order.

    Where a clause has structures, or a section stands in another, its headings are part of it: for each section how deep it stands, its
    heading, and how many of the clauses are its own.
    """
    said: Canonical = {"title": title, "clauses": list(clauses)}
    if any("form" in clause for clause in clauses) or any(depth > 1 for depth, _, _ in headings):
        said |= {"form": FORM, "headings": [list(heading) for heading in headings]}
    return said


def revision_digest(canonical: Canonical) -> str:
    """SHA-256, as 64 hexadecimal digits, of a revision's canonical form."""
    return hashlib.sha256(rfc8785.dumps(canonical)).hexdigest()
