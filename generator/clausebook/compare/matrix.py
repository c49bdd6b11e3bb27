"""Topics × trusts and questions × trusts: what a comparison shows, before anybody decides how it looks.

A trust's cell is worked out from all its policies in force that deal with the topic; what every policy is asked (`any-policy`) is
compared kind by kind, because each policy answers that for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from clausebook.compare.comparisons import Comparison
from clausebook.compare.strictness import SAYS_NOTHING, answer_order, meaning
from clausebook.model import Answer, FrontMatter, Modality, PolicyKind, Position, Question, Topic, Unanswered, Unsaid
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Revision, Trust

STRONGEST_FIRST: tuple[Modality, ...] = ("must-not", "must", "should-not", "should", "may", "states")


@dataclass(frozen=True)
class PolicyTopic:
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
        return _strongest_first(self.clauses)


@dataclass(frozen=True)
class TopicCell:
    """What a trust says on one topic, policy by policy; none where no policy of it deals with the topic."""

    trust: str
    policies: tuple[PolicyTopic, ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for part in self.policies for clause in part.clauses)

    @cached_property
    def front_matter(self) -> tuple[FrontMatter, ...]:
        return tuple(row for part in self.policies for row in part.front_matter)

    @property
    def unsaid(self) -> Unsaid | None:
        """How to call it where no clause is on the topic; None where one is."""
        if self.clauses:
            return None
        found = {part.unsaid for part in self.policies}
        words: tuple[Unsaid, ...] = ("front-matter", "unreadable", "silent")
        return next((word for word in words if word in found), "not-covered")

    @cached_property
    def forces(self) -> tuple[Modality, ...]:
        """The forces that occur, the strongest first."""
        return _strongest_first(self.clauses)


@dataclass(frozen=True)
class TopicRow:
    """One topic across trusts; `kind` where only policies of one kind are compared."""

    topic: Topic
    cells: tuple[TopicCell, ...]
    kind: PolicyKind | None = None


@dataclass(frozen=True)
class PolicyAnswer:
    """One policy's position on one question, with the clauses that give it."""

    revision: Revision
    position: Position
    clauses: tuple[Clause, ...]
    front_matter: tuple[FrontMatter, ...] = ()
    """What gives the answer before the clauses, where no clause does: a date on the first page."""


@dataclass(frozen=True)
class QuestionCell:
    """A trust's answer to one question, from all its policies that deal with it."""

    trust: str
    question: Question
    answers: tuple[PolicyAnswer, ...]
    """The one that counts first: the strictest, or the strongest promise; those that say nothing last."""
    waiting: tuple[Revision, ...] = ()
    """Policies that deal with the topic and that nobody has held against the question yet."""

    @property
    def answer(self) -> Answer | Unanswered:
        """The trust's answer in a word."""
        if self.answers:
            return self.answers[0].position.answer
        return "not-looked-at" if self.waiting else "not-covered"

    @property
    def position(self) -> Position | None:
        """What the policy that counts says; None where none has answered."""
        return self.answers[0].position if self.answers else None

    @cached_property
    def said(self) -> tuple[PolicyAnswer, ...]:
        """The answers that say something; all of them where none does."""
        speaking = tuple(one for one in self.answers if one.position.answer not in SAYS_NOTHING)
        return speaking or self.answers

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause that bears on it, those of the answer that counts first."""
        return tuple(clause for one in self.said for clause in one.clauses)

    @cached_property
    def front_matter(self) -> tuple[FrontMatter, ...]:
        """What gives an answer before the clauses, where no clause of its policy does."""
        return tuple(part for one in self.said for part in one.front_matter)

    @property
    def policies_differ(self) -> bool:
        """Whether two policies of the trust answer differently: a contradiction between policies."""
        return len({self.says(one) for one in self.said}) > 1

    def says(self, one: PolicyAnswer) -> str:
        """What one policy's answer comes to: policies contradict each other where it is not the same."""
        return meaning(self.question, one.position.answer)

    @property
    def contradicts_itself(self) -> bool:
        """Whether clauses disagree, within a policy or between two."""
        return self.policies_differ or any(one.position.conflict for one in self.said)

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """The words that were searched for where the trust is silent."""
        return tuple(dict.fromkeys(word for one in self.answers for word in one.position.searched))


