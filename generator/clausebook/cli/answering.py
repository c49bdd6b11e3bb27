"""The second half of a review: the key questions that a policy of its kind must answer, each with the clauses that may bear on it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from clausebook.cli.options import show
from clausebook.cli.review_session import WIDTH, Review, pressed
from clausebook.edit.journal import RefusedError
from clausebook.edit.positions import words_not_there, write_position
from clausebook.model import ANSWERS, Answer, Position, Question
from clausebook.model.clause import Clause
from clausebook.model.labels import ANSWER

CHOICES: tuple[Answer, ...] = tuple(answer for answer in ANSWERS if answer != "unreadable")
"""Unreadable wants a gap in the source, which a draft that was brought in whole has not."""
LETTERS = "abcdefghi"


def open_questions(review: Review) -> list[Question]:
    """The questions that a policy of its kind must answer before it can be in force, and does not answer yet."""
    core = review.kind.core if review.kind else ()
    asked = {question.id: question for question in review.handbook.questions}
    return [asked[name] for name in core if name in asked and name not in review.revision.record.positions]


def ask_kind(review: Review) -> bool:
    """Ask what the policy is compared as, where nothing says so; a reader who does not know leaves it open."""
    kinds = {kind.id: kind.label for kind in review.handbook.kinds.kinds}
    while review.kind is None:
        try:
            word = click.prompt(
                "What kind of policy is it? A word of its name (Enter: leave it open)", default="", show_default=False
            )
        except click.Abort:
            return True
        found = [name for name, label in kinds.items() if word.lower() in label.lower()][: len(LETTERS)]
        if not word:
            return True
        click.echo(
            "\n".join(f"   [{letter}] {kinds[name]}" for letter, name in zip(LETTERS, found, strict=False))
            or "   There is none of that name."
        )
        key = pressed(LETTERS[: len(found)] + "\rq") if found else "\r"
        if key in LETTERS:
            review.write_kind(found[LETTERS.index(key)])
    return True


def answer_questions(review: Review) -> bool:
    """Ask each question that is left; False where the reader left or skipped one."""
    skipped = set[str]()
    while left := [question for question in open_questions(review) if question.id not in skipped]:
        question = left[0]
        click.echo(f"──── question, {len(left)} left ──── {question.ask}")
        clauses = _near(review, question)
        for letter, clause in zip(LETTERS, clauses, strict=False):
            click.echo(click.wrap_text(f"[{letter}] {clause.number or ''} {clause.in_full}", WIDTH, "   ", "       "))
        click.echo(
            "   "
            + "   ".join(f"[{number}] {ANSWER[answer]}" for number, answer in enumerate(CHOICES, 1))
            + "   [s] skip   [q] leave"
        )
        key = pressed("".join(str(number) for number in range(1, len(CHOICES) + 1)) + "sq")
        if key == "q":
            return False
        position = None if key == "s" else _position(review, question, CHOICES[int(key) - 1], clauses)
        if position is None:
            skipped.add(question.id)
            continue
        try:
            review.write(lambda text, name=question.id, position=position: write_position(text, name, position))  # type: ignore[misc]
        except RefusedError as error:
            show(error.problems)
            click.echo("It was not written: answer it again.")
        click.echo()
    return not skipped


def _near(review: Review, question: Question) -> Sequence[Clause]:
    """The clauses that a program found for a question, else those on its topic."""
    by_id = review.revision.by_id
    found = [by_id[name] for name in review.revision.record.evidence.get(question.id, ()) if name in by_id]
    more = [clause for clause in review.revision.clauses if question.topic in clause.topics and clause not in found]
    return [*found, *more][: len(LETTERS)]


def _position(review: Review, question: Question, answer: Answer, clauses: Sequence[Clause]) -> Position | None:
    """The answer with what it rests on; None where the reader cannot say."""
    if answer == "silent":
        said = [clause.in_full for clause in review.revision.clauses]
        words = words_not_there(review.revision.record, question, review.handbook.everyday_words, said)
        if words:
            click.echo(f"   Searched, and not there: {', '.join(words)}")
            return Position(answer=answer, searched=words)
        told = click.prompt("   Words that were searched for, with commas", default="", show_default=False)
        searched = tuple(word.strip() for word in told.split(",") if word.strip())
        return Position(answer=answer, searched=searched) if searched else None
    if not clauses:
        click.echo("   No clause is on its topic: give a clause that topic first.")
        return None
    chosen: list[Clause] = []
    while True:
        told = ", ".join(LETTERS[clauses.index(clause)] for clause in chosen) or "none yet"
        click.echo(f"   Which clauses give the answer? Chosen: {told}   [Enter] done")
        key = pressed("\r" + LETTERS[: len(clauses)] + "q")
        if key == "q":
            return None
        if key == "\r" and chosen:
            break
        if key != "\r":
            clause = clauses[LETTERS.index(key)]
            chosen = [one for one in chosen if one is not clause] if clause in chosen else [*chosen, clause]
    because = click.prompt("   Why, in one sentence (Enter for none)", default="", show_default=False).strip()
    return Position(answer=answer, clauses=tuple(clause.id for clause in chosen), because=because or None)
