"""Where a build works, and what it is asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from clausebook.looks import Looks


@dataclass(frozen=True)
class Folders:
    """Where a handbook is, and where its build, its site and its cache go."""

    root: Path
    site: Path
    shared_cache: Path | None = None
    cache_address: str = ""
    """Of storage beyond this machine, which stands behind the cache."""

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def cache(self) -> Path:
        return self.shared_cache or self.build / "cache"

    @property
    def looks(self) -> Looks:
        return Looks(self.root)


@dataclass(frozen=True)
class Options:
    """What a build is asked for."""

    as_of: date
    trust: str | None = None
    pdf: bool = True
    drafts: bool = False
    jobs: int = 2
    cluster: str | None = None
    engine: str = "mkdocs"
    served: bool = False
    """Somebody waits for a page: a process is left for the next change."""

    @property
    def epoch(self) -> str:
        """What stands for now in all that is made: SOURCE_DATE_EPOCH, else midnight of the day, in seconds since 1970."""
        midnight = datetime.combine(self.as_of, datetime.min.time(), UTC)
        return os.environ.get("SOURCE_DATE_EPOCH") or str(max(0, int(midnight.timestamp())))
