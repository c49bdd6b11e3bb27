"""A trust's register of policies to take away, as a table or as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from clausebook.export.published import Published
from clausebook.export.tables import Cell, Sheet
from clausebook.findings.find import Finding
from clausebook.findings.policy_register import RegisterLine, find_register
from clausebook.model.dates import period_in_words
from clausebook.model.handbook import Handbook, Policy, Trust

HEADINGS = ("Policy", "Id", "Kind", "State", "Revision", "Owner", "Approved by", "Last approved", "Minute", "Reviewed every", "Next review",
            "Review", "For", "Given to new staff", "Where")  # fmt: skip


class RegisteredPolicyRecord(Published):
    trust: str
    policy: str
    title: str
    kind: str | None
    """What it is compared as: an id of content/kinds.yml."""
    state: Literal["in-force", "elsewhere", "withdrawn"]
    """elsewhere: the trust has it, and no revision of it stands here."""
    revision: str | None
    """The id of the text in force, or of the last one of a policy that was withdrawn; null of one that stands elsewhere."""
    owner: str | None
    approved_by: str | None
    """Who approved it last; null where nothing says so."""
    approved: str | None
    """When it was last approved, as exact as it is stated."""
    minute: str | None
    review_due: str | None
    """When its next review is due, as exact as it is stated; null where it is not, and of a policy that was withdrawn."""
    review_every: str | None
    """The trust's own cycle, as an ISO 8601 period."""
    audience: list[str]
    at_induction: bool | None
    link: str | None
    """Where it can be read, where it stands elsewhere."""
    file: str | None
    """The document itself, as an address below the trust's site."""


def register_sheet(trust: Trust, handbook: Handbook, as_of: date, *, drafts: bool = False) -> Sheet:
    """A row for each policy, in the order of the page. Days are as exact as the documents give them, as in the data."""
    lines = find_register(trust, handbook, as_of, drafts=drafts).lines
    return Sheet("Policies", HEADINGS, tuple(_row(line, handbook) for line in lines))


def _row(line: RegisterLine, handbook: Handbook) -> tuple[Cell, ...]:
    policy, review = line.policy, line.review
    record = policy.record
    induction = {True: "yes", False: "no", None: ""}[record.at_induction]
    return (
        policy.title, policy.id, policy.kind.label if policy.kind else "", line.state, policy.shown.id if policy.shown else "", line.owner, line.approval.by, line.approval.date,
        line.approval.minute, period_in_words(record.review_every) if record.review_every else "", (review and review.due) or "",
        review.in_words if review else "", ", ".join(handbook.role_labels[role] for role in record.audience), induction,
        _address(policy) or record.link or "",
    )  # fmt: skip


def policy_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[RegisteredPolicyRecord]:
    return (
        _registered(trust.id, line)
        for trust in handbook.trusts
        for line in find_register(trust, handbook, date.min).lines
    )  # which day it is decides the words of a review, and no date


def _registered(trust: str, line: RegisterLine) -> RegisteredPolicyRecord:
    policy, record, approval = line.policy, line.policy.record, line.approval
    return RegisteredPolicyRecord(
        trust=trust, policy=policy.id, title=policy.title, kind=policy.kind.id if policy.kind else None,
        state="in-force" if policy.in_force else "withdrawn" if policy.is_withdrawn else "elsewhere",
        revision=policy.shown.id if policy.shown else None, owner=line.owner or None, approved_by=approval.by or None,
        approved=approval.date or None, minute=approval.minute or None, review_due=line.review.due if line.review else None,
        review_every=record.review_every, audience=list(record.audience), at_induction=record.at_induction, link=record.link,
        file=_address(policy),
    )  # fmt: skip


def _address(policy: Policy) -> str | None:
    return f"{policy.id}/files/{policy.file.name}" if policy.file else None
