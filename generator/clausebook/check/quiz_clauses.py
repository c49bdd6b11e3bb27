"""P202, P806: a quiz question that rests on a clause or a trust that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausebook.check.in_force import may_be_in_force
from clausebook.check.quiz_shapes import Asked, questions_of
from clausebook.check.walk import clause_ids
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import LoadedRevision
from clausebook.model.problems import Problem, nearest

MISSPELT = 90  # as for the clauses of a position


def check_quiz_clauses(loaded: Loaded) -> Iterator[Problem]:
    for policy, quiz in loaded.quizzes.items():
        if quiz.record.subject:  # which no clause can decide
            continue
        in_force = {
            revision.trust: revision
            for revision in loaded.revisions
            if revision.policy == policy and revision.file.record.status == "in-force"
        }
        for asked in questions_of(quiz):
            yield from _in_question(asked, policy, loaded, in_force)


def _in_question(
    asked: Asked, policy: str, loaded: Loaded, in_force: dict[str, LoadedRevision]
) -> Iterator[Problem]:  # fmt: skip
    trusts = [one.trust for one in asked.question.rests_on]
    for i, basis in enumerate(asked.question.rests_on):
        path = (*asked.path, "rests_on", i)
        if basis.trust in trusts[:i]:
            yield from asked.quiz.problem((*path, "trust"), "P806", f"{basis.trust} is here twice", "one entry holds all the clauses of one trust",
                                          "put the clauses into one entry")  # fmt: skip
        elif basis.trust in in_force:
            yield from _known_clauses(asked, (*path, "clauses"), basis.clauses, in_force[basis.trust])
        elif not may_be_in_force(loaded, basis.trust, policy):
            yield from _unknown_trust(asked, (*path, "trust"), basis.trust, policy, loaded, sorted(in_force))


def _known_clauses(asked: Asked, path: Path, clauses: Sequence[str], revision: LoadedRevision) -> Iterator[Problem]:
    if any(part[:1] == ("sections",) for part in revision.file.stepped_over):
        return
    ids = clause_ids(revision.file.record)
    for k, clause in enumerate(clauses):
        if clause not in ids:
            near = nearest(clause, ids, MISSPELT)
            yield from asked.quiz.problem(
                (*path, k), "P202", f"the policy of {revision.trust} has no clause `{clause}`", "a reader is shown the clause that makes the answer right",
                f"write `{near}`" if near else f"write the id of a clause of trusts/{revision.trust}/{revision.policy}/{revision.id}.yml",
            )  # fmt: skip


def _unknown_trust(
    asked: Asked, path: Path, trust: str, policy: str, loaded: Loaded, known: list[str]
) -> Iterator[Problem]:  # fmt: skip
    near = nearest(trust, known)
    if trust in loaded.trusts:
        yield from asked.quiz.problem(path, "P806", f"{trust} has no {policy} policy that is in force", "a question rests on a text that applies to someone",
                                      f"take the lines of {trust} out, or the whole question where it names no other trust")  # fmt: skip
    else:
        fix = f"write `{near}`" if near else f"take the lines of {trust} out; there are: {', '.join(known)}"
        yield from asked.quiz.problem(path, "P806", f"there is no trust `{trust}`", "a trust goes by the name of its folder below trusts/", fix)  # fmt: skip
