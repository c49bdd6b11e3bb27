"""What somebody of a trust has read its questions for: a mark of the words of each, held against the words that there are now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from clausebook.quizzes.questions import AskedQuestion, mark_of_basis


@dataclass(frozen=True)
class Readings:
    """The questions that a trust's staff are asked, and the marks that stand in its file, by the questions' ids."""

    asked: tuple[AskedQuestion, ...]
    read: Mapping[str, str]

    @property
    def new(self) -> tuple[AskedQuestion, ...]:
        """Those that nobody has read."""
        return tuple(question for question in self.asked if question.id not in self.read)

    @property
    def doubtful(self) -> tuple[AskedQuestion, ...]:
        """Those that were read for other words."""
        return tuple(
            question for question in self.asked
            if question.id in self.read and self.read[question.id] != mark_of_basis(question)
        )  # fmt: skip

    @property
    def gone(self) -> tuple[str, ...]:
        """Marks of questions that are not asked any more."""
        ids = {question.id for question in self.asked}
        return tuple(name for name in self.read if name not in ids)

    def marks_with(self, read_now: Collection[AskedQuestion]) -> dict[str, str]:
        """The marks when these are read as well, without those that are gone, in the order in which the questions are asked."""
        marks = {**self.read, **{question.id: mark_of_basis(question) for question in read_now}}
        return {question.id: marks[question.id] for question in self.asked if question.id in marks}
