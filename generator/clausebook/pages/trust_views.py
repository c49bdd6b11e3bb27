"""What the templates of a trust's site are handed: a record for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from clausebook.compare.comparisons import Comparison
from clausebook.compare.departures import Departures
from clausebook.compare.matrix import QuestionRow
from clausebook.compare.nearest import Key, Near
from clausebook.compare.revisions.changesets import Changeset, Told
from clausebook.files import digest
from clausebook.findings.find import Finding
from clausebook.findings.policy_register import Register
from clausebook.findings.rights_and_duties import Balance, Consequence, Prohibition
from clausebook.model import Campaign, Gap, Question, Role
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.pages.page import AnswerGroup, GuideGroup
from clausebook.pages.pictures import Bar
from clausebook.pages.reading import Reading
from clausebook.pages.rules import Rules
from clausebook.pages.terms import UsedTerm
from clausebook.pages.views import DrawOptions, Findings
from clausebook.quizzes import TakenQuiz


@dataclass(frozen=True)
class Period:
    """When a revision held, as exactly as its dates say; nothing where they do not."""

    revision: Revision
    state: str
    starts: str | None
    ends: str | None


@dataclass(frozen=True)
class TrustHome:
    """trust/home.md"""

    trust: Trust
    handbook: Handbook
    findings: Findings
    quizzes: Mapping[str, TakenQuiz]


@dataclass(frozen=True)
class PolicyRegister:
    """trust/policies.md"""

    trust: Trust
    handbook: Handbook
    register: Register


@dataclass(frozen=True)
class ManyHome:
    """trust/home-of-many.md: where a trust has more than one policy, and for the staff of each of its academies."""

    trust: Trust
    handbook: Handbook
    owed: tuple[Reading, ...]
    others: tuple[Reading, ...]
    roles: tuple[Role, ...]
    """Those that something is for."""
    is_register_longer: bool
    """Whether the register has policies that cannot be read here."""
    together: tuple[tuple[Campaign, TakenQuiz | None], ...]
    """The campaigns that ask for several policies at once, each with its one quiz."""


@dataclass(frozen=True)
class TrustAnswers:
    """trust/all-questions.md: a trust's answer to each question, from all its policies."""

    trust: Trust
    handbook: Handbook
    parts: tuple[tuple[Comparison, tuple[QuestionRow, ...]], ...]


@dataclass(frozen=True)
class Downloads:
    """trust/downloads.md"""

    trust: Trust
    quizzes: Mapping[str, TakenQuiz]
    campaign_quizzes: Mapping[str, TakenQuiz]
    """By the campaign: the one quiz on all its policies."""
    campaign_courses: Sequence[str]
    """The campaigns over several policies that are offered as one course."""


@dataclass(frozen=True)
class OfRevision:
    """What pages about one revision of a policy share. trust/document.md needs no more."""

    trust: Trust
    policy: Policy
    revision: Revision
    handbook: Handbook
    findings: Findings = ()
    notes: Mapping[str, list[Finding]] | None = None
    has_quiz: bool = False
    """Whether a quiz on it is the next step for those who have read it."""
    departures: Departures | None = None
    """How it stands to the model that it was made from; None where it names none."""


@dataclass(frozen=True)
class OtherTrusts:
    """What a trust's pages show of the others."""

    nearest: Mapping[Key, tuple[Near, ...]]
    """The clauses of theirs that come nearest to one of the trust's own."""
    names: Mapping[str, str]
    """The short names of those that have them."""
    compared_topics: frozenset[str]
    """The topics that have a page on the hub."""

    @cached_property
    def digest(self) -> str:
        """The same where all that is shown is the same."""
        near = [
            (key, [(one.similarity, *_shown(one.clause)) for one in found])
            for key, found in sorted(self.nearest.items())
        ]
        return digest(repr((near, sorted(self.names.items()), sorted(self.compared_topics))))


