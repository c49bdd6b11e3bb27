"""P803, P804: a quiz that nobody could pass or whose policy nobody has, and a trust that takes a quiz which is not there."""

from __future__ import annotations

from collections.abc import Iterator

from generator.load import Loaded
from generator.problems import Problem, nearest


def check_quizzes(loaded: Loaded) -> Iterator[Problem]:
    policies = {revision.policy for revision in loaded.revisions}
    for policy, quiz in loaded.quizzes.items():
        if policies and policy not in policies:
            near = nearest(policy, policies)
            yield from quiz.problem(
                (), "P804", f"no trust has a policy `{policy}`", "a quiz is named after the policy that it asks about",
                f"rename this file to {near}.yml" if near else f"rename it after one of: {', '.join(sorted(policies))}",
            )  # fmt: skip
        count = min(quiz.record.draw, len(quiz.record.questions))
        if quiz.record.pass_mark > count:
            yield from quiz.problem(("pass_mark",), "P803", *_too_many(quiz.record.pass_mark, count))
    yield from _of_trusts(loaded)


def _of_trusts(loaded: Loaded) -> Iterator[Problem]:
    for trust, file in loaded.quizzes_of_trusts.items():
        seen: set[str] = set()
        own = {one.policy for one in loaded.revisions if one.trust == trust}
        for i, taken in enumerate(file.record.quizzes):
            path, quiz = ("quizzes", i, "policy"), loaded.quizzes.get(taken.policy)
            unread = f"quizzes/{taken.policy}.yml" in loaded.unread or any(
                name.startswith(f"trusts/{trust}/") for name in loaded.unread
            )
            if taken.policy in seen:
                yield from file.problem(path, "P804", f"the quiz on `{taken.policy}` is taken twice", "one entry says how a quiz is used",
                                        "put both entries into one")  # fmt: skip
            elif not unread and (quiz is None or taken.policy not in own):
                known = sorted(own & set(loaded.quizzes))
                near = nearest(taken.policy, known)
                lacking = (
                    f"there is no quizzes/{taken.policy}.yml"
                    if quiz is None
                    else f"{trust} has no policy `{taken.policy}`"
                )
                yield from file.problem(path, "P804", lacking, "a quiz asks about a policy of this trust",
                                        f"write `{near}`" if near else f"write one of: {', '.join(known)}" if known else "take the entry out")  # fmt: skip
            elif (
                quiz
                and taken.pass_mark
                and taken.pass_mark > (count := min(quiz.record.draw, len(quiz.record.questions)))
            ):
                yield from file.problem(("quizzes", i, "pass_mark"), "P803", *_too_many(taken.pass_mark, count))
            seen.add(taken.policy)


def _too_many(wanted: int, count: int) -> tuple[str, str, str]:
    asked = f"{wanted} right answers are asked for, of {count} question{'s' if count != 1 else ''}"
    return asked, "nobody could pass", "lower the pass mark, or add questions"
