"""Slips marked again from the handbook's own files: a slip says what was answered, and never what that is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.quizzes.draw import draw_questions
from clausebook.quizzes.questions import AskedQuestion
from clausebook.quizzes.quiz import TakenQuiz, take_campaign_quiz, take_quiz
from clausebook.quizzes.slips import AnySlip, CampaignSlip, Slip

Verdict = Literal["right", "wrong", "not answered"]
AS_MADE = "ask for the line again as the page made it: someone or something has changed it on the way"
WHERE_IT_IS = "mark it in the handbook that its quiz was built from"
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

    slip: AnySlip
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
        digests = {one.policy: one.digest for one in self.slip.policies}
        return any(digests.get(revision.policy) != revision.digest for revision in self.quiz.revisions)


@dataclass(frozen=True)
class Refused:
    """A slip that cannot be marked: why, and what to do."""

    slip: AnySlip
    reason: str
    next_step: str


def mark_all(slips: Sequence[AnySlip], handbook: Handbook) -> tuple[Marked | Refused, ...]:
    """Each slip once, however often it was passed on, in the order in which they came."""
    once: dict[tuple[str, ...], AnySlip] = {}
    for slip in slips:
        once.setdefault(slip.key, slip)
    quizzes: dict[tuple[str, ...], TakenQuiz | Refused] = {}
    marked: list[Marked | Refused] = []
    for slip in once.values():
        quiz = quizzes.get(slip.quiz) or quizzes.setdefault(slip.quiz, quiz_of(slip, handbook))
        marked.append(replace(quiz, slip=slip) if isinstance(quiz, Refused) else mark_by(slip, quiz))
    return tuple(marked)


def mark_by(slip: AnySlip, quiz: TakenQuiz) -> Marked | Refused:
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


def quiz_of(slip: AnySlip, handbook: Handbook) -> TakenQuiz | Refused:
    """The quiz as the trust's staff take it, on the revisions that the slip names."""
    trust = handbook.trust_by_id.get(slip.trust)
    if trust is None:
        return Refused(slip, f"this handbook has no trust `{slip.trust}`", WHERE_IT_IS)
    revisions = []
    for one in slip.policies:
        found = _published(slip, trust, one.policy, one.revision)
        if isinstance(found, Refused):
            return found
        revisions.append(found)
    if isinstance(slip, CampaignSlip):
        return _of_campaign(slip, trust, handbook, revisions)
    since = _published(slip, trust, slip.policy, slip.since) if slip.since else None
    if isinstance(since, Refused):
        return since
    return take_quiz(trust, revisions[0], handbook, since) or _no_quiz(slip, trust)


def _published(slip: AnySlip, trust: Trust, policy_id: str, revision: str) -> Revision | Refused:
    policy = trust.policy_by_id.get(policy_id)
    if policy is None:
        return Refused(slip, f"this handbook has no policy `{policy_id}` of {trust.id}", WHERE_IT_IS)
    found = next((one for one in policy.revisions if one.id == revision), None)
    return found or Refused(slip, f"this handbook has no published revision {revision} of {policy_id}", AS_IT_WAS)


def _of_campaign(
    slip: CampaignSlip, trust: Trust, handbook: Handbook, revisions: Sequence[Revision]
) -> TakenQuiz | Refused:
    campaign = next((one for one in trust.campaigns if one.id == slip.campaign), None)
    quiz = take_campaign_quiz(trust, campaign, handbook, revisions) if campaign else None
    return quiz or Refused(
        slip, f"{trust.id} has no campaign {slip.campaign} with one quiz on these policies", AS_IT_WAS
    )


def _no_quiz(slip: Slip, trust: Trust) -> Refused:
    if trust.quiz_for(slip.policy) is None:
        return Refused(slip, f"{slip.trust} takes no quiz on {slip.policy} any more", AS_IT_WAS)
    return Refused(slip, "none of its questions is asked any more", AS_IT_WAS)


def _of_another_pool(slip: AnySlip, quiz: TakenQuiz) -> Refused | None:
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
        return f"it chooses `{unknown[0]}`, which is no answer to `{answer.asked.id}`"
    if twice := [one for one, count in Counter(answer.chosen).items() if count > 1]:
        return f"it chooses `{twice[0]}` twice in `{answer.asked.id}`"
    if question.kind in ("single", "true-false") and len(answer.chosen) > 1:
        return f"it chooses {len(answer.chosen)} answers to `{answer.asked.id}`, of which one can be chosen"
    if question.kind == "order" and answer.chosen and len(answer.chosen) < len(known):
        return f"it leaves steps of `{answer.asked.id}` without a place"
    return None
