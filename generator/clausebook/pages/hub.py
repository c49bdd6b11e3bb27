"""Which pages the hub has. What is told about each trust is divided over several pages where the trusts are many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from clausebook.compare.checklists import judge
from clausebook.compare.matrix import QuestionRow, TopicRow, compare_questions, compare_topics
from clausebook.compare.summary import Summary, related_questions, sum_up
from clausebook.findings.find import KINDS, Finding
from clausebook.findings.reviews import Review, find_reviews
from clausebook.model.handbook import Handbook, Revision
from clausebook.pages.page import Page

PER_PAGE = 20  # trusts that one page tells about in full
COLUMNS = 12  # trusts that one page has columns for
ROWS = 100  # reviews that the review desk lists
BARE = ("navigation", "toc")
COMPARE = ("Compare", "compare")
BY_QUESTION = (COMPARE, ("By question", "compare/questions"))
BY_TOPIC = (COMPARE, ("By topic", "compare/topics"))
BY_CHECKLIST = (COMPARE, ("By checklist", "compare/checklists"))
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """One of the pages that a long page is divided into: its folder, and which of the trusts it holds, counted from 1."""

    path: str
    first: int
    last: int


def divide(path: str, things: Sequence[T], most: int = PER_PAGE) -> tuple[tuple[Part, tuple[T, ...]], ...]:
    """`things` over as many pages as they need. The first one is `path` itself; no id has the underscore of the others."""
    return tuple(
        (
            Part(f"{path}/page_{first // most + 1}" if first else path, first + 1, first + len(part)),
            part,
        )
        for first in range(0, max(1, len(things)), most)
        for part in (tuple(things[first : first + most]),)
    )


def hub_pages(
    handbook: Handbook, findings: tuple[Finding, ...], as_of: date, data: Mapping[str, tuple[str, dict[str, Any]]]
) -> tuple[Page, ...]:
    """Every page of the hub; `data` says of each file of site/data/ what it holds and its schema."""
    revisions = handbook.compared
    names = handbook.short_names
    topics, questions = compare_topics(handbook, revisions), compare_questions(handbook, revisions)
    summaries = {row.question.id: sum_up(row, names) for row in questions}
    shared: dict[str, Any] = {"handbook": handbook, "revisions": revisions, "names": names}
    return (
        Page("", "Clausebook", "hub/home.md", {**shared, "findings": findings, "by_trust": _by_trust(findings)}, hide=BARE),
        Page("compare", "How to compare", "hub/compare.md", {**shared, "questions": questions}, hide=BARE),
        *_matrix_pages(shared, handbook, "questions", "By question", {"summaries": summaries}),
        *_matrix_pages(shared, handbook, "topics", "By topic", {}),
        *(page for turn in turns(questions) for page in _question_pages(shared, turn, summaries, handbook)),
        *(page for turn in turns(topics) for page in _topic_pages(shared, turn, handbook)),
        *_checklist_pages(shared, handbook, revisions),
        Page("compare/pick", "Pick your own", "hub/pick.md", shared, hide=BARE),
        Page("compare/moving", "Moving to another trust", "hub/moving.md", shared, hide=BARE),
        *_findings_pages(shared, handbook, findings, as_of),
        Page("search", "Search all trusts", "hub/search.md", shared, hide=BARE, in_search=False),
        Page("how-to-read", "How to read", "hub/how-to-read.md", shared),
        Page("data", "Data", "hub/data.md", {**shared, "schemas": data}),
    )  # fmt: skip


def _by_trust(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.trust, []).append(one)
    return found


def _page(
    part: Part,
    parts: Sequence[Part],
    title: str,
    template: str,
    data: dict[str, Any],
    hide: tuple[str, ...] = BARE,
    crumbs: tuple[tuple[str, str], ...] = (),
) -> Page:
    """One part of a divided page. A further part says in its title which trusts it holds, and is left out of search."""
    further = part is not parts[0]
    data = {**data, "part": part, "parts": parts}
    full = f"{title} (trusts {part.first} to {part.last})" if further else title
    return Page(part.path, full, template, data, hide=hide, in_search=not further, crumbs=crumbs)


def _matrix_pages(
    shared: dict[str, Any], handbook: Handbook, kind: str, title: str, data: dict[str, Any]
) -> Iterator[Page]:
    """A matrix: of all trusts the cells of as many as there are columns for, and the next ones on further pages."""
    divided = divide(f"compare/{kind}", handbook.compared, COLUMNS)
    parts = [part for part, _ in divided]
    for part, columns in divided:
        rows = compare_questions(handbook, columns) if kind == "questions" else {
            row.topic.id: row for row in compare_topics(handbook, columns)
        }  # fmt: skip
        yield _page(
            part, parts, title, f"hub/{kind}.md", {**shared, **data, "rows": rows, "columns": columns, "most": COLUMNS}
        )


@dataclass(frozen=True)
class Turn(Generic[T]):
    """A thing with a page of its own, and those whose pages come before and after it, where there are any."""

    one: T
    before: T | None
    after: T | None


def turns(things: Sequence[T]) -> Iterator[Turn[T]]:
    for place, one in enumerate(things):
        yield Turn(one, things[place - 1] if place else None, things[place + 1] if place + 1 < len(things) else None)


def _question_pages(
    shared: dict[str, Any], turn: Turn[QuestionRow], summaries: dict[str, Summary], handbook: Handbook
) -> Iterator[Page]:
    row, summary = turn.one, summaries[turn.one.question.id]
    groups = {topic.id: group.id for group in handbook.groups for topic in group.topics}
    divided = divide(f"compare/questions/{row.question.id}", summary.cells)
    parts = [part for part, _ in divided]
    data = {
        **shared, "row": row, "turn": turn, "summary": summary, "related": related_questions(row.question, handbook.questions, groups),
        "where": {cell.revision.trust: part.path for part, cells in divided for cell in cells},
    }  # fmt: skip
    for part, cells in divided:
        yield _page(part, parts, row.question.ask, "hub/question.md", {**data, "cells": cells}, crumbs=BY_QUESTION)


def _topic_pages(shared: dict[str, Any], turn: Turn[TopicRow], handbook: Handbook) -> Iterator[Page]:
    row = turn.one
    divided = divide(f"compare/topics/{row.topic.id}", row.cells)
    parts = [part for part, _ in divided]
    data = {
        **shared, "row": row, "turn": turn, "related": [question for question in handbook.questions if question.topic == row.topic.id],
        "where": {cell.revision.trust: part.path for part, cells in divided for cell in cells},
    }  # fmt: skip
    for part, cells in divided:
        yield _page(part, parts, row.topic.label, "hub/topic.md", {**data, "cells": cells}, crumbs=BY_TOPIC)


def _checklist_pages(shared: dict[str, Any], handbook: Handbook, revisions: tuple[Revision, ...]) -> Iterator[Page]:
    """A page for all checklists, one for each, and one for each in each trust."""
    yield Page("compare/checklists", "By checklist", "hub/checklists.md", shared)
    for turn in turns(list(handbook.checklists)):
        name = turn.one
        checklist = handbook.checklists[name]
        path = f"compare/checklists/{name}"
        divided = divide(path, [(revision, judge(checklist, revision, handbook)) for revision in revisions], COLUMNS)
        parts = [part for part, _ in divided]
        data = {**shared, "name": name, "checklist": checklist, "turn": turn}
        for part, judged in divided:
            yield _page(
                part, parts, checklist.title, "hub/checklist.md", {**data, "judged": judged}, crumbs=BY_CHECKLIST
            )
        for of_trust in turns([both for _, judged in divided for both in judged]):
            revision, judgements = of_trust.one
            own = {**data, "revision": revision, "judgements": judgements, "of_trust": of_trust}
            yield Page(
                f"{path}/{revision.trust}", f"{checklist.title}: {shared['names'][revision.trust]}", "hub/checklist-of-trust.md",
                own, hide=BARE, in_search=False, crumbs=(*BY_CHECKLIST, (checklist.title, path)),
            )  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """The reviews that the desk lists, and how many it does not: those that are due, due later, or not stated."""

    rows: tuple[Review, ...]
    more: int
    later: int
    not_stated: int
    has_calendar: bool


def _desk(reviews: tuple[Review, ...], *, whole: bool) -> Desk:
    """All reviews where `whole`, else only those that are overdue or due, and never more than a page can bear."""
    told = [whole or one.state in ("overdue", "due") for one in reviews]
    wanted = [one for one, is_told in zip(reviews, told, strict=True) if is_told]
    others = [one.state for one, is_told in zip(reviews, told, strict=True) if not is_told]
    return Desk(
        tuple(wanted[:ROWS]), len(wanted[ROWS:]), others.count("later"), others.count("not-stated"),
        any(one.due for one in reviews),
    )  # fmt: skip


def _findings_pages(
    shared: dict[str, Any], handbook: Handbook, findings: tuple[Finding, ...], as_of: date
) -> Iterator[Page]:
    """The review desk. Where it is divided, its first page lists only the reviews that are overdue or due."""
    divided = divide("findings", sorted(handbook.trusts, key=lambda one: one.record.name.casefold()))
    reviews = find_reviews(handbook, as_of)
    parts = [part for part, _ in divided]
    data = {
        **shared,
        "by_trust": _by_trust(findings),
        "kinds": KINDS,
        "desk": _desk(reviews, whole=len(parts) == 1),
        "where": {one.id: part.path for part, some in divided for one in some},
    }
    for part, some in divided:
        yield _page(part, parts, "Review desk", "hub/findings.md", {**data, "trusts": some}, hide=("navigation",))
