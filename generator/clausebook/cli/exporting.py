"""The command that gives a policy to other tools: export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from clausebook.cli.options import academy_option, content_or_exit, day, handbook_option
from clausebook.cli.revising import text_of
from clausebook.export.akoma_ntoso import render_akoma_ntoso
from clausebook.export.clause_sheet import clause_sheet
from clausebook.export.spreadsheet import render_workbook
from clausebook.export.tables import csv_file
from clausebook.load import PolicyId
from clausebook.model.handbook import Handbook, Revision

FORMS: Mapping[str, tuple[str, Callable[[Revision, Handbook], bytes]]] = {
    "xlsx": ("xlsx", lambda revision, _: render_workbook(revision.record.title, [clause_sheet(revision)], day(None))),
    "csv": ("csv", lambda revision, _: csv_file(clause_sheet(revision))),
    "akoma-ntoso": ("xml", render_akoma_ntoso),
}


@click.command(
    "export",
    epilog="Examples:  clausebook export att social-media --format xlsx   ·   clausebook export att social-media 2018-09 --format akoma-ntoso",
)
@click.argument("trust")
@click.argument("policy")
@click.argument("revision", required=False, metavar="[REVISION]")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="xlsx", show_default=True,
              help="A spreadsheet or CSV with a row a clause, or Akoma Ntoso 3.0 XML.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="The file to write.  [default: TRUST-POLICY-REVISION with its ending, in this folder]")  # fmt: skip
@academy_option
@handbook_option
def export_command(
    trust: str,
    policy: str,
    revision: str | None,
    form: str,
    academy: str | None,
    output: Path | None,
    handbook_folder: Path,
) -> None:
    """Write a policy for another tool: a spreadsheet with a row for each clause, or XML.

    Without REVISION it is the draft, or where there is none the revision in force. A spreadsheet that was edited comes back with
    `clausebook take`; one from elsewhere comes in with `clausebook import`.
    """
    handbook = content_or_exit(handbook_folder.resolve(), only=PolicyId(trust, policy))
    _, chosen = text_of(handbook, trust, policy, revision, academy)
    ending, render = FORMS[form]
    path = output or Path("-".join((trust, policy, chosen.id, *((academy,) if academy else ()))) + f".{ending}")
    path.write_bytes(render(chosen, handbook))
    click.echo(f"Wrote {path}.")
