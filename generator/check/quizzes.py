"""P801 to P804: a quiz question that has not exactly one right answer for some trust, or an option that no trust can need.

An option says under which positions it is right, so the right answer follows from each trust's own policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.load import Loaded
from generator.load.handbook import Authored, LoadedRevision
from generator.model import Answer, Quiz, QuizQuestion
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
            yield from quiz.problem(
                ("pass_mark",), "P803", f"{quiz.record.pass_mark} right answers are asked for, of {count} question{'s' if count != 1 else ''}",
                "nobody could pass", "lower the pass mark, or add questions",
            )  # fmt: skip
        for i, question in enumerate(quiz.record.questions):
            yield from _right_once(quiz, i, question)
            covered = {answer for option in question.options for answer in option.right_when}
            if covered:
                yield from _right_for_all(
                    quiz, i, question, covered, [one for one in loaded.revisions if one.policy == policy]
                )
            else:
                yield from quiz.problem(("questions", i, "options"), "P802", f"no option of `{question.id}` is ever right",
                                        "a question without an answer teaches nothing", "give each option its right_when", at_key=True)  # fmt: skip


def _right_once(quiz: Authored[Quiz], i: int, question: QuizQuestion) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for j, option in enumerate(question.options):
        for k, answer in enumerate(option.right_when):
            if answer in taken:
                yield from quiz.problem(
                    ("questions", i, "options", j, "right_when", k), "P801",
                    f"two options of `{question.id}` are right when the answer is {answer}: {taken[answer]} and {option.id}",
                    "a single choice has one right answer", "take the word out of one of them",
                )  # fmt: skip
            taken[answer] = option.id


def _right_for_all(
    quiz: Authored[Quiz], i: int, question: QuizQuestion, covered: set[Answer], revisions: list[LoadedRevision]
) -> Iterator[Problem]:
    for revision in revisions:
        position = revision.file.record.positions.get(question.about)
        known = not revision.file.is_stand_in(("positions", question.about, "answer"))
        if revision.file.record.status == "in-force" and position and known and position.answer not in covered:
            yield from quiz.problem(
                ("questions", i, "options"), "P802", f"`{question.id}` has no right answer for {revision.trust}",
                f"its position on `{question.about}` is {position.answer}",
                f"add `{position.answer}` to the right_when of one option", at_key=True,
            )  # fmt: skip
