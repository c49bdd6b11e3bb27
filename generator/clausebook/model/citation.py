"""How a clause is cited: said here once, for pages, prints, tables, packages and terminals."""

from __future__ import annotations

from clausebook.model.clause import Clause
from clausebook.model.labels import lines_in_words


def number_of(clause: Clause) -> str:
    """`4.1`, or `4.1 (counted)` where the document prints no number; the heading of its section where it has none at all."""
    if not clause.number:
        return heading_of(clause)
    return f"{clause.number} (counted)" if clause.number_inferred else clause.number


def heading_of(clause: Clause) -> str:
    """The heading that a reader finds it under."""
    return clause.place or clause.section.heading


def name_of(clause: Clause) -> str:
    """`Clause 4.1`, or the heading of its section where it has no number."""
    return f"Clause {number_of(clause)}" if clause.number else number_of(clause)


def cite(clause: Clause) -> str:
    """Its name, and its lines in the source where it restates one."""
    return name_of(clause) + (f", source {lines_in_words(clause.lines)}" if clause.lines else "")