@dataclass(frozen=True)
class QuestionRow:
    """One question across trusts; `kind` where only policies of one kind are compared."""

    question: Question
    cells: tuple[QuestionCell, ...]
    kind: PolicyKind | None = None


def compare_topics(
    handbook: Handbook, comparison: Comparison, trusts: Sequence[Trust] | None = None
) -> tuple[TopicRow, ...]:
    """A row for each topic of `comparison`, a cell for each of `trusts`, or for each that it compares."""
    columns, kind = comparison.trusts if trusts is None else trusts, comparison.kind
    return tuple(
        TopicRow(topic, tuple(topic_cell(handbook, topic.id, trust, kind) for trust in columns), kind)
        for topic in comparison.topics
    )


def compare_questions(comparison: Comparison, trusts: Sequence[Trust] | None = None) -> tuple[QuestionRow, ...]:
    """A row for each question of `comparison`, a cell for each of `trusts`, or for each that it compares."""
    columns, kind = comparison.trusts if trusts is None else trusts, comparison.kind
    return tuple(
        QuestionRow(question, tuple(question_cell(trust, question, kind) for trust in columns), kind)
        for question in comparison.questions
    )


def question_cell(trust: Trust, question: Question, kind: PolicyKind | None = None) -> QuestionCell:
    """The trust's answer to `question`, from its policies in force, or from those of one kind."""
    found, waiting = [], []
    for revision in _asked(trust, kind):
        if answer := policy_answer(revision, question):
            found.append(answer)
        elif question.topic in revision.covers:
            waiting.append(revision)
    # What a document says and nobody can read is not silence, whatever another document leaves out.
    order = [answer for answer in answer_order(question) if answer != "silent"] + ["silent"]
    return QuestionCell(
        trust.id, question, tuple(sorted(found, key=lambda one: order.index(one.position.answer))), tuple(waiting)
    )


def policy_answer(revision: Revision, question: Question) -> PolicyAnswer | None:
    """One policy's position on `question`; None where it takes none."""
    position = revision.record.positions.get(question.id)
    if position is None:
        return None
    clauses = tuple(revision.by_id[clause] for clause in position.clauses)
    rests_on_front = not clauses and position.answer not in SAYS_NOTHING
    front = (part for part in revision.record.front_matter if rests_on_front and question.topic in part.topics)
    return PolicyAnswer(revision, position, clauses, tuple(front))


def topic_cell(handbook: Handbook, topic: str, trust: Trust, kind: PolicyKind | None = None) -> TopicCell:
    """What the trust says on `topic`, in its policies in force that deal with it, or in those of one kind."""
    found = (revision for revision in _asked(trust, kind) if topic in revision.covers)
    return TopicCell(trust.id, tuple(policy_topic(handbook, topic, revision) for revision in found))


def policy_topic(handbook: Handbook, topic: str, revision: Revision) -> PolicyTopic:
    """What one policy says on `topic`: of clauses that hang from each other the outermost."""
    about = revision.by_topic.get(topic, ())
    within = {clause.id for clause in about}
    outermost = tuple(clause for clause in about if not within & set(clause.lead_in_ids))
    positions = (revision.record.positions.get(question.id) for question in handbook.questions_on.get(topic, ()))
    hidden = any(position and position.answer == "unreadable" for position in positions)
    front_matter = tuple(part for part in revision.record.front_matter if topic in part.topics)
    return PolicyTopic(revision, outermost, front_matter, hidden)


def _asked(trust: Trust, kind: PolicyKind | None) -> Iterator[Revision]:
    """The revisions in force of all policies, or of those of one kind."""
    return (policy.in_force for policy in trust.policies if policy.in_force and (kind is None or policy.kind == kind))


def _strongest_first(clauses: tuple[Clause, ...]) -> tuple[Modality, ...]:
    found = {clause.modality for clause in clauses}
    return tuple(force for force in STRONGEST_FIRST if force in found)
