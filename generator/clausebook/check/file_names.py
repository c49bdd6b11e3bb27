"""P708: a file's name that Windows, or a disk that does not tell capitals from small letters, cannot hold.

Ids are safe by their form, and what else lies beside them is not read (P703); what is left are the names that an author gives to files
of their own: what a policy shows or offers, and in the looks a picture, a style, a template.
Microsoft Learn, "Naming Files, Paths, and Namespaces": signs, devices, a dot or a blank at the end, 260 characters for a whole path.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from clausebook.files import LEFT_OUT
from clausebook.load import Loaded
from clausebook.load.names import DEVICE, printable
from clausebook.load.policy_files import FILES
from clausebook.looks import FOLDERS
from clausebook.model.problems import Place, Problem, shown

SIGNS = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
LONGEST = 150
"""Characters from the handbook's folder on: that folder, and what a build adds to a name, must fit into Windows' 259 as well."""
WHY = "HR's machine may be a Windows laptop, and could neither copy this handbook nor open its site"


def check_file_names(loaded: Loaded) -> Iterator[Problem]:
    of_policies = (
        folder.relative_to(loaded.root).as_posix() for folder in sorted(loaded.root.glob(f"trusts/*/*/{FILES}"))
    )
    for top in (*FOLDERS, *of_policies):
        for where, folders, files in os.walk(loaded.root / top):
            folders[:] = sorted(set(folders) - LEFT_OUT)
            below = Path(where).relative_to(loaded.root).as_posix()
            yield from _in_one_folder(below, sorted([*folders, *files]))


def _in_one_folder(below: str, names: list[str]) -> Iterator[Problem]:
    met: dict[str, str] = {}
    for name in names:
        path, known = f"{below}/{name}", met.setdefault(_folded(name), name)
        if known != name:
            yield _problem(path, f"`{shown(name)}` and `{shown(known)}` are one name where capitals, or the ways to write an accent, are not told apart", "give one of them another name")  # fmt: skip
        elif found := SIGNS.search(name):
            yield _problem(path, f"a name with `{shown(found[0])}` in it cannot be given on Windows", f"call it `{SIGNS.sub('-', shown(name))}`")  # fmt: skip
        elif name.endswith((".", " ")):
            yield _problem(path, "Windows takes a dot or a blank off the end of a name", f"call it `{name.rstrip('. ')}`")  # fmt: skip
        elif DEVICE.fullmatch(name.split(".")[0].rstrip().lower()):
            yield _problem(path, f"`{shown(name.split('.')[0])}` is the name of a device on Windows, whatever its ending", f"call it `the-{name}`")  # fmt: skip
        elif len(path) > LONGEST:
            yield _problem(path, f"this path has {len(path)} characters, and may have {LONGEST}", "give its folders or its file shorter names")  # fmt: skip


def _folded(name: str) -> str:
    """The same for names that a disk of Windows or of macOS takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _problem(path: str, what: str, fix: str) -> Problem:
    return Problem(Place(printable(path)), "P708", what, WHY, fix)
