"""A clause as a reader meets it, with all that it inherits: no one needs to look further up to know what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from clausebook import model
from clausebook.model.identity import Canonical, canonical_clause, clause_fingerprint
from clausebook.model.structures import NONE, Structures, all_in_words, words_around_items
from clausebook.model.text import plain_words


@dataclass(frozen=True, slots=True)  # of 500 trusts there are more than 50,000
class Clause:
    """A clause as a reader meets it: its lead-ins are with it, and all that it inherits is filled in."""

    trust: str
    policy: str
    revision: str
    section: model.SectionRecord
    id: str
    number: str | None
    number_inferred: bool
    lead_in: tuple[str, ...]
    lead_in_ids: tuple[str, ...]
    text: str
    modality: model.Modality
    binds: tuple[str, ...]
    topics: tuple[str, ...]
    lines: model.Lines | None
    must_know: bool
    items: tuple[Clause, ...]
    structures: Structures = NONE
    goes_on: tuple[str, ...] = ()
    """The words after the lists that it stands in, innermost first: they belong to it as its lead-ins do."""
    defines: str | None = None
    of_academy: bool = False
    """Whether it stands in an academy's appendix."""
    filled_in: tuple[str, ...] = ()
    """The fields in its own words that an academy filled in."""
    place: str = ""
    """The heading of its section; within another section with its number, or else with the headings above it."""

    @property
    def canonical(self) -> Canonical:
        return canonical_clause(
            self.lead_in, self.text, self.modality, self.binds, self.structures.canonical, self.goes_on
        )

    @property
    def fingerprint(self) -> str:
        return clause_fingerprint(self.canonical)

    @property
    def mark(self) -> str:
        """Its words with those of all that hang from it, as 12 hexadecimal digits: written down by whoever has read it.

        Numbers and the order of items are no part of it.
        """
        below = sorted(clause.fingerprint for clause in self.walk())
        whole = below[0] if len(below) == 1 else hashlib.sha256("".join(below).encode()).hexdigest()
        return whole[:12]

    def walk(self) -> Iterator[Clause]:
        """This clause, then all that hang from it, in order."""
        yield self
        for item in self.items:
            yield from item.walk()

    @property
    def said(self) -> str:
        """All its own words: its text, and its structures as words."""
        return self.text if self.structures is NONE else " ".join((self.text, *all_in_words(self.structures)))

    @property
    def words_around_items(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What stands between its text and its items, and what after them, in words."""
        return words_around_items(self.structures, has_items=bool(self.items))

    @property
    def in_full(self) -> str:
        """All its words with its lead-ins, as one run; a lead-in is followed by its items, and by what goes on after them.

        As a reader sees them: without the signs of emphasis, and of a link its words alone.
        """
        return plain_words(" ".join((*self.lead_in, _below(self), *self.goes_on)))


def _below(clause: Clause) -> str:
    *others, last = [_below(item) for item in clause.items] or [""]
    items = " ".join((*map(_closed, others), last))
    before, after = clause.words_around_items
    return " ".join(words for words in (clause.text, *before, items, *after) if words)


def _closed(item: str) -> str:
    """The item as one of a list: most close themselves ("ask;", "wait; or")."""
    return item if item.endswith((";", ",", ".", ":", " and", " or")) else f"{item};"
