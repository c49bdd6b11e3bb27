"""A quiz as one trust's staff meet it: the right answer of each question follows from the trust's own position."""

from __future__ import annotations

from dataclasses import dataclass

from generator.merge import Clause, Library, Policy
from generator.model import Position, Question, Quiz, QuizOption, QuizQuestion


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the option that is right for one policy, and the evidence that makes it right."""

    question: QuizQuestion
    key_question: Question
    right: QuizOption
    position: Position
    clauses: tuple[Clause, ...]


def questions_for(policy: Policy, quiz: Quiz, library: Library) -> tuple[AskedQuestion, ...]:
    """The quiz for `policy`. Each question has exactly one right option: `check` sees to that."""
    return tuple(_asked(policy, question, library) for question in quiz.questions)


def _asked(policy: Policy, question: QuizQuestion, library: Library) -> AskedQuestion:
    position = policy.revision.positions[question.about]
    right = next(option for option in question.options if position.answer in option.right_when)
    clauses = tuple(policy.by_id[clause] for clause in position.clauses)
    return AskedQuestion(question, library.question_by_id[question.about], right, position, clauses)
