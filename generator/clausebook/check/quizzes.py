"""P803, P804: a quiz that nobody could pass or whose policy nobody has, and a trust that takes a quiz which is not there."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.in_force import may_be_in_force
from clausebook.load import Loaded
from clausebook.load.reader import Authored
from clausebook.model import Quiz, QuizzesOfTrust
from clausebook.model.problems import Problem, nearest


def check_quizzes(loaded: Loaded) -> Iterator[Problem]:
    for policy, quiz in loaded.quizzes.items():
        yield from _has_policy(policy, quiz, loaded) if quiz.record.subject is None else ()
        count = _asked(quiz)
        if count and quiz.record.pass_mark > count:
            yield from quiz.problem(("pass_mark",), "P803", *_too_many(quiz.record.pass_mark, count))
    for trust, file in loaded.quizzes_of_trusts.items():
        yield from _of_trust(trust, file, loaded)
        one = file.record.one_quiz
        if one.pass_mark and one.pass_mark > one.draw and not file.is_stand_in(("one_quiz", "draw")):
            yield from file.problem(("one_quiz", "pass_mark"), "P803", *_too_many(one.pass_mark, one.draw))


def _has_policy(policy: str, quiz: Authored[Quiz], loaded: Loaded) -> Iterator[Problem]:
    policies = {revision.policy for revision in loaded.revisions}
    unread = any(name.startswith("trusts/") and f"/{policy}/" in name for name in loaded.unread)
    if policies and policy not in policies and not unread:
        near = nearest(policy, policies)
        yield from quiz.problem(
            (), "P804", f"no trust has a policy `{policy}`", "a quiz is named after the policy that it asks about, or names a `subject`",
            f"rename this file to {near}.yml" if near else f"give it the name of a policy: {', '.join(f'{one}.yml' for one in sorted(policies))}; or add `subject: …`",
        )  # fmt: skip


def _of_trust(trust: str, file: Authored[QuizzesOfTrust], loaded: Loaded) -> Iterator[Problem]:
    seen: set[str] = set()
    for i, taken in enumerate(file.record.quizzes):
        path = ("quizzes", i, "policy")
        if file.is_stand_in(path):
            continue
        if taken.policy in seen:
            yield from file.problem(path, "P804", f"`{taken.policy}` is here twice", "one entry says all of how a trust takes a quiz",
                                    "put both entries into one")  # fmt: skip
            continue
        seen.add(taken.policy)
        quiz, by_subject = (
            _bank_of(taken.policy, loaded),
            [one for one in loaded.quizzes.values() if one.record.subject],
        )
        if not may_be_in_force(loaded, trust, taken.policy):
            yield from _lacking(file, i, f"{trust} has no policy `{taken.policy}` that is in force", trust, loaded)
        elif not (quiz or by_subject) and f"quizzes/{taken.policy}.yml" not in loaded.unread:
            yield from _lacking(file, i, f"there is no quizzes/{taken.policy}.yml", trust, loaded)
        elif quiz and taken.pass_mark and 0 < (count := _asked(quiz)) < taken.pass_mark:
            yield from file.problem(("quizzes", i, "pass_mark"), "P803", *_too_many(taken.pass_mark, count))


def _lacking(file: Authored[QuizzesOfTrust], i: int, what: str, trust: str, loaded: Loaded) -> Iterator[Problem]:
    there = sorted(
        policy for policy in loaded.quizzes if _bank_of(policy, loaded) and may_be_in_force(loaded, trust, policy)
    )
    near = nearest(file.record.quizzes[i].policy, there)
    out = "take the entry out" if len(file.record.quizzes) > 1 else "delete this file"
    fix = f"write `{near}`" if near else f"{out}; there are quizzes on: {', '.join(there)}" if there else out
    yield from file.problem(
        ("quizzes", i, "policy"), "P804", what, "staff are asked about a policy that applies to them", fix
    )


def _bank_of(policy: str, loaded: Loaded) -> Authored[Quiz] | None:
    bank = loaded.quizzes.get(policy)
    return bank if bank and bank.record.subject is None else None


def _asked(quiz: Authored[Quiz]) -> int:
    """How many questions a reader is asked at most; 0 where that is not known."""
    known = not (quiz.is_stand_in(("draw",)) or quiz.is_stand_in(("questions",)))
    return min(quiz.record.draw, len(quiz.record.questions)) if known else 0


def _too_many(wanted: int, count: int) -> tuple[str, str, str]:
    asked = f"{wanted} right answers are asked for, of {count} question{'s' if count != 1 else ''}"
    return (
        asked,
        "no one could pass",
        f"write {count} or less, or ask more: `draw` is how many of the questions a reader is asked",
    )
