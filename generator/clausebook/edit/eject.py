"""Files of the engine that a handbook takes over to change them, and the list of what the engine had then."""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

from clausebook import __version__
from clausebook.files import digest
from clausebook.layout import EJECTED
from clausebook.looks import ENGINE
from clausebook.model.ejected import EjectedFile

HEAD = """\
# What `clausebook eject` copied from the engine, with the SHA-256 of what the engine had then. Each file is before the engine's;
# delete it, and its line here, to go back. `clausebook check` asks you to look where the engine has another one now.
files:
"""


def eject_files(root: Path, names: Iterable[str], known: Iterable[EjectedFile]) -> None:
    """Copy files of the engine into the handbook at `root`, which has none of them, and list them beside the `known` ones.

    The list comes first: a line without its file says nothing. Raises FileExistsError rather than write over one.
    """
    names = tuple(names)
    list_files(root, names, known)
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        with (root / name).open("xb") as file:
            file.write((ENGINE / name).read_bytes())


def list_files(root: Path, names: Iterable[str], known: Iterable[EjectedFile]) -> None:
    """Write the list anew: the `known` files, and `names` as the engine has them now."""
    now = (EjectedFile(file=name, engine=__version__, sha256=digest((ENGINE / name).read_bytes())) for name in names)
    files = {one.file: one for one in (*known, *now)}
    lines = (f"  - {_line(files[name])}\n" for name in sorted(files))
    (root / EJECTED).parent.mkdir(parents=True, exist_ok=True)
    (root / EJECTED).write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")


def _line(one: EjectedFile) -> str:
    return f'{{file: {json.dumps(one.file)}, engine: "{one.engine}", sha256: "{one.sha256}"}}'


def diff_from_engine(root: Path, name: str) -> str:
    """From the engine's file to the handbook's own, as a unified diff; nothing where both are the same."""
    engine, own = (ENGINE / name).read_bytes(), (root / name).read_bytes()
    try:
        before, after = (text.decode().splitlines(keepends=True) for text in (engine, own))
    except UnicodeDecodeError:
        return "" if engine == own else f"{name}: no text; the two differ\n"
    return "".join(unified_diff(before, after, f"the engine's {name}", f"this handbook's {name}"))
