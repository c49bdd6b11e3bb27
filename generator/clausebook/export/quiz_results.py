"""What collected slips are worth, one by one, and the report on them: hard questions, wrong answers that draw people, misunderstood clauses.

Every count is one that may be shown (see suppression.py). A clause is counted over those of its questions whose right answers
are shown, so that its counts tell nothing that the table of questions does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clausebook.export.tables import Sheet, words_of
from clausebook.model.clause import Clause
from clausebook.quizzes.marking import Marked, Refused
from clausebook.quizzes.slips import CampaignSlip
from clausebook.quizzes.suppression import NOT_SHOWN, percent, shown_count, shown_share
from clausebook.quizzes.tallies import QuestionTally, QuizTally, tally_all

WHERE = ("Trust", "Policy", "Revision")
NAMES = ("quizzes", "questions", "answers", "clauses")


@dataclass(frozen=True)
class ClauseTally:
    """One clause over the questions that rest on it."""

    policy: str
    """Of a quiz over several policies: the clause's own."""
    clause: Clause
    questions: int
    answers: int
    wrong: int

    @property
    def share(self) -> int:
        """How many of a hundred answers were wrong."""
        return percent(self.wrong, self.answers)


def marks_sheet(marked: Sequence[Marked | Refused]) -> Sheet:
    """What each slip is worth, or why it cannot be marked."""
    rows = tuple((*_of_slip(one), *(_result(one))) for one in marked)
    return Sheet(
        "Slips, marked again", ("Name", "Trust", "Policy", "Revision", "Attempt", "Finished", "Score", "Result"), rows
    )


def report_sheets(marked: Sequence[Marked]) -> tuple[Sheet, ...]:
    """Four tables in the order of NAMES. A slip that stands twice counts once."""
    tallies = tally_all(marked)
    return (
        Sheet("Quizzes", (*WHERE, "Slips", "Passed", "Not passed", "Pass rate"), tuple(_quiz(tally) for tally in tallies)),
        Sheet("Questions", (*WHERE, "Question", "What is asked", "Asked", "Right", "Share right"),
              tuple(_question(quiz, tally) for quiz in tallies for tally in hardest_first(quiz))),
        Sheet("Answers", (*WHERE, "Question", "Answer", "In words", "Is", "Chosen", "Share"),
              tuple(row for quiz in tallies for tally in hardest_first(quiz) for row in _answers(quiz, tally))),
        Sheet("Clauses", (*WHERE, "Clause", "In full", "Questions", "Answers", "Wrong", "Share wrong"),
              tuple(_clause(quiz, clause) for quiz in tallies for clause in tally_clauses(quiz))),
    )  # fmt: skip


def drawing_answers(answers: Sheet) -> Sheet:
    """Of the table of answers the wrong ones whose count is shown: five people or more chose each."""
    chosen, kind = answers.headings.index("Chosen"), answers.headings.index("Is")
    rows = tuple(row for row in answers.rows if row[kind] == "wrong" and words_of(row[chosen]).isdigit())
    return Sheet("Wrong answers that draw people", answers.headings, rows)


def hardest_first(quiz: QuizTally) -> list[QuestionTally]:
    """Those with the smallest share of right answers first; those whose share is hidden last, in the order of the file."""
    shown = [question for question in quiz.questions if not question.hides_right]
    return sorted(shown, key=lambda tally: tally.right / tally.total) + [
        question for question in quiz.questions if question.hides_right
    ]


def tally_clauses(quiz: QuizTally) -> list[ClauseTally]:
    """The clauses of the questions whose right answers are shown, the most misunderstood first."""
    found: dict[tuple[str, str], ClauseTally] = {}
    for question in quiz.questions:
        for clause in () if question.hides_right else question.asked.clauses:
            key = (question.asked.policy, clause.id)
            before = found.get(key) or ClauseTally(question.asked.policy, clause, 0, 0, 0)
            found[key] = ClauseTally(
                before.policy,
                clause,
                before.questions + 1,
                before.answers + question.total,
                before.wrong + question.total - question.right,
            )
    return sorted(found.values(), key=lambda tally: -tally.wrong / tally.answers)


