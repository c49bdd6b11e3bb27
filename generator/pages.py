"""Which pages a trust's site has. Every kind of page is a Page: an address, a title, a template of content/pages, and its data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.compare import QuestionCell, question_cell
from generator.findings import Finding
from generator.merge import Clause, Handbook, Library, Policy
from generator.model import Gap, Question, Role
from generator.nearest import Key, Near
from generator.quizzes import questions_for
from generator.rights import find_balance, find_consequences, find_prohibitions
from generator.summaries import DUTY, LEAVE, asks_for

WORDS_A_MINUTE = 200  # a reader of plain non-fiction, silently: Brysbaert 2019 gives 238; we allow for a phone


@dataclass(frozen=True)
class Page:
    """One page. `path` is its folder below the site's root ("" for the first page); its file is index.html there."""

    path: str
    title: str
    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    banner: str | None = None
    hide: tuple[str, ...] = ("navigation",)
    in_search: bool = True

    @property
    def root(self) -> str:
        """The way from this page back to the site's root: "../" for each folder."""
        return "../" * len([part for part in self.path.split("/") if part])

    @property
    def file(self) -> str:
        return f"{self.path}/index.md".lstrip("/")


def reading_minutes(policy: Policy) -> int:
    """Whole minutes that reading the policy takes, at least one."""
    return max(1, math.ceil(policy.words / WORDS_A_MINUTE))


def trust_pages(
    handbook: Handbook, library: Library, findings: tuple[Finding, ...], nearest: dict[Key, tuple[Near, ...]]
) -> tuple[Page, ...]:
    """Every page of one trust's site, in the order of its navigation. `nearest`: what find_nearest found in the library."""
    own = tuple(found for found in findings if found.trust == handbook.id)
    pages = [
        Page("", handbook.trust.short_name, "trust/home.md", {"handbook": handbook, "library": library, "findings": own},
             _banner(own), hide=("navigation", "toc")),
    ]  # fmt: skip
    for policy in handbook.policies:
        about = tuple(found for found in own if found.policy == policy.id)
        pages += _policy_pages(handbook, policy, library, about, nearest)
    pages.append(Page("downloads", "Downloads", "trust/downloads.md", {"handbook": handbook}))
    return tuple(pages)


def _banner(findings: tuple[Finding, ...]) -> str | None:
    overdue = (found for found in findings if found.kind == "overdue")
    return next((f"{found.what} It stays in force until it is replaced." for found in overdue), None)


def _policy_pages(
    handbook: Handbook, policy: Policy, library: Library, findings: tuple[Finding, ...],
    nearest: dict[Key, tuple[Near, ...]],
) -> list[Page]:  # fmt: skip
    notes = notes_by_clause(findings)
    shared: dict[str, Any] = {
        "handbook": handbook,
        "policy": policy,
        "library": library,
        "findings": findings,
        "notes": notes,
    }
    cells = tuple((question, question_cell(policy, question)) for question in library.questions)
    pages = [
        Page(policy.id, policy.revision.title, "trust/policy.md", {
            **shared, "answered_by": _questions_by_clause(library, policy), "roles": roles_bound(policy, library), "gaps_after": place_gaps(policy),
            "nearest": nearest,
        }, _banner(findings)),
        Page(f"{policy.id}/quick-guide", "Quick guide", "trust/quick-guide.md", {
            **shared, "guide": guide_groups(cells), "roles": roles_bound(policy, library),
        }),
        Page(f"{policy.id}/questions", "Questions and answers", "trust/questions.md", {**shared, "cells": cells}),
    ]  # fmt: skip
    pages.append(Page(f"{policy.id}/rights-and-duties", "Rights and duties", "trust/rights-and-duties.md", {
        **shared, "consequences": find_consequences(policy), "prohibitions": find_prohibitions(policy), "balance": find_balance(policy, library),
    }))  # fmt: skip
    if policy.id in library.quizzes:
        quiz = library.quizzes[policy.id]
        pages.append(Page(f"{policy.id}/quiz", "Check yourself", "trust/quiz.md",
                          {**shared, "quiz": quiz, "asked": questions_for(policy, quiz, library)}, hide=("navigation", "toc")))  # fmt: skip
    return [
        *pages,
        Page(f"{policy.id}/acknowledge", "Acknowledge", "trust/acknowledge.md", shared, hide=("navigation", "toc")),
        Page(f"{policy.id}/document", "About the document", "trust/document.md", shared),
    ]


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
    ("must-not", "You must not", "The policy forbids it.", (DUTY, LEAVE), ("prohibited",)),
    ("must", "You must", "The policy demands it.", (DUTY, LEAVE), ("required",)),
    ("in-some-cases", "In some cases you must", "The policy names the cases.", (DUTY,), ("restricted", "permitted")),
    ("limits", "Only within limits", "Allowed in some cases, or with somebody's leave. Read which.", (LEAVE,), ("restricted",)),
    ("should-not", "You should not", "Advised against, not forbidden.", (DUTY, LEAVE), ("advised-against",)),
    ("should", "You should", "Advised, not demanded.", (DUTY, LEAVE), ("advised",)),
    ("may", "You may", "The policy allows it.", (LEAVE,), ("permitted",)),
    ("ask-first", "Ask first", "The policy does not say, or the document is damaged there. That is not permission.",
     (LEAVE,), ("silent", "unreadable")),
    ("ask-whether", "Ask whether you must", "The policy does not say, or the document is damaged there.",
     (DUTY,), ("silent", "unreadable")),
)  # fmt: skip


