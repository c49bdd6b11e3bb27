"""Slips marked again from the handbook's own files: a slip says what was answered, and never what that is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from clausebook.model.handbook import Handbook, Trust
from clausebook.quizzes.draw import draw_questions
from clausebook.quizzes.questions import AskedQuestion
from clausebook.quizzes.quiz import TakenQuiz, take_quiz
from clausebook.quizzes.slips import Slip

Verdict = Literal["right", "wrong", "not answered"]
AS_MADE = "ask for the line again as the page made it: somebody or something has changed it on the way"
AS_IT_WAS = "mark it in the handbook as it was on that day, or let the person take the quiz again"


@dataclass(frozen=True)
class MarkedAnswer:
    """One question of a slip with what was chosen, of an order in the reader's order."""

    asked: AskedQuestion
    chosen: tuple[str, ...]

    @cached_property
    def verdict(self) -> Verdict:
        """An order is right in that order alone; of several right options all must be chosen, and no other."""
        if not self.chosen:
            return "not answered"
        if self.asked.question.kind == "order":
            return "right" if self.chosen == self.asked.right else "wrong"
        return "right" if set(self.chosen) == set(self.asked.right) else "wrong"


@dataclass(frozen=True)
class Marked:
    """A slip with its marks."""

    slip: Slip
    quiz: TakenQuiz
    answers: tuple[MarkedAnswer, ...]

    @cached_property
    def score(self) -> int:
        """How many answers are right."""
        return sum(answer.verdict == "right" for answer in self.answers)

    @property
    def count(self) -> int:
        """How many questions were asked."""
        return len(self.answers)

    @property
    def passed(self) -> bool:
        """Whether the score reaches the trust's pass mark."""
        return self.score >= min(self.quiz.pass_mark, self.count)

    @property
    def other_text(self) -> bool:
        """Whether the policy has been edited since, in what no question of the pool rests on."""
        return self.slip.digest != self.quiz.revision.digest


@dataclass(frozen=True)
class Refused:
    """A slip that cannot be marked: why, and what to do."""

    slip: Slip
    reason: str
    next_step: str


def mark_all(slips: Sequence[Slip], handbook: Handbook) -> tuple[Marked | Refused, ...]:
    """Each slip once, however often it was passed on, in the order in which they came."""
    once: dict[tuple[str, ...], Slip] = {}
    for slip in slips:
        once.setdefault(slip.key, slip)
    quizzes: dict[tuple[str, ...], TakenQuiz | Refused] = {}
    marked: list[Marked | Refused] = []
    for slip in once.values():
        name = (slip.trust, slip.policy, slip.revision, slip.since)
        quiz = quizzes.get(name) or quizzes.setdefault(name, quiz_of(slip, handbook))
        marked.append(replace(quiz, slip=slip) if isinstance(quiz, Refused) else mark_by(slip, quiz))
    return tuple(marked)


def mark_by(slip: Slip, quiz: TakenQuiz) -> Marked | Refused:
    """The slip marked by the quiz that it is of (see `quiz_of`)."""
    if refused := _of_another_pool(slip, quiz):
        return refused
    drawn = draw_questions(quiz.pool, slip.seed, slip.attempt, quiz.count, slip.role)
    if len(drawn) != len(slip.answers):
        return Refused(slip, f"it answers {len(slip.answers)} questions, and {len(drawn)} are asked now", AS_IT_WAS)
    if {question.id for question in drawn} != set(slip.answers):
        return Refused(slip, "its answers are not to the questions that its draw asks", AS_MADE)
    answers = tuple(MarkedAnswer(question, slip.answers[question.id]) for question in drawn)
    fault = next((found for found in map(_fault, answers) if found), None)
    return Refused(slip, fault, AS_MADE) if fault else Marked(slip, quiz, answers)


def quiz_of(slip: Slip, handbook: Handbook) -> TakenQuiz | Refused:
    """The quiz as the trust's staff take it, on the revision that the slip names."""
    trust = handbook.trust_by_id.get(slip.trust)
    policy = trust.policy_by_id.get(slip.policy) if trust else None
    if trust is None or policy is None:
        missing = f"trust `{slip.trust}`" if trust is None else f"policy `{slip.policy}` of {slip.trust}"
        return Refused(slip, f"this handbook has no {missing}", "mark it in the handbook that its quiz was built from")
    published = {revision.id: revision for revision in policy.revisions}
    if slip.revision not in published or (slip.since and slip.since not in published):
        missing = slip.revision if slip.revision not in published else slip.since
        return Refused(slip, f"this handbook has no published revision {missing} of {slip.policy}", AS_IT_WAS)
    since = published[slip.since] if slip.since else None
    return take_quiz(trust, published[slip.revision], handbook, since) or _no_quiz(slip, trust)


def _no_quiz(slip: Slip, trust: Trust) -> Refused:
    if trust.quiz_for(slip.policy) is None:
        return Refused(slip, f"{slip.trust} takes no quiz on {slip.policy} any more", AS_IT_WAS)
    return Refused(slip, "none of its questions is asked any more", AS_IT_WAS)


def _of_another_pool(slip: Slip, quiz: TakenQuiz) -> Refused | None:
    """Why its draw cannot be made again."""
    if slip.mark != quiz.mark:
        return Refused(slip, "the questions, or what is right, have changed since it was taken", AS_IT_WAS)
    if slip.role and slip.role not in quiz.roles:
        return Refused(slip, f"it was taken as `{slip.role}`, and no question is for that role alone", AS_MADE)
    if quiz.attempts and slip.attempt >= quiz.attempts:
        return Refused(slip, f"it is attempt {slip.attempt + 1}, and {slip.trust} allows {quiz.attempts}",
                       f"count an earlier attempt, or raise `attempts` in trusts/{slip.trust}/quizzes.yml")  # fmt: skip
    return None


def _fault(answer: MarkedAnswer) -> str | None:
    """What no page of ours would have let anybody choose."""
    known, question = {option.id for option in answer.asked.options}, answer.asked.question
    if unknown := [one for one in answer.chosen if one not in known]:
        return f"it chooses `{unknown[0]}`, which is no answer to `{question.id}`"
    if twice := [one for one, count in Counter(answer.chosen).items() if count > 1]:
        return f"it chooses `{twice[0]}` twice in `{question.id}`"
    if question.kind in ("single", "true-false") and len(answer.chosen) > 1:
        return f"it chooses {len(answer.chosen)} answers to `{question.id}`, of which one can be chosen"
    if question.kind == "order" and answer.chosen and len(answer.chosen) < len(known):
        return f"it leaves steps of `{question.id}` without a place"
    return None
