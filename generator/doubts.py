"""What a draft makes doubtful: answers, and the quiz questions that hang on them, whose clauses it changes while they stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.changes import NEVER_MATERIAL, Change, find_changes
from generator.findings import Finding
from generator.merge import Library, Series
from generator.model import Question


def find_doubts(library: Library, as_of: date) -> tuple[Finding, ...]:
    """A finding for each answer that somebody should read again before the draft is adopted."""
    return tuple(
        found
        for handbook in library.handbooks
        for series in handbook.series
        for found in _in_series(series, library, as_of)
    )


def _in_series(series: Series, library: Library, as_of: date) -> Iterator[Finding]:
    old, draft = series.in_force, series.draft
    if draft is None:
        return
    changed: dict[str, list[str]] = {}
    for change in find_changes(old, draft):
        for clause in _touched(change) if change.kind not in NEVER_MATERIAL else ():
            changed.setdefault(clause, []).append(change.in_words(library.role_labels))
    for question in library.questions:
        before, now = old.revision.positions.get(question.id), draft.revision.positions.get(question.id)
        touched = [clause for clause in now.clauses if clause in changed] if now else []
        if now and before and now.because == before.because and touched:
            yield Finding(
                draft.trust, draft.id, draft.revision_id, "doubtful", tuple(touched), (),
                f"The answer to “{question.ask}” gives the reason that it gave, and the draft changes what it rests on. {' '.join(dict.fromkeys(said for one in touched for said in changed[one]))}",
                f"Read the answer, its reason and its clauses again.{_quizzes(question, library, series.id)}", None, as_of.isoformat(),
            )  # fmt: skip


def _touched(change: Change) -> set[str]:
    """The clauses that say something else now; those below a heading with it."""
    sides = (*change.before, *change.after)
    return {one.id for side in sides for one in (side.walk() if change.kind == "heading" else (side,))}


def _quizzes(question: Question, library: Library, policy: str) -> str:
    quiz = library.quizzes.get(policy)
    asked = [
        one.id for one in quiz.questions if question.id in (one.about, *(option.about for option in one.options))
    ] if quiz else []  # fmt: skip
    return f" So with the quiz question{'s' if len(asked) > 1 else ''} {', '.join(asked)}." if asked else ""
