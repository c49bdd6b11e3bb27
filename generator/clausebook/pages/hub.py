"""Which pages the hub has. What is told about each trust is divided over several pages where the trusts are many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from clausebook.compare.checklists import judge
from clausebook.compare.matrix import QuestionCell, QuestionRow, TopicCell, TopicRow, compare_questions, compare_topics
from clausebook.compare.summary import Summary, related_questions, sum_up
from clausebook.findings.find import KINDS, Finding
from clausebook.findings.reviews import Review, find_reviews
from clausebook.model.handbook import Handbook
from clausebook.pages import hub_views as views
from clausebook.pages.hub_views import Desk, Part, Turn
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
    shared = views.OfHub(handbook, revisions, names)
    return (
        Page("", "Clausebook", "hub/home.md", views.HubHome(shared, findings, _by_trust(findings)), hide=BARE),
        Page("compare", "How to compare", "hub/compare.md", views.HowToCompare(shared, questions), hide=BARE),
        *_matrix_pages(shared, "questions", "By question", summaries),
        *_matrix_pages(shared, "topics", "By topic", {}),
        *(page for turn in turns(questions) for page in _question_pages(shared, turn, summaries)),
        *(page for turn in turns(topics) for page in _topic_pages(shared, turn)),
        *_checklist_pages(shared),
        Page("compare/pick", "Pick your own", "hub/pick.md", shared, hide=BARE),
        Page("compare/moving", "Moving to another trust", "hub/moving.md", shared, hide=BARE),
        *_findings_pages(shared, findings, as_of),
        Page("search", "Search all trusts", "hub/search.md", shared, hide=BARE, in_search=False),
        Page("how-to-read", "How to read", "hub/how-to-read.md", shared),
        Page("data", "Data", "hub/data.md", views.DataPage(shared, data)),
    )  # fmt: skip


def _by_trust(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.trust, []).append(finding)
    return found


def _page(
    divided: views.Divided, title: str, template: str, view: object, hide: tuple[str, ...] = BARE, crumbs: tuple[tuple[str, str], ...] = ()
) -> Page:  # fmt: skip
    """One part of a divided page. A further part says in its title which trusts it holds, and is left out of search."""
    part, further = divided.part, divided.part is not divided.parts[0]
    full = f"{title} (trusts {part.first} to {part.last})" if further else title
    return Page(part.path, full, template, view, hide=hide, in_search=not further, crumbs=crumbs)


def _matrix_pages(shared: views.OfHub, kind: str, title: str, summaries: Mapping[str, Summary]) -> Iterator[Page]:
    """A matrix: of all trusts the cells of as many as there are columns for, and the next ones on further pages."""
    handbook = shared.handbook
    pieces = divide(f"compare/{kind}", handbook.compared, COLUMNS)
    parts = [part for part, _ in pieces]
    for part, columns in pieces:
        rows = compare_questions(handbook, columns) if kind == "questions" else {
            row.topic.id: row for row in compare_topics(handbook, columns)
        }  # fmt: skip
        divided = views.Divided(part, parts)
        yield _page(divided, title, f"hub/{kind}.md", views.Matrix(shared, divided, rows, columns, COLUMNS, summaries))


def turns(things: Sequence[T]) -> Iterator[Turn[T]]:
    for place, one in enumerate(things):
        yield Turn(one, things[place - 1] if place else None, things[place + 1] if place + 1 < len(things) else None)


def _question_pages(shared: views.OfHub, turn: Turn[QuestionRow], summaries: Mapping[str, Summary]) -> Iterator[Page]:
    row, summary, handbook = turn.one, summaries[turn.one.question.id], shared.handbook
    groups = {topic.id: group.id for group in handbook.groups for topic in group.topics}
    related = related_questions(row.question, handbook.questions, groups)
    pieces = divide(f"compare/questions/{row.question.id}", summary.cells)
    parts, where = [part for part, _ in pieces], _where(pieces)
    for part, cells in pieces:
        divided = views.Divided(part, parts)
        view = views.QuestionPage(shared, divided, row, turn, summary, related, where, cells)
        yield _page(divided, row.question.ask, "hub/question.md", view, crumbs=BY_QUESTION)


def _topic_pages(shared: views.OfHub, turn: Turn[TopicRow]) -> Iterator[Page]:
    row = turn.one
    related = [question for question in shared.handbook.questions if question.topic == row.topic.id]
    pieces = divide(f"compare/topics/{row.topic.id}", row.cells)
    parts, where = [part for part, _ in pieces], _where(pieces)
    for part, cells in pieces:
        divided = views.Divided(part, parts)
        view = views.TopicPage(shared, divided, row, turn, related, where, cells)
        yield _page(divided, row.topic.label, "hub/topic.md", view, crumbs=BY_TOPIC)


def _where(pieces: Sequence[tuple[Part, tuple[QuestionCell | TopicCell, ...]]]) -> dict[str, str]:
    """By trust: the part that tells about it in full."""
    return {cell.revision.trust: part.path for part, cells in pieces for cell in cells}


def _checklist_pages(shared: views.OfHub) -> Iterator[Page]:
    """A page for all checklists, one for each, and one for each in each trust."""
    handbook = shared.handbook
    yield Page("compare/checklists", "By checklist", "hub/checklists.md", shared)
    for turn in turns(list(handbook.checklists)):
        name, checklist = turn.one, handbook.checklists[turn.one]
        path = f"compare/checklists/{name}"
        judged_all = [(revision, judge(checklist, revision, handbook)) for revision in shared.revisions]
        pieces = divide(path, judged_all, COLUMNS)
        parts = [part for part, _ in pieces]
        of_checklist = views.OfChecklist(shared, name, checklist, turn)
        for part, judged in pieces:
            divided = views.Divided(part, parts)
            view = views.ChecklistPage(of_checklist, divided, judged)
            yield _page(divided, checklist.title, "hub/checklist.md", view, crumbs=BY_CHECKLIST)
        for of_trust in turns(judged_all):
            revision, judgements = of_trust.one
            yield Page(
                f"{path}/{revision.trust}", f"{checklist.title}: {shared.names[revision.trust]}", "hub/checklist-of-trust.md",
                views.ChecklistOfTrust(of_checklist, revision, judgements, of_trust), hide=BARE, in_search=False,
                crumbs=(*BY_CHECKLIST, (checklist.title, path)),
            )  # fmt: skip


def _desk(reviews: tuple[Review, ...], *, whole: bool) -> Desk:
    """All reviews where `whole`, else only those that are overdue or due, and never more than a page can bear."""
    told = [whole or review.state in ("overdue", "due") for review in reviews]
    wanted = [review for review, is_told in zip(reviews, told, strict=True) if is_told]
    others = [review.state for review, is_told in zip(reviews, told, strict=True) if not is_told]
    return Desk(
        tuple(wanted[:ROWS]), len(wanted[ROWS:]), others.count("later"), others.count("not-stated"),
        any(review.due for review in reviews),
    )  # fmt: skip


def _findings_pages(shared: views.OfHub, findings: tuple[Finding, ...], as_of: date) -> Iterator[Page]:
    """The review desk. Where it is divided, its first page lists only the reviews that are overdue or due."""
    pieces = divide("findings", sorted(shared.handbook.trusts, key=lambda trust: trust.record.name.casefold()))
    parts = [part for part, _ in pieces]
    desk = _desk(find_reviews(shared.handbook, as_of), whole=len(parts) == 1)
    by_trust, where = _by_trust(findings), {trust.id: part.path for part, some in pieces for trust in some}
    for part, some in pieces:
        divided = views.Divided(part, parts)
        view = views.ReviewDesk(shared, divided, some, by_trust, KINDS, desk, where)
        yield _page(divided, "Review desk", "hub/findings.md", view, hide=("navigation",))