def _where(quiz: QuizTally) -> tuple[str, str, str]:
    """Which quiz it is: of a campaign's, every policy with its revision."""
    taken = quiz.quiz
    since = f", changes since {taken.since.id}" if taken.since else ""
    policies = ", ".join(revision.policy for revision in taken.revisions)
    revisions = ", ".join(revision.id for revision in taken.revisions)
    return taken.revisions[0].trust, policies, revisions + (_in_campaign(taken.campaign) or since)


def _where_asked(quiz: QuizTally, policy: str) -> tuple[str, str, str]:
    """Where a question of it belongs: of a campaign's quiz, to the one policy that it asks about."""
    if not policy:
        return _where(quiz)
    revision = next(revision for revision in quiz.quiz.revisions if revision.policy == policy)
    return revision.trust, policy, revision.id + _in_campaign(quiz.quiz.campaign)


def _in_campaign(campaign: str) -> str:
    return f", in the quiz of {campaign}" if campaign else ""


def _quiz(one: QuizTally) -> tuple[str, ...]:
    parts, failed = one.hidden.parts, one.slips - one.passed
    return (
        *_where(one), shown_count(one.slips, hidden=one.hidden.total), shown_count(one.passed, hidden=0 in parts),
        shown_count(failed, hidden=1 in parts),
        shown_share(one.passed, one.slips, hidden=0 in parts, total_hidden=one.hidden.total),
    )  # fmt: skip


def _question(quiz: QuizTally, one: QuestionTally) -> tuple[str, ...]:
    return (
        *_where_asked(quiz, one.asked.policy), one.asked.question.id, one.asked.question.ask, shown_count(one.total, hidden=one.hides_total),
        shown_count(one.right, hidden=one.hides_right),
        shown_share(one.right, one.total, hidden=one.hides_right, total_hidden=one.hides_total),
    )  # fmt: skip


def _answers(quiz: QuizTally, one: QuestionTally) -> Iterator[tuple[str, ...]]:
    """Wrong answers first, the most chosen of them first; hidden ones in the order of the file. Steps have no such count."""
    if one.asked.question.kind == "order":
        return
    options = list(enumerate(one.asked.options))
    options.sort(key=lambda at: (at[1].is_right, at[0] in one.hidden, 0 if at[0] in one.hidden else -one.chosen[at[0]]))
    for place, option in options:
        hidden = place in one.hidden
        share = f"{percent(one.chosen[place], one.total)}%" if not hidden else NOT_SHOWN
        yield (
            *_where_asked(quiz, one.asked.policy), one.asked.question.id, option.id, option.text, "right" if option.is_right else "wrong",
            shown_count(one.chosen[place], hidden=hidden), share,
        )  # fmt: skip


def _clause(quiz: QuizTally, one: ClauseTally) -> tuple[str, ...]:
    clause = one.clause
    name = f"{clause.id} ({clause.number})" if clause.number else clause.id
    return (
        *_where_asked(quiz, one.policy),
        name,
        clause.in_full,
        str(one.questions),
        str(one.answers),
        str(one.wrong),
        f"{one.share}%",
    )


def _of_slip(one: Marked | Refused) -> tuple[str, ...]:
    slip = one.slip
    policies, revisions = (
        ", ".join(names) for names in zip(*((text.policy, text.revision) for text in slip.policies), strict=True)
    )
    if isinstance(slip, CampaignSlip):
        revisions += _in_campaign(slip.campaign)
    elif slip.since:
        revisions += f", changes since {slip.since}"
    finished = slip.finished.replace("T", " ").replace("Z", " UTC")
    return slip.name or "not given", slip.trust, policies, revisions, str(slip.attempt + 1), finished


def _result(one: Marked | Refused) -> tuple[str, str]:
    if isinstance(one, Refused):
        return "", f"cannot be marked: {one.reason}"
    note = "; the policy's text has been edited since" if one.other_text else ""
    return f"{one.score} of {one.count}", ("passed" if one.passed else "failed") + note
