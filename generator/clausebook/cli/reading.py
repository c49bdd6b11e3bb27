"""How HR reads a question against the policy: shown with its right answer, its reasons and its clauses, then marked as read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from clausebook.cli.options import known
from clausebook.cli.writing import edited, tried, waits_for_somebody
from clausebook.edit.field_lines import NotInFieldsError
from clausebook.edit.journal import write_edits
from clausebook.edit.quiz_marks import write_marks
from clausebook.model import labels
from clausebook.model.citation import name_of
from clausebook.model.handbook import Clause, Handbook, Trust
from clausebook.quizzes import AskedQuestion, ask_all, mark_of_basis


@dataclass(frozen=True)
class Unread:
    """What waits for HR in one quiz of one trust."""

    asked: tuple[AskedQuestion, ...]
    """The questions that are new or doubtful."""
    new: frozenset[str]
    gone: tuple[str, ...]
    """Marks of questions that are not asked any more."""
    marks: dict[str, str]
    """What `read` holds when these are confirmed."""


def confirm_questions(root: Path, trust: str, policy: str, names: Sequence[str], *, yes: bool) -> None:
    """Show what waits, ask for a yes unless it is given, and write the marks; says so where there is nothing to do."""
    for word, noun, there in (
        (trust, "trust", [path.parent.name for path in (root / "trusts").glob("*/trust.yml")]),
        (policy, "quiz", [path.stem for path in (root / "quizzes").glob("*.yml")]),
    ):
        known(word, noun, sorted(there))
    path = f"trusts/{trust}/quizzes.yml"
    # Where the trust takes no quiz yet, an entry comes first: without it, nothing could be said of its questions.
    handbook, _ = tried(root, {path: _marked(root, path, policy, None)}, waits_for_somebody)
    unread = _unread(handbook, _trust(handbook, trust), policy, names)
    if not unread.asked and not unread.gone:
        click.echo(f"Nothing to confirm: every question was read for the words that {path} has a mark of.")
        return
    _show(unread)
    question = "Do these answers, and what is said of them, fit these clauses?" if unread.asked else "Take it out?"
    if not yes and not click.confirm(question):
        click.echo(f"Nothing was written. Reword them in quizzes/{policy}.yml, and run this again.")
        return
    text = _marked(root, path, policy, unread.marks)
    handbook, _ = tried(root, {path: text}, waits_for_somebody)
    taken = _trust(handbook, trust).quiz_for(policy)
    if taken is None or taken.read != unread.marks:
        raise click.UsageError(
            f"{root / path} is laid out in a way that cannot be edited: write it as trusts/README.md shows"
        )
    write_edits(root, {path: text})
    click.echo(_done(unread, path))


def _trust(handbook: Handbook, trust: str) -> Trust:
    return handbook.trust(trust)


def _marked(root: Path, name: str, policy: str, marks: dict[str, str] | None) -> str:
    """The file's text with these marks; with None only with an entry, where there was none."""

    def edit(text: str) -> str:
        return write_marks(text, policy, marks)

    path = root / name
    try:
        return edited(path, edit) if path.is_file() else edit("")
    except NotInFieldsError as error:
        tried(root, {}, waits_for_somebody)  # where it is no YAML, or holds no quizzes, that is shown
        raise click.UsageError(
            f"{path} is not written as one field a line: write it as trusts/README.md shows, or take the file away, and run this again"
        ) from error


def _unread(handbook: Handbook, trust: Trust, policy: str, names: Sequence[str]) -> Unread:
    taken = trust.quiz_for(policy)
    in_force = trust.policy(policy).current
    asked = ask_all(in_force, handbook.quizzes[policy], handbook)
    before = taken.read if taken else {}
    ids = [question.id for question in asked]
    for name in names:
        known(name, f"question that the staff of {trust.id} are asked", ids)
    waiting = tuple(
        question
        for question in asked
        if before.get(question.id) != mark_of_basis(question) and question.id in (names or ids)
    )
    now = {question.id: mark_of_basis(question) for question in waiting}
    marks = {name: now.get(name) or before[name] for name in ids if name in now or name in before}
    return Unread(
        waiting, frozenset(question.id for question in waiting if question.id not in before),
        tuple(name for name in before if name not in ids), marks,
    )  # fmt: skip


def _show(unread: Unread) -> None:
    for place, question in enumerate(unread.asked, 1):
        why = "new" if question.id in unread.new else "doubtful: what it rests on has changed"
        click.echo(f"{place} of {len(unread.asked)}  {question.id}  ({why})")
        for line in _told(question):
            click.echo(f"  {line}")
        click.echo()
    for name in unread.gone:
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


def _done(unread: Unread, path: str) -> str:
    count = len(unread.asked)
    written = f"Wrote into {path} that you have read {count} question{'' if count == 1 else 's'}." if count else ""
    out = (
        f"Took out {len(unread.gone)} that {'is' if len(unread.gone) == 1 else 'are'} not asked any more."
        if unread.gone
        else ""
    )
    return f"{written} {out}".strip()
