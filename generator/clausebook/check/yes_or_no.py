"""P214: a key question that yes or no cannot answer, although every answer opens with one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model.problems import Problem

ASKS_FOR_MORE = re.compile(r"(how|what|which|who|whom|whose|when|where|why)\b", re.IGNORECASE)


def check_yes_or_no(loaded: Loaded) -> Iterator[Problem]:
    for subject in loaded.subjects.values():
        for i, question in enumerate(subject.record.questions):
            if found := ASKS_FOR_MORE.match(question.ask):
                yield from subject.problem(
                    ("questions", i, "ask"), "P214", f"`{found[1]}` cannot be answered with yes or no",
                    "every answer opens with Yes, No or It depends, worked out from what the policy requires, allows or rules out",
                    "ask it as “Must I …?”, “May I …?” or “Does the policy …?”, under the same id",
                )  # fmt: skip
