"""P206, P208: a core question that a revision in force leaves unanswered, and an answer on a topic that it does not deal with.

A cell of the comparison is never empty: where the policy does not say, the answer is `silent`, with the words searched for. The
core questions of a policy's kind must be answered; other questions on its topics may wait, and are shown as not looked at yet.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.check.known_words import known_questions
from clausebook.load import Loaded, LoadedRevision
from clausebook.model import PolicyKind, Question
from clausebook.model.problems import Problem
from clausebook.model.values import DRAFTS


def check_questions_answered(loaded: Loaded) -> Iterator[Problem]:
    questions = known_questions(loaded)
    if not loaded.kinds or loaded.kinds.stepped_over:
        return
    for revision in loaded.revisions:
        kind, status = loaded.kind_of(revision.trust, revision.policy), revision.file.record.status
        if kind and status == "in-force":
            yield from _unanswered(revision, kind, questions)
        if kind and status in ("in-force", *DRAFTS):
            yield from _not_dealt_with(revision, kind, questions)


def _unanswered(revision: LoadedRevision, kind: PolicyKind, questions: dict[str, Question]) -> Iterator[Problem]:
    for name in kind.core:
        if name in questions and name not in revision.file.record.positions:
            yield from revision.file.problem(
                ("positions",), "P206", f"the key question `{name}` is not answered",
                f"readers of every policy of the kind “{kind.label}” ask: {questions[name].ask}",
                f"add `{name}:` under positions; where the policy does not say, "
                '`{answer: silent, searched: ["…", "…"]}`',
                at_key=True,
            )  # fmt: skip


def _not_dealt_with(revision: LoadedRevision, kind: PolicyKind, questions: dict[str, Question]) -> Iterator[Problem]:
    covers = revision.file.record.topics_covered
    for name in revision.file.record.positions:
        question = questions.get(name)
        if question and name not in kind.core and question.topic not in covers:
            yield from revision.file.problem(
                ("positions", name), "P208", f"`{name}` is answered, and the policy does not deal with its topic `{question.topic}`",
                "an answer would be taken from a policy that is about something else",
                f"add `{question.topic}` to `covers` where the policy deals with it by its silence, or take this answer out",
                at_key=True,
            )  # fmt: skip
