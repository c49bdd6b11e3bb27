"""P206: a revision in force that leaves a key question unanswered.

A cell of the comparison is never empty: where the policy does not say, the answer is `silent`, with the words searched for.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model.problems import Problem


def check_questions_answered(loaded: Loaded) -> Iterator[Problem]:
    if loaded.questions is None:
        return
    for revision in loaded.revisions:
        if revision.file.record.status != "in-force":
            continue
        for i, question in enumerate(loaded.questions.record.questions):
            known = not loaded.questions.is_stand_in(("questions", i, "id"))
            if known and question.id not in revision.file.record.positions:
                yield from revision.file.problem(
                    ("positions",), "P206", f"the key question `{question.id}` is not answered",
                    f"readers ask: {question.ask}",
                    f"add `{question.id}:` under positions; where the policy does not say, "
                    '`{answer: silent, searched: ["…", "…"]}`',
                    at_key=True,
                )  # fmt: skip
