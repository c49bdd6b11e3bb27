"""P304: a position that calls the policy silent although a word that was searched for stands in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.walk import walk_clauses
from generator.load import Loaded
from generator.problems import Problem


def check_silence(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        texts = [(written.item.id, written.item.text or "") for written in walk_clauses(revision.file.record)]
        whole = "\n".join(text for _, text in texts)  # most words stand nowhere: one look tells
        for name, position in revision.file.record.positions.items():
            if position.answer != "silent":
                continue
            for index, word in enumerate(position.searched):
                pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
                found = pattern.search(whole) and next((clause for clause, text in texts if pattern.search(text)), None)
                if found:
                    yield from revision.file.problem(
                        ("positions", name, "searched", index), "P304", f"“{word}” stands in the clause `{found}`",
                        f"`{name}` says that the policy is silent",
                        "read that clause: give the answer that it gives, or search for words that only an answer would use",
                    )  # fmt: skip
