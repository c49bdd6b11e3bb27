"""What all trusts share: roles, references that have moved on, words that need explaining, words that staff search by."""

from __future__ import annotations

from pydantic import Field

from clausebook.model.values import Answer, Id, PartialDate, Record, Text


class Role(Record):
    """Somebody whom a clause can bind."""

    id: Id
    label: Text
    about: Text


class Roles(Record):
    """content/roles.yml"""

    roles: tuple[Role, ...] = Field(min_length=1)


class PositionTaken(Record):
    """A key question together with the answers that are meant."""

    question: Id
    answers: tuple[Answer, ...] = Field(min_length=1)


class ClausePattern(Record):
    """A clause, with the list that hangs from it, by what it says and does not say."""

    all: tuple[tuple[Text, ...], ...] = Field(min_length=1, description="Of each of these lists one phrase is in it.")
    none: tuple[Text, ...] = ()
    """None of these phrases stands in it."""


class Reference(Record):
    """A law, body, product or practice that a policy may name and that has moved on since."""

    id: Id
    label: Text
    match: tuple[Text, ...] = ()
    """Phrases that point to it, found in the words of a clause whatever their case."""
    position: PositionTaken | None = None
    """For a practice that has no name of its own: the policy follows it where it takes this position."""
    clauses: ClausePattern | None = None
    """For a practice that shows in what a clause says; with `position`, where both hold."""
    unless: tuple[Text, ...] = ()
    """Phrases that, in the same clause, show that the policy knows of the change."""
    now: Text
    since: Text | None = None
    """From when that holds. Without it the reference is a slip of the pen, and not out of date."""
    as_of: PartialDate
    """When we last looked this up: the date on our note."""


class References(Record):
    """content/references.yml"""

    references: tuple[Reference, ...] = Field(min_length=1)


class Term(Record):
    """A word that a reader may not know."""

    term: Text
    means: Text


class Glossary(Record):
    """content/glossary.yml"""

    terms: tuple[Term, ...] = Field(min_length=1)


class EverydayWord(Record):
    """What staff type or say where policies use other words."""

    word: Text
    topics: tuple[Id, ...] = Field(min_length=1)
    """What it may mean, the likeliest first."""

    @property
    def letters(self) -> str:
        """What a search compares: it knows no capitals, spaces, hyphens or apostrophes (overrides/scripts/site/everyday-words.js)."""
        return "".join(sign for sign in self.word.lower() if sign.isalnum())


class EverydayWords(Record):
    """content/everyday-words.yml"""

    words: tuple[EverydayWord, ...] = Field(min_length=1)
