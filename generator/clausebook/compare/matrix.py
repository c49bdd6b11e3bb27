"""Topics × trusts and questions × trusts: what a comparison shows, before anybody decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from clausebook.model import FrontMatter, Modality, Position, Question, Topic, Unsaid
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Revision

STRONGEST_FIRST: tuple[Modality, ...] = ("must-not", "must", "should-not", "should", "may", "states")


@dataclass(frozen=True)
class TopicCell:
    """What one policy says on one topic, in clauses and in its front matter."""

    revision: Revision
    clauses: tuple[Clause, ...]
    front_matter: tuple[FrontMatter, ...]
    is_hidden: bool
    """true where a question on the topic is unreadable in this policy."""

    @property
    def unsaid(self) -> Unsaid | None:
        """How to call it where no clause is on the topic; None where one is."""
        if self.clauses:
            return None
        return "front-matter" if self.front_matter else "unreadable" if self.is_hidden else "silent"

    @cached_property
    def forces(self) -> tuple[Modality, ...]:
        """The forces that occur, the strongest first."""
        found = {clause.modality for clause in self.clauses}
        return tuple(force for force in STRONGEST_FIRST if force in found)


@dataclass(frozen=True)
class TopicRow:
    """One topic across all policies."""

    topic: Topic
    cells: tuple[TopicCell, ...]


@dataclass(frozen=True)
class QuestionCell:
    """One policy's position on one question, with the clauses that give it."""

    revision: Revision
    position: Position
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class QuestionRow:
    """One question across all policies."""

    question: Question
    cells: tuple[QuestionCell, ...]


def compare_topics(handbook: Handbook, revisions: tuple[Revision, ...]) -> tuple[TopicRow, ...]:
    """A row per topic in the order of the shared list, a cell per policy in the order given."""
    return tuple(
        TopicRow(topic, tuple(topic_cell(handbook, topic.id, revision) for revision in revisions))
        for topic in handbook.topics.values()
    )


def compare_questions(handbook: Handbook, revisions: tuple[Revision, ...]) -> tuple[QuestionRow, ...]:
    """A row per key question, topic by topic in the order of the shared lists, a cell per policy in the order given."""
    topics = list(handbook.topics)
    return tuple(
        QuestionRow(question, tuple(question_cell(revision, question) for revision in revisions))
        for question in sorted(handbook.questions, key=lambda one: topics.index(one.topic))
    )


def question_cell(revision: Revision, question: Question) -> QuestionCell:
    """The policy's position on `question`. Every policy in force has one: `check` sees to that."""
    position = revision.record.positions[question.id]
    return QuestionCell(revision, position, tuple(revision.by_id[clause] for clause in position.clauses))


def topic_cell(handbook: Handbook, topic: str, revision: Revision) -> TopicCell:
    """What the policy says on `topic`: of clauses that hang from each other the outermost."""
    about = revision.by_topic.get(topic, ())
    within = {clause.id for clause in about}
    outermost = tuple(clause for clause in about if not within & set(clause.lead_in_ids))
    hidden = any(
        revision.record.positions[question.id].answer == "unreadable"
        for question in handbook.questions
        if question.topic == topic
    )
    front_matter = tuple(part for part in revision.record.front_matter if topic in part.topics)
    return TopicCell(revision, outermost, front_matter, hidden)
