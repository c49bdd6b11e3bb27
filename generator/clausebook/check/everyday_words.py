"""P213: an everyday word that is listed twice, so that a search would know one of the two alone."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.model.problems import Problem


def check_everyday_words(loaded: Loaded) -> Iterator[Problem]:
    file = loaded.everyday_words
    if not file:
        return
    first: dict[str, int] = {}
    for i, one in enumerate(file.record.words):
        if (before := first.setdefault(one.letters, i)) != i:
            line = file.document.spot("words", before, "word").value.line
            yield from file.problem(
                ("words", i, "word"), "P213", f"`{one.word}` is listed twice",
                f"it is on line {line} already, and a search ignores capitals, spaces and hyphens",
                "keep one of the two, with the topics of both",
            )  # fmt: skip
