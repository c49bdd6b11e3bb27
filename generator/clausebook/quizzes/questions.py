"""Questions as one trust's staff can be asked them: which options are right there, and the clauses that make them so.

A question on which the policy says nothing teaches to ask first, but a quiz of those alone would teach nothing else: of
four questions of a pool at most one is of that kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from clausebook.compare.matrix import policy_topic
from clausebook.model import Quiz, QuizOption, QuizQuestion
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Revision
from clausebook.model.labels import ruling_on

UNSAID = ("silent", "unreadable")
ASK_FIRST = "ask-first"
SAID_TO_UNSAID = 3  # so many questions that the policy answers, for one that it does not
SHORT = 12  # digits of a mark, as of a confirmation


@dataclass(frozen=True)
class AskedOption:
    """An option with what it is worth in one trust. `says` is for whoever chose it wrongly."""

    id: str
    text: str
    says: str
    is_right: bool


@dataclass(frozen=True)
class Basis:
    """What decides: an answer, or the strongest force on a topic, with the clauses that give it and the reason in a sentence."""

    answer: str
    clauses: tuple[Clause, ...]
    because: str = ""
    searched: tuple[str, ...] = ()
    conflict: bool = False
    ruling: str = ""
    """What settles the contradiction, where somebody has ruled on it."""
    asks: str = ""
    """Of a question that several key questions decide: which of them this is."""

    @property
    def caution(self) -> str:
        """What a reader is told where clauses disagree; nothing where they do not."""
        if not self.conflict:
            return ""
        return self.ruling or "The policy contradicts itself here: ask before you rely on the milder clause."


@dataclass(frozen=True)
class AskedQuestion:
    """A question as one trust's staff can be asked it."""

    question: QuizQuestion
    options: tuple[AskedOption, ...]
    bases: tuple[Basis, ...]
    group: str
    """The label of the group of topics that it belongs to."""
    policy: str = ""
    """Of a quiz over several policies: the one that it asks about."""

    @property
    def id(self) -> str:
        """Names it within its quiz: two policies may be asked one question of a subject."""
        return f"{self.policy}--{self.question.id}" if self.policy else self.question.id

    @cached_property
    def right(self) -> tuple[str, ...]:
        """The ids of the right options; of `order`, all of them in their order."""
        return tuple(option.id for option in self.options if option.is_right)

    @cached_property
    def is_said(self) -> bool:
        """Whether the policy says something that can be known."""
        return any(basis.answer not in UNSAID for basis in self.bases)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that it rests on, each once."""
        return tuple({clause.id: clause for basis in self.bases for clause in basis.clauses}.values())

    @property
    def conflict(self) -> bool:
        """Whether clauses that it rests on disagree."""
        return any(basis.conflict for basis in self.bases)


def ask_all(revision: Revision, handbook: Handbook) -> tuple[AskedQuestion, ...]:
    """Every question that staff can be asked on `revision`, bank by bank, in the order of each file.

    Each has its right number of right options: `check` sees to that for the revision in force. A past one is not asked
    what its text has no position or clause for.
    """
    asked = (
        _ask(revision, bank, question, handbook)
        for bank in handbook.banks_for(revision)
        for question in bank.questions
        if _has_ground(revision, bank, question, handbook)
    )
    return tuple(question for question in asked if question is not None)


def ask_pool(revision: Revision, handbook: Handbook) -> tuple[AskedQuestion, ...]:
    """The questions that readers' draws are taken from, in the order of `ask_all`."""
    asked = ask_all(revision, handbook)
    said = [question for question in asked if question.is_said]
    unsaid = sorted(
        (question for question in asked if not question.is_said), key=lambda question: not question.question.must_know
    )
    kept = {question.id for question in (*said, *unsaid[: max(1, len(said) // SAID_TO_UNSAID)])}
    return tuple(question for question in asked if question.id in kept)


def mark_of_basis(asked: AskedQuestion) -> str:
    """Twelve digits that change when an answer that the question rests on does, or what a clause of it, or an item of that, says."""
    return _mark([
        f"{basis.answer} {basis.conflict} {' '.join(fingerprint for clause in basis.clauses for fingerprint in _fingerprints(clause))}"
        for basis in asked.bases
    ])  # fmt: skip


def mark_of_pool(pool: tuple[AskedQuestion, ...]) -> str:
    """Twelve digits that change when a draw from the pool, or the marking of one, could change."""
    return _mark([
        f"{question.id} {question.question.kind} {question.group} {question.question.must_know} {question.is_said} {' '.join(question.question.roles)}: "
        f"{' '.join(option.id for option in question.options)}: {' '.join(question.right)}"
        for question in pool
    ])  # fmt: skip


def shorten(text: str) -> str:
    """Twelve digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:SHORT]


def _fingerprints(clause: Clause) -> list[str]:
    """Of a clause and of all that hangs from it, in whatever order it does."""
    first, *below = (one.fingerprint for one in clause.walk())
    return [first, *sorted(below)]


def _mark(lines: list[str]) -> str:
    return shorten("\n".join(lines))


def _has_ground(revision: Revision, bank: Quiz, question: QuizQuestion, handbook: Handbook) -> bool:
    """A policy's own bank may ask about what it does not deal with, and the right answer is then to ask first; a subject's may not."""
    abouts = {about for about in (question.about, *(option.about for option in question.options)) if about}
    topics = {handbook.question_by_id[about].topic for about in abouts} | (
        {question.topic} if question.topic else set()
    )
    if bank.subject and not topics <= revision.covers:
        return False
    abouts |= {one.id for one in handbook.questions if one.topic == question.topic}
    clauses = {clause for one in question.rests_on if one.trust == revision.trust for clause in one.clauses}
    return abouts <= revision.record.positions.keys() and clauses <= revision.by_id.keys()


def _ask(revision: Revision, quiz: Quiz, question: QuizQuestion, handbook: Handbook) -> AskedQuestion | None:
    if question.rests_on:
        bases = tuple(
            Basis("", tuple(revision.by_id[clause] for clause in one.clauses), one.because)
            for one in question.rests_on if one.trust == revision.trust
        )  # fmt: skip
        options = tuple(
            _option(option, question.kind == "order" or revision.trust in option.right_in)
            for option in question.options
        )
    elif question.about or question.topic:
        bases = (
            _of_question(revision, question.about)
            if question.about
            else _of_topic(revision, question.topic or "", handbook),
        )
        options = tuple(_option(option, bases[0].answer in option.right_when) for option in question.options)
    else:
        found = [
            replace(_of_question(revision, about), asks=handbook.question_by_id[about].ask)
            for option in question.options
            if (about := option.about)
        ]
        options = tuple(
            _option(option, basis.answer in option.right_when)
            for option, basis in zip(question.options, found, strict=True)
        )
        bases = tuple(found)
    if not bases:
        return None
    if not question.rests_on and question.unsaid == "ask-first" and _takes_ask_first(question):
        first = quiz.ask_first
        options = (*options, AskedOption(ASK_FIRST, first.text, first.says, not any(one.is_right for one in options)))
    if not any(option.is_right for option in options):  # the policy does not say, and it is then to be left out
        return None
    return AskedQuestion(question, options, bases, _group(question, revision, handbook))


def _takes_ask_first(question: QuizQuestion) -> bool:
    """Whether no option of its own is right where the policy does not say."""
    return not any(answer in option.right_when for option in question.options for answer in UNSAID)


def _option(option: QuizOption, is_right: bool) -> AskedOption:
    return AskedOption(option.id, option.text, option.says, is_right)


def _of_question(revision: Revision, question: str) -> Basis:
    position = revision.record.positions[question]
    clauses = tuple(revision.by_id[clause] for clause in position.clauses)
    return Basis(
        position.answer,
        clauses,
        position.because or "",
        position.searched,
        position.conflict,
        ruling_on(position.clauses, revision.record),
    )


def _of_topic(revision: Revision, topic: str, handbook: Handbook) -> Basis:
    cell = policy_topic(handbook, topic, revision)
    if not cell.forces:
        return Basis("unreadable" if cell.unsaid == "unreadable" else "silent", ())
    strongest = tuple(clause for clause in cell.clauses if clause.modality == cell.forces[0])
    return Basis(cell.forces[0], strongest)


def _group(question: QuizQuestion, revision: Revision, handbook: Handbook) -> str:
    topics = [question.topic] if question.topic else list(_topics(question, revision, handbook))
    return next(group.label for group in handbook.groups if topics[0] in [topic.id for topic in group.topics])


def _topics(question: QuizQuestion, revision: Revision, handbook: Handbook) -> Iterator[str]:
    abouts = [question.about] if question.about else [option.about for option in question.options]
    yield from (handbook.question_by_id[about].topic for about in abouts if about)
    for one in question.rests_on:
        if one.trust == revision.trust:
            yield revision.by_id[one.clauses[0]].topics[0]
