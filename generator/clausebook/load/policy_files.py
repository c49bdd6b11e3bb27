"""The files that a policy shows or offers: pictures, forms, whatever lies in its folder files/."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from clausebook.model.structures import PolicyFile

FILES = "files"
NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


def read_policy_files(
    name: str, entries: Callable[[str], Iterable[Path]], note: Callable[..., None], below: str = ""
) -> Iterator[tuple[str, PolicyFile]]:
    """The files in the folder `name` of a handbook, each by its path below it. `entries` lists a folder, `note` notes a problem."""
    for entry in entries(name):
        where, path = f"{name}/{entry.name}", f"{below}{entry.name}"
        if not NAME.fullmatch(entry.name):
            fitting = re.sub(r"-*\.[-.]*", ".", re.sub(r"[^a-z0-9.]+", "-", entry.name.lower())).strip("-.") or "a-name"
            note(where, "P703", "this is not read", "its name is part of its address: lower-case letters, digits, single hyphens and dots",
                 f"rename it to {fitting}")  # fmt: skip
        elif entry.is_dir():
            yield from read_policy_files(where, entries, note, f"{path}/")
        else:
            try:
                raw = entry.read_bytes()
            except OSError as error:
                note(where, "P001", f"this file cannot be read: {error.strerror}", "every file of a handbook is needed",
                     "check that you may open it")  # fmt: skip
            else:
                yield path, PolicyFile(path, entry, len(raw), hashlib.sha256(raw).hexdigest())
