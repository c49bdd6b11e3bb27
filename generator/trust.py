"""Which pages a trust's site has."""

from __future__ import annotations

from typing import Any

from generator.compare import question_cell
from generator.findings import Finding
from generator.merge import Handbook, Library, Policy, Series
from generator.model import Question
from generator.nearest import Key, Near
from generator.pages import Page, guide_groups, notes_by_clause, place_gaps, roles_bound
from generator.privacy import privacy_notice
from generator.quizzes import TakenQuiz, draw_options, take_quiz
from generator.revision_pages import draft_pages, revision_pages
from generator.rights import find_balance, find_consequences, find_prohibitions
from generator.steps import clause_histories, steps_to_now


def trust_pages(
    handbook: Handbook,
    library: Library,
    findings: tuple[Finding, ...],
    nearest: dict[Key, tuple[Near, ...]],
    *,
    drafts: bool = False,
) -> tuple[Page, ...]:
    """Every page of one trust's site, in the order of its navigation. `nearest`: what find_nearest found in the library."""
    own = tuple(found for found in findings if found.trust == handbook.id and found.kind != "doubtful")
    quizzes = {policy.id: taken for policy in handbook.policies if (taken := take_quiz(handbook, policy, library))}
    pages = [
        Page("", handbook.trust.short_name, "trust/home.md", {"handbook": handbook, "library": library, "findings": own,
              "quizzes": quizzes},
             _banner(own), hide=("navigation", "toc")),
    ]  # fmt: skip
    for series in handbook.series:
        about = tuple(
            found for found in own if (found.policy, found.revision) == (series.id, series.in_force.revision_id)
        )
        pages += _policy_pages(handbook, series, library, about, nearest)
        pages += revision_pages(handbook, series, library)
        pages += draft_pages(handbook, series, library) if drafts else ()
    pages.append(Page("downloads", "Downloads", "trust/downloads.md", {"handbook": handbook, "quizzes": quizzes}))
    return tuple(pages)


def _banner(findings: tuple[Finding, ...]) -> str | None:
    overdue = (found for found in findings if found.kind == "overdue")
    return next((f"{found.what} It stays in force until it is replaced." for found in overdue), None)


def _policy_pages(
    handbook: Handbook, series: Series, library: Library, findings: tuple[Finding, ...],
    nearest: dict[Key, tuple[Near, ...]],
) -> list[Page]:  # fmt: skip
    policy, notes = series.in_force, notes_by_clause(findings)
    shared: dict[str, Any] = {
        "handbook": handbook,
        "series": series,
        "policy": policy,
        "library": library,
        "findings": findings,
        "notes": notes,
    }
    cells = tuple((question, question_cell(policy, question)) for question in library.questions)
    pages = [
        Page(policy.id, policy.revision.title, "trust/policy.md", {
            **shared, "answered_by": _questions_by_clause(library, policy), "roles": roles_bound(policy, library), "gaps_after": place_gaps(policy),
            "nearest": nearest, "histories": clause_histories(series, library.role_labels),
        }, _banner(findings)),
        Page(f"{policy.id}/quick-guide", "Quick guide", "trust/quick-guide.md", {
            **shared, "guide": guide_groups(cells), "roles": roles_bound(policy, library),
        }),
        Page(f"{policy.id}/questions", "Questions and answers", "trust/questions.md", {**shared, "cells": cells}),
    ]  # fmt: skip
    pages.append(Page(f"{policy.id}/rights-and-duties", "Rights and duties", "trust/rights-and-duties.md", {
        **shared, "consequences": find_consequences(policy), "recorded": "consequences" in policy.revision.model_fields_set, "prohibitions": find_prohibitions(policy), "balance": find_balance(policy, library),
    }))  # fmt: skip
    if taken := take_quiz(handbook, policy, library):
        pages.append(_quiz_page(taken, "Check yourself", shared))
    pages += [
        _quiz_page(delta, f"Check what changed since {past.revision_id}", shared)
        for past in series.past if (delta := take_quiz(handbook, policy, library, past))
    ]  # fmt: skip
    return [
        *pages,
        Page(
            f"{policy.id}/acknowledge",
            "Acknowledge",
            "trust/acknowledge.md",
            {**shared, **_by_link(handbook, series, library), "privacy": privacy_notice(handbook)},
            hide=("navigation", "toc"),
        ),
        Page(f"{policy.id}/document", "About the document", "trust/document.md", shared),
    ]


def _by_link(handbook: Handbook, series: Series, library: Library) -> dict[str, Any]:
    """What a personal link opens: the quiz that it asks for, and what changed since each earlier revision."""
    policy = series.in_force
    if not handbook.keys or not handbook.campaign_for(policy.id):
        return {"by_link": False}
    deltas = (take_quiz(handbook, policy, library, past) for past in series.past)
    return {
        "by_link": True,
        "taken": take_quiz(handbook, policy, library),
        "delta_quizzes": [delta for delta in deltas if delta],
        "steps": steps_to_now(series),
    }


def _quiz_page(taken: TakenQuiz, title: str, shared: dict[str, Any]) -> Page:
    return Page(taken.path, title, "trust/quiz.md", {**shared, "taken": taken, "draw_options": draw_options}, hide=("navigation", "toc"),
                in_nav=taken.since is None, in_search=taken.since is None)  # fmt: skip


def _questions_by_clause(library: Library, policy: Policy) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in library.questions:
        for clause in policy.revision.positions[question.id].clauses:
            found.setdefault(clause, []).append(question)
    return found
