"""A build is made aside and becomes visible in one step: until then the last good site stays untouched."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from clausebook import system

OUTDATED = "outdated-site"
"""The site before the one that is kept: the next build removes it while it makes its own."""


class BusyError(Exception):
    """Another build of the same site is under way."""


class NothingKeptError(Exception):
    """There is no site to go back to."""


@contextmanager
def staged_site(site: Path, build: Path) -> Iterator[Path]:
    """An empty folder to build the site in; it replaces `site` when the block ends without an exception.

    The site before it is kept beside it as `previous-site`. If the block raises, `site` is as it was. What is made on the
    way belongs beside the folder that is given, on the same file system as `site`. Raises BusyError where another build is
    doing the same.
    """
    aside = _aside(site, build)
    with _alone(aside):
        staging, previous, mark = aside / "staging", aside / "previous-site", aside / "swapping"
        restore_interrupted(site, previous)
        _keep_swapped(staging, previous, mark)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        with _removed_meanwhile(aside / OUTDATED):
            try:
                yield staging
                mark.write_bytes(b"%d" % staging.stat().st_ino)
                _swap(staging, site)
            except BaseException:
                if not _is_swapped(staging, mark):
                    shutil.rmtree(staging, ignore_errors=True)  # a disk that is full has room again
                raise
        _keep_swapped(staging, previous, mark)


@contextmanager
def _removed_meanwhile(folder: Path) -> Iterator[None]:
    """`folder` is gone at the end of the block: to remove a site of many folders takes seconds on some disks, and a build has others to wait for."""
    removing = Thread(target=shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}) if folder.exists() else None
    if removing:
        removing.start()
    try:
        yield
    finally:
        if removing:
            removing.join()


def _is_swapped(staging: Path, mark: Path) -> bool:
    """Whether what stands where a site is staged is the one before it, because a build swapped them and got no further."""
    try:
        return int(mark.read_bytes()) != staging.stat().st_ino
    except (OSError, ValueError):
        return False


def _keep_swapped(staging: Path, previous: Path, mark: Path) -> None:
    if _is_swapped(staging, mark):
        outdated = previous.with_name(OUTDATED)
        if previous.exists() and not outdated.exists():
            previous.rename(outdated)
        shutil.rmtree(previous, ignore_errors=True)
        staging.rename(previous)
    mark.unlink(missing_ok=True)


def roll_back(site: Path, build: Path) -> None:
    """Bring the site before this one back; the present one is kept in its place, so that a second call undoes the first.

    Raises NothingKeptError where none is kept, BusyError where a build is under way.
    """
    aside = _aside(site, build)
    with _alone(aside):
        previous = aside / "previous-site"
        if not previous.is_dir():
            raise NothingKeptError(f"no earlier site is kept in {previous}")
        _swap(previous, site)


def kept_site(site: Path, build: Path) -> Path:
    """Where the site before the present one is kept."""
    return _aside(site, build) / "previous-site"


def describe(site: Path) -> str:
    """A site by the moment at which it was built."""
    if not site.is_dir():
        return "no build"
    built = datetime.fromtimestamp(site.stat().st_mtime, UTC)
    return f"{built.day} {built:%B %Y, %H:%M} UTC"


def restore_interrupted(site: Path, previous: Path) -> None:
    """Bring the last good site back where a build was killed between its two renames."""
    if not site.exists() and previous.exists():
        previous.rename(site)


def _aside(site: Path, build: Path) -> Path:
    """Where to build: in `build`, or beside a site on another file system, because only within one is a move one step."""
    for folder in (site.parent, build):
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):  # said before hours of work, not after
            raise PermissionError(errno.EACCES, "nothing can be written here", str(folder))
    return build if build.stat().st_dev == site.parent.stat().st_dev else site.with_name(f".{site.name}-build")


@contextmanager
def _alone(aside: Path) -> Iterator[None]:
    """Nobody else is here meanwhile. The system itself takes the lock off a process that ends, however it ends."""
    aside.mkdir(parents=True, exist_ok=True)
    with (aside / "lock").open("a+") as lock:
        if not system.lock(lock):
            lock.seek(1)  # the first byte may be locked for readers as well
            raise BusyError(
                f"another build is under way in {aside} (process {lock.read().strip() or 'unknown'}): wait until it has ended"
            )
        lock.truncate(0)
        lock.write(f" {os.getpid()}\n")
        lock.flush()
        yield


def _swap(new: Path, site: Path) -> None:
    """Put `new` in the place of `site`, and `site`, if there is one, in the place of `new`: at no moment is there none.

    Where the file system cannot do so in one step, in two, with a moment between them that the next build mends.
    """
    if not site.exists():
        new.rename(site)
    elif not system.exchange(new, site):
        kept = new.with_name("previous-site" if new.name != "previous-site" else "staging")
        shutil.rmtree(kept, ignore_errors=True)
        site.rename(kept)  # from here on restore_interrupted mends it
        new.rename(site)
        kept.rename(new)
