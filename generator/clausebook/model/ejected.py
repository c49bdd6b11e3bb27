"""What a handbook has taken over from the engine to change it: overrides/ejected.yml, which `clausebook eject` writes."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from clausebook.model.values import Record, Text


class EjectedFile(Record):
    """One file, and what the engine had when somebody last looked."""

    file: Text
    engine: Text
    """The version of the engine."""
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class EjectedFiles(Record):
    """overrides/ejected.yml"""

    files: tuple[EjectedFile, ...] = ()
