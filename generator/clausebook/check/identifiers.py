"""P201, P207: an id that is given twice where it must be the only one, or that a page or Windows keeps for itself.

A clause's id is its address on the policy's page, so clauses, items, sections and gaps of a revision share one set of ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from clausebook.check.walk import walk_clauses, walk_sections
from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.handbook import Authored
from clausebook.load.names import DEVICE
from clausebook.model import RevisionRecord
from clausebook.model.problems import Problem

OF_PAGES = re.compile(r"cb-")
NO_FOLDER = "its page lies in a folder of this name, and Windows keeps the name for a device"


def check_identifiers(loaded: Loaded) -> Iterator[Problem]:
    for revision in loaded.revisions:
        ids = _ids_of_page(revision.file.record)
        yield from _only_once(revision.file, ids)
        yield from _kept(
            revision.file, ids, OF_PAGES.match, "pages name their own parts so, and a link would lead there"
        )
    if loaded.topics:
        groups = loaded.topics.record.groups
        yield from _only_once(loaded.topics, [
            (("groups", i, "topics", j, "id"), topic.id) for i, group in enumerate(groups) for j, topic in enumerate(group.topics)
        ])  # fmt: skip
        yield from _only_once(loaded.topics, [(("groups", i, "id"), group.id) for i, group in enumerate(groups)])
        topics = [
            (("groups", i, "topics", j, "id"), topic.id)
            for i, group in enumerate(groups)
            for j, topic in enumerate(group.topics)
        ]
        yield from _kept(loaded.topics, topics, DEVICE.fullmatch, NO_FOLDER)
    if loaded.questions:
        yield from _only_once(loaded.questions, [
            (("questions", i, "id"), question.id) for i, question in enumerate(loaded.questions.record.questions)
        ])  # fmt: skip
        questions = [
            (("questions", i, "id"), question.id) for i, question in enumerate(loaded.questions.record.questions)
        ]
        yield from _kept(loaded.questions, questions, DEVICE.fullmatch, NO_FOLDER)
    if loaded.roles:
        yield from _only_once(
            loaded.roles, [(("roles", i, "id"), role.id) for i, role in enumerate(loaded.roles.record.roles)]
        )
    if loaded.references:
        references = loaded.references.record.references
        yield from _only_once(
            loaded.references, [(("references", i, "id"), reference.id) for i, reference in enumerate(references)]
        )
    for checklist in loaded.checklists.values():
        points = enumerate(checklist.record.points)
        yield from _only_once(checklist, [(("points", i, "id"), point.id) for i, point in points])
    for quiz in loaded.quizzes.values():
        yield from _only_once(quiz, [(("questions", i, "id"), q.id) for i, q in enumerate(quiz.record.questions)])
        for i, question in enumerate(quiz.record.questions):
            yield from _only_once(
                quiz, [(("questions", i, "options", j, "id"), o.id) for j, o in enumerate(question.options)]
            )


def _kept(
    file: Authored[Any], ids: Iterable[tuple[Path, str]], is_kept: Callable[[str], object], why: str
) -> Iterator[Problem]:
    for path, name in ids:
        if is_kept(name):
            yield from file.problem(
                path, "P207", f"`{name}` cannot be an id here", why, "give it another id, such as the-" + name
            )


def _ids_of_page(record: RevisionRecord) -> list[tuple[Path, str]]:
    ids: list[tuple[Path, str]] = [((*path, "id"), section.id) for path, section, _ in walk_sections(record)]
    ids += [((*written.path, "id"), written.item.id) for written in walk_clauses(record)]
    return ids + [(("gaps", i, "id"), gap.id) for i, gap in enumerate(record.gaps)]


def _only_once(file: Authored[Any], ids: list[tuple[Path, str]]) -> Iterator[Problem]:
    if len({name for _, name in ids}) == len(ids):
        return  # where each stands is asked only where it matters
    first: dict[str, Path] = {}
    for path, name in sorted(ids, key=lambda found: file.document.spot(*found[0]).value):
        if name not in first:
            first[name] = path
            continue
        line = file.document.spot(*first[name]).value.line
        yield from file.problem(
            path, "P201", f"the id `{name}` is taken", f"it stands on line {line} already, and an id is one address",
            "give this one an id of its own; leave the older one as it is",
        )  # fmt: skip
