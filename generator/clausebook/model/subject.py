"""What policies speak of: subjects with their topics and key questions, and the kinds of policy that deal with them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clausebook.model.values import Id, Period, Record, Text

ANY_POLICY = "any-policy"
"""The subject that every policy answers for itself: two policies that differ there contradict nothing."""


class Topic(Record):
    """What clauses of different trusts are compared by."""

    id: Id
    label: Text
    about: Text
    pupils: bool = False
    """true where its rules are about what staff do with pupils: they come first in the quick guide."""


class TopicGroup(Record):
    """Topics that a reader meets together."""

    id: Id
    label: Text
    topics: tuple[Topic, ...] = Field(min_length=1)


Asks = Literal["duty", "leave", "trust-duty", "trust-power", "fact"]


class Question(Record):
    """A key question: each revision takes one position on it."""

    id: Id
    ask: Text
    asks: Asks
    """Whether it asks for a duty (must I …?), for leave (may I …?), what the trust must or may do, or for a fact."""
    asked_by: Literal["new starter", "union rep", "both"]
    topic: Id
    act: Text | None = None
    """What it asks about, as something that a reader does: it completes “You must …” in the quick guide."""
    protects: bool = False
    """true where a “yes” protects staff: the clauses that say so are then shown as rights."""


class SubjectRecord(Record):
    """content/subjects/SUBJECT.yml: what several policies speak of."""

    label: Text
    about: Text
    groups: tuple[TopicGroup, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = ()
    """The key questions on its topics, in the order a reader meets them."""


class KindSource(Record):
    """Where something about a kind of policy was read."""

    id: Id
    title: Text
    publisher: Text
    date: Text
    """The day that the page bears, as exact as it gives it, or `no date`."""
    address: Text
    """Where it can be read, or `none`."""
    dagger: Text | None = None
    """Why it counts as unconfirmed (†)."""


class AtInduction(Record):
    """Whether new staff are given a policy of this kind when they start."""

    value: bool
    source: Id
    note: Text | None = None


class RequiredBy(Record):
    """What asks for a policy of this kind, and how strongly."""

    force: Literal["law", "statutory guidance", "funding agreement", "good practice"]
    own_document: bool
    """true where the source asks for a document of this kind; false where a passage in another policy will do."""
    source: Id
    since: Text | None = None
    says: Text


class UsualReview(Record):
    """How often policies of this kind are usually reviewed: practice, unless the source says more."""

    every: Period
    source: Id
    note: Text | None = None


class PolicyKind(Record):
    """What policies of different trusts are compared as."""

    id: Id
    label: Text
    about: Text
    subjects: tuple[Id, ...] = Field(min_length=1)
    """The subjects that a policy of this kind usually covers; its own stand before what it touches."""
    core: tuple[Id, ...] = ()
    """The key questions that a revision in force must answer; all others may wait."""
    at_induction: AtInduction
    required_by: RequiredBy
    usual_review: UsualReview
    usual_audience: tuple[Id, ...] = ()


class Kinds(Record):
    """content/kinds.yml"""

    sources: tuple[KindSource, ...] = ()
    kinds: tuple[PolicyKind, ...] = Field(min_length=1)
