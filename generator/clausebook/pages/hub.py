"""Which pages the hub has. What is told about each trust is divided over several pages where the trusts are many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from clausebook.compare.checklists import judge
from clausebook.compare.comparisons import Comparison, find_comparisons
from clausebook.compare.matrix import QuestionCell, QuestionRow, TopicCell, TopicRow, compare_questions, compare_topics
from clausebook.compare.summary import Summary, related_questions, sum_up
from clausebook.findings.find import KINDS, Finding
from clausebook.findings.finding import TO_DO
from clausebook.findings.reviews import Review, find_reviews
from clausebook.model.handbook import Handbook
from clausebook.pages import hub_views as views
from clausebook.pages.departures import models_page
from clausebook.pages.hub_views import Contradiction, Desk, Part, Turn
from clausebook.pages.page import Page
from clausebook.pages.pictures import strip, timeline

PER_PAGE = 20  # trusts that one page tells about in full
COLUMNS = 12  # trusts that one page has columns for
ROWS = 100  # reviews that the review desk lists
BARE = ("navigation", "toc")
COMPARE = ("Compare", "compare")
BY_QUESTION = (COMPARE, ("All questions", "compare/questions"))
BY_TOPIC = (COMPARE, ("All topics", "compare/topics"))
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
    comparisons, names = find_comparisons(handbook), handbook.short_names
    shared = views.OfHub(handbook, comparisons, names)
    questions = [(one, compare_questions(one)) for one in comparisons]
    summaries = {one.key(row.question.id): sum_up(row, names) for one, rows in questions for row in rows}
    strips = {name: strip(summary.cells[0].question, summary.cells) for name, summary in summaries.items()}
    contradictions = _contradictions(questions)
    return (
        Page("", "Clausebook", "hub/home.md", _home(shared, findings, as_of, contradictions), hide=BARE),
        Page("compare", "How to compare", "hub/compare.md", shared, hide=BARE),
        Page("compare/questions", "All questions", "hub/questions.md", views.AllQuestions(shared, summaries, strips)),
        Page("compare/topics", "All topics", "hub/topics.md", shared),
        *(page for one in comparisons for page in _matrix_pages(shared, one, summaries)),
        *_question_pages(shared, questions, summaries),
        *_topic_pages(shared),
        *_checklist_pages(shared),
        Page(
            "compare/contradictions", "Who contradicts themselves", "hub/contradictions.md",
            _contradictions_page(shared, contradictions), crumbs=(COMPARE,),
        ),
        *models_page(shared),
        Page("compare/pick", "Pick your own", "hub/pick.md", shared, hide=BARE),
        Page("compare/moving", "Moving to another trust", "hub/moving.md", shared, hide=BARE),
        *_findings_pages(shared, findings, as_of),
        Page("search", "Search all trusts", "hub/search.md", shared, hide=BARE, in_search=False),
        Page("how-to-read", "How to read", "hub/how-to-read.md", shared),
        Page("data", "Data", "hub/data.md", views.DataPage(shared, data)),
    )  # fmt: skip


def _home(
    shared: views.OfHub, findings: tuple[Finding, ...], as_of: date, contradictions: Sequence[Contradiction]
) -> views.HubHome:
    reviews = find_reviews(shared.handbook, as_of)
    several = frozenset(trust.id for trust in shared.handbook.trusts if trust.has_several)
    picture = timeline(reviews, shared.names, several, as_of) if reviews else None
    return views.HubHome(shared, findings, _by_trust(findings), picture, len(contradictions))


def _contradictions(compared: Sequence[tuple[Comparison, tuple[QuestionRow, ...]]]) -> tuple[Contradiction, ...]:
    """Every answer in which a trust contradicts itself, in the order of the comparisons and their questions."""
    return tuple(
        Contradiction(comparison, cell)
        for comparison, rows in compared for row in rows for cell in row.cells if cell.contradicts_itself
    )  # fmt: skip


def _contradictions_page(shared: views.OfHub, found: tuple[Contradiction, ...]) -> views.ContradictionsPage:
    in_tables = tuple(one for one in shared.comparisons if any(each.comparison == one for each in found))
    return views.ContradictionsPage(shared, _by_name(found, shared.names), len(found), in_tables)


def _by_name(
    found: tuple[Contradiction, ...], names: Mapping[str, str]
) -> tuple[tuple[str, tuple[Contradiction, ...]], ...]:
    """By trust, in the order of the names that readers see."""
    trusts = sorted({one.cell.trust for one in found}, key=lambda trust: names[trust].casefold())
    return tuple((trust, tuple(one for one in found if one.cell.trust == trust)) for trust in trusts)


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


def _matrix_pages(shared: views.OfHub, comparison: Comparison, summaries: Mapping[str, Summary]) -> Iterator[Page]:
    """Two matrices: of all trusts the cells of as many as there are columns for, and the next ones on further pages."""
    handbook = shared.handbook
    for kind, path, title in (
        ("question", comparison.path, comparison.label), ("topic", f"{comparison.path}/topics", f"{comparison.label}, by topic"),
    ):  # fmt: skip
        pieces = divide(path, comparison.trusts, COLUMNS)
        parts = [part for part, _ in pieces]
        for part, columns in pieces:
            rows: dict[str, QuestionRow] | dict[str, TopicRow] = (
                {row.question.id: row for row in compare_questions(comparison, columns)}
                if kind == "question"
                else {row.topic.id: row for row in compare_topics(handbook, comparison, columns)}
            )
            divided = views.Divided(part, parts)
            view = views.Matrix(shared, divided, comparison, rows, columns, COLUMNS, summaries)
            yield _page(divided, title, f"hub/{kind}-matrix.md", view, crumbs=(COMPARE,))


def turns(things: Sequence[T]) -> Iterator[Turn[T]]:
    for place, one in enumerate(things):
        yield Turn(one, things[place - 1] if place else None, things[place + 1] if place + 1 < len(things) else None)


def _question_pages(
    shared: views.OfHub,
    compared: Sequence[tuple[Comparison, tuple[QuestionRow, ...]]],
    summaries: Mapping[str, Summary],
) -> Iterator[Page]:
    """A page for each question. What every policy is asked has a part for each kind of policy."""
    handbook = shared.handbook
    fields: dict[str, list[Comparison]] = {}
    for comparison, rows in compared:
        for row in rows:
            fields.setdefault(row.question.id, []).append(comparison)
    groups = {topic.id: group.id for group in handbook.groups for topic in group.topics}
    questions = [handbook.question_by_id[name] for name in fields]
    for turn in turns(questions):
        question = turn.one
        related = related_questions(question, questions, groups)
        told = [(one, summary, divide(f"compare/questions/{question.id}", summary.cells))
                for one in fields[question.id] for summary in (summaries[one.key(question.id)],)]  # fmt: skip
        parts = [part for part, _ in told[0][2]]
        for place, part in enumerate(parts):
            divided = views.Divided(part, parts)
            here = tuple(
                views.QuestionField(one, summary, strip(question, summary.cells), _where(pieces), pieces[place][1])
                for one, summary, pieces in told
            )
            view = views.QuestionPage(shared, divided, question, turn, here, related)
            yield _page(divided, question.ask, "hub/question.md", view, crumbs=BY_QUESTION)


def _topic_pages(shared: views.OfHub) -> Iterator[Page]:
    """A page for each topic. What every policy is asked has a part for each kind of policy."""
    handbook = shared.handbook
    fields: dict[str, list[tuple[Comparison, TopicRow]]] = {}
    for comparison in shared.comparisons:
        for row in compare_topics(handbook, comparison):
            fields.setdefault(row.topic.id, []).append((comparison, row))
    for turn in turns([handbook.topics[name] for name in fields]):
        topic = turn.one
        asked = {question.id for one, _ in fields[topic.id] for question in one.questions}
        related = [question for question in handbook.questions_on.get(topic.id, ()) if question.id in asked]
        told = [(one, row, divide(f"compare/topics/{topic.id}", row.cells)) for one, row in fields[topic.id]]
        parts = [part for part, _ in told[0][2]]
        for place, part in enumerate(parts):
            divided = views.Divided(part, parts)
            here = tuple(views.TopicField(one, row, _where(pieces), pieces[place][1]) for one, row, pieces in told)
            yield _page(
                divided, topic.label, "hub/topic.md", views.TopicPage(shared, divided, topic, turn, related, here), crumbs=BY_TOPIC
            )  # fmt: skip


def _where(pieces: Sequence[tuple[Part, tuple[QuestionCell | TopicCell, ...]]]) -> dict[str, str]:
    """By trust: the part that tells about it in full."""
    return {cell.trust: part.path for part, cells in pieces for cell in cells}


def _checklist_pages(shared: views.OfHub) -> Iterator[Page]:
    """A page for all checklists, one for each, and one for each in each trust."""
    handbook = shared.handbook
    yield Page("compare/checklists", "By checklist", "hub/checklists.md", shared)
    for turn in turns(list(handbook.checklists)):
        name, checklist = turn.one, handbook.checklists[turn.one]
        path = f"compare/checklists/{name}"
        judged_all = [(revision, judge(checklist, revision, handbook)) for revision in handbook.of_kind(checklist.kind)]
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
        view = views.ReviewDesk(shared, divided, findings, some, by_trust, KINDS, TO_DO, desk, where)
        yield _page(divided, "Review desk", "hub/findings.md", view, hide=("navigation",))
