"""The engine's files that a handbook may have a copy of its own of: a handbook's own file first, then the engine's of the same path.

They are the templates, looks and scripts that pages are made of, and the lists that every handbook shares: subjects, kinds, roles …
What may enter: where such a file lies, by its path in a handbook. In the repository the engine's lie in content and overrides; in a
wheel they lie beside this module, where generator/build_with_looks.py copies them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clausebook.files import digest_tree, walk_files

_HERE = Path(__file__).parent
ENGINE = _HERE if (_HERE / "overrides").is_dir() else _HERE.parents[2]
FOLDERS = ("content/pages", "content/letters", "overrides")
SUBJECTS, CHECKLISTS = "content/subjects", "content/checklists"
LISTS = (
    "content/kinds.yml",
    "content/roles.yml",
    "content/references.yml",
    "content/glossary.yml",
    "content/everyday-words.yml",
)
PLACES = (SUBJECTS, CHECKLISTS, *LISTS, *FOLDERS)
PAGES, LETTERS, PRINTS, WEB_FONTS = (
    "content/pages",
    "content/letters",
    "overrides/print",
    "overrides/theme/assets/fonts",
)


@dataclass(frozen=True)
class Looks:
    """Those of the handbook whose folder is `root`."""

    root: Path

    def folders(self, name: str) -> tuple[Path, ...]:
        """Where what lies below `name` is looked for, in this order."""
        return tuple(dict.fromkeys((self.root / name, ENGINE / name)))

    def find(self, name: str) -> Path:
        """The file whose path in a handbook is `name`; the engine's, which need not be there, where the handbook has none."""
        own = self.root / name
        return own if own.is_file() else ENGINE / name

    def read(self, *names: str) -> dict[str, bytes]:
        """Every file below the folders `names`, by its path in a handbook."""
        found: dict[str, bytes] = {}
        for name in names:
            for folder in reversed(self.folders(name)):
                top = folder.parents[name.count("/")]
                found |= {path.relative_to(top).as_posix(): path.read_bytes() for path in walk_files(folder)}
        return found


def digest_engine() -> dict[str, str]:
    """The digest of each of the engine's files, by its path in a handbook."""
    return digest_tree(ENGINE, PLACES)


def engine_files() -> tuple[str, ...]:
    """The engine's files, by their paths in a handbook."""
    files = (
        path
        for place in PLACES
        for path in (walk_files(ENGINE / place) if (ENGINE / place).is_dir() else (ENGINE / place,))
    )
    return tuple(path.relative_to(ENGINE).as_posix() for path in files)
