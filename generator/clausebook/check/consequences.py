"""P310: clauses that speak of discipline or dismissal in a policy that records no consequences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.model.problems import Problem
from clausebook.model.text import as_read

DISCIPLINE = re.compile(
    r"\b(?:disciplin(?:e|ed|ary)|dismiss(?:al|ed)?|gross misconduct|misconduct|sanctions?|terminat(?:ed|ion) of (?:\w+ )?(?:contract|employment))\b",
    re.IGNORECASE,
)


def check_consequences(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        if "consequences" in revision.file.record.model_fields_set:
            continue
        for written in walk_clauses(revision.file.record):
            if found := DISCIPLINE.search(as_read(written.item.said)):
                yield from revision.file.problem(
                    (*written.path, "text"), "P310", f"`{written.item.id}` speaks of “{found[0]}”, and no `consequences:` are recorded",
                    "the page on rights and duties says nothing of consequences until someone has read these clauses",
                    "record under `consequences:` what may follow, and on which clauses it hangs; where none of them tells it, write `consequences: []`",
                    asks=True,
                )  # fmt: skip
                break
