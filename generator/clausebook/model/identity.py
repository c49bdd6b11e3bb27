"""The canonical form of a clause and of a revision, and the digests by which both are recognised.

The form is RFC 8785 (JSON Canonicalization Scheme): the same text gives the same bytes in any language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import rfc8785

from clausebook.model import Modality


def canonical_json(value: object) -> bytes:
    """The RFC 8785 form of a JSON value."""
    return rfc8785.dumps(value)  # type: ignore[arg-type]


def canonical_clause(
    lead_in: Sequence[str], text: str, modality: Modality, binds: Sequence[str]
) -> dict[str, str | list[str]]:
    """What a clause asks of whom. Number, place, topics and the order of `binds` are no part of it."""
    return {"lead_in": list(lead_in), "text": text, "modality": modality, "binds": sorted(binds)}


def clause_fingerprint(canonical: dict[str, str | list[str]]) -> str:
    """SHA-256, as 64 hexadecimal digits, of a clause's canonical form."""
    return hashlib.sha256(rfc8785.dumps(canonical)).hexdigest()


def revision_digest(title: str, clauses: Sequence[dict[str, str | list[str]]]) -> str:
    """SHA-256, as 64 hexadecimal digits, of a revision's title and its clauses in order."""
    return hashlib.sha256(rfc8785.dumps({"title": title, "clauses": list(clauses)})).hexdigest()
