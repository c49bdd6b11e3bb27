"""P203, P204, P205: a topic, a role or a key question that the shared lists do not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.handbook import Authored
from clausebook.model import ChecklistRule, RevisionRecord
from clausebook.model.problems import Problem, nearest


def check_known_words(loaded: Loaded) -> Iterator[Problem]:
    roles = [role.id for role in loaded.roles.record.roles] if loaded.roles else []
    topics = [topic.id for group in loaded.topics.record.groups for topic in group.topics] if loaded.topics else []
    questions = [question.id for question in loaded.questions.record.questions] if loaded.questions else []
    # A list that is not whole says nothing about the words that are not in it.
    known_roles = roles if loaded.roles and not loaded.roles.stepped_over else None
    known_topics = topics if loaded.topics and not loaded.topics.stepped_over else None
    known_questions = questions if loaded.questions and not loaded.questions.stepped_over else None
    for revision in loaded.revisions:
        yield from _in_revision(revision.file, known_roles, known_topics)
    for asked in loaded.acknowledgements.values():
        for i, campaign in enumerate(asked.record.campaigns):
            yield from _binds(asked, ("campaigns", i, "roles"), campaign.roles, known_roles)
    for written in loaded.policies.values():
        yield from _binds(written, ("audience",), written.record.audience, known_roles)
    if loaded.questions:
        for i, question in enumerate(loaded.questions.record.questions):
            path: Path = ("questions", i, "topic")
            yield from _known(
                loaded.questions, path, "P203", question.topic, "topic", known_topics, "content/topics.yml"
            )
    yield from _in_quizzes(loaded, known_roles, known_topics)
    for file, path, rule in _rules(loaded):
        if rule.topic:
            yield from _known(file, (*path, "topic"), "P203", rule.topic, "topic", known_topics, "content/topics.yml")
    for file, place, name in _questions_named(loaded):
        at_key = place[0] == "positions"
        yield from _known(file, place, "P205", name, "key question", known_questions, "content/questions.yml", at_key)


def _in_quizzes(loaded: Loaded, known_roles: list[str] | None, known_topics: list[str] | None) -> Iterator[Problem]:
    for quiz in loaded.quizzes.values():
        for i, asked_of in enumerate(quiz.record.questions):
            yield from _binds(quiz, ("questions", i, "roles"), asked_of.roles, known_roles)
            if asked_of.topic:
                yield from _known(
                    quiz, ("questions", i, "topic"), "P203", asked_of.topic, "topic", known_topics, "content/topics.yml"
                )


def _in_revision(
    file: Authored[RevisionRecord], roles: list[str] | None, topics: list[str] | None
) -> Iterator[Problem]:
    yield from _binds(file, ("binds",), file.record.binds, roles)
    for i, part in enumerate(file.record.front_matter):
        for index, topic in enumerate(part.topics):
            yield from _known(
                file, ("front_matter", i, "topics", index), "P203", topic, "topic", topics, "content/topics.yml"
            )
    for written in walk_clauses(file.record):
        yield from _binds(file, (*written.path, "binds"), written.item.binds or (), roles)
        for index, topic in enumerate(written.item.topics or ()):
            yield from _known(
                file, (*written.path, "topics", index), "P203", topic, "topic", topics, "content/topics.yml"
            )


def _questions_named(loaded: Loaded) -> Iterator[tuple[Authored[Any], Path, str]]:
    for revision in loaded.revisions:
        for name in revision.file.record.positions:
            yield revision.file, ("positions", name), name
    if loaded.references:
        for i, reference in enumerate(loaded.references.record.references):
            if reference.position:
                yield loaded.references, ("references", i, "position", "question"), reference.position.question
    yield from _questions_of_quizzes(loaded)
    for file, path, rule in _rules(loaded):
        if rule.question:
            yield file, (*path, "question"), rule.question


def _questions_of_quizzes(loaded: Loaded) -> Iterator[tuple[Authored[Any], Path, str]]:
    for quiz in loaded.quizzes.values():
        for i, asked in enumerate(quiz.record.questions):
            if asked.about:
                yield quiz, ("questions", i, "about"), asked.about
            for j, option in enumerate(asked.options):
                if option.about:
                    yield quiz, ("questions", i, "options", j, "about"), option.about


def _rules(loaded: Loaded) -> Iterator[tuple[Authored[Any], Path, ChecklistRule]]:
    for file in loaded.checklists.values():
        for i, point in enumerate(file.record.points):
            for j, rule in enumerate(point.rules):
                yield file, ("points", i, "rules", j), rule


def _binds(file: Authored[Any], path: Path, binds: tuple[str, ...], roles: list[str] | None) -> Iterator[Problem]:
    for index, role in enumerate(binds):
        yield from _known(file, (*path, index), "P204", role, "role", roles, "content/roles.yml")


def _known(
    file: Authored[Any], path: Path, code: str, word: str, noun: str, known: list[str] | None, where: str,
    at_key: bool = False,
) -> Iterator[Problem]:  # fmt: skip
    if known is None or word in known:
        return
    near = nearest(word, known)
    fix = f"write `{near}`" if near else f"use an id from {where}"
    yield from file.problem(path, code, f"`{word}` is not a {noun}", f"the list of them is {where}", fix, at_key=at_key)
