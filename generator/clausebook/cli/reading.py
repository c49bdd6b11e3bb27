"""How HR reads a question against the policy: shown with its right answer, its reasons and its clauses, then marked as read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from clausebook.check.waiting import waits_for_somebody
from clausebook.cli.options import known
from clausebook.edit.field_lines import NotInFieldsError
from clausebook.edit.journal import write_edits
from clausebook.edit.quiz_marks import write_marks
from clausebook.edit.trial import edit_file, try_edits
from clausebook.model import labels
from clausebook.model.citation import name_of
from clausebook.model.clause import Clause
from clausebook.model.dates import count
from clausebook.quizzes import AskedQuestion, ask_all
from clausebook.quizzes.readings import Readings


def confirm_questions(root: Path, trust: str, policy: str, names: Sequence[str], *, yes: bool) -> None:
    """Show what waits, ask for a yes unless it is given, and write the marks; says so where there is nothing to do."""
    for word, noun, there in (
        (trust, "trust", [path.parent.name for path in (root / "trusts").glob("*/trust.yml")]),
        (
            policy,
            "quiz",
            {path.stem for path in (root / "quizzes").glob("*.yml")}
            | {path.parent.name for path in (root / "trusts" / trust).glob("*/*.yml")},
        ),
    ):
        known(word, noun, sorted(there))
    path = f"trusts/{trust}/quizzes.yml"
    # Where the trust takes no quiz yet, an entry comes first: without it, nothing could be said of its questions.
    readings = _readings(root, path, _marked(root, path, policy, None), trust, policy)
    ids = [question.id for question in readings.asked]
    for name in names:
        known(name, f"question that the staff of {trust} are asked", ids)
    waits = {question.id for question in (*readings.new, *readings.doubtful)} & set(names or ids)
    waiting = [question for question in readings.asked if question.id in waits]
    if not waiting and not readings.gone:
        click.echo(f"Nothing to confirm: every question was read for the words that {path} has a mark of.")
        return
    _show(waiting, readings)
    question = "Do these answers, and what is said of them, fit these clauses?" if waiting else "Take it out?"
    if not yes and not click.confirm(question):
        click.echo(f"Nothing was written. Reword them in quizzes/{policy}.yml, and run this again.")
        return
    text, marks = _marked(root, path, policy, readings.marks_with(waiting)), readings.marks_with(waiting)
    if _readings(root, path, text, trust, policy).read != marks:
        raise click.UsageError(
            f"{root / path} is laid out in a way that cannot be edited: write it as trusts/README.md shows"
        )
    write_edits(root, {path: text})
    click.echo(_done(len(waiting), len(readings.gone), path))


def _readings(root: Path, path: str, text: str, trust: str, policy: str) -> Readings:
    """How the trust's questions stand with this text of its file."""
    handbook, _ = try_edits(root, {path: text}, waits_for_somebody)
    own = handbook.trust(trust)
    taken = own.quiz_for(policy)
    asked = ask_all(own.policy(policy).current, handbook)
    return Readings(asked, taken.read if taken else {})


def _marked(root: Path, name: str, policy: str, marks: dict[str, str] | None) -> str:
    """The file's text with these marks; with None only with an entry, where there was none."""

    def edit(text: str) -> str:
        return write_marks(text, policy, marks)

    path = root / name
    try:
        return edit_file(path, edit) if path.is_file() else edit("")
    except NotInFieldsError as error:
        try_edits(root, {}, waits_for_somebody)  # where it is no YAML, or holds no quizzes, that is shown
        raise click.UsageError(
            f"{path} is not written as one field a line: write it as trusts/README.md shows, or take the file away, and run this again"
        ) from error


def _show(waiting: Sequence[AskedQuestion], readings: Readings) -> None:
    for place, question in enumerate(waiting, 1):
        why = "new" if question.id not in readings.read else "doubtful: what it rests on has changed"
        click.echo(f"{place} of {len(waiting)}  {question.id}  ({why})")
        for line in _told(question):
            click.echo(f"  {line}")
        click.echo()
    for name in readings.gone:
        click.echo(f"{name} is not asked any more: its mark is taken out.")


def _told(one: AskedQuestion) -> Iterator[str]:
    question = one.question
    yield " ".join(part for part in (question.scenario, question.ask) if part)
    for place, option in enumerate(one.options, 1):
        if question.kind == "order":
            yield f"{place}. {option.text} ({option.says})"
        else:
            yield f"Right: {option.text}" if option.is_right else f"Wrong: {option.text} ({option.says})"
    for basis in one.bases:
        if basis.answer:
            yield f"The policy's answer: {_outcome(basis.answer)}{', and it contradicts itself' if basis.conflict else ''}."
        if basis.because:
            yield f"Because: {basis.because}"
        if basis.searched:
            yield f"Searched for: {', '.join(basis.searched)}."
    for clause in one.clauses:
        yield _quoted(clause)


def _outcome(answer: str) -> str:
    """An answer to a key question, or the strongest force on a topic, in words."""
    named: dict[str, str] = {one: labels.ANSWER[one] for one in labels.ANSWER} | {
        modality: labels.FORCE[modality] for modality in labels.FORCE
    }
    return named[answer]


def _quoted(clause: Clause) -> str:
    source = f", source {labels.lines_in_words(clause.lines)}" if clause.lines else ""
    return f"{name_of(clause)} ({clause.id}{source}), {labels.FORCE[clause.modality].lower()}: {clause.in_full}"


def _done(read: int, gone: int, path: str) -> str:
    written = f"Wrote into {path} that you have read {count(read, 'question')}." if read else ""
    out = f"Took out {gone} that {'is' if gone == 1 else 'are'} not asked any more." if gone else ""
    return f"{written} {out}".strip()
