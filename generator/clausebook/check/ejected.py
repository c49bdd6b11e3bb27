"""P706: the engine has another file now than the one that this handbook took over to change it.

It asks: what the handbook has may still be right. Who has looked says so with `clausebook eject --seen`.
"""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.files import digest
from clausebook.load import Loaded
from clausebook.looks import ENGINE, engine_files
from clausebook.model.problems import Problem


def check_ejected(loaded: Loaded) -> Iterator[Problem]:
    if loaded.ejected is None:
        return
    known = engine_files()
    for index, one in enumerate(loaded.ejected.record.files):
        if not (loaded.root / one.file).is_file():
            continue  # the engine's is used again
        if one.file not in known:
            what, why = (
                f"the engine has no `{one.file}` any more",
                "what is no part of a page is not shown, whatever is in it",
            )
            fix = "find which file does its work now, then delete yours and this line"
        elif digest((ENGINE / one.file).read_bytes()) != one.sha256:
            what, why = (
                f"the engine's `{one.file}` has changed since you took it over",
                f"yours is used, and lacks what was mended since version {one.engine}",
            )
            fix = f"run `clausebook eject {one.file} --diff`, take over what you need, then run it with `--seen`"
        else:
            continue
        yield from loaded.ejected.problem(("files", index, "file"), "P706", what, why, fix, asks=True)
