"""Which problems may wait for the command that mends them, or that leads to them."""

from __future__ import annotations

from clausebook.model.problems import Problem

WAITING = frozenset({"P411", "P412", "P413", "P415", "P810"})


def waits_for_somebody(problem: Problem) -> bool:
    """Whether somebody has only to look and to say so: what `confirm-changes` and `quiz review` are for."""
    return problem.code in WAITING


def is_of_quizzes(problem: Problem) -> bool:
    """Whether it is mended in a quiz, and not in a policy."""
    file = problem.place.file
    return file.startswith("quizzes/") or file.endswith("/quizzes.yml") or problem.code == "P809"
