"""What every kind of page is: an address, a title, a template of content/pages, and its data; and what pages share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from clausebook.compare.comparisons import Comparison, find_comparisons
from clausebook.compare.matrix import PolicyAnswer, QuestionRow, compare_questions, policy_answer, question_cell
from clausebook.compare.strictness import SAYS_NOTHING
from clausebook.findings.find import Finding
from clausebook.model import Gap, Question, Role, SectionRecord, TopicGroup, labels
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Revision, Trust

WORDS_A_MINUTE = 200  # a reader of plain non-fiction, silently: Brysbaert 2019 gives 238; we allow for a phone


REVIEW_OVERDUE = labels.KIND["overdue"]


@dataclass(frozen=True)
class Page:
    """One page. `path` is its folder below the site's root ("" for the first page); its file is index.html there."""

    path: str
    title: str
    template: str
    view: object
    """What the template is handed: a record of `views`."""
    banner: str | None = None
    hide: tuple[str, ...] = ("navigation",)
    in_search: bool = True
    in_nav: bool = True
    banner_word: str = REVIEW_OVERDUE
    section: str = ""
    """The policy whose pages stand together in the menu, by its title; nothing where a trust has one alone."""
    menu: str = ""
    """What the menu calls it there; nothing where it goes by its title."""
    crumbs: tuple[tuple[str, str], ...] = ()
    """Of a page that no menu leads to: the pages above it, each with its name and its folder below the site's root."""

    @property
    def root(self) -> str:
        """The way from this page back to the site's root: "../" for each folder."""
        return "../" * len([part for part in self.path.split("/") if part])

    @property
    def file(self) -> str:
        return f"{self.path}/index.md".lstrip("/")


def reading_minutes(revision: Revision) -> int:
    """Whole minutes that reading the policy takes, at least one."""
    return max(1, math.ceil(revision.words / WORDS_A_MINUTE))


def notes_by_clause(findings: tuple[Finding, ...]) -> dict[str, list[Finding]]:
    """The findings that stand beside a clause, by its id."""
    notes: dict[str, list[Finding]] = {}
    for found in findings:
        for clause in found.clauses:
            notes.setdefault(clause, []).append(found)
    return notes


# Whether a line asks for a duty (“must I …?”) or for leave (“may I …?”) decides how an answer reads: a heading, what it
# means, the kind of question and the answers.
GUIDE = (
    ("must-not", "You must not", "The policy forbids it.", ("duty", "leave"), ("prohibited",)),
    ("must", "You must", "The policy requires it.", ("duty", "leave"), ("required",)),
    ("in-some-cases", "It depends: read what the policy says", "The policy does not simply say that you must.", ("duty",),
     ("restricted", "permitted")),
    ("limits", "Only within limits", "Allowed in some cases, or with permission.", ("leave",), ("restricted",)),
    ("should-not", "You should not", "Advised against, not forbidden.", ("duty", "leave"), ("advised-against",)),
    ("should", "You should", "Recommended, not required.", ("duty", "leave"), ("advised",)),
    ("need-not", "You need not", "The policy says that you need not.", ("duty",), ("not-required",)),
    ("may", "You may", "The policy allows it.", ("leave",), ("permitted",)),
    ("ask-first", "Ask first", "The policy does not say, or the document is damaged there. That is not permission.",
     ("leave",), ("silent", "unreadable")),
    ("ask-whether", "Ask whether you must", "The policy does not say, or the document is damaged there.",
     ("duty",), ("silent", "unreadable")),
)  # fmt: skip


@dataclass(frozen=True)
class GuideLine:
    """One thing that a reader may wonder about, in words that complete the group's heading."""

    words: str
    question: Question
    cell: PolicyAnswer
    elsewhere: tuple[Revision, ...] = ()
    """Other policies of the trust that answer it, where this one says nothing."""


@dataclass(frozen=True)
class GuideGroup:
    """What a policy's answers have in common: must, must not, ask first …"""

    id: str
    heading: str
    about: str
    lines: tuple[GuideLine, ...]


def answered(revision: Revision, handbook: Handbook) -> tuple[tuple[Question, PolicyAnswer], ...]:
    """The key questions that a policy answers, in the order of its subjects, each with the answer."""
    questions = questions_in_order(revision, handbook)
    return tuple((question, answer) for question in questions if (answer := policy_answer(revision, question)))


@dataclass(frozen=True)
class AnswerGroup:
    """The answers on the topics of one group."""

    group: TopicGroup
    answers: tuple[tuple[Question, PolicyAnswer], ...]


def answers_by_group(revision: Revision, handbook: Handbook) -> tuple[AnswerGroup, ...]:
    """What a policy answers, under the groups of its topics: those with questions about pupils first, what every policy is asked last."""
    of_topic = {topic.id: group for group in handbook.groups for topic in group.topics}
    found: dict[str, list[tuple[Question, PolicyAnswer]]] = {}
    for question, answer in answered(revision, handbook):
        found.setdefault(of_topic[question.topic].id, []).append((question, answer))
    groups = {group.id: group for group in handbook.groups}
    parts = (AnswerGroup(groups[name], tuple(answers)) for name, answers in found.items())
    return tuple(sorted(parts, key=lambda part: not any(_is_about_pupils(one, handbook) for one, _ in part.answers)))


