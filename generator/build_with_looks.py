"""How setuptools makes a wheel of this: the engine's templates, looks and scripts, which lie outside the package, become data of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from setuptools.command.build_py import build_py

FOLDERS = ("content/pages", "overrides")  # clausebook.looks.FOLDERS, which cannot be imported while it is built


class BuildWithLooks(build_py):  # type: ignore[misc]
    """As setuptools' own; an installation that is edited in place reads them where they lie."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for source in _files():
                target = Path(self.build_lib, "clausebook", "looks", source)
                self.mkpath(str(target.parent))
                self.copy_file(source, str(target))

    def get_source_files(self) -> list[str]:
        """All that a source distribution must hold."""
        return [*super().get_source_files(), *_files()]


def _files() -> Iterator[str]:
    for folder in FOLDERS:
        for where, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if name != "__pycache__"]
            yield from (Path(where, name).as_posix() for name in names)
