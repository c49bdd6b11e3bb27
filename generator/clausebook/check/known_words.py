"""P203, P204, P205, P209, P210, P211: a topic, a role, a key question, a subject, a kind or a source that no shared list knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from clausebook.check.walk import walk_clauses
from clausebook.layout import OF_ENGINE
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import Authored
from clausebook.looks import SUBJECTS
from clausebook.model import AppendixRecord, Checklist, ChecklistRule, Question, RevisionRecord
from clausebook.model.problems import Problem, nearest


class Known(NamedTuple):
    """The ids that one list has, and where it stands; None where it is not whole, and so says nothing of what is not in it."""

    ids: list[str] | None
    where: str


def known_questions(loaded: Loaded) -> dict[str, Question]:
    """Every key question of every subject by its id; one that could not be read is left out."""
    return {
        question.id: question
        for subject in loaded.subjects.values()
        for i, question in enumerate(subject.record.questions)
        if not subject.is_stand_in(("questions", i))
        and not any(subject.is_stand_in(("questions", i, name)) for name in ("id", "topic", "ask"))
    }


def check_known_words(loaded: Loaded) -> Iterator[Problem]:
    known_roles, known_topics, known_ones = _known_roles(loaded), *_known_topics_and_questions(loaded)
    for revision in loaded.revisions:
        yield from _in_revision(revision.file, known_topics)
    for text in loaded.texts:
        yield from _in_clauses(text.file, known_roles, known_topics)
    for asked in loaded.acknowledgements.values():
        for i, campaign in enumerate(asked.record.campaigns):
            yield from _binds(asked, ("campaigns", i, "roles"), campaign.roles, known_roles)
    for written in loaded.policies.values():
        yield from _binds(written, ("audience",), written.record.audience, known_roles)
    yield from _in_subjects(loaded) if known_topics.ids is not None else ()
    yield from _in_quizzes(loaded, known_roles, known_topics)
    for checklist in loaded.checklists.values():
        yield from _checklist_kind(loaded, checklist)
    for file, path, rule in _rules(loaded):
        if rule.topic:
            yield from _known(file, (*path, "topic"), "P203", rule.topic, "topic", known_topics)
    for file, place, name in _questions_named(loaded):
        at_key = place[0] == "positions"
        yield from _known(file, place, "P205", name, "key question", known_ones, at_key)
    yield from _everyday_words(loaded, known_topics)
    yield from _in_kinds(loaded, known_roles)
    yield from _kinds_of_policies(loaded)


def _known_roles(loaded: Loaded) -> Known:
    whole = loaded.roles and not loaded.roles.stepped_over
    return Known(
        [role.id for role in loaded.roles.record.roles] if loaded.roles and whole else None,
        loaded.roles.document.file if loaded.roles else "",
    )


def _known_topics_and_questions(loaded: Loaded) -> tuple[Known, Known]:
    subjects = loaded.subjects.values()
    topics = [topic.id for subject in subjects for group in subject.record.groups for topic in group.topics]
    questions = [question.id for subject in subjects for question in subject.record.questions]
    # Which of the engine's subjects a handbook takes is said by its kinds.
    whole = (
        loaded.kinds
        and not loaded.kinds.stepped_over
        and not any(name.startswith(f"{SUBJECTS}/") for name in loaded.unread)
    )
    stepped_over = [path for subject in subjects for path in subject.stepped_over]
    where = _where_subjects_stand(loaded)
    return (
        Known(topics if whole and not any(path[0] != "questions" for path in stepped_over) else None, where),
        Known(questions if whole and not any(path[2:3] in ((), ("id",)) for path in stepped_over) else None, where),
    )


def _where_subjects_stand(loaded: Loaded) -> str:
    are_engines = all(subject.document.is_engines for subject in loaded.subjects.values())
    return f"{OF_ENGINE if are_engines else ''}{SUBJECTS}/"


def _in_subjects(loaded: Loaded) -> Iterator[Problem]:
    """P203: a question on a topic that its subject has not."""
    for subject in loaded.subjects.values():
        own = [topic.id for group in subject.record.groups for topic in group.topics]
        for i, question in enumerate(subject.record.questions):
            path: Path = ("questions", i, "topic")
            yield from _known(subject, path, "P203", question.topic, "topic of this subject", Known(own, "this file"))


def _everyday_words(loaded: Loaded, known_topics: Known) -> Iterator[Problem]:
    """P203: a topic that an everyday word should lead to."""
    if loaded.everyday_words:
        for i, one in enumerate(loaded.everyday_words.record.words):
            for index, topic in enumerate(one.topics):
                yield from _known(
                    loaded.everyday_words, ("words", i, "topics", index), "P203", topic, "topic", known_topics
                )


def _in_kinds(loaded: Loaded, known_roles: Known) -> Iterator[Problem]:
    """P204, P209, P211: a role, a subject or a source that a kind names and nobody knows."""
    if not loaded.kinds:
        return
    sources = [source.id for source in loaded.kinds.record.sources]
    for i, kind in enumerate(loaded.kinds.record.kinds):
        yield from _binds(loaded.kinds, ("kinds", i, "usual_audience"), kind.usual_audience, known_roles)
        yield from _subjects(loaded, loaded.kinds, ("kinds", i, "subjects"), kind.subjects)
        for name in ("at_induction", "required_by", "usual_review"):
            yield from _known(
                loaded.kinds, ("kinds", i, name, "source"), "P211", getattr(kind, name).source, "source",
                Known(sources if not loaded.kinds.stepped_over else None, "`sources` of this file"),
            )  # fmt: skip


def _kinds_of_policies(loaded: Loaded) -> Iterator[Problem]:
    """P209, P210: a policy whose kind or subject nobody knows."""
    if not loaded.kinds or loaded.kinds.stepped_over:
        return
    kinds = [kind.id for kind in loaded.kinds.record.kinds]
    for file in loaded.policies.values():
        yield from _subjects(loaded, file, ("subjects",), file.record.subjects)
        if file.record.kind:
            yield from _known(
                file, ("kind",), "P210", file.record.kind, "kind of policy", Known(kinds, loaded.kinds.document.file)
            )
    seen = set()
    for revision in loaded.revisions:
        key = (revision.trust, revision.policy)
        written = loaded.policies.get(key)
        if key in seen or revision.policy in kinds or (written and (written.record.kind or written.stepped_over)):
            continue
        seen.add(key)
        name = f"trusts/{revision.trust}/{revision.policy}/policy.yml"
        if name not in loaded.unread:
            near = nearest(revision.policy, kinds)
            yield from revision.file.problem(
                (), "P210", f"nothing says of which kind the policy `{revision.policy}` is",
                "policies of different trusts are compared by their kind, and no kind has the name of this folder",
                f"write {name} with `kind: {near or '…'}`, one of those in {loaded.kinds.document.file}",
            )  # fmt: skip


def _checklist_kind(loaded: Loaded, file: Authored[Checklist]) -> Iterator[Problem]:
    if loaded.kinds and not loaded.kinds.stepped_over:
        kinds = [kind.id for kind in loaded.kinds.record.kinds]
        yield from _known(
            file, ("kind",), "P210", file.record.kind, "kind of policy", Known(kinds, loaded.kinds.document.file)
        )


def _subjects(loaded: Loaded, file: Authored[Any], path: Path, subjects: tuple[str, ...]) -> Iterator[Problem]:
    for index, subject in enumerate(subjects):
        yield from _subject(loaded, file, (*path, index), subject)


def _subject(loaded: Loaded, file: Authored[Any], path: Path, subject: str) -> Iterator[Problem]:
    known = Known(list(loaded.subjects) if loaded.subjects else None, _where_subjects_stand(loaded))
    if f"{SUBJECTS}/{subject}.yml" not in loaded.unread:
        yield from _known(file, path, "P209", subject, "subject", known)


def _in_quizzes(loaded: Loaded, known_roles: Known, known_topics: Known) -> Iterator[Problem]:
    for quiz in loaded.quizzes.values():
        subject = quiz.record.subject
        if subject:
            yield from _subject(loaded, quiz, ("subject",), subject)
        for i, asked_of in enumerate(quiz.record.questions):
            yield from _binds(quiz, ("questions", i, "roles"), asked_of.roles, known_roles)
            if asked_of.topic:
                yield from _known(quiz, ("questions", i, "topic"), "P203", asked_of.topic, "topic", known_topics)


def _in_revision(file: Authored[RevisionRecord], topics: Known) -> Iterator[Problem]:
    for index, topic in enumerate(file.record.covers):
        yield from _known(file, ("covers", index), "P203", topic, "topic", topics)
    for i, part in enumerate(file.record.front_matter):
        for index, topic in enumerate(part.topics):
            yield from _known(file, ("front_matter", i, "topics", index), "P203", topic, "topic", topics)


def _in_clauses(
    file: Authored[RevisionRecord] | Authored[AppendixRecord], roles: Known, topics: Known
) -> Iterator[Problem]:
    yield from _binds(file, ("binds",), file.record.binds or (), roles)
    for written in walk_clauses(file.record):
        yield from _binds(file, (*written.path, "binds"), written.item.binds or (), roles)
        for index, topic in enumerate(written.item.topics or ()):
            yield from _known(file, (*written.path, "topics", index), "P203", topic, "topic", topics)


def _questions_named(loaded: Loaded) -> Iterator[tuple[Authored[Any], Path, str]]:
    for revision in loaded.revisions:
        yield from ((revision.file, ("positions", name), name) for name in revision.file.record.positions)
    if loaded.kinds:
        for i, kind in enumerate(loaded.kinds.record.kinds):
            yield from ((loaded.kinds, ("kinds", i, "core", index), name) for index, name in enumerate(kind.core))
    for i, reference in enumerate(loaded.references.record.references if loaded.references else ()):
        if loaded.references and reference.position:
            yield loaded.references, ("references", i, "position", "question"), reference.position.question
    yield from _questions_of_quizzes(loaded)
    yield from ((file, (*path, "question"), rule.question) for file, path, rule in _rules(loaded) if rule.question)


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


def _binds(file: Authored[Any], path: Path, binds: tuple[str, ...], roles: Known) -> Iterator[Problem]:
    for index, role in enumerate(binds):
        yield from _known(file, (*path, index), "P204", role, "role", roles)


def _known(
    file: Authored[Any], path: Path, code: str, word: str, noun: str, known: Known,
    at_key: bool = False,
) -> Iterator[Problem]:  # fmt: skip
    if known.ids is None or word in known.ids or file.document.is_engines:
        return  # a list of the engine may name more than a handbook has that keeps lists of its own
    near = nearest(word, known.ids)
    fix = f"write `{near}`" if near else f"use an id from {known.where}"
    yield from file.problem(
        path, code, f"`{word}` is not a {noun}", f"they are listed in {known.where}", fix, at_key=at_key
    )
