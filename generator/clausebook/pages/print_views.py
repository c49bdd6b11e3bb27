"""What the templates of prints are handed: a record for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.compare.checklists import Judgement
from clausebook.compare.departures import Departures
from clausebook.compare.matrix import QuestionCell, QuestionRow, TopicCell, TopicRow
from clausebook.compare.model_moves import ThreeWay
from clausebook.compare.revisions.changesets import Changeset
from clausebook.compare.summary import Summary
from clausebook.findings.find import Finding
from clausebook.findings.policy_register import Register
from clausebook.model import Campaign, Checklist, Gap, Role
from clausebook.model.clause import Clause
from clausebook.model.colours import Shades
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.pages.rules import Rules
from clausebook.pages.views import DrawOptions, Findings
from clausebook.quizzes import TakenQuiz

MOST_NAMES = 55  # that a page of many trusts gives for one answer


@dataclass(frozen=True)
class Crowd:
    """The trusts that say the same, where they are too many for a row each."""

    label: str
    names: tuple[str, ...]

    @property
    def some(self) -> tuple[str, ...]:
        return self.names[:MOST_NAMES]

    @property
    def more(self) -> int:
        return len(self.names) - len(self.some)


@dataclass(frozen=True)
class Extract:
    """Of what one policy says on a topic, the clauses that the page has room for, and those it only cites."""

    cell: TopicCell
    shown: tuple[Clause, ...]
    rest: tuple[Clause, ...]


@dataclass(frozen=True)
class JudgedColumns:
    """The trusts that one printed table of a checklist has room for, and a row of judgements for each point."""

    names: tuple[str, ...]
    rows: tuple[tuple[Judgement, ...], ...]


@dataclass(frozen=True)
class MatrixRow:
    """A row of a printed matrix."""

    label: str
    cells: Sequence[QuestionCell | TopicCell]


@dataclass(frozen=True)
class MatrixGroup:
    """Rows that are printed as one table, with the names over its columns."""

    label: str
    names: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class RegisterPrint:
    """policies.html"""

    trust: Trust
    handbook: Handbook
    as_of: date
    register: Register


@dataclass(frozen=True)
class Colours:
    """The colours of a print, and the way in which paper cites."""

    shades: Shades
    cite: Callable[[Sequence[Clause]], str]


@dataclass(frozen=True)
class OfTrustOnPaper:
    """What the prints about one revision of a policy share."""

    trust: Trust
    revision: Revision
    handbook: Handbook
    findings: Findings = ()


@dataclass(frozen=True)
class PolicyPrint:
    """policy.html"""

    shared: OfTrustOnPaper
    notes: Mapping[str, list[Finding]]
    gaps_after: Mapping[str, list[Gap]]
    places: Callable[[Finding], str]


@dataclass(frozen=True)
class ChangesPrint:
    """changes.html and response-form.html"""

    trust: Trust
    changeset: Changeset
    handbook: Handbook
    is_draft: bool


@dataclass(frozen=True)
class DeparturesPrint:
    """departures.html"""

    trust: Trust
    revision: Revision
    handbook: Handbook
    departures: Departures
    three: ThreeWay | None
    """None where the model has no newer revision."""


@dataclass(frozen=True)
class QuickGuidePrint:
    """quick-guide.html"""

    shared: OfTrustOnPaper
    rules: Rules
    roles: Sequence[Role]
    """Those whom further rules bind."""


@dataclass(frozen=True)
class QuizPrint:
    """quiz.html, quiz-answers.html and platform-leaflet.html"""

    shared: OfTrustOnPaper
    taken: TakenQuiz
    draw_options: DrawOptions


@dataclass(frozen=True)
class CampaignQuizPrint:
    """quiz.html and quiz-answers.html, of the one quiz of a campaign over several policies"""

    trust: Trust
    handbook: Handbook
    taken: TakenQuiz
    draw_options: DrawOptions


@dataclass(frozen=True)
class CourseLeaflet:
    """platform-leaflet.html, of a campaign's policies as one course"""

    trust: Trust
    campaign: Campaign
    revisions: Sequence[Revision]
    taken: TakenQuiz | None
    """The one quiz on all of them; None where each lesson has its own."""


@dataclass(frozen=True)
class FormPrint:
    """acknowledgement-form.html: of one policy, or of all of a campaign that asks for several."""

    trust: Trust
    handbook: Handbook
    revisions: tuple[Revision, ...]
    campaigns: tuple[Campaign, ...]
    """Those that ask for it."""
    statement: str
    privacy: str


@dataclass(frozen=True)
class MatrixPrint:
    """matrix.html"""

    as_of: date
    title: str
    noun: str
    first: str
    groups: Sequence[MatrixGroup]
    about: str


@dataclass(frozen=True)
class BriefOfQuestion:
    """brief-question.html"""

    as_of: date
    handbook: Handbook
    names: Mapping[str, str]
    row: QuestionRow
    summary: Summary
    crowds: tuple[Crowd, ...]
    quoted: Mapping[str, Clause]
    """By trust the clause that gives its answer most directly, where the page has room for it."""
    address: str
    """Where the question stands on the hub; below the hub where nobody says where that is published."""
    code: str
    """The address as a QR code; nothing where it is not a whole one."""


@dataclass(frozen=True)
class BriefOfTopic:
    """brief-topic.html"""

    as_of: date
    names: Mapping[str, str]
    row: TopicRow
    crowds: tuple[Crowd, ...]
    extracts: tuple[Extract, ...]


@dataclass(frozen=True)
class ChecklistPrint:
    """checklist.html"""

    as_of: date
    checklist: Checklist
    title: str
    first: str
    columns: Sequence[JudgedColumns]


@dataclass(frozen=True)
class ChecklistOfTrustPrint:
    """checklist-of-trust.html"""

    as_of: date
    checklist: Checklist
    trust: Trust
    revision: Revision
    judgements: tuple[Judgement, ...]
    outermost: Callable[[tuple[Clause, ...]], tuple[Clause, ...]]
