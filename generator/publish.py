"""A build is made aside and becomes visible in one step: until then the last good site stays untouched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def staged_site(site: Path, build: Path) -> Iterator[Path]:
    """An empty folder to build the site in; it replaces `site` when the block ends without an exception.

    The site before it is kept in `build/previous-site`. If the block raises, `site` is as it was. What is made on the
    way belongs beside the folder that is given, on the same file system as `site`.
    """
    aside = _aside(site, build)
    staging, previous = aside / "staging", aside / "previous-site"
    restore_interrupted(site, previous)
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    yield staging
    shutil.rmtree(previous, ignore_errors=True)
    if site.exists():
        site.rename(previous)
    staging.rename(site)


def _aside(site: Path, build: Path) -> Path:
    """Where to build: in `build`, or beside a site on another file system, because only within one is a move one step."""
    for folder in (site.parent, build):
        folder.mkdir(parents=True, exist_ok=True)
    return build if build.stat().st_dev == site.parent.stat().st_dev else site.with_name(f".{site.name}-build")


def restore_interrupted(site: Path, previous: Path) -> None:
    """Bring the last good site back where a build was killed between its two renames."""
    if not site.exists() and previous.exists():
        previous.rename(site)
