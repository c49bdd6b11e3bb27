"""Trusts, revisions and shared content joined into one Trust each, and the Handbook of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from clausebook import model
from clausebook.model.merged import Academy, Policy, Revision, Section
from clausebook.model.model_policy import ModelProvider

__all__ = ["Academy", "Handbook", "Policy", "Revision", "Section", "Subject", "Trust"]


@dataclass(frozen=True)
class Trust:
    """One trust with its policies."""

    id: str
    record: model.TrustRecord
    policies: tuple[Policy, ...]
    campaigns: tuple[model.Campaign, ...] = ()
    quizzes: tuple[model.QuizOfTrust, ...] = ()
    keys: tuple[model.PublicKey, ...] = ()
    privacy: model.Privacy | None = None
    one_quiz: model.OneQuiz = field(default_factory=model.OneQuiz)
    """How the one quiz of a campaign over several policies is taken."""
    academies: tuple[Academy, ...] = ()  # in the order of their names
    academy: Academy | None = None
    """The academy for whose staff this is the trust, as `at` gives it."""
    whole: Trust | None = None
    """The trust itself, of one that is for an academy."""

    @property
    def has_several(self) -> bool:
        """Whether it has more policies than one, here or elsewhere: then what is said of one must name it."""
        return sum(1 for policy in self.policies if policy.in_force or policy.is_elsewhere) > 1

    def quiz_for(self, policy: str) -> model.QuizOfTrust | None:
        """How this trust uses the quiz on a policy; None where its staff take none."""
        return next((quiz for quiz in self.quizzes if quiz.policy == policy), None)

    @property
    def address(self) -> str | None:
        """Where its site is published, with a slash at its end, as its campaigns say; None where none does."""
        site = next((campaign.site for campaign in self.campaigns if campaign.site), None)
        return f"{site.rstrip('/')}/{self.id}/" if site else None

    @cached_property
    def policy_by_id(self) -> dict[str, Policy]:
        return {policy.id: policy for policy in self.policies}

    def policy(self, policy_id: str) -> Policy:
        """A policy by its id. Raises KeyError where the trust has none of that name."""
        return self.policy_by_id[policy_id]

    @cached_property
    def academy_by_id(self) -> dict[str, Academy]:
        return {academy.id: academy for academy in self.academies}

    def at(self, academy: Academy) -> Trust:
        """The trust as it is for the staff of one academy: with its texts in force, and its contacts before those of the trust."""
        policies = tuple(
            replace(policy, in_force=academy.texts[policy.id]) if policy.id in academy.texts else policy
            for policy in self.policies
        )
        record = self.record.model_copy(update={"contacts": (*academy.record.contacts, *self.record.contacts)})
        return replace(self, record=record, policies=policies, academy=academy, whole=self)

    @property
    def full_name(self) -> str:
        """Its name, and that of the academy for which it is."""
        return f"{self.record.name}, {self.academy.record.name}" if self.academy else self.record.name

    @property
    def at_folder(self) -> str:
        """Where the pages of its academy stand below its site, with a slash at the end; nothing for the trust itself."""
        return f"at/{self.academy.id}/" if self.academy else ""

    def academies_with_own(self, policy: str) -> tuple[Academy, ...]:
        """Those whose text of a policy differs from the trust's."""
        return tuple(academy for academy in self.academies if academy.has_own(policy))

    def academy_called(self, name: str) -> Academy | None:
        """The academy that a roster calls `name`; None where the trust has none of that name."""
        return self._academy_by_name.get(name.strip().casefold())

    @cached_property
    def _academy_by_name(self) -> dict[str, Academy]:
        return {name: academy for academy in reversed(self.academies) for name in academy.names}

    def academy_name(self, name: str) -> str:
        """The full name of the academy that is called `name`; `name` itself where the trust has none of that name."""
        found = self.academy_called(name)
        return found.record.name if found else name

    def text_for(self, policy: str, academy: str) -> Revision:
        """The text in force that binds somebody at the academy called `academy`; the trust's own where it has no such academy.

        Raises KeyError where the trust has no such policy.
        """
        theirs = self.academy_called(academy) if academy else None
        return theirs.texts[policy] if theirs and policy in theirs.texts else self.policy(policy).current

    @cached_property
    def texts_of_academies(self) -> tuple[Revision, ...]:
        """Every text in force that differs from the trust's."""
        return tuple(text for academy in self.academies for text in academy.texts.values() if text.academy)

    def campaigns_for(self, policy: str) -> tuple[model.Campaign, ...]:
        """The campaigns that ask for the acknowledgement of a policy, each other people (P812)."""
        return tuple(campaign for campaign in self.campaigns if policy in campaign.policies)

    def campaign_for(self, policy: str, roles: Iterable[str] = (), academy: str = "") -> model.Campaign | None:
        """The campaign that asks somebody with `roles` at `academy` for a policy: of several, the first that names them.

        Where none of them does, the first as well, which then does not ask them. None where there is no campaign.
        """
        found, held = self.campaigns_for(policy), frozenset(roles)
        return next((one for one in found if self.is_named(one, held, academy)), found[0] if found else None)

    def is_named(self, campaign: model.Campaign, roles: Iterable[str], academy: str) -> bool:
        """Whether a campaign asks somebody with `roles` at `academy`, by whatever name of it."""
        within = {self.academy_name(one).casefold() for one in campaign.academies}
        return not set(roles).isdisjoint(campaign.roles) and (
            not within or self.academy_name(academy).casefold() in within
        )

    def asked_by(self, campaign: model.Campaign, roles: Iterable[str], academy: str) -> tuple[str, ...]:
        """The policies for which it is this campaign that asks somebody with `roles` at `academy`."""
        held = frozenset(roles)
        if not self.is_named(campaign, held, academy):
            return ()
        return tuple(policy for policy in campaign.policies if self.campaign_for(policy, held, academy) == campaign)

    def statement_for(self, revision: Revision) -> str:
        """What a person signs who acknowledges `revision` alone."""
        campaign = next(
            (one for one in self.campaigns_for(revision.policy) if one.policies == (revision.policy,)), None
        )
        own = (
            f"I have read the {self.record.name} {revision.record.title} and I know who to ask if anything is unclear."
        )
        return campaign.statement if campaign else own

    @cached_property
    def in_force(self) -> tuple[Revision, ...]:
        """The revision in force of each policy that has one."""
        return tuple(policy.in_force for policy in self.policies if policy.in_force)


