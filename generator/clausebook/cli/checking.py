"""The command that looks at a whole handbook: check."""

from __future__ import annotations

from pathlib import Path

import click

from clausebook.build.options import Folders
from clausebook.build.state import is_checked, read_inputs, remember_checked
from clausebook.cli.options import CONTENT, handbook_option

NOTHING = "no problems"
FORMS = ("text", "github", "json")


@click.command("check", epilog="Examples:  clausebook check   ·   clausebook check --format github")
@handbook_option
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True,
              help="text for people, github for annotations in a pull request, json for programs.")  # fmt: skip
def check_command(handbook_folder: Path, form: str) -> None:
    """Show every problem in the handbook's files, with its place, the reason and the fix. Changes none of them.

    Where it only asks whether something is right, nothing waits for the answer: the exit code is 0.
    """
    root = handbook_folder.resolve()
    folders, inputs = Folders(root, root / "site"), read_inputs(Folders(root, root / "site"))
    if form == "text" and is_checked(folders, inputs):
        click.echo(NOTHING)
        return
    from clausebook.check.library import read_handbook  # noqa: PLC0415 — half a second of imports
    from clausebook.model.problems import RENDERERS  # noqa: PLC0415

    _, problems = read_handbook(root)
    if not problems and read_inputs(folders) == inputs:
        remember_checked(folders, inputs)
    if shown := RENDERERS[form](problems):
        click.echo(shown)
    raise click.exceptions.Exit(CONTENT if any(not problem.asks for problem in problems) else 0)
