"""How setuptools makes a wheel of this: the engine's templates, looks and scripts, which lie outside the package, become data of it."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools.command.build_py import build_py

sys.path.insert(0, str(Path(__file__).parent))  # where the package lies; what is asked of it needs no library
from clausebook.looks import engine_files


class BuildWithLooks(build_py):  # type: ignore[misc]
    """As setuptools' own; an installation that is edited in place reads them where they lie."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for source in engine_files():
                target = Path(self.build_lib, "clausebook", "looks", source)
                self.mkpath(str(target.parent))
                self.copy_file(source, str(target))

    def get_source_files(self) -> list[str]:
        """All that a source distribution must hold."""
        return [*super().get_source_files(), *engine_files()]
