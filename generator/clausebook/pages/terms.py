"""Words that a policy uses and a newcomer may not know: explained where they stand, from content/glossary.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from clausebook.model import Term
from clausebook.model.handbook import Revision
from clausebook.model.text import Medium, find_phrase

SHORT_FORM = re.compile(r"(.+) \((\w+)\)")


@dataclass(frozen=True)
class UsedTerm:
    """A word of the glossary that a policy uses."""

    id: str
    term: Term
    words: tuple[str, ...]
    """What it is called: in full, and by its short form."""


def find_terms(revision: Revision, terms: Sequence[Term]) -> tuple[tuple[UsedTerm, ...], Mapping[str, list[UsedTerm]]]:
    """The terms that the clauses use, and by the id of a clause those that are explained there.

    They are explained in each section the first time, and the first time in a rule, as the page shows the rules alone, too. What
    the policy explains itself is left to it.
    """
    own = {word.casefold() for word in revision.definitions}
    used = [one for one in map(_named, terms) if own.isdisjoint(word.casefold() for word in one.words)]
    explained: dict[str, list[UsedTerm]] = {}
    for part in revision.sections:
        told: set[tuple[str, bool]] = set()
        for clause in part.clauses:
            is_rule = any(one.modality not in ("may", "states") or one.must_know for one in clause.walk())
            met_here = [one for one in used if any(find_phrase(word, clause.text) for word in one.words)]
            explained[clause.id] = [one for one in met_here if {(one.id, False), (one.id, is_rule)} - told]
            told |= {(one.id, kind) for one in met_here for kind in (False, is_rule)}
    met = {one.id for found in explained.values() for one in found}
    return tuple(one for one in used if one.id in met), explained


def _named(term: Term) -> UsedTerm:
    found = SHORT_FORM.fullmatch(term.term)
    words = (found[1], found[2]) if found else (term.term,)
    return UsedTerm(f"word--{re.sub('[^a-z0-9]+', '-', term.term.casefold()).strip('-')}", term, words)


def with_terms(medium: Medium, used: Sequence[UsedTerm]) -> Medium:
    """The same medium, with links from these terms to what they mean at the foot of the page."""
    spelt = {
        spelling: one.id
        for one in used
        for word in one.words
        for spelling in ((word,) if word.isupper() else (word, word.lower(), word.title()))
    }
    return replace(medium, definitions=spelt | dict(medium.definitions))