def _is_about_pupils(question: Question, handbook: Handbook) -> bool:
    return handbook.topics[question.topic].pupils


def answered_elsewhere(trust: Trust, revision: Revision, handbook: Handbook) -> dict[str, tuple[Revision, ...]]:
    """By question on which `revision` says nothing: the other policies of its trust that answer it."""
    found: dict[str, tuple[Revision, ...]] = {}
    for question, answer in answered(revision, handbook):
        if answer.position.answer in SAYS_NOTHING and not handbook.subject_of[question.topic].is_any_policy:
            said = question_cell(trust, question).said
            others = tuple(one.revision for one in said if one.position.answer not in SAYS_NOTHING)
            found |= {question.id: others} if others else {}
    return found


def answers_of_trust(trust: Trust, handbook: Handbook) -> tuple[tuple[Comparison, tuple[QuestionRow, ...]], ...]:
    """The trust's answers on each subject that its policies deal with, pupils first; those that every policy answers for itself are left out."""
    alone = replace(handbook, trusts=(trust,))
    return tuple(
        (one, tuple(sorted(compare_questions(one), key=lambda row: not _is_about_pupils(row.question, handbook))))
        for one in find_comparisons(alone) if not one.kind and one.questions
    )  # fmt: skip


def not_looked_at(revision: Revision, handbook: Handbook) -> tuple[Question, ...]:
    """The key questions on topics that a policy deals with, and that nobody has held against it yet."""
    known = revision.record.positions
    return tuple(
        question
        for question in questions_in_order(revision, handbook)
        if question.topic in revision.covers and question.id not in known
    )


def questions_in_order(revision: Revision, handbook: Handbook) -> tuple[Question, ...]:
    """All key questions: those of the subjects of its kind first, and what every policy is asked last."""
    kind = handbook.trust(revision.trust).policy(revision.policy).kind
    first = kind.subjects if kind else ()
    order = sorted(
        handbook.subjects,
        key=lambda subject: (
            subject.is_any_policy,
            first.index(subject.id) if subject.id in first else len(first),
        ),
    )
    return tuple(question for subject in order for question in subject.record.questions)


def guide_groups(
    cells: tuple[tuple[Question, PolicyAnswer], ...],
    elsewhere: Mapping[str, tuple[Revision, ...]] = MappingProxyType({}),
) -> tuple[GuideGroup, ...]:
    """The quick guide: each question about something that a reader does, under what the policy answers.

    `elsewhere` has, by question, the other policies of the trust that answer what this one does not.
    """
    groups = (
        GuideGroup(name, heading, about, tuple(
            GuideLine(question.act, question, cell, elsewhere.get(question.id, ())) for question, cell in cells
            if question.act and cell.position.answer in answers and ("duty" if question.asks == "duty" else "leave") in kinds
        ))
        for name, heading, about, kinds, answers in GUIDE
    )  # fmt: skip
    return tuple(group for group in groups if group.lines)


def roles_bound(revision: Revision, handbook: Handbook) -> list[Role]:
    """The roles that some clause of `revision` binds, in the order of the shared list."""
    bound = {role for clause in revision.clauses for role in clause.binds}
    return [role for role in handbook.roles if role.id in bound]


def place_gaps(revision: Revision) -> dict[str, list[Gap]]:
    """Each gap under the id of the section after whose clauses a reader meets it; "" is before the first section."""
    placed: dict[str, list[Gap]] = {}
    for gap in revision.record.gaps:
        placed.setdefault(_section_of(gap, revision), []).append(gap)
    return placed


def _section_of(gap: Gap, revision: Revision) -> str:
    sections = [part.record for part in revision.sections]
    for part in revision.sections:
        section = part.record
        if gap.section and gap.section in (section.number, section.heading, section.id):
            return section.id
        if _holds(section, gap):
            deeper = [one.record.id for one in revision.sections if one.depth > part.depth and _holds(one.record, gap)]
            return deeper[-1] if deeper else section.id
    if gap.section and gap.section.isdigit():  # a section that is lost whole stands after the one before it
        earlier = [
            one.id for one in sections if one.number and one.number.isdigit() and int(one.number) < int(gap.section)
        ]
        return earlier[-1] if earlier else ""
    return ""


def _holds(section: SectionRecord, gap: Gap) -> bool:
    """Whether the gap's first line stands in the section."""
    return bool(gap.lines and section.lines and section.lines.first <= gap.lines.first <= section.lines.last)


def clauses_by_force(clauses: tuple[Clause, ...], role: str) -> dict[str, list[Clause]]:
    """The clauses that bind `role`, by their force; an item stands with its lead-in, so only those without items are listed."""
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        if role in clause.binds and not clause.items:
            found.setdefault(clause.modality, []).append(clause)
    return found