def _shown(clause: Clause) -> list[object]:
    """What a quotation of a clause can show: all that it has, but of its section only its name."""
    named = (
        "id",
        "number",
        "number_inferred",
        "lead_in",
        "text",
        "modality",
        "lines",
        "structures",
        "goes_on",
        "place",
    )
    section = clause.section.number, clause.section.heading
    return [clause.trust, clause.policy, section, *(getattr(one, name) for one in clause.walk() for name in named)]


@dataclass(frozen=True)
class PolicyText:
    """trust/policy.md: the whole text, of whichever revision."""

    shared: OfRevision
    roles: Sequence[Role]
    gaps_after: Mapping[str, list[Gap]]
    answered_by: Mapping[str, list[Question]]
    others: OtherTrusts
    histories: Mapping[str, list[Told]]
    terms: Sequence[UsedTerm]
    """The words of the glossary that the policy uses."""
    explained: Mapping[str, list[UsedTerm]]
    """Those that are explained where a clause uses them, by its id."""
    whose: Mapping[str, str] = field(default_factory=dict)
    """Whose each clause of a text in force is, by its id, in words."""


@dataclass(frozen=True)
class QuickGuide:
    """trust/quick-guide.md"""

    shared: OfRevision
    rules: Rules
    guide: tuple[GuideGroup, ...]
    roles: Sequence[Role]


@dataclass(frozen=True)
class Answers:
    """trust/questions.md"""

    shared: OfRevision
    groups: tuple[AnswerGroup, ...]
    not_looked_at: tuple[Question, ...]
    elsewhere: Mapping[str, tuple[Revision, ...]]
    """By question on which this policy says nothing: the trust's other policies that answer it."""


@dataclass(frozen=True)
class RightsAndDuties:
    """trust/rights-and-duties.md"""

    shared: OfRevision
    consequences: tuple[Consequence, ...]
    recorded: bool
    """Whether anybody has looked at what the document says of a breach."""
    prohibitions: tuple[Prohibition, ...]
    balance: tuple[Balance, ...]


@dataclass(frozen=True)
class QuizPage:
    """trust/quiz.md"""

    shared: OfRevision
    taken: TakenQuiz
    draw_options: DrawOptions


@dataclass(frozen=True)
class CampaignQuizPage:
    """trust/quiz.md, of the one quiz of a campaign over several policies."""

    trust: Trust
    handbook: Handbook
    taken: TakenQuiz
    draw_options: DrawOptions


@dataclass(frozen=True)
class AskedPolicy:
    """A policy on a page to acknowledge, with what a personal link may open of it."""

    policy: Policy
    revision: Revision
    taken: TakenQuiz | None = None
    delta_quizzes: Sequence[TakenQuiz] = ()
    changesets: Sequence[Changeset] = ()


@dataclass(frozen=True)
class Acknowledge:
    """trust/acknowledge.md: a policy's own page, or that of a campaign that asks for several."""

    trust: Trust
    handbook: Handbook
    asked: tuple[AskedPolicy, ...]
    campaigns: tuple[Campaign, ...]
    """Those whose links are signed on this page."""
    together: tuple[Campaign, ...]
    """Of a policy's own page: the campaigns that ask for it together with others, on their own pages."""
    statement: str
    privacy: tuple[tuple[str, str], ...]
    by_link: bool
    one_quiz: TakenQuiz | None = None
    """On all that the campaign asks for."""


@dataclass(frozen=True)
class Changes:
    """trust/changes.md"""

    shared: OfRevision
    changeset: Changeset
    others: Sequence[Changeset]
    roles: Sequence[Role]
    kinds: Sequence[str]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Revisions:
    """trust/revisions.md"""

    shared: OfRevision
    periods: tuple[Period, ...]
    changesets: Sequence[Changeset]


@dataclass(frozen=True)
class Consultation:
    """trust/consultation.md"""

    shared: OfRevision
    changeset: Changeset
