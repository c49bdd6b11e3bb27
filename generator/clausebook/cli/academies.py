"""The commands about a trust's academies: what each adopted, and the clauses of its own that are to be read beside the trust's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

from clausebook.cli.options import as_of_option, content_or_exit, day, handbook_option, known
from clausebook.cli.revising import in_marks
from clausebook.cli.showing import format_option, show_sheet
from clausebook.compare.revisions import redline
from clausebook.edit.bearings import write_seen
from clausebook.edit.field_lines import NotInFieldsError
from clausebook.edit.trial import edit_file, write_tried
from clausebook.export.academies import adoption_sheet
from clausebook.findings.academies import WRITTEN, BesideTrust, bearings_of
from clausebook.model.citation import name_of
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook, Trust
from clausebook.model.labels import FORCE


@click.group("academies", epilog="Example:  clausebook academies list larkhill-example")
def academies_group() -> None:
    """Show what the academies of a trust adopted, and go through what they are to read again."""


@academies_group.command("list", epilog="Example:  clausebook academies list larkhill-example --as-of 2026-11-20")
@click.argument("trust")
@as_of_option
@format_option
@handbook_option
def list_command(trust: str, as_of: datetime | None, form: str, handbook_folder: Path) -> None:
    """Show each academy with each policy: how it may adopt it, what it adopted when, what is missing, and what is to be read again."""
    chosen = _with_academies(content_or_exit(handbook_folder.resolve()), trust)
    show_sheet(adoption_sheet(chosen, day(as_of)), form)


@academies_group.command("read", epilog="Example:  clausebook academies read larkhill-example westmoor social-media")
@click.argument("trust")
@click.argument("academy")
@click.argument("policy")
@click.option("--yes", is_flag=True, help="You have read them all: write that down without asking.")
@handbook_option
def read_command(trust: str, academy: str, policy: str, handbook_folder: Path, *, yes: bool) -> None:
    """Read an academy's clauses beside those of the trust that have changed, and write down that you have.

    Each is shown with what the trust's clause said and what it says now. What you say yes to is written into the academy's appendix as
    `seen`, the mark of those words. What the academy filled in stays, and so does what you say no to.
    """
    root = handbook_folder.resolve()
    handbook = content_or_exit(root)
    chosen = _with_academies(handbook, trust)
    reads = chosen.academy_by_id[known(academy, f"academy of {trust}", list(chosen.academy_by_id))]
    named = known(policy, f"policy to which {academy} adds", list(reads.appendices))
    path = f"trusts/{trust}/academies/{academy}/appendix/{policy}.yml"
    waiting = [one for one in bearings_of(reads, chosen.policy(named)) if not one.is_read]
    if not waiting:
        click.echo("Nothing is to be read again.")
        return
    read: dict[int, str] = {}
    for number, one in enumerate(waiting, 1):
        click.echo(f"{number} of {len(waiting)}  {_told(one, reads.record.short, handbook.role_labels)}\n")
        if yes or click.confirm("Does the academy’s clause still fit?"):
            read[one.place] = one.target.mark
    if not read:
        click.echo(f"Nothing was written. Change the appendix where it no longer fits: {path}")
        return
    try:
        text = edit_file(root / path, lambda text: write_seen(text, read))
    except NotInFieldsError as error:
        raise click.UsageError(f"{path} cannot be read as YAML") from error
    write_tried(root, {path: text})
    left = len(waiting) - len(read)
    click.echo(f"Wrote into {path} that you have read {len(read)} of {len(waiting)}.{f' {left} left: change the appendix where it no longer fits.' if left else ''}")  # fmt: skip


def _roles(clause: Clause, roles: Mapping[str, str]) -> str:
    return ", ".join(roles[role].lower() for role in clause.binds)


def _told(one: BesideTrust, academy: str, roles: Mapping[str, str]) -> str:
    own, target = name_of(one.own), name_of(one.target)
    lines = [f"{own} {WRITTEN[one.bearing.how]} {target[0].lower()}{target[1:]} of the trust’s text", f"   {academy}: {one.own.in_full}"]  # fmt: skip
    if one.then:
        lines += [
            f"   The trust then: {one.then.in_full}",
            f"   The trust now: {one.target.in_full}",
            f"   What changed: {in_marks(redline(one.then.in_full, one.target.in_full))}",
        ]
        if one.then.modality != one.target.modality:
            lines.append(
                f"   How strongly: {FORCE[one.then.modality].lower()}, now {FORCE[one.target.modality].lower()}"
            )
        if set(one.then.binds) != set(one.target.binds):
            lines.append(f"   Who it binds: {_roles(one.then, roles)}, now {_roles(one.target, roles)}")
    else:
        lines.append(f"   The trust now: {one.target.in_full}")
        lines.append(
            "   What it said when someone last read it is in no revision here."
            if one.bearing.seen
            else "   No one has read the two together yet."
        )
    if one.changed_in:
        lines.append(f"   Its words are from {one.changed_in.name}.")
    return "\n".join(lines)


def _with_academies(handbook: Handbook, trust: str) -> Trust:
    chosen = handbook.trust(known(trust, "trust", list(handbook.trust_by_id)))
    if not chosen.academies:
        raise click.UsageError(
            f"{trust} has no academies here: write one into trusts/{trust}/academies/, as trusts/README.md shows"
        )
    return chosen
