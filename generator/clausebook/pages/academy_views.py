"""What the templates of an academy's pages are handed, beside those that they share with its trust."""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.model import AcademyField, Adoption, Bearing
from clausebook.model.clause import Clause
from clausebook.model.handbook import Academy, Handbook, Policy, Revision, Trust
from clausebook.pages.reading import Reading


@dataclass(frozen=True)
class AcademyHome:
    """trust/academy.md: what the staff of one academy read."""

    trust: Trust
    handbook: Handbook
    academy: Academy
    owed: tuple[Reading, ...]
    others: tuple[Reading, ...]


@dataclass(frozen=True)
class OfAcademy:
    """An academy's line under a policy: its own text, and what it has yet to do."""

    academy: Academy
    own: Revision | None
    """None where it uses the trust's text as it is."""
    missing: tuple[AcademyField, ...]


@dataclass(frozen=True)
class AdoptedPolicy:
    """A policy in force, how the academies adopt it, and each of them."""

    policy: Policy
    adoption: Adoption | None
    academies: tuple[OfAcademy, ...]


@dataclass(frozen=True)
class Academies:
    """trust/academies.md: the academies, and what each has adopted."""

    trust: Trust
    handbook: Handbook
    policies: tuple[AdoptedPolicy, ...]


@dataclass(frozen=True)
class FieldRow:
    """A field that a policy leaves to the academies."""

    field: AcademyField
    clauses: tuple[Clause, ...]
    """The clauses of the trust's text that use it."""


@dataclass(frozen=True)
class AddedClause:
    """A clause of an academy's appendix, with the clauses of the trust's text that it bears on."""

    clause: Clause
    bearings: tuple[tuple[Bearing, Clause | None], ...]


@dataclass(frozen=True)
class Difference:
    """What differs between the academies in one policy."""

    policy: Policy
    revision: Revision
    fields: tuple[FieldRow, ...]
    added: tuple[tuple[Academy, tuple[AddedClause, ...]], ...]
    same: tuple[Academy, ...]
    """Those that use the trust's text as it is."""


@dataclass(frozen=True)
class Differences:
    """trust/academy-differences.md"""

    trust: Trust
    handbook: Handbook
    policies: tuple[Difference, ...]
    unchanged: tuple[Policy, ...]
    """In which no academy differs."""
