"""What a folder or a file of a handbook may be called: its name is part of addresses, and stands beside pages that every site has."""

from __future__ import annotations

import re

MAX_NAME = 80
DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows keeps for devices, whatever their ending (Microsoft Learn, "Naming Files, Paths, and Namespaces")."""
OF_THE_HUB = frozenset({"assets", "compare", "data", "downloads", "findings", "how-to-read", "pagefind", "search"})
OF_A_TRUST = frozenset({"assets", "downloads", "search"})
OF_A_POLICY = frozenset(
    {
        "acknowledge",
        "changes",
        "consultation",
        "document",
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