@dataclass(frozen=True)
class GuideLine:
    """One thing that a reader may wonder about, in words that complete the group's heading."""

    words: str
    question: Question
    cell: QuestionCell


@dataclass(frozen=True)
class GuideGroup:
    """What a policy's answers have in common: must, must not, ask first …"""

    id: str
    heading: str
    about: str
    lines: tuple[GuideLine, ...]


def guide_groups(cells: tuple[tuple[Question, QuestionCell], ...]) -> tuple[GuideGroup, ...]:
    """The quick guide: each question about something that a reader does, under what the policy answers."""
    groups = (
        GuideGroup(name, heading, about, tuple(
            GuideLine(question.act, question, cell) for question, cell in cells
            if question.act and cell.position.answer in answers and (DUTY if asks_for(question) == DUTY else LEAVE) in kinds
        ))
        for name, heading, about, kinds, answers in GUIDE
    )  # fmt: skip
    return tuple(group for group in groups if group.lines)


def roles_bound(policy: Policy, library: Library) -> list[Role]:
    """The roles that some clause of `policy` binds, in the order of the shared list."""
    bound = {role for clause in policy.clauses for role in clause.binds}
    return [role for role in library.roles if role.id in bound]


def place_gaps(policy: Policy) -> dict[str, list[Gap]]:
    """Each gap under the id of the section after whose clauses a reader meets it; "" is before the first section."""
    placed: dict[str, list[Gap]] = {}
    for gap in policy.revision.gaps:
        placed.setdefault(_section_of(gap, policy), []).append(gap)
    return placed


def _section_of(gap: Gap, policy: Policy) -> str:
    sections = [part.section for part in policy.sections]
    for section in sections:
        if gap.section and gap.section in (section.number, section.heading, section.id):
            return section.id
        if gap.lines and section.lines and section.lines.first <= gap.lines.first <= section.lines.last:
            return section.id
    if gap.section and gap.section.isdigit():  # a section that is lost whole stands after the one before it
        earlier = [
            one.id for one in sections if one.number and one.number.isdigit() and int(one.number) < int(gap.section)
        ]
        return earlier[-1] if earlier else ""
    return ""


def _questions_by_clause(library: Library, policy: Policy) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in library.questions:
        for clause in policy.revision.positions[question.id].clauses:
            found.setdefault(clause, []).append(question)
    return found


def clauses_by_force(clauses: tuple[Clause, ...], role: str) -> dict[str, list[Clause]]:
    """The clauses that bind `role`, by their force; an item stands with its lead-in, so only those without items are listed."""
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        if role in clause.binds and not clause.items:
            found.setdefault(clause.modality, []).append(clause)
    return found
