"""What the templates of the hub are handed: a record for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from clausebook.compare.checklists import Judgement
from clausebook.compare.comparisons import Comparison
from clausebook.compare.matrix import QuestionCell, QuestionRow, TopicCell, TopicRow
from clausebook.compare.summary import Summary
from clausebook.findings.find import Finding
from clausebook.findings.reviews import Review
from clausebook.model import Checklist, Question, Topic
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.pages.pictures import Strip, Timeline
from clausebook.pages.views import Findings

T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """One of the pages that a long page is divided into: its folder, and which of the trusts it holds, counted from 1."""

    path: str
    first: int
    last: int


@dataclass(frozen=True)
class Turn(Generic[T]):
    """A thing with a page of its own, and those whose pages come before and after it, where there are any."""

    one: T
    before: T | None
    after: T | None


@dataclass(frozen=True)
class Desk:
    """The reviews that the desk lists, and how many it does not: those that are due, due later, or not stated."""

    rows: tuple[Review, ...]
    more: int
    later: int
    not_stated: int
    has_calendar: bool


@dataclass(frozen=True)
class OfHub:
    """What all pages of the hub share; several need no more."""

    handbook: Handbook
    comparisons: tuple[Comparison, ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class HubHome:
    """hub/home.md"""

    shared: OfHub
    findings: Findings
    by_trust: Mapping[str, list[Finding]]
    picture: Timeline | None
    """None where no policy is in force."""
    contradictory: int
    """Answers in which a trust contradicts itself, or two of its policies differ."""


@dataclass(frozen=True)
class Contradiction:
    """An answer in which a trust contradicts itself, or two of its policies differ."""

    comparison: Comparison
    cell: QuestionCell


@dataclass(frozen=True)
class ContradictionsPage:
    """hub/contradictions.md"""

    shared: OfHub
    found: tuple[tuple[str, tuple[Contradiction, ...]], ...]
    """By trust."""
    count: int
    in_tables: tuple[Comparison, ...]
    """The comparisons that have some of them."""


@dataclass(frozen=True)
class Divided:
    """One part of a page that is divided where the trusts are many."""

    part: Part
    parts: Sequence[Part]


@dataclass(frozen=True)
class AllQuestions:
    """hub/questions.md: the questions of every comparison, each with its answers in a sentence."""

    shared: OfHub
    summaries: Mapping[str, Summary]
    """By the key of the question in its comparison."""
    strips: Mapping[str, Strip]
    """By the same key."""


@dataclass(frozen=True)
class Matrix:
    """hub/question-matrix.md and hub/topic-matrix.md: of the trusts as many columns as there is room for."""

    shared: OfHub
    divided: Divided
    comparison: Comparison
    rows: Mapping[str, QuestionRow] | Mapping[str, TopicRow]
    columns: tuple[Trust, ...]
    most: int
    summaries: Mapping[str, Summary]


@dataclass(frozen=True)
class QuestionField:
    """The answers of all trusts to one question; of a question that every policy is asked, those of one kind of policy."""

    comparison: Comparison
    summary: Summary
    strip: Strip
    where: Mapping[str, str]
    """By trust: the part that tells about it in full."""
    cells: tuple[QuestionCell, ...]
    """Those that this part tells about in full."""


@dataclass(frozen=True)
class QuestionPage:
    """hub/question.md"""

    shared: OfHub
    divided: Divided
    question: Question
    turn: Turn[Question]
    fields: tuple[QuestionField, ...]
    related: Sequence[Question]


@dataclass(frozen=True)
class TopicField:
    """What all trusts say on one topic; on a topic that every policy has, in the policies of one kind."""

    comparison: Comparison
    row: TopicRow
    where: Mapping[str, str]
    cells: tuple[TopicCell, ...]


@dataclass(frozen=True)
class TopicPage:
    """hub/topic.md"""

    shared: OfHub
    divided: Divided
    topic: Topic
    turn: Turn[Topic]
    related: Sequence[Question]
    fields: tuple[TopicField, ...]


@dataclass(frozen=True)
class OfChecklist:
    """What the pages of one checklist share."""

    shared: OfHub
    name: str
    checklist: Checklist
    turn: Turn[str]


@dataclass(frozen=True)
class ChecklistPage:
    """hub/checklist.md"""

    shared: OfChecklist
    divided: Divided
    judged: tuple[tuple[Revision, tuple[Judgement, ...]], ...]


@dataclass(frozen=True)
class ChecklistOfTrust:
    """hub/checklist-of-trust.md"""

    shared: OfChecklist
    revision: Revision
    judgements: tuple[Judgement, ...]
    of_trust: Turn[tuple[Revision, tuple[Judgement, ...]]]


@dataclass(frozen=True)
class ReviewDesk:
    """hub/findings.md"""

    shared: OfHub
    divided: Divided
    findings: Findings
    trusts: tuple[Trust, ...]
    by_trust: Mapping[str, list[Finding]]
    kinds: Sequence[str]
    to_dos: Sequence[str]
    desk: Desk
    where: Mapping[str, str]


@dataclass(frozen=True)
class DataPage:
    """hub/data.md"""

    shared: OfHub
    schemas: Mapping[str, tuple[str, dict[str, Any]]]
