"""What is a problem of a policy in force and a question of its draft: a document that was brought in stands as it was written, until somebody has looked.

`clausebook adopt` tries the draft as a policy in force, so that nothing of this passes unseen.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from clausebook.load import Loaded
from clausebook.model.problems import Problem
from clausebook.model.values import DRAFTS

OF_ANY = frozenset({"P216", "P217"})
"""Of any draft: what a program suggested, or was not sure of."""
ASKED = frozenset({"P210", "P216", "P217", "P301", "P302", "P308", "P309", "P601", "P604", "P605", "P610"})


def ask_of_drafts(loaded: Loaded, problems: Iterable[Problem]) -> list[Problem]:
    """The problems; those of a draft that was brought in which only somebody who looks can settle are asked. An import names its `source`."""
    drafts = {one.file.document.file: one.file.record for one in loaded.revisions if one.file.record.status in DRAFTS}
    brought_in = {
        name
        for name, record in drafts.items()
        if record.status == "draft" and record.wording == "verbatim" and record.source
    }
    return [replace(problem, asks=True) if _is_asked(problem, drafts, brought_in) else problem for problem in problems]


def _is_asked(problem: Problem, drafts: Container[str], brought_in: Container[str]) -> bool:
    file = problem.place.file
    return (problem.code in OF_ANY and file in drafts) or (problem.code in ASKED and file in brought_in)
