"""P403: a fact about the document that is neither given nor listed as not stated, or both.

“Not stated” is an answer; a blank is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model import RevisionRecord
from clausebook.model.problems import Problem

DATES = ("titled", "approved", "published", "effective", "review_due")
FACTS = (*DATES, "version", "approved_by", "owner")


def check_stated(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        record = revision.file.record
        for name in FACTS:
            given, unstated = _given(record, name), name in record.not_stated
            field = f"dates: {{{name}: …}}" if name in DATES else f"{name}: …"
            if given and unstated:
                yield from revision.file.problem(
                    ("not_stated",), "P403", f"`{name}` is given, and also listed as not stated", "one of the two is wrong",
                    f"take `{name}` out of not_stated, or take its value out", at_key=True,
                )  # fmt: skip
            elif not given and not unstated and record.wording == "restated":
                yield from revision.file.problem(
                    ("not_stated",), "P403", f"`{name}` is neither given nor listed as not stated",
                    "readers must see whether the document is silent about it or we are",
                    f"give it as `{field}`, or add `{name}` to not_stated", at_key=True,
                )  # fmt: skip


def _given(record: RevisionRecord, name: str) -> bool:
    return bool(getattr(record.dates if name in DATES else record, name))
