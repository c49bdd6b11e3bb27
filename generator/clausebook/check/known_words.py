"""P203, P204, P205, P209, P210, P211: a topic, a role, a key question, a subject, a kind or a source that no shared list knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausebook.check.walk import walk_clauses
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import Authored
from clausebook.model import Checklist, ChecklistRule, Question, RevisionRecord
from clausebook.model.problems import Problem, nearest

KINDS = "content/kinds.yml"
SUBJECTS = "content/subjects/"


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
    roles = [role.id for role in loaded.roles.record.roles] if loaded.roles else []
    subjects = loaded.subjects.values()
    topics = [topic.id for subject in subjects for group in subject.record.groups for topic in group.topics]
    questions = [question.id for subject in subjects for question in subject.record.questions]
    # A list that is not whole says nothing about the words that are not in it.
    known_roles = roles if loaded.roles and not loaded.roles.stepped_over else None
    read = subjects and not any(name.startswith(SUBJECTS) for name in loaded.unread)
    stepped_over = [path for subject in subjects for path in subject.stepped_over]
    known_topics = topics if read and not any(path[0] != "questions" for path in stepped_over) else None
    known_ones = questions if read and not any(path[2:3] in ((), ("id",)) for path in stepped_over) else None
    for revision in loaded.revisions:
        yield from _in_revision(revision.file, known_roles, known_topics)
    for asked in loaded.acknowledgements.values():
        for i, campaign in enumerate(asked.record.campaigns):
            yield from _binds(asked, ("campaigns", i, "roles"), campaign.roles, known_roles)
    for written in loaded.policies.values():
        yield from _binds(written, ("audience",), written.record.audience, known_roles)
    yield from _in_subjects(loaded) if known_topics is not None else ()
    yield from _in_quizzes(loaded, known_roles, known_topics)
    for checklist in loaded.checklists.values():
        yield from _checklist_kind(loaded, checklist)
    for file, path, rule in _rules(loaded):
        if rule.topic:
            yield from _known(file, (*path, "topic"), "P203", rule.topic, "topic", known_topics, SUBJECTS)
    for file, place, name in _questions_named(loaded):
        at_key = place[0] == "positions"
        yield from _known(file, place, "P205", name, "key question", known_ones, SUBJECTS, at_key)
    yield from _in_kinds(loaded, known_roles)
    yield from _kinds_of_policies(loaded)


def _in_subjects(loaded: Loaded) -> Iterator[Problem]:
    """P203: a question on a topic that its subject has not."""
    for subject in loaded.subjects.values():
        own = [topic.id for group in subject.record.groups for topic in group.topics]
        for i, question in enumerate(subject.record.questions):
            path: Path = ("questions", i, "topic")
            yield from _known(subject, path, "P203", question.topic, "topic of this subject", own, "this file")


def _in_kinds(loaded: Loaded, known_roles: list[str] | None) -> Iterator[Problem]:
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
                sources if not loaded.kinds.stepped_over else None, "`sources` of this file",
            )  # fmt: skip


def _kinds_of_policies(loaded: Loaded) -> Iterator[Problem]:
    """P209, P210: a policy whose kind or subject nobody knows."""
    if not loaded.kinds or loaded.kinds.stepped_over:
        return
    kinds = [kind.id for kind in loaded.kinds.record.kinds]
    for file in loaded.policies.values():
        yield from _subjects(loaded, file, ("subjects",), file.record.subjects)
        if file.record.kind:
            yield from _known(file, ("kind",), "P210", file.record.kind, "kind of policy", kinds, KINDS)
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
                f"write {name} with `kind: {near or '…'}`, one of those in {KINDS}",
            )  # fmt: skip


def _checklist_kind(loaded: Loaded, file: Authored[Checklist]) -> Iterator[Problem]:
    if loaded.kinds and not loaded.kinds.stepped_over:
        kinds = [kind.id for kind in loaded.kinds.record.kinds]
        yield from _known(file, ("kind",), "P210", file.record.kind, "kind of policy", kinds, KINDS)


def _subjects(loaded: Loaded, file: Authored[Any], path: Path, subjects: tuple[str, ...]) -> Iterator[Problem]:
    known = list(loaded.subjects) if loaded.subjects else None
    for index, subject in enumerate(subjects):
        if f"content/subjects/{subject}.yml" not in loaded.unread:
            yield from _known(file, (*path, index), "P209", subject, "subject", known, SUBJECTS)


def _in_quizzes(loaded: Loaded, known_roles: list[str] | None, known_topics: list[str] | None) -> Iterator[Problem]:
    for quiz in loaded.quizzes.values():
        subject = quiz.record.subject
        if subject and loaded.subjects and f"{SUBJECTS}{subject}.yml" not in loaded.unread:
            yield from _known(quiz, ("subject",), "P209", subject, "subject", list(loaded.subjects), SUBJECTS)
        for i, asked_of in enumerate(quiz.record.questions):
            yield from _binds(quiz, ("questions", i, "roles"), asked_of.roles, known_roles)
            if asked_of.topic:
                yield from _known(
                    quiz, ("questions", i, "topic"), "P203", asked_of.topic, "topic", known_topics, SUBJECTS
                )


def _in_revision(
    file: Authored[RevisionRecord], roles: list[str] | None, topics: list[str] | None
) -> Iterator[Problem]:
    yield from _binds(file, ("binds",), file.record.binds, roles)
    for index, topic in enumerate(file.record.covers):
        yield from _known(file, ("covers", index), "P203", topic, "topic", topics, SUBJECTS)
    for i, part in enumerate(file.record.front_matter):
        for index, topic in enumerate(part.topics):
            yield from _known(file, ("front_matter", i, "topics", index), "P203", topic, "topic", topics, SUBJECTS)
    for written in walk_clauses(file.record):
        yield from _binds(file, (*written.path, "binds"), written.item.binds or (), roles)
        for index, topic in enumerate(written.item.topics or ()):
            yield from _known(file, (*written.path, "topics", index), "P203", topic, "topic", topics, SUBJECTS)


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
    yield from file.problem(path, code, f"`{word}` is not a {noun}", f"they are listed in {where}", fix, at_key=at_key)
