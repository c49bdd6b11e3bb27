"""The command by which HR holds past texts to what they say: seal."""

from __future__ import annotations

from pathlib import Path

import click

from clausebook.check.waiting import waits_for_somebody
from clausebook.cli.options import content_or_exit, handbook_option
from clausebook.cli.revising import edited_file, file_of, policy_of
from clausebook.edit.revision_files import write_digest
from clausebook.edit.trial import write_tried
from clausebook.load import PolicyId
from clausebook.model.dates import count
from clausebook.model.handbook import Revision
from clausebook.model.problems import Problem


@click.command("seal", epilog="Example:  clausebook seal att social-media")
@click.argument("trust")
@click.argument("policy")
@handbook_option
def seal_command(trust: str, policy: str, handbook_folder: Path) -> None:
    """Write the digest of its text into each past revision that has none, so that a later edit of it is noticed.

    For a policy whose past you bring in: `adopt` does it for what it replaces. No decision on changes of those years is asked for.
    """
    root = handbook_folder.resolve()
    only = PolicyId(trust, policy)
    handbook = content_or_exit(root, only=only, may_wait=_waits)
    open_ones = [one for one in policy_of(handbook, trust, policy).past if not one.record.digest]
    if not open_ones:
        click.echo(f"Nothing to seal: every past revision of {trust} {policy} has its digest.")
        return
    write_tried(root, {file_of(one): _sealed(root, one) for one in open_ones}, waits_for_somebody, only)
    click.echo(f"Sealed {count(len(open_ones), 'revision')}: {', '.join(one.id for one in open_ones)}.")


def _waits(problem: Problem) -> bool:
    return problem.code == "P414" or waits_for_somebody(problem)


def _sealed(root: Path, revision: Revision) -> str:
    return edited_file(root, revision, lambda text: write_digest(text, revision.digest))