@dataclass(frozen=True)
class Subject:
    """What several policies speak of, with its id."""

    id: str
    record: model.SubjectRecord

    @cached_property
    def topics(self) -> tuple[model.Topic, ...]:
        return tuple(topic for group in self.record.groups for topic in group.topics)

    @property
    def is_any_policy(self) -> bool:
        """Whether each policy answers its questions for itself."""
        return self.id == model.ANY_POLICY


@dataclass(frozen=True)
class Handbook:
    """All trusts with the content that they share."""

    trusts: tuple[Trust, ...]  # in the order of their short names
    subjects: tuple[Subject, ...]  # in the order of their labels, what every policy is asked last
    kinds: model.Kinds
    roles: tuple[model.Role, ...]
    references: tuple[model.Reference, ...]
    terms: tuple[model.Term, ...]
    everyday_words: tuple[model.EverydayWord, ...]
    """Those of the engine may name topics that the handbook has not."""
    quizzes: dict[str, model.Quiz]
    """The banks of questions by the names of their files: of a policy, or of a subject."""
    checklists: dict[str, model.Checklist]
    models: tuple[ModelProvider, ...] = ()

    @cached_property
    def trust_by_id(self) -> dict[str, Trust]:
        return {trust.id: trust for trust in self.trusts}

    def trust(self, trust_id: str) -> Trust:
        """A trust by its id. Raises KeyError where there is none of that name."""
        return self.trust_by_id[trust_id]

    @cached_property
    def groups(self) -> tuple[model.TopicGroup, ...]:
        """The groups of all subjects, in their order."""
        return tuple(group for subject in self.subjects for group in subject.record.groups)

    @cached_property
    def questions(self) -> tuple[model.Question, ...]:
        """The key questions of all subjects, in their order."""
        return tuple(question for subject in self.subjects for question in subject.record.questions)

    @cached_property
    def topics(self) -> dict[str, model.Topic]:
        return {topic.id: topic for group in self.groups for topic in group.topics}

    @cached_property
    def questions_on(self) -> dict[str, tuple[model.Question, ...]]:
        """The key questions on each topic that has some."""
        found: dict[str, list[model.Question]] = {}
        for question in self.questions:
            found.setdefault(question.topic, []).append(question)
        return {topic: tuple(questions) for topic, questions in found.items()}

    @cached_property
    def subject_of(self) -> dict[str, Subject]:
        """The subject of each topic."""
        return {topic.id: subject for subject in self.subjects for topic in subject.topics}

    def banks_for(self, revision: Revision) -> tuple[model.Quiz, ...]:
        """The banks that a policy's questions come from: its own first, then those of the subjects that it deals with.

        The first says how many questions are drawn and how many right answers pass.
        """
        own = self.quizzes.get(revision.policy)
        subjects = {self.subject_of[topic].id for topic in revision.covers if topic in self.subject_of}
        of_subjects = (bank for bank in self.quizzes.values() if bank.subject in subjects)
        return (*((own,) if own and own.subject is None else ()), *of_subjects)

    @cached_property
    def compared_topics(self) -> frozenset[str]:
        """The topics that have a page on the hub: some policy in force deals with them, or answers a question on them."""
        answered = {name for revision in self.in_force for name in revision.record.positions}
        asked = (question.topic for question in self.questions if question.id in answered)
        return frozenset(asked).union(*(revision.covers for revision in self.in_force))

    @cached_property
    def kind_by_id(self) -> dict[str, model.PolicyKind]:
        return {kind.id: kind for kind in self.kinds.kinds}

    @cached_property
    def question_by_id(self) -> dict[str, model.Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def role_labels(self) -> dict[str, str]:
        return {role.id: role.label for role in self.roles}

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Each trust's short name by its id."""
        return {trust.id: trust.record.short_name for trust in self.trusts}

    @cached_property
    def kinds_in_use(self) -> tuple[model.PolicyKind, ...]:
        """The kinds of which some trust has a policy in force, those of most trusts first."""
        counts = Counter(
            policy.kind.id for trust in self.trusts for policy in trust.policies if policy.kind and policy.in_force
        )
        used = (kind for kind in self.kinds.kinds if kind.id in counts)
        return tuple(sorted(used, key=lambda kind: (-counts[kind.id], kind.label)))

    def of_kind(self, kind: str) -> tuple[Revision, ...]:
        """The policies in force of one kind, in the order of the trusts."""
        return tuple(
            policy.in_force
            for trust in self.trusts
            for policy in trust.policies
            if policy.in_force and policy.kind and policy.kind.id == kind
        )

    @property
    def in_force(self) -> tuple[Revision, ...]:
        return tuple(revision for trust in self.trusts for revision in trust.in_force)
