"""P202: a position, conflict, consequence or gap that points to something which this revision does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausebook.check.walk import clause_ids
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import Authored
from clausebook.model.problems import Problem, nearest

MISSPELT = 90  # of 100: an id that is less alike is another clause, and no mend for a slip of the pen


def check_known_clauses(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        file, record = revision.file, revision.file.record
        clauses = None if _has_stand_in(file, "sections") else clause_ids(record)
        gaps = None if _has_stand_in(file, "gaps") else [gap.id for gap in record.gaps]
        for name, position in record.positions.items():
            for index, clause in enumerate(position.clauses):
                yield from _known(file, ("positions", name, "clauses", index), clause, "clause", clauses)
            if position.gap:
                yield from _known(file, ("positions", name, "gap"), position.gap, "gap", gaps)
        for i, conflict in enumerate(record.conflicts):
            for index, clause in enumerate(conflict.clauses):
                yield from _known(file, ("conflicts", i, "clauses", index), clause, "clause", clauses)
        for i, consequence in enumerate(record.consequences):
            for name in ("clauses", "of"):
                for index, clause in enumerate(getattr(consequence, name)):
                    yield from _known(file, ("consequences", i, name, index), clause, "clause", clauses)


def _has_stand_in(file: Authored[Any], part: str) -> bool:
    """Whether some id of this part of the file is not known, so that nothing can be said to lead nowhere."""
    return any(path[0] == part and path[-1] in ("id", part, "clauses") for path in file.stepped_over if path)


def _known(file: Authored[Any], path: Path, word: str, noun: str, known: list[str] | None) -> Iterator[Problem]:
    if known is None or word in known:
        return
    near = nearest(word, known, MISSPELT)
    yield from file.problem(
        path, "P202", f"this revision has no {noun} `{word}`", "a reader who asks for the evidence must reach it",
        f"write `{near}`" if near else f"write the id of a {noun} of this file; if the {noun} was taken out, answer again from what is left",
    )  # fmt: skip
