"""P802, P809, P810: what can be said of a trust's questions only when its clauses are merged.

Somebody of the trust has read each question against the clauses that it rests on, and the question remembers these words:
where they change, it is doubtful until somebody reads it again. Every clause that everybody must know is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.load import Loaded
from generator.load.handbook import Authored
from generator.merge import Handbook, Library, Policy
from generator.model import Quiz, QuizOfTrust, QuizzesOfTrust
from generator.problems import Problem
from generator.quizzes.asked import AskedQuestion, ask_all, mark_of_basis


def check_read(loaded: Loaded, library: Library, *, confirmed: bool = True) -> list[Problem]:
    """Every such problem; call it where loading and checking found none. Without `confirmed` P810 is left out."""
    problems: list[Problem] = []
    for handbook in library.handbooks:
        for i, taken in enumerate(handbook.quizzes):
            policy = next(one for one in handbook.policies if one.id == taken.policy)
            quiz, file = loaded.quizzes[taken.policy], loaded.quizzes_of_trusts[handbook.id]
            asked = ask_all(policy, quiz.record, library)
            problems += _by_topic(quiz, asked, policy)
            problems += _must_know(loaded, asked, policy)
            problems += _as_read(file, i, taken, asked, handbook) if confirmed else ()
    return problems


def _by_topic(quiz: Authored[Quiz], asked: tuple[AskedQuestion, ...], policy: Policy) -> Iterator[Problem]:
    there = {one.id: one for one in asked}
    for i, question in enumerate(quiz.record.questions):
        forces = [clause.modality for clause in policy.by_topic.get(question.topic or "", ())]
        found = there.get(question.id)
        right_by_force = found and any(
            basis.answer in option.right_when for basis in found.bases for option in question.options
        )
        if forces and not right_by_force:
            yield from quiz.problem(
                ("questions", i, "options"), "P802", f"`{question.id}` has no right answer for {policy.trust}", f"the strongest force of its clauses on `{question.topic}` stands under no option",
                f"add it to the right_when of one option; its clauses say {', '.join(dict.fromkeys(forces))}", at_key=True,
            )  # fmt: skip


def _must_know(loaded: Loaded, asked: tuple[AskedQuestion, ...], policy: Policy) -> Iterator[Problem]:
    told = {clause.id for one in asked for outer in one.clauses for clause in outer.walk()}
    told |= {above for one in asked for clause in one.clauses for above in clause.lead_in_ids}
    file = next(
        one.file for one in loaded.revisions
        if (one.trust, one.policy, one.id) == (policy.trust, policy.id, policy.revision_id)
    )  # fmt: skip
    for clause in policy.clauses:
        if clause.must_know and clause.id not in told:
            path = _path_of(file.document.value, clause.id)
            yield from file.problem(
                (*path, "must_know"), "P809", f"no question of the quiz asks about `{clause.id}`", "what everybody must know is asked of everybody",
                f"add a question to quizzes/{policy.id}.yml that rests on it, or take `must_know` out",
            )  # fmt: skip


def _path_of(value: object, clause: str) -> tuple[str | int, ...]:
    """The way to the clause of that id in what its author wrote."""
    steps: list[tuple[tuple[str | int, ...], object]] = [((), value)]
    while steps:
        path, here = steps.pop()
        if isinstance(here, dict):
            if here.get("id") == clause and "must_know" in here:
                return path
            steps += [((*path, key), below) for key, below in here.items()]
        elif isinstance(here, list):
            steps += [((*path, index), below) for index, below in enumerate(here)]
    return ()


def _as_read(
    file: Authored[QuizzesOfTrust], i: int, taken: QuizOfTrust, asked: tuple[AskedQuestion, ...], handbook: Handbook
) -> Iterator[Problem]:
    command = f"clausebook quiz confirm {handbook.id} {taken.policy}"
    ids = {one.id for one in asked}
    never = [one for one in asked if one.id not in taken.read]
    if len(never) > 1:
        yield from file.problem(
            ("quizzes", i, "policy"), "P810", f"nobody has read {len(never)} questions against the policy of {handbook.id}: {never[0].id} and others",
            "a question that fits one trust's words need not fit another's", f"run `{command}`, which shows each with its right answer and clauses",
        )  # fmt: skip
    elif never:
        yield from file.problem(
            ("quizzes", i, "policy"), "P810", f"nobody has read the question `{never[0].id}` against the policy of {handbook.id}", "a question that fits one trust's words need not fit another's",
            f"run `{command} {never[0].id}`",
        )  # fmt: skip
    for one in asked:
        if one.id in taken.read and taken.read[one.id] != mark_of_basis(one):
            clauses = ", ".join(clause.id for clause in one.clauses) or "the answer"
            yield from file.problem(
                ("quizzes", i, "read", one.id), "P810", f"the question `{one.id}` is doubtful: what it rests on has changed since it was read ({clauses})",
                "its options and their feedback were written for other words", f"read it again and run `{command} {one.id}`",
            )  # fmt: skip
    for name in taken.read:
        if name not in ids:
            yield from file.problem(
                ("quizzes", i, "read", name), "P810", f"`{name}` is no question that {handbook.id} is asked", "it was taken out, or the policy no longer says anything on it",
                f"take the line out, or run `{command}`", at_key=True,
            )  # fmt: skip
