"""P306: a disagreement between clauses that is told in one place and not in the other.

A position that says `conflict: true` names both sides, and the pair stands under `conflicts`, where a ruling can be recorded.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model.problems import Problem


def check_conflicts(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        file = revision.file
        pairs = [set(conflict.clauses) for conflict in file.record.conflicts]
        for name, position in file.record.positions.items():
            cited = set(position.clauses)
            if position.conflict and len(cited) < 2:
                yield from file.problem(
                    ("positions", name, "conflict"), "P306", f"`{name}` says that clauses disagree, but names one side",
                    "the reader must see both, and judge", "name the clauses of both sides under `clauses:`", at_key=True,
                )  # fmt: skip
            elif position.conflict and not any(len(pair & cited) >= 2 for pair in pairs):
                yield from file.problem(
                    ("positions", name, "conflict"), "P306", f"the disagreement on `{name}` has no entry under `conflicts`",
                    "a conflict is open until someone rules on it, and there is nowhere to rule",
                    "add `- {clauses: [one side, other side], about: …, ruling: null}` under conflicts", at_key=True,
                )  # fmt: skip
