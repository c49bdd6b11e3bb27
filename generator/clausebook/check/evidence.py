"""P303, P305: a position without the evidence that its answer needs.

An answer names the clauses that give it; `silent` names the words that were searched for; `unreadable` names the gap. Where only
the front matter answers, as a date on the first page does, its lines on the question's topic are the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.known_words import known_questions
from clausebook.load import Loaded
from clausebook.load.reader import Authored
from clausebook.model import Position, RevisionRecord
from clausebook.model.problems import Problem

SEARCHED = 2


def check_evidence(loaded: Loaded) -> Iterator[Problem]:
    questions = known_questions(loaded)
    for revision in loaded.revisions:
        in_front = {topic for part in revision.file.record.front_matter for topic in part.topics}
        for name, position in revision.file.record.positions.items():
            if position.answer == "silent":
                yield from _silent(revision.file, name, position)
            elif position.answer == "unreadable":
                yield from _unreadable(revision.file, name, position)
            else:
                said_in_front = name in questions and questions[name].topic in in_front
                yield from _answered(revision.file, name, position, said_in_front)


def _silent(file: Authored[RevisionRecord], name: str, position: Position) -> Iterator[Problem]:
    path = ("positions", name)
    if len(position.searched) < SEARCHED:
        yield from file.problem(
            path, "P303", f"`{name}` is silent, but does not say what was searched for",
            "“silent” is a claim that someone will check",
            "add `searched:` with the two or more words that a fair reader would look for", at_key=True,
        )  # fmt: skip
    if position.clauses:
        yield from file.problem(
            (*path, "clauses"), "P303", f"`{name}` is silent, but names clauses",
            "a policy that says something about it is not silent",
            "give the answer that these clauses give, or take them out", at_key=True,
        )  # fmt: skip
    lost = next((gap.id for gap in file.record.gaps if gap.section and gap.lines is None), None)
    if lost and not position.because:
        yield from file.problem(
            path, "P303", f"`{name}` is silent, but does not say what is lost",
            f"sections of the document are lost (`{lost}`), and one of them could have said it",
            "add `because:` with what survives and what is lost; where a lost section is the very place that would say, write `unreadable` and its gap",
            at_key=True,
        )  # fmt: skip


def _unreadable(file: Authored[RevisionRecord], name: str, position: Position) -> Iterator[Problem]:
    if not position.gap:
        yield from file.problem(
            ("positions", name), "P305", f"`{name}` is unreadable, but names no gap",
            "the reader must see where the source is damaged",
            "add `gap:` with the id of an entry under gaps", at_key=True,
        )  # fmt: skip


def _answered(file: Authored[RevisionRecord], name: str, position: Position, said_in_front: bool) -> Iterator[Problem]:
    path = ("positions", name)
    if not position.clauses and not said_in_front:
        yield from file.problem(
            path, "P303", f"`{name}` is answered without evidence", "every cell of the comparison leads to a clause",
            "add `clauses:` with the ids of the clauses that say so", at_key=True,
        )  # fmt: skip
    elif not position.because:
        yield from file.problem(
            path, "P303", f"`{name}` does not say why", "one word is not enough for whoever is challenged on it",
            "add `because:` with one plain sentence and the conditions that matter", at_key=True,
        )  # fmt: skip
