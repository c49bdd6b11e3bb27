"""What a draft makes doubtful: answers, and the quiz questions that hang on them, whose clauses it changes while they stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from clausebook.compare.revisions import NEVER_MATERIAL, Change, find_changes
from clausebook.findings.find import Finding
from clausebook.model import Question
from clausebook.model.handbook import Handbook, Policy, Revision


def find_doubts(handbook: Handbook, as_of: date) -> tuple[Finding, ...]:
    """A finding for each answer that somebody should read again before the draft is adopted."""
    return tuple(
        found for trust in handbook.trusts for policy in trust.policies for found in _in_series(policy, handbook, as_of)
    )


def _in_series(policy: Policy, handbook: Handbook, as_of: date) -> Iterator[Finding]:
    old, draft = policy.in_force, policy.draft
    if draft is None or old is None:
        return
    changed: dict[str, list[str]] = {}
    for change in find_changes(old, draft):
        for clause in _touched(change) if change.kind not in NEVER_MATERIAL else ():
            changed.setdefault(clause, []).append(change.in_words(handbook.role_labels))
    for question in handbook.questions:
        before, now = old.record.positions.get(question.id), draft.record.positions.get(question.id)
        touched = [clause for clause in now.clauses if clause in changed] if now else []
        if now and before and now.because == before.because and touched:
            yield Finding(
                draft.trust, draft.policy, draft.id, "doubtful", tuple(touched), (),
                f"The answer to “{question.ask}” gives the reason that it gave, and the draft changes what it rests on. {' '.join(dict.fromkeys(said for one in touched for said in changed[one]))}",
                f"Read the answer, its reason and its clauses again.{_quizzes(question, handbook, draft)}", None, as_of.isoformat(),
            )  # fmt: skip


def _touched(change: Change) -> set[str]:
    """The clauses that say something else now; those below a heading with it."""
    sides = (*change.before, *change.after)
    return {clause.id for side in sides for clause in (side.walk() if change.kind == "heading" else (side,))}


def _quizzes(question: Question, handbook: Handbook, draft: Revision) -> str:
    asked = [
        one.id for bank in handbook.banks_for(draft) for one in bank.questions
        if question.id in (one.about, *(option.about for option in one.options))
    ]  # fmt: skip
    return f" So with the quiz question{'s' if len(asked) > 1 else ''} {', '.join(asked)}." if asked else ""
