"""A checklist: points that a policy is held against, each judged by rules that are the same for every trust."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clausebook.model.values import Answer, Id, Record, Stated, Text


class ChecklistRule(Record):
    """One way to judge a point: by a position, by clauses, or by a fact that the document states."""

    question: Id | None = None
    """By the policy's position on this key question."""
    met: tuple[Answer, ...] = ()
    """The answers that meet the point."""
    partly: tuple[Answer, ...] = ()
    """The answers that meet it in part."""
    contradicted: tuple[Answer, ...] = ()
    """The answers that say the opposite."""
    topic: Id | None = None
    """Met where some clause is about this topic."""
    words: tuple[Text, ...] = ()
    """Met where a clause, with `topic` one on that topic, holds one of these words."""
    shows: Literal["met", "contradicted"] = "met"
    """What a clause that holds one of the words shows. Where it shows the opposite and no clause does, nothing follows."""
    stated: Stated | None = None
    """Met where the document gives this fact."""


class Point(Record):
    """Something that the reader of a checklist wants to find."""

    id: Id
    point: Text
    """What the policy should say, as a sentence."""
    why: Text
    """Why it matters, in a sentence."""
    rules: tuple[ChecklistRule, ...] = Field(
        min_length=1, description="How it is judged; with several, all are needed."
    )


class Checklist(Record):
    """content/checklists/<id>.yml"""

    title: Text
    asked_by: Text
    """Whose list it is, such as union reps."""
    about: Text
    kind: Id
    """The kind of policy that it is held against: an id from content/kinds.yml."""
    if_missing: Text = "Ask first."
    """What its reader does about a point that the document does not show."""
    modelled_on: Text | None = None
    """Whose points it follows, if anybody's."""
    points: tuple[Point, ...] = Field(min_length=1)
