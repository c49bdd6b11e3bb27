"""By when each policy is to be reviewed, and how near that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from clausebook.model.dates import count, how_long, last_day
from clausebook.model.handbook import Handbook, Revision

SOON = 90  # days: within them a review is called due, and before them a calendar reminds

State = Literal["overdue", "due", "later", "not-stated"]


@dataclass(frozen=True)
class Review:
    """A policy's next review, seen from a day. `due` is as exact as the document states it; None where it states nothing."""

    revision: Revision
    as_of: date
    due: str | None
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
    return Review(revision, as_of, revision.record.dates.review_due)


def find_reviews(handbook: Handbook, as_of: date) -> tuple[Review, ...]:
    """The review of every policy in force, the earliest first; those that state no date come last, by trust."""
    reviews = (
        replace(review_of(policy.in_force, as_of), times_stated=sum(1 for revision in policy.revisions if revision.record.dates.review_due))
        for trust in handbook.trusts for policy in trust.policies if policy.in_force
    )  # fmt: skip
    return tuple(
        sorted(
            reviews,
            key=lambda review: (review.last if review.due else date.max, review.revision.trust, review.revision.policy),
        )
    )
