"""A quiz as the staff of one trust take it: its pool, how many questions, what passes, how often, and in which mode."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from clausebook.compare.revisions.changesets import changesets_to_now
from clausebook.model import Quiz
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.quizzes.draw import draw_questions
from clausebook.quizzes.questions import AskedQuestion, ask_pool, mark_of_pool

MINUTES_A_QUESTION = 0.5  # about 80 words at 200 a minute, and the time to choose

Mode = Literal["learn", "sealed", "self-check"]


@dataclass(frozen=True)
class TakenQuiz:
    """One trust's quiz on one policy. In mode `sealed` nothing that gives an answer away is published."""

    revision: Revision
    quiz: Quiz
    mode: Mode
    attempts: int | None
    wanted: int
    """How many right answers pass, of a whole draw."""
    pool: tuple[AskedQuestion, ...]
    since: Revision | None = None
    """Of a quiz on what changed: the revision that it was before."""

    @property
    def id(self) -> str:
        """Names it among all quizzes of all trusts: readers' progress and seeds hang on it."""
        names = (
            self.revision.trust,
            self.revision.policy,
            self.revision.id,
            *((self.since.id,) if self.since else ()),
        )
        return ".".join(names)

    @property
    def path(self) -> str:
        """Its page, below the trust's site."""
        return f"{self.revision.policy}/quiz" + (f"/since-{self.since.id}" if self.since else "")

    @cached_property
    def by_id(self) -> dict[str, AskedQuestion]:
        return {question.id: question for question in self.pool}

    @cached_property
    def count(self) -> int:
        """How many questions an attempt asks."""
        return min(self.quiz.draw, sum(1 for question in self.pool if not question.question.roles))

    @property
    def pass_mark(self) -> int:
        """How many right answers pass; of a short quiz the same share as of a whole one, rounded up."""
        return min(self.count, math.ceil(self.wanted * self.count / min(self.quiz.draw, max(self.count, self.wanted))))

    @property
    def minutes(self) -> int:
        """How long an attempt takes, in whole minutes: half a minute a question, with its scenario and options."""
        return math.ceil(self.count * MINUTES_A_QUESTION)

    @property
    def again(self) -> str:
        """What a further attempt brings, in words that go on after “try again”; nothing where all questions are always asked."""
        asked_of_all = sum(1 for question in self.pool if not question.question.roles)
        if asked_of_all >= 2 * self.count:
            return "with other questions"
        return "with some other questions" if asked_of_all > self.count else ""

    @cached_property
    def mark(self) -> str:
        """Twelve digits that change when a draw, or its marking, could change."""
        return mark_of_pool(self.pool)

    @cached_property
    def first_draw(self) -> tuple[AskedQuestion, ...]:
        """What a reader without JavaScript is asked, and what is printed: the draw whose seed is the quiz's own id."""
        return draw_questions(self.pool, self.id, 0, self.count)

    @cached_property
    def others(self) -> tuple[AskedQuestion, ...]:
        """The questions of the pool that are not in the first draw."""
        return tuple(question for question in self.pool if question not in self.first_draw)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles for which there are questions of their own."""
        return tuple(dict.fromkeys(role for question in self.pool for role in question.question.roles))


def take_quiz(trust: Trust, revision: Revision, handbook: Handbook, since: Revision | None = None) -> TakenQuiz | None:
    """The quiz on `revision` as the trust's staff take it; None where they take none.

    With `since`, an earlier revision, only the questions on clauses that changed materially from that to `revision`; None
    where there are none.
    """
    taken, banks = trust.quiz_for(revision.policy), handbook.banks_for(revision)
    if taken is None or not banks:
        return None
    quiz, pool = banks[0], ask_pool(revision, handbook)
    if since:
        policy = trust.policy(revision.policy)
        changed = changed_clauses(policy, since.id)
        pool = tuple(
            question
            for question in pool
            if changed & {clause.id for outer in question.clauses for clause in outer.walk()}
        )
    if not any(not question.question.roles for question in pool):
        return None
    campaign = trust.campaign_for(revision.policy)
    mode: Mode = campaign.quiz if campaign and campaign.quiz != "none" else "learn"
    return TakenQuiz(revision, quiz, mode, taken.attempts, taken.pass_mark or quiz.pass_mark, pool, since)


def changed_clauses(policy: Policy, since: str) -> set[str]:
    """The ids, in the revision in force, of the clauses that changed materially since an earlier one, and of their lead-ins."""
    changeset = next(changeset for changeset in changesets_to_now(policy) if changeset.old.id == since)
    after = (
        clause
        for diff in changeset.diffs
        if diff.material
        for change in diff.changes
        for one in change.after
        for clause in (one.walk() if change.kind == "heading" else (one,))
    )
    return {one for clause in after for one in (clause.id, *clause.lead_in_ids)}
