"""A new handbook: the starter copied out, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

STARTER = Path(__file__).parents[1] / "starter"
WORKFLOWS = {"github": ".github/workflows/handbook.yml", "gitlab": ".gitlab-ci.yml"}  # where each host looks for it
NOT_KEPT = "build/\nsite/\n"


def begin_handbook(folder: Path, workflow: str | None) -> None:
    """Copy the starter to `folder`, which is new or empty, with what checks and publishes it on the git host of that name, if any."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as aside:
        made = Path(aside) / "handbook"
        shutil.copytree(STARTER, made)
        (made / ".gitignore").write_text(NOT_KEPT, encoding="utf-8", newline="\n")
        if workflow:
            target = made / WORKFLOWS[workflow]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(STARTER.with_name("workflows") / f"{workflow}.yml", target)
        if folder.exists():  # and empty: it may be the folder that we stand in
            for entry in made.iterdir():
                entry.rename(folder / entry.name)
        else:
            made.rename(folder)
