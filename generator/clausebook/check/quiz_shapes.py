"""P806: a quiz question whose right answer follows from nothing, from two things, or from what does not suit its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import Authored
from clausebook.model import Quiz, QuizQuestion
from clausebook.model.problems import Problem

UNSAID = ("silent", "unreadable")
ASK_FIRST = "ask-first"


class Asked(NamedTuple):
    """A question where it stands in its file."""

    quiz: Authored[Quiz]
    path: Path
    question: QuizQuestion

    @property
    def is_whole(self) -> bool:
        """Whether every part of it was taken as written: of one that was not, nobody knows what it lacks."""
        return not any(path[: len(self.path)] == self.path for path in self.quiz.stepped_over)

    @property
    def by_option(self) -> bool:
        """Whether each option hangs on a key question of its own."""
        return any(option.about for option in self.question.options)

    def here(self, field: str, what: str, why: str, fix: str) -> Iterator[Problem]:
        return self.quiz.problem((*self.path, field), "P806", what, why, fix)

    def options(self, code: str, what: str, why: str, fix: str) -> Iterator[Problem]:
        return self.quiz.problem((*self.path, "options"), code, what, why, fix, at_key=True)

    def option(self, index: int, field: str, code: str, what: str, why: str, fix: str) -> Iterator[Problem]:
        return self.quiz.problem((*self.path, "options", index, field), code, what, why, fix, at_key=field != "id")


def questions_of(quiz: Authored[Quiz]) -> Iterator[Asked]:
    for i, question in enumerate(quiz.record.questions):
        if not quiz.is_stand_in(("questions", i)):
            yield Asked(quiz, ("questions", i), question)


def check_quiz_shapes(loaded: Loaded) -> Iterator[Problem]:
    for quiz in loaded.quizzes.values():
        for asked in questions_of(quiz):
            yield from check_shape(asked)


def check_shape(asked: Asked) -> Iterator[Problem]:
    """What decides must be given once, and must suit the kind of question."""
    question = asked.question
    if not asked.is_whole:
        return
    ways = [f"`{name}`" for name in ("about", "topic", "rests_on") if getattr(question, name)]
    ways += ["the `about` of its options"] if asked.by_option else []
    if not ways:
        yield from asked.here("id", f"`{question.id}` names no key question, no topic and no clause", "which option is right follows from what a policy says there",
                              "give it one of `about` (a key question), `topic` and `rests_on` (clauses)")  # fmt: skip
    elif len(ways) > 1:
        told = f"{', '.join(ways[:-1])} and {ways[-1]}"
        yield from asked.here("id", f"{told} {'both' if len(ways) == 2 else 'all'} decide which option of `{question.id}` is right", "they could decide differently",
                              "keep one of them")  # fmt: skip
    elif asked.by_option and question.kind != "multiple":
        yield from asked.here("kind", f"each option of `{question.id}` is decided by itself, and only one may be chosen", "none of them might be right, or several",
                              "write `kind: multiple`, or give the question one `about` in place of those of its options")  # fmt: skip
    elif asked.by_option and (lacking := [j for j, option in enumerate(question.options) if not option.about]):
        for j in lacking:
            yield from asked.option(j, "id", "P806", f"nothing decides whether `{question.options[j].id}` is right: it has no `about`", "each of the other options names a key question of its own",
                                    "give it an `about`, or take it out")  # fmt: skip
    else:
        yield from _of_kind(asked)
        yield from _idle(asked)
        yield from _taken_id(asked)


def _of_kind(asked: Asked) -> Iterator[Problem]:
    question = asked.question
    if question.kind == "order" and not question.rests_on:
        yield from asked.here("kind", f"the order of `{question.id}` rests on no clause", "an order is right because a clause gives it",
                              "give it `rests_on`, with the clauses of each trust, in place of `about` or `topic`")  # fmt: skip
    elif question.kind == "true-false" and len(question.options) != 2:
        yield from asked.options("P806", f"`{question.id}` is true or false, and has {len(question.options)} options", "there is nothing between the two",
                                 "keep two options, or write `kind: single`")  # fmt: skip
    elif question.kind == "true-false" and _asks_first(asked) and question.unsaid == "ask-first":
        yield from asked.here("kind", f"`{question.id}` has no right answer where a policy does not say", "beside true and false there is no room for “ask first”",
                              "add `unsaid: leave-out` below, or put `silent` and `unreadable` into the `right_when` of one option")  # fmt: skip
    elif question.unsaid == "leave-out" and not (question.rests_on or asked.by_option or _asks_first(asked)):
        yield from asked.here("unsaid", f"`{question.id}` is to be left out where a policy does not say, and an option is right there", "it cannot be both asked and left out",
                              "take this line out, or take `silent` and `unreadable` out of the `right_when` of its options")  # fmt: skip


def _asks_first(asked: Asked) -> bool:
    """Whether no option of its own is right where a policy does not say."""
    question = asked.question
    return not question.rests_on and not any(
        word in option.right_when for option in question.options for word in UNSAID
    )


def _idle(asked: Asked) -> Iterator[Problem]:
    """A `right_when` or `right_in` that decides nothing in a question of this kind."""
    question = asked.question
    for j, option in enumerate(question.options):
        if question.kind == "order" and (
            field := "right_in" if option.right_in else "right_when" if option.right_when else ""
        ):
            yield from asked.option(j, field, "P806", f"`{field}` decides nothing in `{question.id}`", "the steps of an order are right in the order in which they are written here",
                                    "take it out")  # fmt: skip
        elif question.kind != "order" and question.rests_on and option.right_when:
            yield from asked.option(j, "right_when", "P806", f"`right_when` decides nothing in `{question.id}`", "where a question rests on clauses, each option names the trusts in which it is right",
                                    "name them in `right_in`, in place of `right_when`")  # fmt: skip
        elif not question.rests_on and option.right_in:
            yield from asked.option(j, "right_in", "P806", f"`right_in` decides nothing in `{question.id}`", "its right answer follows from each trust's policy by itself",
                                    "say in `right_when` under which answers the option is right, in place of `right_in`")  # fmt: skip


def _taken_id(asked: Asked) -> Iterator[Problem]:
    if _asks_first(asked) and asked.question.unsaid == "ask-first":
        for j, option in enumerate(asked.question.options):
            if option.id == ASK_FIRST:
                yield from asked.option(j, "id", "P806", f"the id `{ASK_FIRST}` is taken by the quiz's own `ask_first`, which joins this question", "an id names one option",
                                        "give this option another id; or take it out, because `ask_first` says it already")  # fmt: skip
