"""What a reader takes to a meeting on paper: a page of A4 for each key question or topic, and the checklists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from clausebook.compare.checklists import judge
from clausebook.compare.comparisons import find_comparisons
from clausebook.compare.matrix import (
    STRONGEST_FIRST,
    QuestionRow,
    TopicCell,
    TopicRow,
    compare_questions,
    compare_topics,
)
from clausebook.compare.strictness import answer_order
from clausebook.compare.summary import sum_up
from clausebook.model import labels
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook
from clausebook.pages import print_views as views
from clausebook.pages.print_views import Crowd, Extract, JudgedColumns
from clausebook.pages.qr_code import qr_code

MOST_TRUSTS = 12  # that one page of A4 tells about one by one; of more it names those that say the same together
MOST_COLUMNS = 7  # that a landscape page has room for
# What one page has room for at a size that can be read, in words; all that is not a word is counted as so many.
ROOM, CLAUSE_TAKES, ITEM_TAKES, TRUST_TAKES = 950, 8, 6, 48
QUOTES, REASON_TAKES = 560, 24  # for the reasons and the clauses quoted beside them, which stand in a narrow column


@dataclass(frozen=True)
class PlannedPrint:
    """One PDF before it is laid out: where it goes below the site, its template and what that is filled with."""

    path: str
    template: str
    view: object = field(repr=False)


def plan_briefs(handbook: Handbook, as_of: date, hub: str = "") -> Iterator[PlannedPrint]:
    """The one-page brief of every key question, then of every topic. `hub`: where it is published, with a slash at its end."""
    names, comparisons = handbook.short_names, find_comparisons(handbook)
    for one in comparisons:
        for question in compare_questions(one):
            address = f"{hub}compare/questions/{question.question.id}/index.html"
            yield PlannedPrint(f"downloads/briefs/question-{one.key(question.question.id)}.pdf", "brief-question.html", views.BriefOfQuestion(
                as_of, handbook, names, question, sum_up(question, names), _by_answer(question, names), quote_clauses(question),
                address, qr_code(address) if hub else "",
            ))  # fmt: skip
    for one in comparisons:
        for topic in compare_topics(handbook, one):
            crowds = _by_force(topic, names)
            yield PlannedPrint(f"downloads/briefs/topic-{one.key(topic.topic.id)}.pdf", "brief-topic.html", views.BriefOfTopic(
                as_of, names, topic, crowds, () if crowds else extract_clauses(topic.cells)
            ))  # fmt: skip


def plan_checklists(handbook: Handbook, as_of: date) -> Iterator[PlannedPrint]:
    """Each checklist for all trusts, then for each trust by itself."""
    names = handbook.short_names
    for name, checklist in handbook.checklists.items():
        judged = [(revision, judge(checklist, revision, handbook)) for revision in handbook.of_kind(checklist.kind)]
        parts = [judged[first : first + MOST_COLUMNS] for first in range(0, len(judged), MOST_COLUMNS)]
        columns = [
            JudgedColumns(
                tuple(names[revision.trust] for revision, _ in part),
                tuple(zip(*(judgements for _, judgements in part), strict=True)),
            )
            for part in parts
        ]
        path = f"downloads/checklists/{name}"
        yield PlannedPrint(f"{path}.pdf", "checklist.html", views.ChecklistPrint(as_of, checklist, checklist.title, "40%", columns))  # fmt: skip
        for trust in handbook.trusts:
            for revision, judgements in judged:
                if revision.trust == trust.id:
                    yield PlannedPrint(f"{path}-{trust.id}.pdf", "checklist-of-trust.html", views.ChecklistOfTrustPrint(
                        as_of, checklist, trust, revision, judgements, outermost
                    ))  # fmt: skip


def outermost(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """`clauses` without those that are printed anyway, because they hang from another of them."""
    there = {clause.id for clause in clauses}
    return tuple(clause for clause in clauses if not there & set(clause.lead_in_ids))


def extract_clauses(cells: tuple[TopicCell, ...], room: int = ROOM) -> tuple[Extract, ...]:
    """Of each cell as many whole clauses as its part of one page holds, the strongest first.

    What one trust does not need of its part the others get. A clause that is too long for what is left is passed
    over; it is never cut.
    """
    needs = [sum(_room_for(clause) for clause in cell.clauses) for cell in cells]
    parts, left = [0] * len(cells), room - TRUST_TAKES * len(cells)
    for count, place in enumerate(sorted(range(len(cells)), key=needs.__getitem__)):
        parts[place] = min(needs[place], left // (len(cells) - count))
        left -= parts[place]
    return tuple(_extract(cell, part) for cell, part in zip(cells, parts, strict=True))


def _extract(cell: TopicCell, room: int) -> Extract:
    clauses, shown = cell.clauses, _choose(cell.clauses, room)
    while clauses and not shown:  # each is too long: then what hangs from them, each item with its lead-in
        clauses = tuple(item for clause in clauses for item in clause.items)
        shown = _choose(clauses, room)
    return Extract(cell, shown, tuple(clause for clause in (clauses or cell.clauses) if clause not in shown))


def _choose(clauses: tuple[Clause, ...], room: int) -> tuple[Clause, ...]:
    shown: list[Clause] = []
    for clause in sorted(clauses, key=lambda clause: STRONGEST_FIRST.index(clause.modality)):
        if _room_for(clause) <= room:
            shown.append(clause)
            room -= _room_for(clause)
    return tuple(shown)


def _room_for(clause: Clause) -> int:
    return len(clause.in_full.split()) + CLAUSE_TAKES + ITEM_TAKES * (sum(1 for _ in clause.walk()) - 1)


def quote_clauses(row: QuestionRow, room: int = QUOTES) -> dict[str, Clause]:
    """By trust the first clause of its answer, whole; the shortest first, as long as the page has room beside the reasons."""
    reasons = sum(len((one.position.because or "").split()) for cell in row.cells for one in cell.said)
    left = room - reasons - REASON_TAKES * len(row.cells)
    quoted = {}
    for cell in sorted((cell for cell in row.cells if cell.clauses), key=lambda cell: _room_for(cell.clauses[0])):
        left -= _room_for(cell.clauses[0])
        if left >= 0:
            quoted[cell.trust] = cell.clauses[0]
    return quoted


def _by_answer(row: QuestionRow, names: dict[str, str]) -> tuple[Crowd, ...]:
    question, answers = row.question, (*answer_order(row.question), *labels.UNANSWERED)
    order = tuple(labels.said(question, answer) for answer in answers)
    return _crowds([(cell.trust, labels.said(question, cell.answer)) for cell in row.cells], order, names)


def _by_force(row: TopicRow, names: dict[str, str]) -> tuple[Crowd, ...]:
    said = [
        (cell.trust, labels.FORCE[cell.forces[0]] if cell.forces else labels.UNSAID[cell.unsaid or "silent"])
        for cell in row.cells
    ]
    order = (*(labels.FORCE[force] for force in STRONGEST_FIRST), *labels.UNSAID.values())
    return _crowds(said, order, names)


def _crowds(said: Sequence[tuple[str, str]], labels: tuple[str, ...], names: dict[str, str]) -> tuple[Crowd, ...]:
    """The trusts under each label that one of them has; none where there is room to tell about them one by one."""
    if len(said) <= MOST_TRUSTS:
        return ()
    found = {label: [names[trust] for trust, own in said if own == label] for label in labels}
    return tuple(Crowd(label, tuple(sorted(trusts))) for label, trusts in found.items() if trusts)
