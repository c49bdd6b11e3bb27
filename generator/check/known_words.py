"""P203, P204, P205: a topic, a role or a key question that the shared lists do not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.check.walk import walk_clauses
from generator.load import Loaded
from generator.load.document import Path
from generator.load.handbook import Authored
from generator.problems import Problem, nearest


def check_known_words(loaded: Loaded) -> Iterator[Problem]:
    topics = [topic.id for group in loaded.topics.record.groups for topic in group.topics] if loaded.topics else None
    roles = [role.id for role in loaded.roles.record.roles] if loaded.roles else None
    questions = [question.id for question in loaded.questions.record.questions] if loaded.questions else None
    for revision in loaded.revisions:
        file = revision.file
        yield from _binds(file, ("binds",), file.record.binds, roles)
        for written in walk_clauses(file.record):
            yield from _binds(file, (*written.path, "binds"), written.item.binds or (), roles)
            for index, topic in enumerate(written.item.topics or ()):
                yield from _known(file, (*written.path, "topics", index), "P203", topic, "topic", topics, "content/topics.yml")
        for name in file.record.positions:
            yield from _known(file, ("positions", name), "P205", name, "key question", questions, "content/questions.yml", at_key=True)
    if loaded.questions:
        for i, question in enumerate(loaded.questions.record.questions):
            yield from _known(loaded.questions, ("questions", i, "topic"), "P203", question.topic, "topic", topics, "content/topics.yml")
    if loaded.references:
        for i, reference in enumerate(loaded.references.record.references):
            if reference.position:
                path, name = ("references", i, "position", "question"), reference.position.question
                yield from _known(loaded.references, path, "P205", name, "key question", questions, "content/questions.yml")
    for quiz in loaded.quizzes.values():
        for i, asked in enumerate(quiz.record.questions):
            yield from _known(quiz, ("questions", i, "on"), "P205", asked.on, "key question", questions, "content/questions.yml")


def _binds(file: Authored[Any], path: Path, binds: tuple[str, ...], roles: list[str] | None) -> Iterator[Problem]:
    for index, role in enumerate(binds):
        yield from _known(file, (*path, index), "P204", role, "role", roles, "content/roles.yml")


def _known(
    file: Authored[Any], path: Path, code: str, word: str, noun: str, known: list[str] | None, where: str, at_key: bool = False
) -> Iterator[Problem]:  # fmt: skip
    if known is None or word in known:
        return
    near = nearest(word, known)
    fix = f"write `{near}`" if near else f"use an id from {where}"
    yield from file.problem(path, code, f"`{word}` is not a {noun}", f"the list of them is {where}", fix, at_key=at_key)
