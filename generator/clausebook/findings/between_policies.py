"""Policies of one trust that answer a key question differently: a contradiction between policies, told of each of them.

What every policy is asked of itself is left out: each answers that for itself. Silence contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clausebook.compare.matrix import PolicyAnswer, question_cell
from clausebook.findings.finding import Finding
from clausebook.model import Question
from clausebook.model.handbook import Handbook, Trust
from clausebook.model.labels import ANSWER


def find_between(trust: Trust, handbook: Handbook, as_of: date) -> Iterator[Finding]:
    """A finding for each policy whose answer another policy of the trust does not share."""
    if len(trust.in_force) < 2:
        return
    for subject in handbook.subjects:
        for question in subject.record.questions if not subject.is_any_policy else ():
            cell = question_cell(trust, question)
            for answer in cell.said if cell.policies_differ else ():
                others = [one for one in cell.said if cell.says(one) != cell.says(answer)]
                yield _finding(question, answer, others, as_of)


def _finding(question: Question, answer: PolicyAnswer, others: list[PolicyAnswer], as_of: date) -> Finding:
    revision = answer.revision
    said = "; ".join(f"{one.revision.record.title}: {ANSWER[one.position.answer].lower()}" for one in (answer, *others))
    return Finding(
        revision.trust, revision.policy, revision.id, "policies-differ", answer.position.clauses,
        tuple(clause.lines for clause in answer.clauses if clause.lines), f"“{question.ask}” {said}.",
        "Ask before you rely on either. HR says in both which holds.", None, as_of.isoformat(),
    )  # fmt: skip
