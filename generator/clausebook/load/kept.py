"""What was read of a file of YAML, kept between runs beside the handbook's build: the same bytes need not be read twice.

Only what YAML's own types hold is kept, as JSON, under a digest of the bytes and of the code that reads them, with a digest of itself at
its head; what is not exactly that is read anew. A file with a problem is never kept, so that the problem is told each time.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from clausebook.files import digest, digest_parts
from clausebook.load.document import Document

FOLDER = "build/read"
UNUSED = 30 * 24 * 3600  # seconds after which what no run has asked for is thrown away


class KeptDocuments:
    """Those of the handbook at `root`; none, and none is added, where it was never built."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER if (root / FOLDER).parent.is_dir() else None

    def find(self, raw: bytes) -> dict[str, Any] | None:
        """The fields of the Document that `raw` was read as; None where that is not known."""
        if not self._folder:
            return None
        path = self._folder / _key(raw)
        try:
            said, _, rest = path.read_text(encoding="utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        if said != digest(rest):
            return None
        with suppress(OSError):
            os.utime(path)
        kept = json.loads(rest)
        return {
            "value": kept["value"], "broken": frozenset(map(tuple, kept["broken"])), "misread": tuple(map(tuple, kept["misread"])),
            "cut_off": {tuple(path): comment for path, comment in kept["cut_off"]},
        }  # fmt: skip

    def keep(self, document: Document) -> None:
        """Keep what was read without a problem; a folder that is not ours to write to is no reason to stop."""
        if not self._folder:
            return
        kept = {"value": document.value, "broken": sorted(document.broken, key=repr), "misread": document.misread,
                "cut_off": list(document.cut_off.items())}  # fmt: skip
        text = json.dumps(kept, ensure_ascii=False)
        made = self._folder / f".{os.getpid()}.{os.urandom(4).hex()}"
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            _throw_away_unused(self._folder)
            made.write_text(f"{digest(text)}\n{text}", encoding="utf-8", newline="\n")
            made.replace(self._folder / _key(document.raw))


def _key(raw: bytes) -> str:
    return digest_parts({"bytes": digest(raw), "read by": _reader()})


@cache
def _reader() -> str:
    """The digest of the code that makes a Document of bytes."""
    here = Path(__file__).parent
    return digest_parts({path.name: digest(path.read_bytes()) for path in sorted(here.glob("*.py"))})


@cache
def _throw_away_unused(folder: Path) -> None:
    """Once in a process, and only in one that adds something."""
    old = time.time() - UNUSED
    for path in folder.iterdir():
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
