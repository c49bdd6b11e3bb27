"""A checklist held against a policy: each point met, partly met, contradicted, silent or unreadable, by its rules alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clausebook.compare.matrix import policy_topic
from clausebook.model import Checklist, ChecklistRule, Point
from clausebook.model.clause import Clause
from clausebook.model.dates import in_words
from clausebook.model.handbook import Handbook, Revision
from clausebook.model.text import find_phrase

Outcome = Literal["met", "partly", "contradicted", "silent", "unreadable"]
DATES = ("titled", "approved", "published", "effective", "review_due")


@dataclass(frozen=True)
class Judgement:
    """What became of one point in one policy, the clauses that show it, and why in words."""

    point: Point
    outcome: Outcome
    clauses: tuple[Clause, ...]
    reasons: tuple[str, ...]


def judge(checklist: Checklist, revision: Revision, handbook: Handbook) -> tuple[Judgement, ...]:
    """Every point of `checklist` for `revision`."""
    return tuple(_judge_point(point, revision, handbook) for point in checklist.points)


def _judge_point(point: Point, revision: Revision, handbook: Handbook) -> Judgement:
    parts = [part for rule in point.rules if (part := _apply(rule, revision, handbook))]
    clauses = tuple(dict.fromkeys(clause for part in parts for clause in part.clauses))
    reasons = tuple(dict.fromkeys(part.reason for part in parts if part.reason))
    return Judgement(point, _together([part.outcome for part in parts]), clauses, reasons)


def _together(outcomes: list[Outcome]) -> Outcome:
    if "contradicted" in outcomes:
        return "contradicted"
    if outcomes and all(outcome == "met" for outcome in outcomes):
        return "met"
    if "met" in outcomes or "partly" in outcomes:
        return "partly"
    return "unreadable" if "unreadable" in outcomes else "silent"


@dataclass(frozen=True)
class _Part:
    outcome: Outcome
    clauses: tuple[Clause, ...] = ()
    reason: str = ""


def _apply(rule: ChecklistRule, revision: Revision, handbook: Handbook) -> _Part | None:
    """What one rule finds; None where it looks for the opposite of the point, and finds none."""
    if rule.question:
        return _by_position(rule, rule.question, revision)
    if rule.stated:
        record = revision.record
        given = getattr(record.dates if rule.stated in DATES else record, rule.stated)
        said = in_words(given) if given and rule.stated in DATES else given
        return _Part("met", reason=f"The document gives it: {said}.") if given else _Part("silent")
    found = _by_topic(rule, rule.topic, revision, handbook) if rule.topic else _by_words(rule.words, revision.clauses)
    if rule.shows == "met":
        return found
    return _Part("contradicted", found.clauses) if found.outcome == "met" else None


def _by_position(rule: ChecklistRule, question: str, revision: Revision) -> _Part:
    position = revision.record.positions.get(question)
    if position is None:
        return _Part("silent", reason="No one has looked at this question yet.")
    clauses = tuple(revision.by_id[clause] for clause in position.clauses)
    because = position.because or ""
    for outcome in ("met", "partly", "contradicted"):
        if position.answer in getattr(rule, outcome):
            return _Part(outcome, clauses, because)
    return _Part("unreadable" if position.answer == "unreadable" else "silent", clauses, because)


def _by_topic(rule: ChecklistRule, topic: str, revision: Revision, handbook: Handbook) -> _Part:
    cell = policy_topic(handbook, topic, revision)
    if cell.unsaid == "front-matter" and not rule.words:
        return _Part("met", reason=" ".join(part.says for part in cell.front_matter))
    if not cell.clauses:
        return _Part("unreadable" if cell.unsaid == "unreadable" else "silent")
    return _by_words(rule.words, tuple(one for clause in cell.clauses for one in clause.walk()))


def _by_words(words: tuple[str, ...], clauses: tuple[Clause, ...]) -> _Part:
    found = tuple(clause for clause in clauses if _holds(clause, words))
    return _Part("met", found) if found else _Part("silent")


def _holds(clause: Clause, words: tuple[str, ...]) -> bool:
    return not words or any(find_phrase(word, clause.said) for word in words)
