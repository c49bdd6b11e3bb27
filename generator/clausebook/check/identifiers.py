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
from clausebook.load.names import DEVICE
from clausebook.load.reader import Authored
from clausebook.model import AppendixRecord, RevisionRecord, SubjectRecord
from clausebook.model.problems import Problem

OF_PAGES = re.compile(r"cb-")
NO_FOLDER = "its page lies in a folder of this name, and Windows keeps the name for a device"


def check_identifiers(loaded: Loaded) -> Iterator[Problem]:
    for text in loaded.texts:
        ids = _ids_of_page(text.file.record)
        yield from _only_once(text.file, ids)
        yield from _kept(text.file, ids, OF_PAGES.match, "pages name their own parts so, and a link would lead there")
    yield from _of_subjects(loaded)
    if loaded.kinds:
        for field in ("kinds", "sources"):
            ids = [((field, i, "id"), one.id) for i, one in enumerate(getattr(loaded.kinds.record, field))]
            yield from _only_once(loaded.kinds, ids)
            yield from _kept(loaded.kinds, ids, DEVICE.fullmatch, NO_FOLDER)
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


def _of_subjects(loaded: Loaded) -> Iterator[Problem]:
    """Ids of groups, of topics and of questions are unique over all subjects: addresses do not name the subject."""
    kinds: tuple[tuple[str, Callable[[SubjectRecord], Iterator[tuple[Path, str]]]], ...] = (
        ("group", lambda record: ((("groups", i, "id"), group.id) for i, group in enumerate(record.groups))),
        ("topic", lambda record: (
            (("groups", i, "topics", j, "id"), topic.id)
            for i, group in enumerate(record.groups) for j, topic in enumerate(group.topics)
        )),
        ("question", lambda record: ((("questions", i, "id"), one.id) for i, one in enumerate(record.questions))),
    )  # fmt: skip
    for noun, ids_of in kinds:
        first: dict[str, str] = {}
        for subject in loaded.subjects.values():
            ids = list(ids_of(subject.record))
            yield from _only_once(subject, ids)
            yield from _kept(subject, ids, DEVICE.fullmatch, NO_FOLDER) if noun != "group" else ()
            for path, name in ids:
                if (where := first.setdefault(name, subject.document.file)) != subject.document.file:
                    yield from subject.problem(
                        path, "P201", f"the id `{name}` is taken", f"a {noun} of {where} has it already, and an id is one address",
                        "give this one an id of its own; leave the older one as it is",
                    )  # fmt: skip


def _kept(
    file: Authored[Any], ids: Iterable[tuple[Path, str]], is_kept: Callable[[str], object], why: str
) -> Iterator[Problem]:
    for path, name in ids:
        if is_kept(name):
            yield from file.problem(
                path, "P207", f"`{name}` cannot be an id here", why, "give it another id, such as the-" + name
            )


def _ids_of_page(record: RevisionRecord | AppendixRecord) -> list[tuple[Path, str]]:
    ids: list[tuple[Path, str]] = [((*path, "id"), section.id) for path, section, _ in walk_sections(record)]
    ids += [((*written.path, "id"), written.item.id) for written in walk_clauses(record)]
    gaps = record.gaps if isinstance(record, RevisionRecord) else ()
    return ids + [(("gaps", i, "id"), gap.id) for i, gap in enumerate(gaps)]


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
            path, "P201", f"the id `{name}` is taken", f"it is on line {line} already, and an id is one address",
            "give this one an id of its own; leave the older one as it is",
        )  # fmt: skip
