"""A handbook read, checked and merged, with every problem that there is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clausebook.check import check_handbook
from clausebook.check.decided_changes import check_confirmed
from clausebook.check.departures import check_departures
from clausebook.check.quiz_confirmations import check_read
from clausebook.load import Loaded, PolicyId, leave_out_broken, load_handbook
from clausebook.load.merge import merge_handbook
from clausebook.model.handbook import Handbook
from clausebook.model.problems import Problem

MayWait = Callable[[Problem], bool]
"""Whether a problem is left for later."""


def read_handbook(
    root: Path, *, may_wait: MayWait = lambda _: False, only: PolicyId | None = None
) -> tuple[Handbook | None, list[Problem]]:
    """Load, check and merge the handbook at `root`, with every problem; no handbook where one of them may not wait.

    `may_wait` is for the commands that mend such problems themselves, or that lead to them. With `only` the problems are those
    of what a command for this policy reads; files with others are left out of the handbook.
    """
    loaded, problems = _load(root, only)
    if not _all_wait(problems, may_wait):
        return None, problems
    handbook = merge_handbook(loaded)
    if all(problem.asks for problem in problems):
        problems += check_read(loaded, handbook)
    problems += [
        problem
        for problem in (*check_confirmed(loaded, handbook), *check_departures(loaded, handbook))
        if only is None or only.reads(problem.place.file)
    ]
    return (handbook if _all_wait(problems, may_wait) else None), problems


def _all_wait(problems: list[Problem], may_wait: MayWait) -> bool:
    return all(problem.asks or may_wait(problem) for problem in problems)


def _load(root: Path, only: PolicyId | None) -> tuple[Loaded, list[Problem]]:
    loaded, unfit = load_handbook(root)
    problems = [*unfit, *check_handbook(loaded)]
    if only is None:
        return loaded, problems
    told = set(problems)
    unfit = [problem for problem in unfit if only.reads(problem.place.file)]
    while len(left := leave_out_broken(loaded, problems, only)) < len(loaded):
        loaded, problems = left, [*unfit, *check_handbook(left)]
    # What only follows from leaving files out, such as a field of the trust that no other policy uses, is no problem.
    return loaded, [problem for problem in problems if only.reads(problem.place.file) and problem in told]
