"""A quiz of fourteen questions for the made-up handbook, and the slips that its page would make."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from clausebook.check.library import read_handbook
from clausebook.model.handbook import Handbook
from clausebook.quizzes import AskedQuestion, TakenQuiz, draw_questions, take_quiz
from clausebook.quizzes.marking import Marked, Refused, mark_all
from clausebook.quizzes.slips import AnySlip

TRUST = ("sample", "social-media")
HEAD = """\
title: Check yourself
draw: 6
pass_mark: 4
ask_first: {text: The policy does not say; ask first., says: It does say.}
questions:
"""
STEPS = """\
  - id: steps
    kind: order
    rests_on: [{trust: sample, clauses: [turn-down, tell-manager], because: It lists both.}]
    ask: Which comes first?
    options:
      - {id: turn-down, text: Turn it down., says: It comes first.}
      - {id: tell, text: Tell your manager., says: It comes last.}
"""
SEVERAL = """\
  - id: several
    kind: multiple
    rests_on: [{trust: sample, clauses: [requests], because: It lists both.}]
    ask: What must you do?
    options:
      - {id: down, text: Turn it down., says: You must., right_in: [sample]}
      - {id: tell, text: Tell your manager., says: You must., right_in: [sample]}
      - {id: keep, text: Keep it to yourself., says: Nothing says so.}
      - {id: post, text: Post about it., says: Nothing says so.}
"""
ONE = """\
  - id: one-{number}
    rests_on: [{{trust: sample, clauses: [{clause}], because: It says so.}}]
    ask: What holds in case {number}?
    options:
      - {{id: right, text: This., says: It holds., right_in: [sample]}}
      - {{id: near, text: Something like it., says: It does not hold.}}
      - {{id: far, text: Nothing like it., says: It does not hold.}}
"""


def enlarge(handbook_folder: Path, head: str = HEAD) -> Handbook:
    """The handbook with fourteen questions in place of its own, all of them read."""
    clauses = ("no-contact", "relatives", "tell-manager")
    ones = "".join(ONE.format(number=number, clause=clauses[number % 3]) for number in range(12))
    (handbook_folder / "quizzes/social-media.yml").write_text(head + STEPS + SEVERAL + ones)
    return merged_handbook(handbook_folder)


def merged_handbook(handbook_folder: Path) -> Handbook:
    handbook, problems = read_handbook(handbook_folder, may_wait=lambda one: one.code == "P810")
    assert handbook, problems
    return handbook


def taken(handbook: Handbook) -> TakenQuiz:
    quiz = take_quiz(handbook.trusts[0], handbook.trusts[0].in_force[0], handbook)
    assert quiz
    return quiz


def wrong_answer(asked: AskedQuestion) -> list[str]:
    """An answer that is not right: the steps the other way round, the first wrong option, or one right one of several."""
    if asked.question.kind == "order":
        return list(reversed(asked.right))
    return [next(option.id for option in asked.options if not option.is_right)]


def record_of(
    quiz: TakenQuiz, seed: str = "seed", attempt: int = 0, *, wrong: int = 0, **other: object
) -> dict[str, object]:
    """What the page writes for whoever answers the first `wrong` questions of their draw wrongly."""
    drawn = draw_questions(quiz.pool, seed, attempt, quiz.count)
    answers = {one.id: wrong_answer(one) if place < wrong else list(one.right) for place, one in enumerate(drawn)}
    if quiz.campaign:
        return {
            "answers": answers, "attempt": attempt, "campaign": quiz.campaign, "finished": "2026-11-21T10:15Z", "mark": quiz.mark,
            "name": "Zoë Ó Briain", "policies": json.loads(quiz.texts), "role": "", "seed": seed, "trust": quiz.revisions[0].trust, **other,
        }  # fmt: skip
    revision = quiz.revision
    return {
        "answers": answers, "attempt": attempt, "digest": revision.digest, "finished": "2026-11-21T10:15Z", "mark": quiz.mark,
        "name": "Zoë Ó Briain", "policy": revision.policy, "revision": revision.id, "role": "", "seed": seed,
        "since": quiz.since.id if quiz.since else "", "trust": revision.trust, **other,
    }  # fmt: skip


def line_of(record: object) -> str:
    """The line, as quiz.js makes it."""
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    return "quiz1." + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def mark_slip(slip: AnySlip, handbook: Handbook) -> Marked | Refused:
    (marked,) = mark_all([slip], handbook)
    return marked
