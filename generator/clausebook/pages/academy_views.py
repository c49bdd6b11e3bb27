"""What the templates of an academy's pages are handed, beside those that they share with its trust."""

from __future__ import annotations

from dataclasses import dataclass

from clausebook.findings.academies import AdoptionLine
from clausebook.model import AcademyField, Bearing
from clausebook.model.clause import Clause
from clausebook.model.handbook import Academy, Handbook, Policy, Revision, Trust


@dataclass(frozen=True)
class AdoptedPolicy:
    """A policy in force with a line for each academy."""

    policy: Policy
    lines: tuple[AdoptionLine, ...]


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
