"""P216, P217: what a program suggested, or was not sure of, and nobody has looked at.

A suggestion is no fact: a draft may hold some, a policy in force may not.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.walk import walk_clauses, walk_sections
from clausebook.load import Loaded, LoadedText
from clausebook.load.document import Path
from clausebook.model.problems import Problem

WHY = "a program can be wrong, and readers take it for the trust's word"


def check_looked_at(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        record = revision.file.record
        review = f"clausebook review {revision.trust} {revision.policy}"
        yield from _suggested(revision, (), record.suggested, "the document", review)
        yield from _doubts(revision, (), record.doubts, "the document", review)
    for text in loaded.texts:
        review = f"clausebook review {text.trust} {text.policy}"
        for path, section, _ in walk_sections(text.file.record):
            yield from _doubts(text, path, section.doubts, f"`{section.id}`", review)
        for written in walk_clauses(text.file.record):
            yield from _suggested(text, written.path, written.item.suggested, f"`{written.item.id}`", review)
            yield from _doubts(text, written.path, written.item.doubts, f"`{written.item.id}`", review)


def _suggested(revision: LoadedText, path: Path, names: tuple[str, ...], of: str, review: str) -> Iterator[Problem]:
    if names:
        yield from revision.file.problem(
            (*path, "suggested"), "P216", f"no one has looked at what is suggested for {of}: {', '.join(names)}", WHY,
            f"run {review}; or put right what is wrong, and take the line out",
        )  # fmt: skip


def _doubts(revision: LoadedText, path: Path, doubts: tuple[str, ...], of: str, review: str) -> Iterator[Problem]:
    for index, doubt in enumerate(doubts):
        yield from revision.file.problem(
            (*path, "doubts", index), "P217", f"{of}: {doubt}", "a program could not be sure, and someone must decide",
            f"compare it with the document, run {review}; or put it right, and take the line out",
        )  # fmt: skip
