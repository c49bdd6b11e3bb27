"""A quiz as the staff of one trust take it: its pool, how many questions, what passes, how often, and in which mode."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from clausebook.compare.revisions.changesets import changesets_to_now
from clausebook.model import Campaign
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.quizzes.draw import draw_questions
from clausebook.quizzes.questions import AskedQuestion, ask_pool, mark_of_pool, shorten

SECONDS_A_QUESTION = 15  # a situation and its answers: about forty words, and a moment to choose

Mode = Literal["learn", "sealed", "self-check"]


@dataclass(frozen=True)
class TakenQuiz:
    """One trust's quiz on one policy, or the one quiz of a campaign over several. In mode `sealed` nothing that gives an answer
    away is published."""

    revisions: tuple[Revision, ...]
    """The text that it asks about, or each of them."""
    draw: int
    """How many questions are drawn where there are so many."""
    mode: Mode
    attempts: int | None
    wanted: int
    """How many right answers pass, of a whole draw."""
    pool: tuple[AskedQuestion, ...]
    since: Revision | None = None
    """Of a quiz on what changed: the revision that it was before."""
    campaign: str = ""
    """The campaign whose one quiz it is."""

    @property
    def revision(self) -> Revision:
        """What a quiz on one policy asks about."""
        (revision,) = self.revisions
        return revision

    @property
    def id(self) -> str:
        """Names it among all quizzes of all trusts: readers' progress and seeds hang on it."""
        if self.campaign:
            return f"{self.revisions[0].trust}.acknowledge.{self.campaign}"
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
        if self.campaign:
            return f"acknowledge/{self.campaign}/quiz"
        return f"{self.revision.policy}/quiz" + (f"/since-{self.since.id}" if self.since else "")

    @cached_property
    def by_id(self) -> dict[str, AskedQuestion]:
        return {question.id: question for question in self.pool}

    @cached_property
    def count(self) -> int:
        """How many questions an attempt asks: of several policies one on each at least."""
        return min(max(self.draw, len(self.revisions)), sum(1 for question in self.pool if not question.question.roles))

    @property
    def pass_mark(self) -> int:
        """How many right answers pass; of a short quiz the same share as of a whole one, rounded up."""
        if self.campaign:
            return min(self.count, math.ceil(self.wanted * self.count / self.draw))
        return min(self.count, math.ceil(self.wanted * self.count / min(self.draw, max(self.count, self.wanted))))

    @property
    def minutes(self) -> int:
        """How long an attempt takes, in whole minutes."""
        return math.ceil(self.count * SECONDS_A_QUESTION / 60)

    @property
    def again(self) -> str:
        """What a further attempt brings, in words that go on after “try again”."""
        asked_of_all = sum(1 for question in self.pool if not question.question.roles)
        if asked_of_all >= 2 * self.count:
            return "with other questions"
        return "with some other questions" if asked_of_all > self.count else "with the same questions"

    @cached_property
    def mark(self) -> str:
        """Twelve digits that change when a draw, or its marking, could change."""
        if self.campaign:
            return shorten("\n".join(f"{policy} {mark}" for policy, mark in self.marks))
        return mark_of_pool(self.pool)

    @cached_property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """Of a quiz over several policies the mark of each policy's pool: from these a page works out the mark of some of them."""
        return tuple((revision.policy, mark_of_pool(self.pool_of(revision.policy))) for revision in self.revisions)

    @property
    def name(self) -> str:
        """What it asks about, in words that go on after “quiz on”."""
        titles = list(self.titles.values())
        return f"{', '.join(titles[:-1])} and {titles[-1]}" if len(titles) > 1 else f"the {titles[0]}"

    @property
    def texts(self) -> str:
        """What its slip says of each text that it asks about, as JSON."""
        return json.dumps([{"digest": one.digest, "policy": one.policy, "revision": one.id} for one in self.revisions])

    def pool_of(self, policy: str) -> tuple[AskedQuestion, ...]:
        """Of a quiz over several policies the questions on one of them."""
        return tuple(question for question in self.pool if question.policy == policy)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each policy that it asks about is called."""
        return {revision.policy: revision.record.title for revision in self.revisions}

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
    return TakenQuiz((revision,), quiz.draw, mode, taken.attempts, taken.pass_mark or quiz.pass_mark, pool, since)


def take_campaign_quiz(
    trust: Trust, campaign: Campaign, handbook: Handbook, revisions: Sequence[Revision] | None = None
) -> TakenQuiz | None:
    """The one quiz of a campaign over several policies; None where it has none.

    It asks about `revisions`, those that somebody owes; without them about what is in force of each of the campaign's policies.
    A policy on which the staff take no quiz is left out.
    """
    if campaign.quiz == "none" or not campaign.has_one_quiz:
        return None
    if revisions is None:
        revisions = [revision for name in campaign.policies if (revision := trust.policy(name).in_force)]
    order = {
        policy: place for place, policy in enumerate(campaign.policies)
    }  # whatever the order of what somebody owes
    revisions = sorted(revisions, key=lambda revision: order.get(revision.policy, len(order)))
    pools = {
        revision.policy: tuple(replace(question, policy=revision.policy) for question in ask_pool(revision, handbook))
        for revision in revisions if trust.quiz_for(revision.policy)
    }  # fmt: skip
    asked = tuple(
        revision for revision in revisions
        if any(not question.question.roles for question in pools.get(revision.policy, ()))
    )  # fmt: skip
    pool = tuple(question for revision in asked for question in pools[revision.policy])
    one = trust.one_quiz
    return (
        TakenQuiz(asked, one.draw, campaign.quiz, one.attempts, one.wanted, pool, campaign=campaign.id)
        if asked
        else None
    )


def may_offer_course(trust: Trust, campaign: Campaign, handbook: Handbook) -> bool:
    """Whether the site may offer a campaign over several policies as one course: something is asked, and no answer is secret."""
    if len(campaign.policies) == 1:
        return False
    found = (
        *(take_quiz(trust, trust.policy(policy).current, handbook) for policy in campaign.policies),
        take_campaign_quiz(trust, campaign, handbook),
    )
    modes = [quiz.mode for quiz in found if quiz]
    return bool(modes) and "sealed" not in modes


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
