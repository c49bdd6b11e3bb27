"""What is a problem of a policy in force and a question of its draft: a document that was brought in stands as it was written, until somebody has looked.

`clausebook adopt` tries the draft as a policy in force, so that nothing of this passes unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from clausebook.load import Loaded
from clausebook.model.problems import Problem

ASKED = frozenset({"P210", "P216", "P217", "P301", "P302", "P308", "P309", "P601", "P604", "P605", "P610"})


def ask_of_drafts(loaded: Loaded, problems: Iterable[Problem]) -> list[Problem]:
    """The problems; those of a draft that was brought in which only somebody who looks can settle are asked. An import names its `source`."""
    drafts = {
        revision.file.document.file
        for revision in loaded.revisions
        if (record := revision.file.record).status == "draft" and record.wording == "verbatim" and record.source
    }
    return [
        replace(problem, asks=True) if problem.code in ASKED and problem.place.file in drafts else problem
        for problem in problems
    ]
