"""P815: a bank of questions on a subject with a question that cannot be asked of every policy that deals with the subject.

What is right follows from each policy's own answers and forces. So such a question hangs on topics of its subject, and rests on no
clause; its id stands in no other bank, because a policy is asked from several.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.known_words import known_questions
from clausebook.check.quiz_shapes import Asked, questions_of
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import LoadedRevision
from clausebook.model import Quiz, QuizQuestion
from clausebook.model.problems import Problem


def check_quiz_subjects(loaded: Loaded) -> Iterator[Problem]:
    for quiz in loaded.quizzes.values():
        for asked in questions_of(quiz) if quiz.record.subject else ():
            yield from _of_one_policy(asked)
            yield from _of_another(asked, quiz.record.subject or "", loaded)
            yield from _taken_id(asked, loaded)


def asked_revisions(loaded: Loaded, name: str, quiz: Quiz, question: QuizQuestion) -> list[LoadedRevision]:
    """The texts in force that a question is about: the policy's that its bank bears the name of, or each that deals with its topics."""
    in_force = [one for one in loaded.revisions if one.file.record.status == "in-force"]
    if quiz.subject is None:
        return [one for one in in_force if one.policy == name]
    questions = known_questions(loaded)
    topics = {questions[about].topic for _, about in _abouts(question) if about in questions}
    topics |= {question.topic} if question.topic else set()
    return [one for one in in_force if topics and topics <= one.file.record.topics_covered]


def _of_one_policy(asked: Asked) -> Iterator[Problem]:
    if asked.question.rests_on:
        yield from asked.quiz.problem(
            (*asked.path, "rests_on"), "P815", f"`{asked.question.id}` rests on clauses, and this bank is on a subject", "clauses are those of one policy, and this bank serves several",
            "move the question to the quizzes/<policy>.yml of that policy, or give it `about` or `topic` in place of `rests_on`", at_key=True,
        )  # fmt: skip


def _of_another(asked: Asked, name: str, loaded: Loaded) -> Iterator[Problem]:
    subject_of = {
        topic.id: subject
        for subject, file in loaded.subjects.items()
        for group in file.record.groups
        for topic in group.topics
    }
    questions = known_questions(loaded)
    named = [(path, about, questions[about].topic) for path, about in _abouts(asked.question) if about in questions]
    if topic := asked.question.topic:
        named.append((("topic",), topic, topic))
    for path, word, topic in named:
        if name in loaded.subjects and subject_of.get(topic, name) != name:
            yield from asked.quiz.problem(
                (*asked.path, *path), "P815", f"`{word}` is not on the subject `{name}`", "this bank serves the policies that deal with its subject",
                f"move the question to the bank of `{subject_of[topic]}`, or to that of a policy",
            )  # fmt: skip


def _abouts(question: QuizQuestion) -> Iterator[tuple[Path, str]]:
    if question.about:
        yield ("about",), question.about
    for j, option in enumerate(question.options):
        if option.about:
            yield ("options", j, "about"), option.about


def _taken_id(asked: Asked, loaded: Loaded) -> Iterator[Problem]:
    for other in loaded.quizzes.values():
        if other is not asked.quiz and any(one.id == asked.question.id for one in other.record.questions):
            where = other.document.file
            if other.record.subject is None or where < asked.quiz.document.file:
                yield from asked.quiz.problem(
                    (*asked.path, "id"), "P815", f"the id `{asked.question.id}` is taken by a question of {where}", "a policy may be asked from both banks, and an id names one question",
                    "give this one an id of its own",
                )  # fmt: skip
