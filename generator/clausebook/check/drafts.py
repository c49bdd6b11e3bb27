"""What is a problem of a policy in force and a question of its draft: a document that was brought in stands as it was written, until somebody has looked.

`clausebook adopt` tries the draft as a policy in force, so that nothing of this passes unseen.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.model import RevisionRecord
from clausebook.model.problems import Problem
from clausebook.model.values import DRAFTS

OF_ANY = frozenset({"P216", "P217"})
"""Of any draft: what a program suggested, or was not sure of."""
ASKED = frozenset({"P210", "P216", "P217", "P301", "P302", "P308", "P309", "P452", "P601", "P604", "P605", "P610"})


def ask_of_drafts(loaded: Loaded, problems: Iterable[Problem]) -> list[Problem]:
    """The problems; those that only somebody who looks can settle are asked, of a draft that somebody is to look at anyway."""
    drafts = {one.file.document.file: one.file.record for one in loaded.revisions if one.file.record.status in DRAFTS}
    looked_at = {name for name, record in drafts.items() if _is_to_be_looked_at(record)}
    return [replace(problem, asks=True) if _is_asked(problem, drafts, looked_at) else problem for problem in problems]


def _is_to_be_looked_at(record: RevisionRecord) -> bool:
    """Whether a draft was brought in (an import names its `source`), or came back from Word with what nobody has looked at."""
    if record.status != "draft" or record.wording != "verbatim":
        return False
    return record.source is not None or any(one.item.suggested or one.item.doubts for one in walk_clauses(record))


def _is_asked(problem: Problem, drafts: Container[str], looked_at: Container[str]) -> bool:
    file = problem.place.file
    return (problem.code in OF_ANY and file in drafts) or (problem.code in ASKED and file in looked_at)
