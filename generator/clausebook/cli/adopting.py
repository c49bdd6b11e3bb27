"""The command by which a draft comes into force: adopt."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from clausebook.check.waiting import is_of_quizzes
from clausebook.cli.options import content_or_exit, day, handbook_option, show, was_finished
from clausebook.cli.revising import edited_file, file_of, policy_of
from clausebook.edit.field_lines import NotInFieldsError
from clausebook.edit.journal import write_edits
from clausebook.edit.policy_files import add_approval
from clausebook.edit.revision_files import put_in_force, supersede
from clausebook.edit.trial import edit_file, try_edits
from clausebook.findings.academies import bearings_of
from clausebook.findings.stale_answers import find_doubts
from clausebook.load import PolicyId
from clausebook.model import Approval
from clausebook.model.dates import count
from clausebook.model.handbook import Policy, Trust
from clausebook.model.problems import Problem


@click.command("adopt", epilog="Example:  clausebook adopt att social-media --effective 2026-09-01")
@click.argument("trust")
@click.argument("policy")
@click.option(
    "--effective",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day from which it holds, written into the file.",
)
@click.option(
    "--answers-read", is_flag=True, help="You have read the answers again that the changed clauses make doubtful."
)
@click.option("--approved-by", metavar="WHO", help="Who approved it, such as the board of trustees.")
@click.option("--approved-on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When they did.")
@click.option("--minute", metavar="WORDS", help="Where it is minuted.")
@handbook_option
def adopt_command(
    trust: str, policy: str, effective: datetime | None, approved_by: str | None, approved_on: datetime | None, minute: str | None,
    handbook_folder: Path, *, answers_read: bool,
) -> None:  # fmt: skip
    """Put the draft in force and mark the one before it, if there is one, superseded, with the digest of its text.

    Refused while a change waits for a decision: see `clausebook confirm-changes`. Who approved it goes into policy.yml, the register's
    file; where that says `approval: required`, it must be told.
    """
    root = handbook_folder.resolve()
    only = PolicyId(trust, policy)
    handbook = content_or_exit(root, only=only)
    chosen_policy = policy_of(handbook, trust, policy)
    draft, old = chosen_policy.draft, chosen_policy.in_force
    if draft is None and old and was_finished(f"trusts/{trust}/{policy}/"):
        click.echo(f"{old.id} is in force: that is done now.")
        return
    if draft is None:
        raise click.UsageError(
            f"{trust}/{policy} has no draft: begin one with clausebook revise {trust} {policy} NEW-ID"
        )
    starts = effective.date() if effective else None
    if starts and starts > day(None):
        raise click.UsageError(
            f"it is to hold from {starts}, and until then {'the text before it does' if chosen_policy.in_force else 'no text does'}: run this again on that day"
        )
    approval = _approval(draft.id, approved_by, approved_on, minute)
    if _wants_approval(chosen_policy, draft.id, approval):
        raise click.UsageError(
            f"trusts/{trust}/{policy}/policy.yml says `approval: required`: name who approved {draft.id}, when, and by which minute, "
            "with --approved-by WHO --approved-on DATE --minute WORDS"
        )
    if not starts and not approval and not (draft.record.dates.effective or draft.record.dates.approved):
        raise click.UsageError(
            "nothing says from when it holds: name the day with --effective, or give `approved` under `dates:`"
        )
    doubtful = [
        doubt.what for doubt in find_doubts(handbook, day(None)) if (doubt.trust, doubt.policy) == (trust, policy)
    ]
    if doubtful and not answers_read:
        raise click.UsageError(
            "these answers rest on clauses that changed, and their reasons are as they were:\n"
            + "\n".join(f"  - {one}" for one in doubtful)
            + "\nRead each again; then run this with --answers-read"
        )
    texts = {
        file_of(draft): edited_file(
            root, draft, lambda text: put_in_force(text, draft.record, draft.digest, starts, approval)
        )
    }
    if approval:
        texts |= _with_approval(root, f"trusts/{trust}/{policy}/policy.yml", approval)
    if old:
        texts[file_of(old)] = edited_file(root, old, lambda text: supersede(text, old.digest))
    after, waiting = try_edits(root, texts, is_of_quizzes, only)
    write_edits(root, texts)
    replaced, back = (
        (f"; {old.id} is superseded and keeps its address", f", `status: in-force` and no `digest:` in {file_of(old)}")
        if old
        else ("", "")
    )
    click.echo(
        f"{draft.id} is in force{replaced}. Publish it with clausebook build. "
        f"To take it back before that: `status: draft` and no `digest:` in {file_of(draft)}{back}."
    )
    _tell_of_quiz(trust, policy, waiting)
    _tell_of_academies(handbook.trust(trust), after.trust(trust), policy)


def _tell_of_academies(before: Trust, after: Trust, policy: str) -> None:
    """Which academies have clauses of their own to read beside the new text."""
    for academy in before.academies:
        if policy not in academy.appendices:
            continue
        now = after.academy_by_id.get(academy.id)
        if now is None:  # a command for this policy alone leaves out what no longer fits
            click.echo(f"What {academy.record.short} adds to it no longer fits: clausebook check says where.")
        elif left := [one for one in bearings_of(now, after.policy(policy)) if not one.is_read]:
            click.echo(
                f"{academy.record.short} has {count(len(left), 'clause')} to read beside the new text: clausebook academies read {before.id} {academy.id} {policy}"
            )


def _tell_of_quiz(trust: str, policy: str, waiting: list[Problem]) -> None:
    """What the new text has made of the quiz, and which command leads on."""
    others = [problem for problem in waiting if problem.code != "P810"]
    if others:
        show(others)
        click.echo("The quiz no longer fits the text that is in force now: mend it as shown here.")
    if waiting:
        first = "Then run" if others else "It makes questions of the quiz doubtful, so before you build run"
        click.echo(f"{first} clausebook quiz review {trust} {policy}, which shows each with its answer and clauses.")


def _approval(revision: str, by: str | None, on: datetime | None, minute: str | None) -> Approval | None:
    if not (by or on or minute):
        return None
    if not (by and on):
        raise click.UsageError("an approval wants --approved-by WHO and --approved-on DATE")
    if on.date() > day(None):
        raise click.UsageError(f"--approved-on {on.date()} is a day to come")
    return Approval(revision=revision, by=by, date=on.date().isoformat(), minute=minute)


def _wants_approval(policy: Policy, revision: str, approval: Approval | None) -> bool:
    is_told = (approval and approval.minute) or any(one.revision == revision for one in policy.record.approvals)
    return policy.record.approval == "required" and not is_told


def _with_approval(root: Path, name: str, approval: Approval) -> dict[str, str]:
    """policy.yml, by its name, with the approval; it need not have been there."""
    path = root / name
    try:
        return {
            name: edit_file(path, lambda text: add_approval(text, approval))
            if path.is_file()
            else add_approval("", approval)
        }
    except NotInFieldsError as error:
        raise click.UsageError(
            f"{path} is not written as one field a line, with one approval a line below `approvals:`"
        ) from error
