"""P801, P802, P805, P807: a quiz question that has not its right number of right answers in some trust.

An option says when it is right, so that the right answers follow from each trust's own policy: under which answers to a key
question, under which forces on a topic, or in which trusts. A single choice has one right answer, a multiple choice one to
nine (with more, Moodle does not take it in), and no option of a derived question is there for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from clausebook.check.quiz_shapes import UNSAID, Asked, check_shape, questions_of
from clausebook.check.quiz_subjects import asked_revisions
from clausebook.load import Loaded
from clausebook.load.reader import LoadedRevision
from clausebook.model import ANSWERS
from clausebook.model.problems import Problem, nearest
from clausebook.model.values import OUTCOMES

MOST_RIGHT = 9


def check_quiz_answers(loaded: Loaded) -> Iterator[Problem]:
    for name, quiz in loaded.quizzes.items():
        for asked in questions_of(quiz):
            if any(check_shape(asked)):  # which is shown by a rule of its own
                continue
            in_force = asked_revisions(loaded, name, quiz.record, asked.question)
            if asked.question.rests_on:
                yield from _resting(asked, loaded, in_force)
            else:
                yield from _derived(asked)
                for revision in in_force:
                    yield from _right_for(asked, revision)


def _derived(asked: Asked) -> Iterator[Problem]:
    """What can be said without looking at any policy."""
    taken: dict[str, str] = {}
    for j, option in enumerate(asked.question.options):
        for k, answer in enumerate(option.right_when):
            path = (*asked.path, "options", j, "right_when", k)
            if asked.quiz.is_stand_in(path):
                continue
            yield from _right_answer(asked, (j, k), taken.get(answer))
            taken.setdefault(answer, option.id)
    if not asked.is_whole:
        return
    if not taken:
        yield from asked.options("P802", f"no option of `{asked.question.id}` is ever right", "a question without an answer teaches nothing",
                                 "give each option a `right_when` with the answers under which it is right")  # fmt: skip
        return
    for j, option in enumerate(asked.question.options):
        if not option.right_when:
            yield from asked.option(
                j, "id", "P805", f"no trust can ever need the option `{option.id}`: it has no `right_when`", "each option is some trust's right answer, and a wrong one elsewhere",
                "give it a `right_when` with answers that no other option has, or take it out",
            )  # fmt: skip
    yield from _half_unsaid(asked, taken)
    if not asked.by_option:
        counted = Counter(answer for option in asked.question.options for answer in set(option.right_when))
        for answer, count in counted.items():
            yield from _too_many_right(asked, count, f"when the answer is {answer}")


def _right_answer(asked: Asked, place: tuple[int, int], taken_by: str | None) -> Iterator[Problem]:
    """P801, P805, P806 of one word of a `right_when`."""
    question, (j, k) = asked.question, place
    option, path = question.options[j], (*asked.path, "options", j, "right_when", k)
    answer = option.right_when[k]
    known = (
        [outcome for outcome in OUTCOMES if outcome not in ANSWERS or outcome in UNSAID]
        if question.topic
        else list(ANSWERS)
    )
    if answer not in known:
        here, there = ("a force on a topic", "an answer to a key question")
        here, there = (here, there) if question.topic else (there, here)
        yield from asked.quiz.problem(
            path, "P805", f"`{answer}` can never make `{option.id}` right: it is {there}", f"this question is decided by {here}",
            f"write one of: {', '.join(known)}",
        )  # fmt: skip
    elif answer in option.right_when[:k]:
        yield from asked.quiz.problem(path, "P806", f"`{answer}` is here twice", "once is enough, and the second may be meant for another word",
                                      "take one of the two out")  # fmt: skip
    elif taken_by and question.kind != "multiple":
        yield from asked.quiz.problem(
            path, "P801", f"two options of `{question.id}` are right when the answer is {answer}: {taken_by} and {option.id}",
            "a reader may choose one only", f"take `{answer}` out of the `right_when` of one of them",
        )  # fmt: skip


def _half_unsaid(asked: Asked, taken: dict[str, str]) -> Iterator[Problem]:
    """A question that knows what is right where the policy is silent, and not where it cannot be read, or the other way round."""
    said = [answer for answer in UNSAID if answer in taken]
    if len(said) == 1 and not asked.by_option:
        (other,) = set(UNSAID) - set(said)
        yield from asked.options(
            "P802", f"`{asked.question.id}` has a right answer where a policy is {said[0]}, and none where it is {other}", "both mean that the reader cannot know",
            f"put `{other}` beside `{said[0]}`",
        )  # fmt: skip


def _right_for(asked: Asked, revision: LoadedRevision) -> Iterator[Problem]:
    """P802, P807: the right number for one trust, by its positions. What a topic decides is known after merging only."""
    question, positions = asked.question, revision.file.record.positions
    abouts = [option.about or question.about or "" for option in question.options]
    if question.topic or not asked.is_whole or any(about not in positions for about in abouts):
        return
    if any(revision.file.is_stand_in(("positions", about, "answer")) for about in abouts):
        return
    answers = [positions[about].answer for about in abouts]
    right = [option for option, answer in zip(question.options, answers, strict=True) if answer in option.right_when]
    said = list(dict.fromkeys(answer for answer in answers if answer not in UNSAID))
    if not right and said and any(option.right_when for option in question.options):
        if question.about:
            why, fix = (
                f"its position on `{question.about}` is {said[0]}",
                f"add `{said[0]}` to the `right_when` of one option",
            )
        else:
            told = ", ".join(dict.fromkeys(f"{about}: {answer}" for about, answer in zip(abouts, answers, strict=True)))
            why, fix = (
                f"its positions are {told}",
                "add the position to the `right_when` of an option that is right there",
            )
        yield from asked.options("P802", f"`{question.id}` has no right answer for {revision.trust}", why, fix)
    if asked.by_option:
        yield from _too_many_right(asked, len(right), f"for {revision.trust}")


def _resting(asked: Asked, loaded: Loaded, in_force: list[LoadedRevision]) -> Iterator[Problem]:
    """The right number for each trust that a question on clauses names; its clauses are a rule of their own."""
    trusts = [one.trust for one in asked.question.rests_on]
    known = {revision.trust for revision in in_force} | {
        name.split("/")[1] for name in loaded.unread if name.startswith("trusts/")
    }
    if asked.question.kind != "order" and asked.is_whole:
        for trust in dict.fromkeys(trust for trust in trusts if trust in known):
            yield from _right_in(asked, trust)
    if not set(trusts) <= known or asked.quiz.is_stand_in((*asked.path, "rests_on")):
        return
    for j, option in enumerate(asked.question.options):
        for k, trust in enumerate(option.right_in):
            path, near = (*asked.path, "options", j, "right_in", k), nearest(trust, trusts)
            if trust not in trusts:
                yield from asked.quiz.problem(
                    path, "P805", f"`{option.id}` is right in `{trust}`, and `rests_on` does not name it", "only the trusts under `rests_on` are asked this",
                    f"write `{near}`" if near else f"take it out, or add {trust} with its clauses to `rests_on`",
                )  # fmt: skip
            elif trust in option.right_in[:k]:
                yield from asked.quiz.problem(path, "P806", f"`{trust}` is here twice", "once is enough, and the second may be meant for another trust",
                                              "take one of the two out")  # fmt: skip


def _right_in(asked: Asked, trust: str) -> Iterator[Problem]:
    question = asked.question
    right = [option.id for option in question.options if trust in option.right_in]
    if not right:
        yield from asked.options("P802", f"`{question.id}` has no right answer for {trust}", f"no option names {trust} in its `right_in`",
                                 f"add `{trust}` to the `right_in` of one option, or take {trust} out of `rests_on`")  # fmt: skip
    elif question.kind != "multiple" and len(right) > 1:
        yield from asked.options("P801", f"{len(right)} options of `{question.id}` are right for {trust}: {', '.join(right[:-1])} and {right[-1]}",
                                 "a reader may choose one only", f"leave {trust} in the `right_in` of one of them, or write `kind: multiple`")  # fmt: skip
    yield from _too_many_right(asked, len(right), f"for {trust}")


def _too_many_right(asked: Asked, count: int, where: str) -> Iterator[Problem]:
    if count > MOST_RIGHT and asked.question.kind == "multiple":
        yield from asked.options("P807", f"`{asked.question.id}` has {count} right options {where}", f"Moodle, a learning platform, takes in {MOST_RIGHT} at most",
                                 "ask it as two questions")  # fmt: skip
