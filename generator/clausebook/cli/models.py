"""The commands about models that policies were made from: departures, models take."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from clausebook.check.waiting import waits_for_somebody
from clausebook.cli.options import content_or_exit, day, handbook_option, known
from clausebook.cli.revising import as_of_option, policy_of
from clausebook.cli.showing import format_option, print_lines, show_sheet
from clausebook.cli.taking import begin, not_in_fields
from clausebook.compare.departures import Departures, departures_of, names_of
from clausebook.compare.model_moves import ModelMove, ThreeWay, compare_three
from clausebook.compare.revisions.changesets import changeset_between
from clausebook.compare.revisions.clause_diffs import render_text
from clausebook.edit.field_lines import NotInFieldsError
from clausebook.edit.take.model import take_model, without_old_reasons
from clausebook.edit.take.taking import items_of
from clausebook.edit.take.told import ANSWER_GONE
from clausebook.edit.trial import edit_file, try_edits, write_tried
from clausebook.export.departures import departures_sheet, moves_sheet
from clausebook.load import PolicyId
from clausebook.model.handbook import Handbook, Revision
from clausebook.model.labels import MOVE


@click.command(
    "departures",
    epilog="Examples:  clausebook departures larkhill-example whistleblowing   ·   clausebook departures larkhill-example whistleblowing --newer",
)
@click.argument("trust")
@click.argument("policy")
@click.option("--revision", metavar="REVISION", help="Which revision.  [default: the one in force]")
@click.option("--newer", is_flag=True, help="What a newer model changes: the model then, the model now, your text.")
@click.option("--full", is_flag=True, help="Every departure with the words of both sides.")
@format_option
@handbook_option
def departures_command(
    trust: str, policy: str, revision: str | None, newer: bool, full: bool, form: str, handbook_folder: Path
) -> None:
    """Show where a policy departs from the model that it was made from, a line for each departure."""
    handbook = content_or_exit(handbook_folder.resolve(), only=PolicyId(trust, policy))
    chosen = _chosen(handbook, trust, policy, revision)
    found = _departures(chosen, handbook)
    three = compare_three(chosen, handbook)
    if newer:
        _show_newer(three, handbook, form)
        return
    sheet = departures_sheet(found, handbook.role_labels)
    if form != "table":
        show_sheet(sheet, form)
        return
    click.echo(f"{chosen.record.title}, {chosen.name}, was made from {found.model.title}.")
    click.echo(f"{found.unchanged} of {len(chosen.clauses)} clauses say what the model says; {found.in_words}.\n")
    if full:
        click.echo(render_text(tuple(one.diff for one in found.all), handbook.role_labels))
    elif found.all:
        print_lines(sheet.only(("Kind", "Clause", "What", "Why")))
    if three:
        click.echo(
            f"\nA newer model is out: {three.now.name}. {three.in_words}. See them: clausebook departures {trust} {policy} --newer"
        )


def _chosen(handbook: Handbook, trust: str, policy: str, revision: str | None) -> Revision:
    there = policy_of(handbook, trust, policy)
    if revision:
        return there.by_id[known(revision, "revision", list(there.by_id))]
    return there.shown or next(iter(there.by_id.values()))


def _departures(revision: Revision, handbook: Handbook) -> Departures:
    found = departures_of(revision, handbook)
    if found is None:
        raise click.UsageError(
            f"trusts/{revision.trust}/{revision.policy}/{revision.id}.yml names no model: add `model: provider/kind/revision`, as the file is called in models/"
        )
    return found


def _show_newer(three: ThreeWay | None, handbook: Handbook, form: str) -> None:
    if three is None:
        click.echo("The model has no newer revision here.")
        return
    if form != "table":
        show_sheet(moves_sheet(three, handbook.role_labels), form)
        return
    click.echo(f"{three.departures.model.title}, is now {three.now.name}. {three.in_words}.\n")
    for number, move in enumerate(three.moves, 1):
        click.echo(f"{number}. {_told(move, handbook)}\n")


def _told(move: ModelMove, handbook: Handbook) -> str:
    sides = (("The model then", move.then), ("The model now", move.now), ("Your text", move.our_words))
    words = "".join(f"\n   {name}: {text or 'has no such clause'}" for name, text in sides)
    return f"{MOVE[move.state]}. {move.in_words(handbook.role_labels)}{words}"


@click.group("models", epilog="Example:  clausebook models take larkhill-example whistleblowing")
def models_group() -> None:
    """Take over what changed in the model that a policy was made from."""


@models_group.command(
    "take", epilog="Example:  clausebook models take larkhill-example whistleblowing --revision 2027-01"
)
@click.argument("trust")
@click.argument("policy")
@click.option("--revision", metavar="NEW-ID",
              help="What a new draft is called, such as 2027-01.  [default: this month]")  # fmt: skip
@click.option("--ours", "choice", flag_value="ours", help="Where both texts changed, keep yours; you are not asked.")
@click.option("--theirs", "choice", flag_value="theirs", help="Where both texts changed, take the model's.")
@click.option("--later", "choice", flag_value="later",
              help="Where both texts changed, keep yours with a line `doubts:` for whoever decides.  [default with --yes]")  # fmt: skip
@click.option("--yes", is_flag=True, help="Write without asking.")
@as_of_option
@handbook_option
def take_command(
    trust: str, policy: str, revision: str | None, choice: str | None, yes: bool, as_of: datetime | None,
    handbook_folder: Path,
) -> None:  # fmt: skip
    """Take what a newer model changes into the draft of a policy, clause by clause; ids, comments and your own clauses stay.

    A clause that says what the older model says gets the newer words. Where both texts changed you are asked whose words to keep.
    Nothing is written before you say yes.
    """
    root, only = handbook_folder.resolve(), PolicyId(trust, policy)
    handbook = content_or_exit(root, only=only, may_wait=waits_for_somebody)
    begun = begin(root, policy_of(handbook, trust, policy), revision, day(as_of))
    _departures(begun.revision, handbook)
    three = compare_three(begun.revision, handbook)
    if three is None:
        click.echo("The model has no newer revision here: there is nothing to take.")
        return
    taken, kept = _choose(three, handbook, choice or ("later" if yes else None))
    try:
        drafted = take_model(begun.text, begun.revision.record, three, taken, kept)
        text = without_old_reasons(drafted.text, begun.revision, three, names_of(handbook.trust(trust)))
    except NotInFieldsError as error:
        raise not_in_fields(begun) from error
    if not begun.is_new:
        text = edit_file(root / begun.path, lambda _: text)
    after, _ = try_edits(root, {begun.path: text}, waits_for_somebody, only)
    _show_draft(begun.path, begun.revision, after, drafted.answers_gone)
    if not (yes or click.confirm("Write this?")):
        click.echo("Nothing was written.")
        return
    write_tried(root, {begun.path: text}, waits_for_somebody, only)
    steps = ("review", "confirm-changes", "adopt")
    click.echo(f"Wrote {begun.path}. Then: {' · '.join(f'clausebook {step} {trust} {policy}' for step in steps)}")


def _choose(three: ThreeWay, handbook: Handbook, choice: str | None) -> tuple[list[ModelMove], list[ModelMove]]:
    """What is taken, and what stays as it is because somebody said so."""
    taken, kept = list(three.in_state("take")), list[ModelMove]()
    for move in three.in_state("choose"):
        answer = choice or _ask(move, handbook)
        taken += [move] if answer == "theirs" else []
        kept += [move] if answer == "ours" else []
    return taken, kept


def _ask(move: ModelMove, handbook: Handbook) -> str:
    click.echo(f"{_told(move, handbook)}\n")
    answer: str = click.prompt("Whose words", type=click.Choice(["ours", "theirs", "later"]), default="later")
    return answer


def _show_draft(path: str, before: Revision, after: Handbook, answers_gone: tuple[str, ...]) -> None:
    draft = after.trust(before.trust).policy(before.policy).draft
    assert draft
    changeset = changeset_between(before, draft)
    click.echo(f"As it would be the draft {path}:\n")
    click.echo(f"{render_text(changeset.to_discuss, after.role_labels, changeset.addresses)}\n")
    open_ones = [
        *draft.record.doubts,
        *(f"{name}: {one}" for name, item in items_of(draft.record).items() for one in item.doubts),
    ]
    for doubt in (*open_ones, *(ANSWER_GONE.format(question) for question in answers_gone)):
        click.echo(f"  - {doubt}")
