"""A question's answers across all trusts in a sentence: how many say what, and who stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from clausebook.compare.matrix import QuestionCell, QuestionRow
from clausebook.compare.strictness import SAYS_NOTHING, answer_order
from clausebook.model import Answer, Question, Unanswered

NO_ANSWER = (*SAYS_NOTHING, *get_args(Unanswered))
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

Kind = Literal["act", "fact"]
ONE_WITHOUT: dict[Answer | Unanswered, str] = {
    "silent": "{} is silent", "unreadable": "{} is unreadable", "not-looked-at": "nobody has looked at {} yet",
    "not-covered": "{} has no policy here on it",
}  # fmt: skip
SEVERAL_WITHOUT: dict[Answer | Unanswered, tuple[str, str]] = {
    "silent": ("is silent", "are silent"), "unreadable": ("is unreadable", "are unreadable"),
    "not-looked-at": ("is not looked at yet", "are not looked at yet"),
    "not-covered": ("has no policy here on it", "have no policy here on it"),
}  # fmt: skip
Said = Answer | Unanswered
SEVERAL: dict[Kind, dict[Said, str]] = {
    "act": {
        "prohibited": "prohibited by", "required": "required by", "restricted": "restricted by",
        "advised-against": "advised against by", "advised": "advised by", "permitted": "permitted by",
        "not-required": "not required by",
    },
    "fact": {
        "prohibited": "“no” at", "required": "“yes, as a rule” at", "restricted": "“only in part” at",
        "advised-against": "advised against at", "advised": "advised at", "permitted": "“yes” at",
        "not-required": "“no, it need not be” at",
    },
}  # fmt: skip
ONE: dict[Kind, dict[Said, str]] = {
    "act": {
        "prohibited": "{} prohibits it", "required": "{} requires it", "restricted": "{} restricts it",
        "advised-against": "{} advises against it", "advised": "{} advises it", "permitted": "{} permits it",
        "not-required": "{} does not require it",
        **ONE_WITHOUT,
    },
    "fact": {
        "prohibited": "{} says no", "required": "{} says yes, as a rule", "restricted": "{} says: only in part",
        "advised-against": "{} advises against it", "advised": "{} advises it", "permitted": "{} says yes",
        "not-required": "{} says that it need not be",
        **ONE_WITHOUT,
    },
}  # fmt: skip


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
    kind: Kind = "fact" if row.question.asks == "fact" else "act"
    parts = [_part(kind, answer, cells, len(ordered), names) for answer, cells in groups.items()]
    sentence = "; ".join(parts)
    return Summary(f"{sentence[:1].upper()}{sentence[1:]}.", _alone(groups), ordered)


def related_questions(
    question: Question, questions: Sequence[Question], groups: dict[str, str]
) -> tuple[Question, ...]:
    """Other questions on the same topic, or, where there is none, of the same group; `groups` has each topic's group."""
    others = [other for other in questions if other.id != question.id]
    same_topic = tuple(other for other in others if other.topic == question.topic)
    return same_topic or tuple(other for other in others if groups[other.topic] == groups[question.topic])[:4]


def _part(kind: Kind, answer: Said, cells: tuple[QuestionCell, ...], total: int, names: dict[str, str]) -> str:
    count = len(cells)
    contradict = [names[cell.trust] for cell in cells if cell.contradicts_itself]
    if count == 1:
        return ONE[kind][answer].format(names[cells[0].trust]) + (", and contradicts itself" if contradict else "")
    many = f"all {_number(total)}" if count == total else f"{_number(count)} of {_number(total)}"
    if answer in NO_ANSWER:
        return f"{many} {SEVERAL_WITHOUT[answer][count > 1]}"
    aside = (
        f" ({_listed(contradict)} {'contradicts itself' if len(contradict) == 1 else 'contradict themselves'})"
        if contradict
        else ""
    )
    return f"{SEVERAL[kind][answer]} {many}{aside}"


def _listed(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{_number(len(names))} of them"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _alone(groups: dict[Said, tuple[QuestionCell, ...]]) -> tuple[QuestionCell, ...]:
    """Whoever gives an answer that nobody else gives, while at least two others give one answer between them."""
    answered = [cells for answer, cells in groups.items() if answer not in NO_ANSWER]
    agreed = any(len(cells) > 1 for cells in answered)
    return tuple(cells[0] for cells in answered if len(cells) == 1) if agreed else ()
