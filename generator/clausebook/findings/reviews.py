"""By when each policy is to be reviewed, and how near that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from clausebook.model import Dates, Period
from clausebook.model.dates import count, how_long, last_day, later_by
from clausebook.model.handbook import Handbook, Policy, Revision

SOON = 90  # days: within them a review is called due, and before them a calendar reminds

State = Literal["overdue", "due", "later", "not-stated"]


@dataclass(frozen=True)
class Review:
    """A policy's next review, seen from a day. `due` is as exact as the document states it; None where nothing gives it."""

    trust: str
    policy: str
    title: str
    dates: Dates
    as_of: date
    due: str | None
    every: Period | None = None
    """The trust's own cycle, where the day follows from it and the last approval, because the document states none."""
    times_stated: int = 1
    """How many revisions of the policy have stated a review date."""

    @property
    def last(self) -> date:
        """The last day that the stated date can mean. Call it only where one is stated."""
        assert self.due
        return last_day(self.due)

    @property
    def state(self) -> State:
        if not self.due:
            return "not-stated"
        left = (self.last - self.as_of).days
        return "overdue" if left < 0 else "due" if left <= SOON else "later"

    @property
    def in_words(self) -> str:
        """`overdue by 2 months`, `due in 12 days`, `due today`, `not stated`."""
        if not self.due:
            return "not stated"
        if self.last < self.as_of:
            return f"overdue by {how_long(self.last, self.as_of)}"
        left = (self.last - self.as_of).days
        return f"due in {count(left, 'day')}" if left else "due today"


def review_of(revision: Revision, as_of: date) -> Review:
    """The review that the document itself states."""
    dates = revision.record.dates
    return Review(revision.trust, revision.policy, revision.record.title, dates, as_of, dates.review_due)


def review_of_policy(trust: str, policy: Policy, as_of: date) -> Review | None:
    """The review of a policy in force, here or elsewhere: by its stated date, else by its cycle; None of any other policy."""
    if not (policy.in_force or policy.is_elsewhere):
        return None
    review = Review(trust, policy.id, policy.title, policy.dates, as_of, policy.dates.review_due)
    stated = sum(1 for revision in policy.revisions if revision.record.dates.review_due)
    approved, every = policy.last_approved, policy.record.review_every
    if not review.due and approved and every:
        review = replace(review, due=later_by(approved, every), every=every)
    return replace(review, times_stated=max(stated, 1))


def find_reviews(handbook: Handbook, as_of: date) -> tuple[Review, ...]:
    """The review of every policy in force, the earliest first; those that state no date come last, by trust."""
    reviews = (review_of_policy(trust.id, policy, as_of) for trust in handbook.trusts for policy in trust.policies)
    return tuple(
        sorted(
            (review for review in reviews if review),
            key=lambda review: (review.last if review.due else date.max, review.trust, review.policy),
        )
    )
