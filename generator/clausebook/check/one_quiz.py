"""P816: a campaign that asks for one quiz on all its policies, and asks nothing, or has one policy alone."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model.problems import Problem


def check_one_quiz(loaded: Loaded) -> Iterator[Problem]:
    for file in loaded.acknowledgements.values():
        for i, campaign in enumerate(file.record.campaigns):
            if campaign.quizzes != "one":
                continue
            path = ("campaigns", i, "quizzes")
            if campaign.quiz == "none":
                yield from file.problem(
                    path, "P816", f"`{campaign.id}` asks for one quiz, and its `quiz` is none", "no one would be asked anything",
                    "write `quiz: learn`, `quiz: sealed` or `quiz: self-check`, or take `quizzes` out",
                )  # fmt: skip
            elif len(campaign.policies) == 1:
                yield from file.problem(
                    path, "P816", f"`{campaign.id}` asks for one quiz on all its policies, and has one policy", "a policy has its own quiz",
                    "take `quizzes` out, or name the other policies under `policies`",
                )  # fmt: skip
