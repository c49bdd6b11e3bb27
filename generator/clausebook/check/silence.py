"""P304: a position that calls the policy silent although a word that was searched for stands in a clause."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.model.problems import Problem
from clausebook.model.text import as_read, find_phrase


def check_silence(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        texts = [(written.item.id, as_read(written.item.said)) for written in walk_clauses(revision.file.record)]
        whole = " | ".join(text for _, text in texts)  # most words stand nowhere: one look tells
        for name, position in revision.file.record.positions.items():
            if position.answer != "silent":
                continue
            for index, word in enumerate(position.searched):
                found = find_phrase(word, whole) and next(
                    (clause for clause, text in texts if find_phrase(word, text)), None
                )
                if found:
                    yield from revision.file.problem(
                        ("positions", name, "searched", index), "P304", f"“{word}” is in the clause `{found}`",
                        f"`{name}` says that the policy is silent",
                        "read that clause: give the answer that it gives, or search for words that only an answer would use",
                    )  # fmt: skip
