"""Trusts, revisions and shared content joined into one Handbook per trust, and the Library of all of them.

Here a clause gets all that it inherits: after this, no one needs to look further up to know what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from generator import model
from generator.fingerprint import canonical_clause, clause_fingerprint, revision_digest
from generator.load import Loaded, LoadedRevision
from generator.model.values import DRAFTS


@dataclass(frozen=True)
class Clause:
    """A clause as a reader meets it: its lead-ins are with it, and all that it inherits is filled in."""

    trust: str
    policy: str
    revision: str
    section: model.Section
    id: str
    number: str | None
    number_inferred: bool
    lead_in: tuple[str, ...]
    lead_in_ids: tuple[str, ...]
    text: str
    modality: model.Modality
    binds: tuple[str, ...]
    topics: tuple[str, ...]
    lines: model.Lines | None
    must_know: bool
    items: tuple[Clause, ...]

    @property
    def canonical(self) -> dict[str, str | list[str]]:
        return canonical_clause(self.lead_in, self.text, self.modality, self.binds)

    @cached_property
    def fingerprint(self) -> str:
        return clause_fingerprint(self.canonical)

    def walk(self) -> Iterator[Clause]:
        """This clause, then all that hang from it, in order."""
        yield self
        for item in self.items:
            yield from item.walk()

    @property
    def in_full(self) -> str:
        """The text with its lead-ins, as one run of words; a lead-in without its items is followed by them."""
        return " ".join((*self.lead_in, _below(self)))


def _below(clause: Clause) -> str:
    items = "; ".join(_below(item) for item in clause.items)
    return f"{clause.text} {items}".rstrip()


@dataclass(frozen=True)
class SectionOfPolicy:
    """A section with its merged clauses."""

    section: model.Section
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Policy:
    """One revision of one policy, merged."""

    trust: str
    id: str
    revision_id: str
    revision: model.Revision
    sections: tuple[SectionOfPolicy, ...]

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
    def digest(self) -> str:
        return revision_digest(self.revision.title, [clause.canonical for clause in self.clauses])

    @cached_property
    def words(self) -> int:
        """How many words a reader reads."""
        return sum(len(clause.text.split()) for clause in self.clauses)


@dataclass(frozen=True)
class Series:
    """Every revision of one policy: the one in force, those that came before it, and the draft that may follow."""

    in_force: Policy
    past: tuple[Policy, ...]
    """What it replaced, the newest first."""
    draft: Policy | None

    @property
    def id(self) -> str:
        return self.in_force.id

    @cached_property
    def revisions(self) -> tuple[Policy, ...]:
        """All that are published, the newest first; a draft is not among them."""
        return (self.in_force, *self.past)

    @cached_property
    def by_id(self) -> dict[str, Policy]:
        """Every revision with the draft, the newest first."""
        return {one.revision_id: one for one in (*((self.draft,) if self.draft else ()), *self.revisions)}


@dataclass(frozen=True)
class Handbook:
    """One trust with its policies."""

    id: str
    trust: model.Trust
    series: tuple[Series, ...]
    campaigns: tuple[model.Campaign, ...] = ()
    quizzes: tuple[model.QuizOfTrust, ...] = ()
    keys: tuple[model.PublicKey, ...] = ()
    privacy: model.Privacy | None = None

    def quiz_for(self, policy: str) -> model.QuizOfTrust | None:
        """How this trust uses the quiz on a policy; None where its staff take none."""
        return next((one for one in self.quizzes if one.policy == policy), None)

    def series_of(self, policy: str) -> Series:
        """A policy by its id. Raises StopIteration where there is none."""
        return next(one for one in self.series if one.id == policy)

    def campaigns_for(self, policy: str) -> tuple[model.Campaign, ...]:
        """The campaigns that ask for the acknowledgement of a policy: each other people, all the same thing (P812)."""
        return tuple(one for one in self.campaigns if one.policy == policy)

    def campaign_for(self, policy: str, roles: Iterable[str] = ()) -> model.Campaign | None:
        """The campaign that asks somebody with `roles` for a policy: whoever has roles of several is asked by the first.

        Where none of them names such a role, the first as well, which then does not ask them. None where there is no campaign.
        """
        found = self.campaigns_for(policy)
        return next((one for one in found if set(roles) & set(one.roles)), found[0] if found else None)

    def asks(self, campaign: model.Campaign, roles: Iterable[str]) -> bool:
        """Whether it is this campaign that asks somebody with `roles`."""
        return bool(set(roles) & set(campaign.roles)) and self.campaign_for(campaign.policy, roles) == campaign

    def statement_for(self, policy: Policy) -> str:
        """What a person who acknowledges `policy` signs."""
        campaign = self.campaign_for(policy.id)
        own = f"I have read the {self.trust.name} {policy.revision.title} and I know whom to ask where it is unclear."
        return campaign.statement if campaign else own

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """The revision in force of each policy."""
        return tuple(one.in_force for one in self.series)


@dataclass(frozen=True)
class Library:
    """All handbooks with the content that they share."""

    handbooks: tuple[Handbook, ...]  # in the order of their short names
    groups: tuple[model.TopicGroup, ...]
    questions: tuple[model.Question, ...]
    roles: tuple[model.Role, ...]
    references: tuple[model.Reference, ...]
    terms: tuple[model.Term, ...]
    quizzes: dict[str, model.Quiz]
    checklists: dict[str, model.Checklist]

    @cached_property
    def topics(self) -> dict[str, model.Topic]:
        return {topic.id: topic for group in self.groups for topic in group.topics}

    @cached_property
    def question_by_id(self) -> dict[str, model.Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def role_labels(self) -> dict[str, str]:
        return {role.id: role.label for role in self.roles}

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Each trust's short name by its id."""
        return {handbook.id: handbook.trust.short_name for handbook in self.handbooks}

    @cached_property
    def compared(self) -> tuple[Policy, ...]:
        """What the hub compares: of the policy that most trusts have, each trust's."""
        ids = [policy.id for policy in self.policies]
        most = max(sorted(set(ids)), key=ids.count, default="")
        return tuple(policy for policy in self.policies if policy.id == most)

    @property
    def policies(self) -> tuple[Policy, ...]:
        return tuple(policy for handbook in self.handbooks for policy in handbook.policies)


