"""A revision as a reader meets it: its sections and merged clauses, in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from clausebook import model
from clausebook.model.clause import Clause
from clausebook.model.dates import in_words
from clausebook.model.identity import Canonical, canonical_revision, revision_digest
from clausebook.model.structures import PolicyFile


@dataclass(frozen=True)
class Section:
    """A section with its merged clauses; the sections within it stand after it, each with its own."""

    record: model.SectionRecord
    clauses: tuple[Clause, ...]
    all_clauses: tuple[Clause, ...]
    """Its clauses, then those of the sections within it."""
    depth: int = 1
    """1 for a section of the document, 2 for one within that."""
    within: str | None = None
    """The id of the section that it stands in."""
    place: str = ""
    """Its heading, as a clause of it is cited by."""


@dataclass(frozen=True, eq=False)
class Revision:
    """One revision of one policy, merged. It is equal to itself alone, so that what was worked out from it can be kept by it."""

    trust: str
    policy: str
    id: str
    record: model.RevisionRecord
    sections: tuple[Section, ...]
    """Every section in the order of the document, whatever it stands in."""

    @property
    def name(self) -> str:
        """What readers call it: when it is from, and its version where it states one: “September 2025 (version 3.0)”."""
        dates = self.record.dates
        dated = dates.titled or (dates.starts[1] if dates.starts else None)
        version = f" (version {self.record.version})" if self.record.version else ""
        return (in_words(dated) if dated else self.id) + version

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause, lead-ins and items alike, in the order of the document."""
        return tuple(found for part in self.sections for clause in part.clauses for found in clause.walk())

    @cached_property
    def by_id(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def by_topic(self) -> dict[str, tuple[Clause, ...]]:
        """The clauses on each topic, in the order of the document."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            for topic in clause.topics:
                found.setdefault(topic, []).append(clause)
        return {topic: tuple(clauses) for topic, clauses in found.items()}

    @cached_property
    def covers(self) -> frozenset[str]:
        """The topics that it deals with."""
        return self.record.topics_covered

    @property
    def canonical(self) -> Canonical:
        return canonical_revision(
            self.record.title, [clause.canonical for clause in self.clauses],
            [(part.depth, part.record.heading, sum(1 for clause in part.clauses for _ in clause.walk())) for part in self.sections],
        )  # fmt: skip

    @cached_property
    def digest(self) -> str:
        return revision_digest(self.canonical)

    @cached_property
    def definitions(self) -> dict[str, str]:
        """The words that its clauses explain, each with the id of the clause."""
        return {clause.defines: clause.id for clause in self.clauses if clause.defines}

    @cached_property
    def files(self) -> tuple[PolicyFile, ...]:
        """The files that its clauses show or offer, each once."""
        return tuple(dict.fromkeys(file for clause in self.clauses for file in clause.structures.files))

    @cached_property
    def words(self) -> int:
        """How many words a reader reads."""
        return sum(len(clause.said.split()) for clause in self.clauses)
