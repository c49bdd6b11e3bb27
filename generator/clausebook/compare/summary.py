"""A question's answers across all trusts in a sentence: how many say what, and who stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from clausebook.compare.matrix import QuestionCell, QuestionRow
from clausebook.compare.strictness import SAYS_NOTHING, answer_order
from clausebook.model import Answer, Question, Unanswered
from clausebook.model.labels import said

NO_ANSWER = (*SAYS_NOTHING, *get_args(Unanswered))
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

MOST_NAMES = 3  # that a sentence has room for; of more it says how many

Said = Answer | Unanswered


@dataclass(frozen=True)
class Summary:
    """What a reader can say after a minute: the field in a sentence, who stands alone, and the cells in the order of answers."""

    sentence: str
    alone: tuple[QuestionCell, ...]
    cells: tuple[QuestionCell, ...]


def sum_up(row: QuestionRow, names: dict[str, str]) -> Summary:
    """The summary of `row`; `names` has each trust's short name by its id."""
    order: tuple[Said, ...] = (*answer_order(row.question), *get_args(Unanswered))
    ordered = tuple(sorted(row.cells, key=lambda cell: order.index(cell.answer)))
    groups = {answer: tuple(cell for cell in ordered if cell.answer == answer) for answer in order}
    groups = {answer: cells for answer, cells in groups.items() if cells}
    parts = (f"{said(row.question, answer)}: {_who(cells, len(ordered), names)}." for answer, cells in groups.items())
    return Summary(" ".join(parts), _alone(groups), ordered)


def related_questions(
    question: Question, questions: Sequence[Question], groups: dict[str, str]
) -> tuple[Question, ...]:
    """Other questions on the same topic, or, where there is none, of the same group; `groups` has each topic's group."""
    others = [other for other in questions if other.id != question.id]
    same_topic = tuple(other for other in others if other.topic == question.topic)
    return same_topic or tuple(other for other in others if groups[other.topic] == groups[question.topic])[:4]


def _who(cells: tuple[QuestionCell, ...], total: int, names: dict[str, str]) -> str:
    count = len(cells)
    if count <= MOST_NAMES:
        told = (names[cell.trust] + (" (contradicts itself)" if cell.contradicts_itself else "") for cell in cells)
        return _listed([*told])
    many = f"all {_number(total)}" if count == total else f"{_number(count)} of {_number(total)}"
    contradict = [names[cell.trust] for cell in cells if cell.contradicts_itself]
    if not contradict:
        return many
    who = _listed(contradict) if len(contradict) <= MOST_NAMES else f"{_number(len(contradict))} of them"
    return f"{many} ({who} contradict{'s itself' if len(contradict) == 1 else ' themselves'})"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _alone(groups: dict[Said, tuple[QuestionCell, ...]]) -> tuple[QuestionCell, ...]:
    """Whoever gives an answer that nobody else gives, while at least two others give one answer between them."""
    answered = [cells for answer, cells in groups.items() if answer not in NO_ANSWER]
    agreed = any(len(cells) > 1 for cells in answered)
    return tuple(cells[0] for cells in answered if len(cells) == 1) if agreed else ()
