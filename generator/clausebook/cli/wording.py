"""The command that makes a Word file: word."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from clausebook.build.engines.drawings import render_png
from clausebook.build.engines.weasyprint import MissingLibraryError
from clausebook.cli.options import content_or_exit, day, handbook_option, known
from clausebook.cli.revising import as_of_option, policy_of
from clausebook.export.word import Pictures, render_comparison, render_policy
from clausebook.load import PolicyId
from clausebook.model.handbook import Revision

SVG = ".svg"


@click.command(
    "word",
    epilog="Examples:  clausebook word larkhill-example grievance   ·   clausebook word larkhill-example social-media --from 2025-09",
)
@click.argument("trust")
@click.argument("policy")
@click.argument("revision", required=False, metavar="[REVISION]")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="The file to write.  [default: TRUST-POLICY-REVISION.docx in this folder]")  # fmt: skip
@click.option(
    "--from",
    "from_id",
    metavar="REVISION",
    help="Show what changed since this revision, as tracked changes to accept or reject in Word.",
)
@as_of_option
@handbook_option
def word_command(
    trust: str,
    policy: str,
    revision: str | None,
    output: Path | None,
    from_id: str | None,
    as_of: datetime | None,
    handbook_folder: Path,
) -> None:
    """Make a Word file of a policy, to edit, to send round, or to print.

    Without REVISION it is the draft, or where there is none the revision in force. With --from it is the paper for a consultation:
    who rejects all changes has the old text, who accepts them has the new one.
    """
    root = handbook_folder.resolve()
    handbook = content_or_exit(root, only=PolicyId(trust, policy))
    there = policy_of(handbook, trust, policy).by_id
    chosen = there[known(revision, "revision", list(there))] if revision else next(iter(there.values()))
    owner, name, today = handbook.trust(trust), f"{trust}-{policy}-{chosen.id}", day(as_of)
    if from_id:
        old = there[known(from_id, "revision", list(there))]
        if old is chosen:
            raise click.UsageError("a revision is compared with another: name two different ones")
        made = render_comparison(owner, old, chosen, today, _pictures(root, old, chosen))
        name += f"-changes-from-{old.id}"
    else:
        made = render_policy(owner, chosen, today, _pictures(root, chosen))
    path = output or Path(f"{name}.docx")
    path.write_bytes(made)
    click.echo(f"Wrote {path}.")


def _pictures(root: Path, *revisions: Revision) -> Pictures:
    """Every picture that the file shows; a drawing that cannot be made a picture of here is told in words."""
    clauses = [clause for revision in revisions for clause in revision.clauses]
    named = {clause.structures.figure.file for clause in clauses if clause.structures.figure}
    files = (file for clause in clauses for file in clause.structures.files if file.name in named)
    read = {file.name: file.path.read_bytes() for file in files}
    logo = root / "trusts" / revisions[0].trust / "logo.svg"
    drawings = {name: svg for name, svg in read.items() if name.endswith(SVG)}
    drawings |= {"": logo.read_bytes()} if logo.is_file() else {}
    try:
        read |= {name: render_png(svg) for name, svg in drawings.items()}
    except MissingLibraryError:
        click.echo("Drawings are told in words, and the logo is left out: to show them, run `pip install clausebook[pdf]`.", err=True)  # fmt: skip
    return Pictures(read, read.pop("", None))
