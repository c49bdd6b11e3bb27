"""P610: a word that is explained twice in one policy, or by a clause that does not name it."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.model.problems import Problem
from clausebook.model.text import find_phrase


def check_definitions(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.texts:
        told: dict[str, str] = {}
        for written in walk_clauses(revision.file.record):
            word, path = written.item.defines, (*written.path, "defines")
            if not word:
                continue
            if word in told:
                yield from revision.file.problem(
                    path, "P610", f"`{told[word]}` explains “{word}” already", "a reader who asks for the word is led to one clause",
                    "leave the line out in one of the two",
                )  # fmt: skip
            elif not find_phrase(word, written.item.said):
                yield from revision.file.problem(
                    path, "P610", f"`{written.item.id}` does not name “{word}”", "the reader is led here to learn what the word means",
                    "write the word as the text has it, or take the line to the clause that explains it",
                )  # fmt: skip
            told.setdefault(word, written.item.id)
