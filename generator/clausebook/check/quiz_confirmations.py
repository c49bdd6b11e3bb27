"""P802, P809, P810: what can be said of a trust's questions only when its clauses are merged.

Somebody of the trust has read each question against the clauses that it rests on, and the question remembers these words:
where they change, it is doubtful until somebody reads it again. Every clause that everybody must know is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.compare.matrix import policy_topic
from clausebook.load import Loaded
from clausebook.load.reader import Authored
from clausebook.model import Quiz, QuizOfTrust, QuizzesOfTrust
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.model.problems import Problem
from clausebook.quizzes.questions import AskedQuestion, ask_all
from clausebook.quizzes.readings import Readings


def check_read(loaded: Loaded, handbook: Handbook) -> list[Problem]:
    """Every such problem; call it where loading and checking found none."""
    problems: list[Problem] = []
    for trust in handbook.trusts:
        for i, taken in enumerate(trust.quizzes):
            revision = trust.policy(taken.policy).current
            file, asked = loaded.quizzes_of_trusts[trust.id], ask_all(revision, handbook)
            banks = handbook.banks_for(revision)
            for quiz in loaded.quizzes.values():
                problems += _by_topic(quiz, handbook, revision) if quiz.record in banks else ()
            problems += _asked_nothing(file, i, asked, revision, loaded)
            problems += _must_know(loaded, asked, revision)
            problems += _as_read(file, i, taken, asked, trust)
    return problems


def _by_topic(quiz: Authored[Quiz], handbook: Handbook, revision: Revision) -> Iterator[Problem]:
    for i, question in enumerate(quiz.record.questions):
        forces = policy_topic(handbook, question.topic, revision).forces if question.topic else ()
        if forces and not any(forces[0] in option.right_when for option in question.options):
            yield from quiz.problem(
                ("questions", i, "options"), "P802", f"`{question.id}` has no right answer for {revision.trust}", f"the strongest force of its clauses on `{question.topic}` is {forces[0]}",
                f"add `{forces[0]}` to the `right_when` of one option", at_key=True,
            )  # fmt: skip


def _asked_nothing(
    file: Authored[QuizzesOfTrust], i: int, asked: tuple[AskedQuestion, ...], revision: Revision, loaded: Loaded
) -> Iterator[Problem]:  # fmt: skip
    if all(question.question.roles for question in asked):
        has_own = (own := loaded.quizzes.get(revision.policy)) and own.record.subject is None
        banks = f"of quizzes/{revision.policy}.yml" if has_own else f"on the subjects of {revision.policy}"
        yield from file.problem(
            ("quizzes", i, "policy"), "P803", f"no question {banks} is for everyone in {revision.trust}", "a quiz of no questions cannot be passed",
            f"add a question without `roles` on what this policy says, or {'take this entry out' if len(file.record.quizzes) > 1 else 'delete this file'}",
        )  # fmt: skip


def _must_know(loaded: Loaded, asked: tuple[AskedQuestion, ...], revision: Revision) -> Iterator[Problem]:
    told = {clause.id for question in asked for outer in question.clauses for clause in outer.walk()}
    told |= {above for question in asked for clause in question.clauses for above in clause.lead_in_ids}
    file = next(
        one.file for one in loaded.revisions
        if (one.trust, one.policy, one.id) == (revision.trust, revision.policy, revision.id)
    )  # fmt: skip
    for clause in revision.clauses:
        if clause.must_know and clause.id not in told:
            path = _path_of(file.document.value, clause.id)
            yield from file.problem(
                (*path, "must_know"), "P809", f"`{clause.id}` is marked as what everyone must know, and no question rests on it", "what everyone must know is what the quiz is for",
                f"add a question to quizzes/{revision.policy}.yml that rests on it, or take `must_know` out",
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
    file: Authored[QuizzesOfTrust], i: int, taken: QuizOfTrust, asked: tuple[AskedQuestion, ...], trust: Trust
) -> Iterator[Problem]:
    command = f"clausebook quiz review {trust.id} {taken.policy}"
    readings = Readings(asked, taken.read)
    if never := [question.id for question in readings.new]:
        what = f"the question `{never[0]}`" if len(never) == 1 else f"{len(never)} questions"
        those = "" if len(never) == 1 else f": {_in_brief(never, 'and')}"
        yield from file.problem(
            ("quizzes", i, "policy"), "P810", f"no one has held {what} against {trust.id}'s own policy yet{those}", "what is right by one trust's words need not be right by another's",
            f"run `{command}{f' {never[0]}' if len(never) == 1 else ''}`, which shows the right answer and its clauses",
        )  # fmt: skip
    for question in readings.doubtful:
        answer = () if question.question.rests_on else ("the policy's answer",)
        ground = _in_brief([*answer, *(clause.id for clause in question.clauses)], "or")
        yield from file.problem(
            ("quizzes", i, "read", question.id), "P810", f"the question `{question.id}` is doubtful: {ground}, on which it rests, has changed since it was read",
            "its options, and what is said of them, were written for other words", f"run `{command} {question.id}`, which shows it; where it no longer fits, reword it first",
        )  # fmt: skip
    for name in readings.gone:
        yield from file.problem(
            ("quizzes", i, "read", name), "P810", f"`{name}` is no question that the staff of {trust.id} are asked", "it was renamed or taken out, or it is not about what this policy says",
            f"take this line out, or run `{command}`, which does it", at_key=True,
        )  # fmt: skip


def _in_brief(names: list[str], word: str) -> str:
    """Up to three names, and how many there are besides."""
    told = [*names[:3], *([f"{len(names) - 3} more"] if len(names) > 3 else [])]
    return f"{', '.join(told[:-1])} {word} {told[-1]}" if len(told) > 1 else told[0]
