"""The commands for those who work in Word: word."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from clausebook.build.engines.drawings import render_png
from clausebook.build.engines.weasyprint import MissingLibraryError
from clausebook.cli.options import content_or_exit, day, handbook_option, known
from clausebook.cli.revising import as_of_option, policy_of
from clausebook.export.word import Pictures, render_policy
from clausebook.load import PolicyId
from clausebook.model.handbook import Revision

SVG = ".svg"


@click.command("word", epilog="Example:  clausebook word larkhill-example grievance")
@click.argument("trust")
@click.argument("policy")
@click.argument("revision", required=False, metavar="[REVISION]")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="The file to write.  [default: TRUST-POLICY-REVISION.docx in this folder]")  # fmt: skip
@as_of_option
@handbook_option
def word_command(
    trust: str, policy: str, revision: str | None, output: Path | None, as_of: datetime | None, handbook_folder: Path
) -> None:
    """Make a Word file of a policy, to edit, to send round, or to print: `take` brings it back with every clause known.

    Without REVISION it is the draft, or where there is none the revision in force.
    """
    root = handbook_folder.resolve()
    handbook = content_or_exit(root, only=PolicyId(trust, policy))
    there = policy_of(handbook, trust, policy).by_id
    chosen = there[known(revision, "revision", list(there))] if revision else next(iter(there.values()))
    made = render_policy(handbook.trust(trust), chosen, day(as_of), _pictures(root, chosen))
    path = output or Path(f"{trust}-{policy}-{chosen.id}.docx")
    path.write_bytes(made)
    click.echo(f"Wrote {path}.")


def _pictures(root: Path, revision: Revision) -> Pictures:
    """Every picture that the file shows; a drawing that cannot be made a picture of here is told in words."""
    named = {clause.structures.figure.file for clause in revision.clauses if clause.structures.figure}
    read = {file.name: file.path.read_bytes() for file in revision.files if file.name in named}
    logo = root / "trusts" / revision.trust / "logo.svg"
    drawings = {name: svg for name, svg in read.items() if name.endswith(SVG)}
    drawings |= {"": logo.read_bytes()} if logo.is_file() else {}
    try:
        read |= {name: render_png(svg) for name, svg in drawings.items()}
    except MissingLibraryError:
        click.echo("Drawings are told in words, and the logo is left out: to show them, run `pip install clausebook[pdf]`.", err=True)  # fmt: skip
    return Pictures(read, read.pop("", None))
