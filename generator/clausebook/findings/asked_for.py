"""Which kinds of policy law, statutory guidance or the funding agreement asks for, held against a trust's register.

What is said follows from content/kinds.yml, with its source and what keeps that from being sure. Nobody is accused: a kind that is not
in this handbook may stand elsewhere, and how often a kind is usually reviewed binds nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clausebook.model import KindSource, PolicyKind
from clausebook.model.dates import last_day, later_by
from clausebook.model.handbook import Handbook, Policy, Trust

ASKING = ("law", "statutory guidance", "funding agreement")
"""What asks for a policy; good practice only advises one."""


@dataclass(frozen=True)
class NotHere:
    """A kind that is asked for as a document of its own, and that the register does not have."""

    kind: PolicyKind
    source: KindSource


@dataclass(frozen=True)
class Older:
    """A policy of such a kind that was approved longer ago than its kind is usually reviewed."""

    policy: Policy
    kind: PolicyKind
    approved: str
    source: KindSource


def find_not_here(trust: Trust, handbook: Handbook) -> tuple[NotHere, ...]:
    """The kinds that are asked for and of which the trust has no policy here, in force or kept elsewhere; those of the law first."""
    there = {policy.kind.id for policy in trust.policies if policy.kind and (policy.in_force or policy.is_elsewhere)}
    found = (
        NotHere(kind, _source(handbook, kind.required_by.source))
        for kind in _asked_for(handbook)
        if kind.id not in there
    )
    return tuple(sorted(found, key=lambda one: (ASKING.index(one.kind.required_by.force), one.kind.label)))


def find_older(trust: Trust, handbook: Handbook, as_of: date) -> tuple[Older, ...]:
    """The trust's policies of such kinds whose last approval is longer ago than usual, the oldest first."""
    asked = {kind.id for kind in _asked_for(handbook)}
    found = []
    for policy in trust.policies:
        kind, approved = policy.kind, policy.last_approved
        if not (kind and kind.id in asked and approved and (policy.in_force or policy.is_elsewhere)):
            continue
        if last_day(later_by(approved, kind.usual_review.every)) < as_of:
            found.append(Older(policy, kind, approved, _source(handbook, kind.usual_review.source)))
    return tuple(sorted(found, key=lambda one: (last_day(one.approved), one.policy.id)))


def _asked_for(handbook: Handbook) -> tuple[PolicyKind, ...]:
    return tuple(
        kind for kind in handbook.kinds.kinds if kind.required_by.own_document and kind.required_by.force in ASKING
    )


def _source(handbook: Handbook, name: str) -> KindSource:
    return next(source for source in handbook.kinds.sources if source.id == name)
