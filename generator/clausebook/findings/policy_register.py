"""A trust's register of policies: who answers for each, who approved it and when, and how near its next review is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clausebook.findings.asked_for import NotHere, Older, find_not_here, find_older
from clausebook.findings.reviews import Review, review_of_policy
from clausebook.model.dates import in_words
from clausebook.model.handbook import Handbook, Policy, Trust
from clausebook.model.labels import STATUS

NOT_STATED = "not stated"


@dataclass(frozen=True)
class LastApproval:
    """Who approved a policy last, on which day, by which minute; each empty where nothing says so."""

    by: str
    date: str
    minute: str

    @property
    def in_words(self) -> str:
        """`4 July 2024, board of trustees, minute 7.2`."""
        parts = (in_words(self.date) if self.date else "", self.by, f"minute {self.minute}" if self.minute else "")
        return ", ".join(part for part in parts if part) or NOT_STATED


@dataclass(frozen=True)
class RegisterLine:
    """One policy of the register. `review` is None where none is due: of a draft, and of what was withdrawn."""

    policy: Policy
    review: Review | None

    @property
    def state(self) -> str:
        if self.policy.in_force:
            return STATUS["in-force"]
        if self.policy.is_withdrawn:
            when = self.policy.record.withdrawn
            return f"{STATUS['withdrawn']}, {in_words(when)}" if when else STATUS["withdrawn"]
        if self.policy.is_elsewhere:
            return "In force, kept elsewhere"
        return STATUS[self.policy.draft.record.status] if self.policy.draft else NOT_STATED

    @property
    def owner(self) -> str:
        """Who answers for it: by the register, else by the document."""
        return self.policy.record.owner or (self.policy.shown and self.policy.shown.record.owner) or ""

    @property
    def approval(self) -> LastApproval:
        """The last approval of what is in force, or was: by the register, else by the document."""
        policy, document = self.policy, self.policy.shown and self.policy.shown.record
        if policy.approvals:
            last = max(policy.approvals, key=lambda approval: approval.date)
            return LastApproval(last.by, last.date, last.minute or "")
        by, day = (
            (document.approved_by, document.dates.approved)
            if document
            else (policy.record.approved_by, policy.dates.approved)
        )
        return LastApproval(by or "", day or "", "")


@dataclass(frozen=True)
class Register:
    """What a trust has, and what it is asked for and does not have here or has from long ago."""

    lines: tuple[RegisterLine, ...]
    not_here: tuple[NotHere, ...]
    older: tuple[Older, ...]


def find_register(trust: Trust, handbook: Handbook, as_of: date, *, drafts: bool = False) -> Register:
    """The trust's register on the day `as_of`. What is only a draft is there with `drafts` alone."""
    return Register(
        _lines(trust, as_of, drafts=drafts), find_not_here(trust, handbook), find_older(trust, handbook, as_of)
    )


def _lines(trust: Trust, as_of: date, *, drafts: bool) -> tuple[RegisterLine, ...]:
    """Every policy by its title, those that were withdrawn last."""
    lines = (
        RegisterLine(policy, review_of_policy(trust.id, policy, as_of))
        for policy in trust.policies
        if drafts or policy.shown or policy.is_elsewhere
    )
    return tuple(
        sorted(lines, key=lambda line: (line.policy.is_withdrawn, line.policy.title.casefold(), line.policy.id))
    )
