"""How paper cites clauses, where no link can lead to them."""

from __future__ import annotations

from collections.abc import Sequence

from clausebook.model.citation import heading_of
from clausebook.model.clause import Clause

MOST_PLACES = 4  # that one line of a quick guide cites


def cite_places(clauses: Sequence[Clause], most: int = MOST_PLACES) -> str:
    """How paper cites clauses, each place once: `3.1, 3.2`, or by their lines of the source, `lines 45, 61`."""
    names = dict.fromkeys(_name(clause) for clause in clauses if not _is_cited_by_line(clause))
    lines = dict.fromkeys(str(clause.lines.first) for clause in clauses if clause.lines and _is_cited_by_line(clause))
    kept = list(lines)[: max(0, most - len(names))]
    parts = list(names)[:most] + (
        [f"line{'s' if len(kept) > 1 else ''}\N{NO-BREAK SPACE}{', '.join(kept)}"] if kept else []
    )
    return ", ".join(parts) + (" and more" if len(names) + len(lines) > most else "")


def _is_cited_by_line(clause: Clause) -> bool:
    """Whether the source gives a clause no number that a reader could look up, but lines."""
    return clause.lines is not None and not _has_number(clause)


def _has_number(clause: Clause) -> bool:
    return clause.number is not None and clause.number[0].isdigit()


def _name(clause: Clause) -> str:
    return clause.number if clause.number and _has_number(clause) else heading_of(clause)
