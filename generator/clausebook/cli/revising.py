"""The commands with which HR brings a policy from one year to the next: revise, diff, confirm-changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from clausebook.check.revisions import is_date
from clausebook.check.waiting import waits_for_somebody
from clausebook.cli.options import (
    at_academy,
    content_or_exit,
    day,
    handbook_option,
    known,
    was_finished,
)
from clausebook.compare.revisions import Run
from clausebook.compare.revisions.changesets import Changeset, changeset_between
from clausebook.compare.revisions.clause_diffs import RENDERERS, count_in_words, say_all
from clausebook.edit.field_lines import NotInFieldsError
from clausebook.edit.revision_files import begin_draft, decide_changes, write_confirmations
from clausebook.edit.trial import edit_file, write_tried
from clausebook.load import PolicyId
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.model.labels import CHANGE

STYLES = {"same": "", "removed": "red strike", "added": "green underline"}
as_of_option = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
                            help="The day that is written into the history.  [default: today, or SOURCE_DATE_EPOCH]")  # fmt: skip


@click.command("revise", epilog="Example:  clausebook revise att social-media 2026-09")
@click.argument("trust")
@click.argument("policy")
@click.argument("new_id", metavar="NEW-ID")
@as_of_option
@handbook_option
def revise_command(trust: str, policy: str, new_id: str, as_of: datetime | None, handbook_folder: Path) -> None:
    """Begin the next revision as a draft: a copy of the one in force, or of the last of a policy that was withdrawn, with its ids, comments and positions.

    NEW-ID becomes the file's name and part of addresses, such as 2026-09. Nothing is published before `adopt`.
    """
    root = handbook_folder.resolve()
    only = PolicyId(trust, policy)
    handbook = content_or_exit(root, only=only)
    chosen_policy = policy_of(handbook, trust, policy)
    if chosen_policy.draft and was_finished(file_of(chosen_policy.draft)):
        click.echo(f"{file_of(chosen_policy.draft)} is written: that is done now.")
        return
    if chosen_policy.draft:
        raise click.UsageError(
            f"there is a draft already: {file_of(chosen_policy.draft)}. Finish it, or take the file out"
        )
    old = chosen_policy.revisions[0]
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", new_id):
        raise click.UsageError(
            f"{new_id!r} cannot be part of an address: use lower-case letters, digits, single hyphens, such as 2026-09"
        )
    path = f"trusts/{trust}/{policy}/{new_id}.yml"
    if (root / path).exists():
        raise click.UsageError(f"{path} is there already: choose another id")
    if is_date(new_id) and is_date(old.id) and new_id < old.id:
        raise click.UsageError(f"{new_id} is earlier than {old.id}, which it would replace")
    text = edited_file(root, old, lambda text: begin_draft(text, old.record, old.id, new_id, day(as_of)))
    write_tried(root, {path: text}, only=only)
    click.echo(
        f"Wrote {path}, a draft. Edit it; then: clausebook diff {trust} {policy} · clausebook confirm-changes {trust} {policy} · clausebook adopt {trust} {policy}"
    )


@click.command(
    "diff",
    epilog="Examples:  clausebook diff att social-media   ·   clausebook diff att social-media 2018-09 2026-09 --format markdown",
)
@click.argument("trust")
@click.argument("policy")
@click.argument("from_id", metavar="[FROM]", required=False)
@click.argument("to_id", metavar="[TO]", required=False)
@click.option("--format", "form", type=click.Choice(list(RENDERERS)), default="text", show_default=True,
              help="text for the terminal, the others to send or to build on.")  # fmt: skip
@handbook_option
def diff_command(
    trust: str, policy: str, from_id: str | None, to_id: str | None, form: str, handbook_folder: Path
) -> None:
    """Show what changed between two revisions, clause by clause, with a redline.

    Without FROM and TO: from the revision in force to the draft, or, where there is none, from the one before to the one in force.
    """
    handbook = content_or_exit(handbook_folder.resolve(), only=PolicyId(trust, policy))
    chosen_policy = policy_of(handbook, trust, policy)
    there = chosen_policy.by_id
    newest = next(iter(there))
    new = there[known(to_id or newest, "revision", list(there))]
    before = from_id or new.record.replaces
    if before is None:
        raise click.UsageError(f"{newest} is the first revision: there is nothing to compare it with")
    old = there[known(before, "revision", list(there))]
    if old is new:
        raise click.UsageError("a revision is compared with another: name two different ones")
    order = list(there.values())  # the newest first
    between = tuple(reversed(order[order.index(new) : order.index(old)]))
    changeset = changeset_between(old, new, between)
    console = Console(highlight=False, markup=False, emoji=False)
    if form == "text" and console.is_terminal:
        _print_redlines(console, changeset, handbook.role_labels)
    else:
        click.echo(RENDERERS[form](changeset.diffs, handbook.role_labels, changeset.addresses))


@click.command("confirm-changes", epilog="Example:  clausebook confirm-changes att social-media")
@click.argument("trust")
@click.argument("policy")
@click.argument("revision", required=False, metavar="[REVISION]")
@handbook_option
def confirm_changes_command(trust: str, policy: str, revision: str | None, handbook_folder: Path) -> None:
    """Write down which changes ask staff to sign again: the default by kind of change, for you to look at line by line.

    Decisions that were made before, with their reasons, stay as long as the wording is the same. Without REVISION it is the
    draft, or where there is none the revision in force.
    """
    root = handbook_folder.resolve()
    only = PolicyId(trust, policy)
    handbook = content_or_exit(root, only=only, may_wait=waits_for_somebody)
    chosen_policy = policy_of(handbook, trust, policy)
    there = chosen_policy.by_id
    new = there[known(revision, "revision", list(there))] if revision else next(iter(there.values()))
    before = there.get(new.record.replaces or "")
    if before is None:
        raise click.UsageError(f"{new.id} is the first revision: there is no change to decide on")
    decided = decide_changes(before, new, handbook.role_labels)
    path = file_of(new)
    text = edited_file(root, new, lambda text: write_confirmations(text, decided))
    write_tried(root, {path: text}, waits_for_somebody, only)
    fresh = sum(one.confirmation not in new.record.changes for one in decided)
    click.echo(f"Wrote {len(decided)} decisions into {path}, {fresh} of them new. Look at each: `material: true` asks staff to sign again; "
               "where you decide otherwise than the default, add `because:`.")  # fmt: skip


def policy_of(handbook: Handbook, trust: str, policy: str) -> Policy:
    """A policy that has revisions. Raises UsageError, with the nearest one, where there is none of that name."""
    there = handbook.trust(known(trust, "trust", list(handbook.trust_by_id))).policy_by_id
    found = there[known(policy, f"policy of {trust}", list(there))]
    if not found.by_id:
        raise click.UsageError(
            f"{policy} is kept elsewhere: to begin it here, put its first revision into trusts/{trust}/{policy}/, with `status: draft`"
        )
    return found


def text_of(
    handbook: Handbook, trust: str, policy: str, revision: str | None, academy: str | None
) -> tuple[Trust, Revision]:
    """A text with the trust that it is of: the revision that is named, else the draft, else what is in force; of an academy what is in force."""
    there = policy_of(handbook, trust, policy).by_id
    if academy is None:
        return handbook.trust(trust), there[known(revision, "revision", list(there))] if revision else next(
            iter(there.values())
        )
    theirs = at_academy(handbook.trust(trust), academy)
    in_force = theirs.policy(policy).in_force
    if in_force is None or revision not in (None, in_force.id):
        raise click.UsageError("an academy has a text of its own only of what is in force: leave REVISION out")
    return theirs, in_force


def file_of(revision: Revision) -> str:
    """The name of its file in the handbook."""
    return f"trusts/{revision.trust}/{revision.policy}/{revision.id}.yml"


def edited_file(root: Path, revision: Revision, edit: Callable[[str], str]) -> str:
    """The text of a revision's file after `edit`. Raises UsageError where it is not laid out as fields."""
    path = root / file_of(revision)
    try:
        return edit_file(path, edit)
    except NotInFieldsError as error:
        raise click.UsageError(
            f"{path} is not written as one field a line, without quotes around their names: write it as trusts/README.md shows"
        ) from error


def _print_redlines(console: Console, changeset: Changeset, roles: Mapping[str, str]) -> None:
    for number, diff in enumerate(changeset.diffs, 1):
        kinds = ", ".join(CHANGE[kind] for kind in diff.kinds)
        console.print(
            Text(f"{number} of {len(changeset.diffs)}  {kinds}", "bold"),
            "" if diff.material else "(no one signs again)",
        )
        console.print(f"  {say_all(diff, roles)}")
        console.print(Text("  ").append_text(Text.assemble(*(_marked(run) for run in diff.runs))), "\n")
    console.print(count_in_words(changeset.diffs, changeset.addresses))


def in_marks(runs: Iterable[Run]) -> str:
    """The words of both sides: those that went in [-…-], those that came in {+…+}."""
    return "".join(_marked(run)[0] for run in runs)


def _marked(run: Run) -> tuple[str, str]:
    words = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}[run.kind]
    return words.format(run.text), STYLES[run.kind]
