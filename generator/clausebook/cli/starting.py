"""The commands with which a handbook begins, and takes over what it wants to be otherwise: new, eject."""

from __future__ import annotations

from pathlib import Path

import click

from clausebook.cli.options import CONTENT, handbook_option, show
from clausebook.edit.begin import WORKFLOWS, begin_handbook
from clausebook.edit.eject import diff_from_engine, eject_files, list_files
from clausebook.layout import EJECTED
from clausebook.load import load_handbook
from clausebook.looks import ENGINE, engine_files
from clausebook.model.ejected import EjectedFile
from clausebook.model.problems import nearest


@click.command("new", epilog="Example:  clausebook new our-handbook && cd our-handbook && clausebook build")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--workflow",
    type=click.Choice(list(WORKFLOWS)),
    help="Add what checks each change on this git host and publishes the site there.",
)
def new_command(folder: Path, workflow: str | None) -> None:
    """Copy a complete handbook of a made-up trust into FOLDER, to try things out and to make your own.

    It has six policies with past texts, drafts that are out for consultation, quizzes and a campaign over four of them, and builds as
    it is. Topics, key questions and kinds of policy come with Clausebook.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already and not empty: name a new folder")
    begin_handbook(folder, workflow)
    click.echo(
        f'Wrote {folder}. Next: cd "{folder}", clausebook check, clausebook build; then open site/index.html. README.md there says more.'
    )


@click.command(
    "eject",
    epilog="Examples:  clausebook eject content/pages/trust/home.md   ·   clausebook eject overrides/print/print.css --diff",
)
@click.argument("names", nargs=-1, metavar="[PATH]...")
@click.option(
    "--diff", "wanted", flag_value="diff", help="Show what differs between the engine's file and yours; write nothing."
)
@click.option(
    "--seen",
    "wanted",
    flag_value="seen",
    help="Note that you have looked at what the engine has now, so that check asks no more.",
)
@handbook_option
def eject_command(names: tuple[str, ...], wanted: str | None, handbook_folder: Path) -> None:
    """Copy a file of the engine into this handbook, to change how its pages look or what they share. Without PATH, list the files.

    PATH is as it is in a handbook, such as content/pages/trust/home.md or content/glossary.yml, or a folder. From then on the copy stands before the
    engine's file, and check asks you to look again where a new version has another one. Delete the copy to go back.
    """
    root = handbook_folder.resolve()
    if not names:
        click.echo("\n".join(engine_files()))
        return
    if root == ENGINE:
        raise click.UsageError(f"{root} holds the engine's own files: edit them where they lie")
    files = [file for name in names for file in _files_at(name)]
    own = [file for file in files if (root / file).exists()]
    if wanted == "diff":
        click.echo("".join(diff_from_engine(root, file) for file in own), nl=False)
    elif wanted == "seen":
        list_files(root, own, _ejected(root))
        click.echo(f"Noted in {EJECTED}: {', '.join(own) or 'nothing, because this handbook has no such file'}.")
    else:
        new = [file for file in files if file not in own]
        if not new:
            raise click.UsageError(f"{', '.join(own)} is in this handbook already, and nothing is written over")
        eject_files(root, new, _ejected(root))
        click.echo(
            f"Wrote {', '.join(new)}. Change what you need; clausebook check says when the engine has another one."
        )


def _files_at(name: str) -> list[str]:
    """The engine's file of that name, or its files in the folder of that name."""
    path = name.replace("\\", "/").removeprefix("./").rstrip("/")
    known = engine_files()
    if found := [one for one in known if one == path or one.startswith(f"{path}/")]:
        return found
    near = nearest(path, known)
    raise click.UsageError(
        f"the engine has no {name}: "
        + (f"did you mean {near}? " if near else "")
        + "clausebook eject without a path lists its files"
    )


def _ejected(root: Path) -> tuple[EjectedFile, ...]:
    """What the handbook took over before; exits with the problems of the list where it cannot be read."""
    loaded, problems = load_handbook(root)
    if unread := [problem for problem in problems if problem.place.file == EJECTED]:
        show(unread)
        raise click.exceptions.Exit(CONTENT)
    return loaded.ejected.record.files if loaded.ejected else ()
