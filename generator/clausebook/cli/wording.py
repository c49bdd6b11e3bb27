"""The command that makes a Word file, of a policy, of its changes, of a question over all trusts: word."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from clausebook.build.engines.drawings import render_png
from clausebook.build.engines.weasyprint import MissingLibraryError
from clausebook.cli.options import academy_option, content_or_exit, day, handbook_option, known
from clausebook.cli.revising import text_of
from clausebook.compare.comparisons import find_comparisons
from clausebook.compare.matrix import compare_questions
from clausebook.export.word import Pictures, render_comparison, render_policy
from clausebook.export.word.brief import render_brief
from clausebook.load import PolicyId
from clausebook.model.handbook import Handbook, Revision

SVG = ".svg"


@click.command(
    "word",
    epilog="Examples:  clausebook word larkhill-example grievance   ·   clausebook word larkhill-example social-media --from 2025-09",
)
@click.argument("trust", required=False, metavar="TRUST")
@click.argument("policy", required=False, metavar="POLICY")
@click.argument("revision", required=False, metavar="[REVISION]")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="The file to write.  [default: TRUST-POLICY-REVISION.docx in this folder]")  # fmt: skip
@click.option(
    "--from",
    "from_id",
    metavar="REVISION",
    help="Show what changed since this revision, as tracked changes to accept or reject in Word.",
)
@click.option(
    "--brief", "question", metavar="QUESTION", help="In place of a policy: what all trusts answer to a key question."
)
@academy_option
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="The day on which the file says that it was made.  [default: today, or SOURCE_DATE_EPOCH]")  # fmt: skip
@handbook_option
def word_command(
    trust: str | None,
    policy: str | None,
    revision: str | None,
    output: Path | None,
    from_id: str | None,
    question: str | None,
    academy: str | None,
    as_of: datetime | None,
    handbook_folder: Path,
) -> None:
    """Make a Word file of a policy, to edit, to send round, or to print.

    Without REVISION it is the draft, or where there is none the revision in force. With --from it is the paper for a consultation:
    who rejects all changes has the old text, who accepts them has the new one.
    """
    root = handbook_folder.resolve()
    if question:
        if trust:
            raise click.UsageError("--brief is about all trusts: name a question, and no trust")
        _write(output or Path(f"{question}.docx"), _brief(content_or_exit(root), question, day(as_of)))
        return
    if not (trust and policy):
        raise click.UsageError("name a trust and a policy, or --brief QUESTION")
    handbook = content_or_exit(root, only=PolicyId(trust, policy))
    owner, chosen = text_of(handbook, trust, policy, revision, academy)
    name, today = "-".join((trust, policy, chosen.id, *((academy,) if academy else ()))), day(as_of)
    if from_id:
        there = handbook.trust(trust).policy(policy).by_id
        old = there[known(from_id, "revision", list(there))]
        if old is chosen:
            raise click.UsageError("a revision is compared with another: name two different ones")
        made = render_comparison(owner, old, chosen, today, _pictures(root, old, chosen))
        name += f"-changes-from-{old.id}"
    else:
        made = render_policy(owner, chosen, today, _pictures(root, chosen))
    _write(output or Path(f"{name}.docx"), made)


def _write(path: Path, made: bytes) -> None:
    path.write_bytes(made)
    click.echo(f"Wrote {path}.")


def _brief(handbook: Handbook, question: str, today: date) -> bytes:
    """What is asked of every policy is answered by those of the kind that most trusts have."""
    chosen = known(question, "key question", list(handbook.question_by_id))
    rows = (row for one in find_comparisons(handbook) if one.is_first_kind for row in compare_questions(one))
    row = next((row for row in rows if row.question.id == chosen), None)
    if row is None:
        raise click.UsageError(f"no policy in force here deals with `{question}`")
    return render_brief(handbook, row, today)


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
