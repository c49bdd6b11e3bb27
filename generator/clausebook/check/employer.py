"""P311: a power or a promise of the trust that, as it is written down, binds staff and not their employer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausebook.check.walk import Written, walk_clauses
from clausebook.load import Loaded
from clausebook.model.problems import Problem
from clausebook.model.text import as_read

EMPLOYER = "employer"
ACTS = re.compile(
    r"^(?:We|(?:(?:The|Our|Each|Every|Any) )?(?:(?!of|at|in|for|who)\w+ ){0,3}?(?:Trust|Academy|Academies|Schools?|Employers?|Organisation|Board|Trustees|Governors|Governing Body|Council)(?: of \w+)?)"
    r"(?: (?:and|or) (?:\w+ ){1,4}?)?,? (?:also )?(?:reserves?|may|can|has the right|have the right|is entitled|are entitled)\b",
    re.IGNORECASE,
)


def check_employer(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        record = revision.file.record
        for written in walk_clauses(record):
            is_told = any(item.binds for item in (written.item, *written.above)) or EMPLOYER in record.binds
            if not is_told and _modality(written) == "may" and ACTS.match(as_read(written.item.text or "")):
                yield from revision.file.problem(
                    (*written.path, "text"), "P311", f"`{written.item.id}` seems to be a power of the employer, and applies to {', '.join(record.binds)}",
                    "as it stands, staff are told that they may do what only the trust may",
                    "add `binds: [employer]`; where it is staff who may, name them under `binds:` of this clause", asks=True,
                )  # fmt: skip


def _modality(written: Written) -> str:
    return next((item.modality for item in (written.item, *reversed(written.above)) if item.modality), "states")
