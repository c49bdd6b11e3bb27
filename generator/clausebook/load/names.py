"""What a folder or a file of a handbook may be called: its name is part of addresses, and stands beside pages that every site has."""

from __future__ import annotations

import re
from pathlib import Path

MAX_NAME = 80
DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows keeps for devices, whatever their ending (Microsoft Learn, "Naming Files, Paths, and Namespaces")."""
OF_THE_HUB = frozenset({"assets", "compare", "data", "downloads", "findings", "how-to-read", "pagefind", "search"})
OF_A_TRUST = frozenset({"academies", "acknowledge", "assets", "at", "downloads", "policies", "questions", "search"})
OF_A_POLICY = frozenset(
    {
        "acknowledge",
        "changes",
        "consultation",
        "departures",
        "document",
        "files",
        "questions",
        "quick-guide",
        "quiz",
        "revisions",
        "rights-and-duties",
    }
)


def fits_as_id(name: str) -> bool:
    """Whether a name can be part of an address: lower-case letters, digits, single hyphens, and not too long."""
    parts = name.split("-")
    return len(name) <= MAX_NAME and all(part.isascii() and part.isalnum() and part == part.lower() for part in parts)


def stands(path: Path) -> bool:
    """Whether something stands at `path`, be it a link to nowhere; a folder that may not be opened may hold it."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True  # whoever reads it will say why it cannot be read
    return True


def printable(name: str) -> str:
    """A file's name may hold bytes that are no text; Python keeps them as characters that cannot be printed."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
