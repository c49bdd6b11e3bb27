"""A revision as a reader meets it, with its sections and merged clauses; a policy with all its revisions; an academy with its own texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    of_academy: bool = False
    """Whether it stands in an academy's appendix."""


@dataclass(frozen=True, eq=False)
class Revision:
    """One revision of one policy, merged. It is equal to itself alone, so that what was worked out from it can be kept by it."""

    trust: str
    policy: str
    id: str
    record: model.RevisionRecord
    sections: tuple[Section, ...]
    """Every section in the order of the document, whatever it stands in."""
    academy: str | None = None
    """The academy whose fields and appendix are in it; None for the trust's own text."""

    @property
    def folder(self) -> str:
        """Where a text in force stands below its trust's site: an academy's own is at the academy."""
        return f"at/{self.academy}/{self.policy}" if self.academy else self.policy

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


@dataclass(frozen=True)
class Policy:
    """Every revision of one policy: the one in force, those that came before it, and the draft that may follow.

    None is in force of a policy that begins, which has a draft alone, and of one that was withdrawn.
    """

    id: str
    in_force: Revision | None
    past: tuple[Revision, ...]
    """What it replaced, the newest first; of a policy that was withdrawn every text that it had."""
    draft: Revision | None
    record: model.PolicyRecord = field(default_factory=model.PolicyRecord)
    file: PolicyFile | None = None
    """The document itself, of a policy that is not here clause by clause."""
    kind: model.PolicyKind | None = None
    """What it is compared as; None where nothing says so."""

    @property
    def current(self) -> Revision:
        """The revision in force, for callers that know of one: a campaign and a quiz are of a policy in force (P811, P804)."""
        assert self.in_force
        return self.in_force

    @property
    def shown(self) -> Revision | None:
        """The text at the policy's own address: the one in force, or the last of a policy that was withdrawn."""
        return next(iter(self.revisions), None)

    @property
    def is_withdrawn(self) -> bool:
        return self.in_force is None and bool(self.past)

    @property
    def title(self) -> str:
        """What the policy calls itself: in its newest text that was published, else as the register has it, else in its draft."""
        if self.shown:
            return self.shown.record.title
        return self.record.title or (self.draft.record.title if self.draft else self.id)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the trust has it, and no text of it was published here: it stands in the register alone."""
        return not self.revisions and self.record.title is not None

    @property
    def address(self) -> str:
        """Where a reader finds it, below its trust's site: its own page, or its line of the register."""
        return f"{self.id}/index.html" if self.shown else f"policies/index.html#policy-{self.id}"

    def files(self, *, drafts: bool) -> tuple[PolicyFile, ...]:
        """What it shows or offers: its own document, and the files of its texts; those of a draft with `drafts` alone."""
        texts = (*self.revisions, *((self.draft,) if drafts and self.draft else ()))
        return (*((self.file,) if self.file else ()), *(file for revision in texts for file in revision.files))

    @property
    def approvals(self) -> tuple[model.Approval, ...]:
        """The approvals of what is in force, the oldest first."""
        now = self.in_force.id if self.in_force else None
        return tuple(approval for approval in self.record.approvals if approval.revision == now)

    @property
    def last_approved(self) -> str | None:
        """When what is in force was last approved; None where nothing says so."""
        days = (
            *(approval.date for approval in self.approvals),
            *((self.dates.approved,) if self.dates.approved else ()),
        )
        return max(days, default=None)

    @property
    def dates(self) -> model.Dates:
        """The dates of the text in force, or those that the register has of one that stands elsewhere."""
        return self.in_force.record.dates if self.in_force else self.record.dates

    @cached_property
    def revisions(self) -> tuple[Revision, ...]:
        """All that are published, the newest first; a draft is not among them."""
        return (*((self.in_force,) if self.in_force else ()), *self.past)

    @cached_property
    def by_id(self) -> dict[str, Revision]:
        """Every revision with the draft, the newest first."""
        return {revision.id: revision for revision in (*((self.draft,) if self.draft else ()), *self.revisions)}


@dataclass(frozen=True)
class Academy:
    """A school of a trust, with the texts that bind its staff."""

    trust: str
    id: str
    record: model.AcademyRecord
    texts: Mapping[str, Revision]
    """By policy in force: the trust's text with its own fields and appendix; where it has neither, the trust's very own."""
    appendices: Mapping[str, model.AppendixRecord]
    """By policy, whatever becomes of it."""
    missing: Mapping[str, tuple[model.AcademyField, ...]]
    """By policy in force: the fields of its text that the academy has not filled in."""

    def has_own(self, policy: str) -> bool:
        """Whether its text of a policy differs from the trust's."""
        return policy in self.texts and self.texts[policy].academy is not None

    @property
    def names(self) -> frozenset[str]:
        """What a roster may call it, in lower case: its id, its name or its short name."""
        return frozenset(one.casefold() for one in (self.id, self.record.name, self.record.short))
