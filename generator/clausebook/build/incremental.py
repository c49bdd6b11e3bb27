"""Every piece of a site into the folder where it is staged: from the cache, or made and kept there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clausebook.build.cache import Cache
from clausebook.build.state import BuildState, TargetResult
from clausebook.build.targets import Files, Target
from clausebook.build.workers import Pool, run_jobs
from clausebook.files import write_files

MOST_NAMED = 3


class BuildCancelledError(Exception):
    """The build was cancelled: a file has changed since it began."""


@dataclass(frozen=True)
class BuildListener:
    """Somebody who waits for a build, and goes on writing meanwhile."""

    show: Callable[[Files], None] = lambda _: None
    """Called with the files of a piece as soon as it is made, long before all is published."""
    has_gone_on: Callable[[], bool] = lambda: False
    """Whether something has changed since, so that the build is to be given up."""


@dataclass
class IncrementalBuild:
    """Brings pieces to `staging`, and remembers what became of each."""

    cache: Cache
    staging: Path
    last: BuildState | None
    listener: BuildListener
    made: list[TargetResult] = field(default_factory=list)
    promised: set[str] = field(default_factory=set)
    """The files that must be there when all is made."""

    def make_all(
        self, targets: Iterable[Target], pool: Pool, meanwhile: Callable[[], None], say: Callable[[str], None]
    ) -> None:  # fmt: skip
        """Bring every one of `targets`; those that are not in the cache are made by `pool`."""
        for target, files in run_jobs(pool, self._missing(targets, say), meanwhile, self.go_on):
            self.listener.show(files)
            self._place(target, files)
            say(target.name)

    def make_here(self, targets: Iterable[Target], may_keep: Callable[[], bool]) -> None:
        """Bring every one of `targets`, made in this process, and kept where `may_keep` says that nothing moved meanwhile."""
        for target, make in self._missing(targets, lambda _: None):
            files = make()
            self._place(target, files, keep=may_keep())

    def go_on(self) -> None:
        """Raises BuildCancelledError where it is of no use."""
        if self.listener.has_gone_on():
            raise BuildCancelledError

    def _missing(
        self, targets: Iterable[Target], say: Callable[[str], None]
    ) -> Iterator[tuple[Target, Callable[[], Files]]]:
        for target in targets:
            self.go_on()
            self.promised.update(target.promises)
            if self._reuse(target):
                self.made.append(TargetResult(target.name, target.own, target.shared))
                say(target.name)
            else:
                yield target, target.make

    def _reuse(self, target: Target) -> bool:
        entry = self.cache.find(target.key)
        try:
            if entry:
                self.cache.place(entry, self.staging)
        except FileNotFoundError:  # another build has thrown it away this very moment
            return False
        return entry is not None

    def _place(self, target: Target, files: Files, *, keep: bool = True) -> None:
        try:
            if keep:
                self.cache.place(self.cache.keep(target.key, files), self.staging)
        except OSError:
            keep = False  # a cache that is full, or not ours to write to, is no reason to publish nothing
        if not keep:
            write_files(self.staging, files)
        before = self.last.parts_of(target.name) if self.last else None
        why = why_made(target, before, damaged=target.key in self.cache.damaged)
        self.made.append(TargetResult(target.name, target.own, target.shared, why))


def why_made(target: Target, before: Mapping[str, str] | None, *, damaged: bool) -> str:
    """Because of what a piece had to be made, in a few words."""
    if damaged:
        return "what the cache held of it was damaged"
    if before is None:
        return "it was not built here before"
    return name_changed(before, {**target.shared, **target.own}) or "it is no longer in the cache"


def name_changed(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Which parts differ, by name, the first few of them."""
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    said = [f"{name} ({_what(before, now, name)})" for name in names[:MOST_NAMED]]
    return ", ".join(said) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def _what(before: Mapping[str, str], now: Mapping[str, str], name: str) -> str:
    return "new" if name not in before else "gone" if name not in now else "changed"