def merge_library(loaded: Loaded) -> Library:
    """Join what was loaded; call it only where loading and checking found no problem."""
    assert loaded.topics
    assert loaded.questions
    assert loaded.roles
    assert loaded.references
    assert loaded.glossary
    return Library(
        handbooks=tuple(
            Handbook(
                trust_id, trust.record, _merge_series([one for one in loaded.revisions if one.trust == trust_id]),
                loaded.acknowledgements[trust_id].record.campaigns if trust_id in loaded.acknowledgements else (),
                loaded.quizzes_of_trusts[trust_id].record.quizzes if trust_id in loaded.quizzes_of_trusts else (),
                loaded.keys_of_trusts[trust_id].record.keys if trust_id in loaded.keys_of_trusts else (),
                loaded.acknowledgements[trust_id].record.privacy if trust_id in loaded.acknowledgements else None,
            )
            for trust_id, trust in sorted(loaded.trusts.items(), key=lambda one: (one[1].record.short_name.casefold(), one[0]))
        ),
        groups=loaded.topics.record.groups,
        questions=loaded.questions.record.questions,
        roles=loaded.roles.record.roles,
        references=loaded.references.record.references,
        terms=loaded.glossary.record.terms,
        quizzes={policy: quiz.record for policy, quiz in loaded.quizzes.items()},
        checklists={name: checklist.record for name, checklist in loaded.checklists.items()},
    )  # fmt: skip


def _merge_series(revisions: list[LoadedRevision]) -> tuple[Series, ...]:
    """The series of each policy, in the order of the files. `replaces` leads from each revision to the one before it."""
    merged = {(one.policy, one.id): merge_policy(one.trust, one.policy, one.id, one.file.record) for one in revisions}
    return tuple(
        Series(policy, tuple(_before(policy, merged)), next(
            (one for one in merged.values() if one.id == policy.id and one.revision.status in DRAFTS), None
        ))
        for policy in merged.values() if policy.revision.status == "in-force"
    )  # fmt: skip


def _before(policy: Policy, merged: dict[tuple[str, str], Policy]) -> Iterator[Policy]:
    while policy.revision.replaces:
        policy = merged[policy.id, policy.revision.replaces]
        yield policy


def merge_policy(trust: str, policy: str, revision_id: str, revision: model.Revision) -> Policy:
    """One revision with every clause filled in from what it inherits."""
    sections = tuple(
        SectionOfPolicy(section, tuple(
            _merge_clause(trust, policy, revision_id, section, clause, revision.binds, None) for clause in section.clauses
        ))
        for section in revision.sections
    )  # fmt: skip
    return Policy(trust, policy, revision_id, revision, sections)


def _merge_clause(
    trust: str, policy: str, revision_id: str, section: model.Section, own: model.Item,
    binds: tuple[str, ...], above: Clause | None,
) -> Clause:  # fmt: skip
    merged = Clause(
        trust=trust, policy=policy, revision=revision_id, section=section, id=own.id,
        number=own.number or (above.number if above else None),
        number_inferred=own.number_inferred if own.number or not above else above.number_inferred,
        lead_in=(*above.lead_in, above.text) if above else (),
        lead_in_ids=(*above.lead_in_ids, above.id) if above else (),
        text=own.text or "",
        modality=own.modality or (above.modality if above else "states"),
        binds=own.binds or binds,
        topics=own.topics or (above.topics if above else ()),
        lines=own.lines or (above.lines if above else None),
        must_know=own.must_know,
        items=(),
    )  # fmt: skip
    items = (_merge_clause(trust, policy, revision_id, section, item, merged.binds, merged) for item in own.items)
    return replace(merged, items=tuple(items))
