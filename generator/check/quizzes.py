"""P801, P802: a quiz question that has not exactly one right answer for some trust, or an option that no trust can need.

An option says under which positions it is right, so the right answer follows from each trust's own policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.load import Loaded
from generator.model import ANSWERS
from generator.problems import Problem


def check_quizzes(loaded: Loaded) -> Iterator[Problem]:
    for policy, quiz in loaded.quizzes.items():
        if quiz.record.pass_mark > len(quiz.record.questions):
            yield from quiz.problem(
                ("pass_mark",), "P803", f"{quiz.record.pass_mark} right answers are asked for, and there are {len(quiz.record.questions)} questions",
                "nobody could pass", "lower the pass mark, or add questions",
            )  # fmt: skip
        for i, question in enumerate(quiz.record.questions):
            for j, option in enumerate(question.options):
                for k, answer in enumerate(option.right_when):
                    others = [other.id for other in question.options if other is not option and answer in other.right_when]
                    if others:
                        yield from quiz.problem(
                            ("questions", i, "options", j, "right_when", k), "P801",
                            f"two options of `{question.id}` are right when the answer is {answer}: {option.id} and {others[0]}",
                            "a single choice has one right answer", "take the word out of one of them",
                        )  # fmt: skip
            covered = {answer for option in question.options for answer in option.right_when}
            for revision in loaded.revisions:
                position = revision.file.record.positions.get(question.on)
                in_use = revision.policy == policy and revision.file.record.status == "in-force"
                if in_use and position and position.answer not in covered:
                    yield from quiz.problem(
                        ("questions", i, "options"), "P802", f"`{question.id}` has no right answer for {revision.trust}",
                        f"its position on `{question.on}` is {position.answer}",
                        f"add `{position.answer}` to the right_when of one option", at_key=True,
                    )  # fmt: skip
            unused = [word for word in ANSWERS if word not in covered]
            if len(unused) == len(ANSWERS):
                yield from quiz.problem(("questions", i, "options"), "P802", f"no option of `{question.id}` is ever right",
                                        "a question without an answer teaches nothing", "give each option its right_when", at_key=True)  # fmt: skip
