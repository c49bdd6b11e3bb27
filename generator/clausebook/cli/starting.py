"""The command with which a handbook begins: new."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

STARTER = Path(__file__).parents[1] / "starter"
NOT_KEPT = "build/\nsite/\n"


@click.command("new", epilog="Example:  clausebook new our-handbook && cd our-handbook && clausebook build")
@click.argument("folder", type=click.Path(path_type=Path))
def new_command(folder: Path) -> None:
    """Copy a small complete handbook of a made-up trust into FOLDER, to try things out and to make your own.

    It has three revisions of a policy, a draft that is out for consultation, and a quiz, and builds as it is.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already and not empty: name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as aside:
        made = Path(aside) / "handbook"
        shutil.copytree(STARTER, made)
        (made / ".gitignore").write_text(NOT_KEPT, encoding="utf-8")
        if folder.exists():  # and empty: it may be the folder that we stand in
            for entry in made.iterdir():
                entry.rename(folder / entry.name)
        else:
            made.rename(folder)
    click.echo(
        f"Wrote {folder}. Next: cd {folder}, clausebook check, clausebook build; then open site/index.html. README.md there says more."
    )
