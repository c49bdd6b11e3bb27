"""What is compared with what: each subject across all policies, and what every policy is asked kind by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clausebook.model import PolicyKind, Question, Topic, TopicGroup
from clausebook.model.handbook import Handbook, Revision, Subject, Trust


@dataclass(frozen=True)
class Comparison:
    """One subject across trusts: the topics that some policy deals with, and the key questions on them, topic by topic.

    With `kind` it is what every policy is asked, across the policies of that kind.
    """

    subject: Subject
    kind: PolicyKind | None
    trusts: tuple[Trust, ...]
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    is_first_kind: bool = True
    """Whether it is no kind, or the kind that most trusts have: its questions and topics keep their ids in data and addresses."""

    def key(self, name: str) -> str:
        """The id of a topic, group or question that tells this comparison from the same thing asked of another kind."""
        return name if self.is_first_kind or not self.kind else f"{name}--{self.kind.id}"

    @property
    def path(self) -> str:
        """The folder of its page below the hub."""
        return f"compare/kinds/{self.kind.id}" if self.kind else f"compare/subjects/{self.subject.id}"

    @property
    def id(self) -> str:
        """Unique in a handbook; part of addresses and file names."""
        return f"{self.subject.id}-{self.kind.id}" if self.kind else self.subject.id

    @property
    def label(self) -> str:
        return f"{self.kind.label} (the policy itself)" if self.kind else self.subject.record.label

    @property
    def about(self) -> str:
        if self.kind is None:
            return self.subject.record.about
        return f"Who it applies to, who may change it, and what follows a breach, in each trust's policy of the kind “{self.kind.label}”."

    @property
    def groups(self) -> tuple[TopicGroup, ...]:
        """The groups of the subject that hold some of its topics."""
        ids = {topic.id for topic in self.topics}
        return tuple(group for group in self.subject.record.groups if any(topic.id in ids for topic in group.topics))

    def topics_in(self, group: TopicGroup) -> tuple[Topic, ...]:
        return tuple(topic for topic in self.topics if topic in group.topics)


def find_comparisons(handbook: Handbook) -> tuple[Comparison, ...]:
    """Each subject that some policy in force deals with, and for each kind in use what its policies are asked of themselves."""
    return tuple(_find(handbook))


def _find(handbook: Handbook) -> Iterator[Comparison]:
    for subject in handbook.subjects:
        if subject.is_any_policy:
            for kind in handbook.kinds_in_use:
                first = kind == handbook.kinds_in_use[0]
                yield from _compared(handbook, subject, kind, handbook.of_kind(kind.id), first)
        else:
            yield from _compared(handbook, subject, None, handbook.in_force)


def _compared(
    handbook: Handbook, subject: Subject, kind: PolicyKind | None, revisions: tuple[Revision, ...], first: bool = True
) -> Iterator[Comparison]:
    covered = frozenset[str]().union(*(revision.covers for revision in revisions))
    answered = {name for revision in revisions for name in revision.record.positions}
    place = {topic.id: number for number, topic in enumerate(subject.topics)}
    asked_of = (one for one in subject.record.questions if one.topic in covered or one.id in answered)
    questions = tuple(sorted(asked_of, key=lambda one: place[one.topic]))
    asked = {question.topic for question in questions}
    topics = tuple(topic for topic in subject.topics if topic.id in covered or topic.id in asked)
    if topics:
        yield Comparison(subject, kind, handbook.trusts, topics, questions, first)
