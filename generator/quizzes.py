"""A quiz as one trust's staff meet it: which questions, in which order the options, and which option is right.

The right answer of each question follows from the trust's own position. A question on which the policy says nothing teaches
to ask first, but a quiz of those alone would teach nothing else: they are at most a third.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from generator.merge import Clause, Library, Policy
from generator.model import Position, Question, Quiz, QuizOption, QuizQuestion


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the option that is right for one policy, and the evidence that makes it right."""

    question: QuizQuestion
    key_question: Question
    options: tuple[QuizOption, ...]
    right: QuizOption
    position: Position
    clauses: tuple[Clause, ...]

    @property
    def is_answered(self) -> bool:
        """Whether the policy says something that can be known."""
        return self.position.answer not in ("silent", "unreadable")


def questions_for(policy: Policy, quiz: Quiz, library: Library) -> tuple[AskedQuestion, ...]:
    """The questions that `policy`'s staff are asked, in the order of the file: `quiz.draw` of them, if there are as many.

    Each has exactly one right option: `check` sees to that.
    """
    pool = [_asked(policy, question, library) for question in quiz.questions]
    unanswered = [one for one in pool if not one.is_answered]
    answered = [one for one in pool if one.is_answered][: quiz.draw - min(len(unanswered), quiz.draw // 3)]
    drawn = {one.question.id for one in (*answered, *unanswered[: quiz.draw - len(answered)])}
    return tuple(one for one in pool if one.question.id in drawn)


def _asked(policy: Policy, question: QuizQuestion, library: Library) -> AskedQuestion:
    position = policy.revision.positions[question.about]
    right = next(option for option in question.options if position.answer in option.right_when)
    clauses = tuple(policy.by_id[clause] for clause in position.clauses)
    options = tuple(sorted(question.options, key=lambda option: _shuffle(policy.trust, question.id, option.id)))
    return AskedQuestion(question, library.question_by_id[question.about], options, right, position, clauses)


def _shuffle(*names: str) -> str:
    """A key to sort by that is the same in every build, and shows no pattern to a reader."""
    return sha256(".".join(names).encode()).hexdigest()
