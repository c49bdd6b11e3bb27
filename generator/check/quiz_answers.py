"""P801, P802, P805, P806, P807: a quiz question that has not its right number of right answers in some trust.

An option says when it is right, so that the right answers follow from each trust's own policy: under which answers to a key
question, under which forces on a topic, or in which trusts. A single choice has one right answer, a multiple choice one to
nine (with more, Moodle does not take it in), and no option of a derived question is there for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.check.walk import clause_ids
from generator.load import Loaded
from generator.load.document import Path
from generator.load.handbook import Authored, LoadedRevision
from generator.model import ANSWERS, Quiz, QuizOption, QuizQuestion
from generator.model.values import OUTCOMES
from generator.problems import Problem, nearest

UNSAID = {"silent", "unreadable"}
MOST_RIGHT = 9
MISSPELT = 90  # as for the clauses of a position


class _Asked(NamedTuple):
    """A question where it stands in its file."""

    quiz: Authored[Quiz]
    path: Path
    question: QuizQuestion

    def options(self, code: str, what: str, why: str, fix: str) -> Iterator[Problem]:
        return self.quiz.problem((*self.path, "options"), code, what, why, fix, at_key=True)

    def option(self, index: int, field: str, code: str, what: str, why: str, fix: str) -> Iterator[Problem]:
        return self.quiz.problem((*self.path, "options", index, field), code, what, why, fix)


def check_quiz_answers(loaded: Loaded) -> Iterator[Problem]:
    for policy, quiz in loaded.quizzes.items():
        in_force = [one for one in loaded.revisions if one.policy == policy and one.file.record.status == "in-force"]
        for i, question in enumerate(quiz.record.questions):
            asked = _Asked(quiz, ("questions", i), question)
            unfit = list(_shape(asked))
            yield from unfit
            if unfit:
                continue
            if question.rests_on:
                yield from _resting(asked, loaded, in_force)
            else:
                yield from _derived(asked)
                for revision in in_force:
                    yield from _right_for(asked, revision)


def _shape(asked: _Asked) -> Iterator[Problem]:
    """P806: what decides must be given once, and must suit the kind of question."""
    question = asked.question
    by_option = [option for option in question.options if option.about]
    ways = [name for name in ("about", "topic", "rests_on") if getattr(question, name)]
    ways += ["`about` of its options"] if by_option else []
    if len(ways) != 1:
        found = " and ".join(way if " " in way else f"`{way}`" for way in ways) or "nothing"
        yield from asked.quiz.problem(
            (*asked.path, "id"), "P806", f"{found} decides which option of `{question.id}` is right", "the right answer follows from one thing, or nobody could say why it is right",
            "give one of `about` (a key question), `topic` and `rests_on` (clauses)",
        )  # fmt: skip
    elif by_option and (question.kind != "multiple" or len(by_option) < len(question.options)):
        index = next((i for i, one in enumerate(question.options) if not one.about), 0)
        yield from asked.option(
            index, "id", "P806", f"`{question.id}` is decided option by option, and this is a {question.kind} question" if question.kind != "multiple" else "this option has no `about`, and the others have",
            "each option of such a question is right or wrong for itself", "give every option an `about` in a question of `kind: multiple`",
        )  # fmt: skip
    elif question.kind == "order" and not question.rests_on:
        yield from asked.quiz.problem(
            (*asked.path, "kind"), "P806", f"the order of `{question.id}` rests on no clause", "an order is right because a clause gives it",
            "give `rests_on` with the clauses of each trust",
        )  # fmt: skip
    elif question.kind == "true-false" and len(question.options) != 2:
        yield from asked.options("P806", f"`{question.id}` is true or false, and has {len(question.options)} options", "there is nothing between the two",
                                 "keep two options, or write `kind: single`")  # fmt: skip
    elif (
        question.kind == "true-false"
        and not question.rests_on
        and question.unsaid == "ask-first"
        and not _covers_unsaid(question)
    ):
        yield from asked.quiz.problem(
            (*asked.path, "kind"), "P806", f"`{question.id}` has no answer where a policy does not say", "a true-or-false question has no room for “ask first”",
            "add `unsaid: leave-out`, or put silent and unreadable into the right_when of one option",
        )  # fmt: skip


def _derived(asked: _Asked) -> Iterator[Problem]:
    question = asked.question
    known = OUTCOMES if question.topic else ANSWERS
    fitting = set(known) - set(ANSWERS) | UNSAID if question.topic else set(known)
    taken: dict[str, str] = {}
    for j, option in enumerate(question.options):
        for k, answer in enumerate(option.right_when):
            if answer not in fitting:
                kinds = (
                    ("force on a topic", "answers to a key question")
                    if question.topic
                    else ("answer to a key question", "forces on a topic")
                )
                yield from asked.quiz.problem(
                    (*asked.path, "options", j, "right_when", k), "P805", f"`{answer}` is no {kinds[0]}, so `{option.id}` can never be right by it", f"the words that are {kinds[1]} decide nothing here",
                    f"use of: {', '.join(word for word in known if word in fitting)}",
                )  # fmt: skip
            elif answer in taken and not option.about:
                yield from asked.quiz.problem(
                    (*asked.path, "options", j, "right_when", k), "P801",
                    f"two options of `{question.id}` are right when the answer is {answer}: {taken[answer]} and {option.id}",
                    "a single choice has one right answer", "take the word out of one of them",
                )  # fmt: skip
            taken.setdefault(answer, option.id)
        if not option.right_when and any(one.right_when for one in question.options):
            yield from asked.option(
                j, "id", "P805", f"no trust can ever need the option `{option.id}`: it is right under no answer", "each option of a derived question is some trust's right answer",
                "give it a right_when, or take it out",
            )  # fmt: skip
        if option.right_in:
            yield from _misplaced(asked, j, "right_in", "right_when")
    if not taken:
        yield from asked.options("P802", f"no option of `{question.id}` is ever right", "a question without an answer teaches nothing",
                                 "give each option its right_when")  # fmt: skip


def _misplaced(asked: _Asked, index: int, field: str, instead: str) -> Iterator[Problem]:
    yield from asked.option(index, field, "P806", f"`{field}` decides nothing here", f"what decides here is `{instead}`",
                            f"use `{instead}`, or take the line out")  # fmt: skip


def _right_for(asked: _Asked, revision: LoadedRevision) -> Iterator[Problem]:
    """P802, P807: the right number for one trust, by its positions. What a topic decides is known after merging only."""
    question, positions = asked.question, revision.file.record.positions
    abouts = [option.about or question.about for option in question.options]
    if question.topic or any(about not in positions for about in abouts):
        return
    if any(revision.file.is_stand_in(("positions", about or "", "answer")) for about in abouts):
        return
    answers = [positions[about or ""].answer for about in abouts]
    right = [option for option, answer in zip(question.options, answers, strict=True) if answer in option.right_when]
    if not any(option.right_when for option in question.options):
        return
    if not right and not set(answers) <= UNSAID:
        said = " and ".join(dict.fromkeys(answer for answer in answers if answer not in UNSAID))
        yield from asked.options("P802", f"`{question.id}` has no right answer for {revision.trust}",
                                 f"its position on `{question.about}` is {said}" if question.about else f"its positions are {said}, and no option is right under its own",
                                 f"add `{said}` to the right_when of one option" if question.about else "add an option that is right there")  # fmt: skip
    yield from _too_many_right(asked, right, revision.trust)


def _resting(asked: _Asked, loaded: Loaded, in_force: Sequence[LoadedRevision]) -> Iterator[Problem]:
    trusts = [one.trust for one in asked.question.rests_on]
    for i, basis in enumerate(asked.question.rests_on):
        path = (*asked.path, "rests_on", i)
        if basis.trust in trusts[:i]:
            yield from asked.quiz.problem((*path, "trust"), "P806", f"{basis.trust} stands here twice", "one entry holds the clauses of one trust",
                                          "put the clauses into one entry")  # fmt: skip
            continue
        revision = next((one for one in in_force if one.trust == basis.trust), None)
        if revision is None:
            yield from _unknown_trust(asked, (*path, "trust"), basis.trust, loaded)
        else:
            yield from _known_clauses(asked, (*path, "clauses"), basis.clauses, revision)
        if asked.question.kind != "order":
            yield from _right_in(asked, basis.trust)
    for j in range(len(asked.question.options)):
        yield from _option_of_trusts(asked, j, trusts)


def _known_clauses(
    asked: _Asked, path: Path, clauses: Sequence[str], revision: LoadedRevision
) -> Iterator[Problem]:  # fmt: skip
    if any(part[:1] == ("sections",) for part in revision.file.stepped_over):
        return
    ids = clause_ids(revision.file.record)
    for k, clause in enumerate(clauses):
        if clause not in ids:
            near = nearest(clause, ids, MISSPELT)
            yield from asked.quiz.problem(
                (*path, k), "P202", f"the policy of {revision.trust} has no clause `{clause}`", "a reader who asks for the evidence must reach it",
                f"write `{near}`" if near else f"write the id of a clause of trusts/{revision.trust}/{revision.policy}/{revision.id}.yml",
            )  # fmt: skip


def _right_in(asked: _Asked, trust: str) -> Iterator[Problem]:
    question = asked.question
    right = [option for option in question.options if trust in option.right_in]
    if not right:
        yield from asked.options("P802", f"`{question.id}` has no right answer for {trust}", "no option names it in its right_in",
                                 f"add `{trust}` to the right_in of one option")  # fmt: skip
    elif question.kind != "multiple" and len(right) > 1:
        yield from asked.options("P801", f"{len(right)} options of `{question.id}` are right for {trust}: {' and '.join(option.id for option in right)}",
                                 "a single choice has one right answer", f"take {trust} out of the right_in of the others")  # fmt: skip
    yield from _too_many_right(asked, right, trust)


def _option_of_trusts(asked: _Asked, j: int, trusts: Sequence[str]) -> Iterator[Problem]:
    option = asked.question.options[j]
    if asked.question.kind == "order" and option.right_in:
        yield from asked.option(j, "right_in", "P806", "`right_in` decides nothing here", "the options of an order are right in the order in which they are written",
                                "take the line out")  # fmt: skip
    elif option.right_when:
        yield from _misplaced(asked, j, "right_when", "right_in")
    for k, trust in enumerate(option.right_in):
        if trust not in trusts:
            near = nearest(trust, trusts)
            yield from asked.quiz.problem(
                (*asked.path, "options", j, "right_in", k), "P805", f"`{option.id}` is right in `{trust}`, which is not asked", "only the trusts under rests_on are asked this",
                f"write `{near}`" if near else f"write one of: {', '.join(trusts)}",
            )  # fmt: skip


def _unknown_trust(asked: _Asked, path: Path, trust: str, loaded: Loaded) -> Iterator[Problem]:
    if any(name.startswith(f"trusts/{trust}/") for name in loaded.unread):
        return
    known = sorted(loaded.trusts)
    near = nearest(trust, [one for one in known if one != trust])
    policy = asked.quiz.document.file.removeprefix("quizzes/").removesuffix(".yml")
    what = f"{trust} has no {policy} policy that is in force" if trust in known else f"there is no trust `{trust}`"
    yield from asked.quiz.problem(path, "P806", what, "a question rests on a text that binds somebody",
                                  f"write `{near}`" if near and trust not in known else "take the entry out")  # fmt: skip


def _too_many_right(asked: _Asked, right: Sequence[QuizOption], trust: str) -> Iterator[Problem]:
    if len(right) > MOST_RIGHT:
        yield from asked.options("P807", f"`{asked.question.id}` has {len(right)} right options for {trust}", f"Moodle takes in a question with {MOST_RIGHT} at most",
                                 "ask it as two questions")  # fmt: skip


def _covers_unsaid(question: QuizQuestion) -> bool:
    return {answer for option in question.options for answer in option.right_when} >= UNSAID
