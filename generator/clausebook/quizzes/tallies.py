"""How often each question of a quiz was asked and each answer chosen, in counts that may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from clausebook.quizzes.marking import Marked, MarkedAnswer
from clausebook.quizzes.questions import AskedQuestion
from clausebook.quizzes.quiz import TakenQuiz
from clausebook.quizzes.suppression import FEW, Hidden, hide_parts


@dataclass(frozen=True)
class QuestionTally:
    """One question over all slips on one quiz: what was answered, and what of it is hidden."""

    asked: AskedQuestion
    total: int
    right: int
    chosen: tuple[int, ...]
    """By option, as the question lists them."""
    hides_total: bool
    hides_right: bool
    hidden: frozenset[int]
    """The places of options whose count is hidden."""


@dataclass(frozen=True)
class QuizTally:
    """All slips on one quiz of one trust."""

    quiz: TakenQuiz
    slips: int
    passed: int
    questions: tuple[QuestionTally, ...]

    @cached_property
    def hidden(self) -> Hidden:
        """What is hidden of those who passed (0) and those who did not (1)."""
        return hide_parts((self.passed, self.slips - self.passed))


def tally_all(marked: Sequence[Marked]) -> tuple[QuizTally, ...]:
    """A tally for each trust, policy and revision, in the order of their names. A slip that stands twice counts once."""
    quizzes: dict[str, dict[tuple[str, ...], Marked]] = {}
    for one in marked:
        quizzes.setdefault(_name(one.quiz), {}).setdefault(one.slip.key, one)
    return tuple(_tally(list(slips.values())) for _, slips in sorted(quizzes.items()))


def _name(quiz: TakenQuiz) -> str:
    """Of a campaign's quiz with the policies that a person owed: each asks from a pool of its own."""
    texts = "".join(f" {revision.policy} {revision.id}" for revision in quiz.revisions)
    return quiz.id + texts if quiz.campaign else quiz.id


def _tally(marked: Sequence[Marked]) -> QuizTally:
    answers: dict[str, list[MarkedAnswer]] = {}
    for one in marked:
        for answer in one.answers:
            answers.setdefault(answer.asked.id, []).append(answer)
    quiz = marked[0].quiz
    drawn = [answers[question.id] for question in quiz.pool if question.id in answers]
    rows = [_row(those) for those in drawn]
    # The column: whoever knows how many slips there are and how many questions a draw has knows its sum.
    column = hide_parts([row.total for row in rows], [place for place, row in enumerate(rows) if row.hides_total])
    whole = QuizTally(quiz, len(marked), sum(one.passed for one in marked), ())
    rows = [_all_hidden(row) if whole.hidden.total or place in column.parts else row for place, row in enumerate(rows)]
    return replace(whole, questions=tuple(rows))


def _all_hidden(row: QuestionTally) -> QuestionTally:
    return replace(row, hides_total=True, hides_right=True, hidden=frozenset(range(len(row.chosen))))


def _row(answers: Sequence[MarkedAnswer]) -> QuestionTally:
    asked, total = answers[0].asked, len(answers)
    right = sum(answer.verdict == "right" for answer in answers)
    chosen = tuple(sum(option.id in answer.chosen for answer in answers) for option in asked.options)
    unanswered = sum(not answer.chosen for answer in answers)
    pair = hide_parts((right, total - right))
    if asked.question.kind in ("single", "true-false"):
        place = next(place for place, option in enumerate(asked.options) if option.is_right)
        hidden = _hidden_of_one(chosen, unanswered, [place] if pair.parts else [])
        return QuestionTally(
            asked, total, right, chosen, hides_total=pair.total or hidden.total, hides_right=place in hidden.parts,
            hidden=hidden.parts,
        )  # fmt: skip
    options = range(len(chosen)) if pair.parts else _hidden_of_several(asked, chosen, total, right)
    return QuestionTally(
        asked, total, right, chosen, hides_total=pair.total, hides_right=bool(pair.parts), hidden=frozenset(options)
    )


def _hidden_of_one(chosen: Sequence[int], unanswered: int, also: Sequence[int]) -> Hidden:
    """Which options are hidden where one can be chosen. How many left it open is not shown, and often known: it is nobody."""
    hidden = hide_parts(chosen, also)
    if not hidden.parts and 0 < unanswered < FEW:
        hidden = hide_parts((*chosen, unanswered))
    return Hidden(hidden.parts - {len(chosen)}, hidden.total)


def _hidden_of_several(asked: AskedQuestion, chosen: Sequence[int], total: int, right: int) -> frozenset[int]:
    """Which options are hidden where several can be chosen, and how many had all right is shown.

    An option is hidden where those who chose it, or those who did not, are under five. Everybody who had not all right
    went wrong at one option at least: where that makes a hidden option as wrong as it can be, all options are hidden.
    """
    wrong = [total - count if option.is_right else count for option, count in zip(asked.options, chosen, strict=True)]
    hidden = frozenset(place for place, count in enumerate(wrong) if count < FEW or total - count < FEW)
    shown = sum(count for place, count in enumerate(wrong) if place not in hidden)
    if hidden and total - right - shown >= (FEW - 1) * len(hidden):
        return frozenset(range(len(wrong)))
    return hidden
