"""Every piece of a site into the folder where it is staged: from the cache, or made and kept there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clausebook.build.cache import Cache, Entry
from clausebook.build.plans import Files, Plan
from clausebook.build.state import BuildState, TargetResult
from clausebook.build.targets import Target
from clausebook.build.workers import Pool, run_jobs
from clausebook.files import write_files

MOST_NAMED = 3
LOOK_AGAIN = (
    5  # seconds until the handbook's files are looked at once more: hundreds of trusts' take some tenths of one
)


class BuildCancelledError(Exception):
    """The build was cancelled: a file has changed since it began."""


@dataclass(frozen=True)
class BuildListener:
    """Somebody who waits for a build, and goes on writing meanwhile."""

    show: Callable[[Files], None] = lambda _: None
    """Called with the files of a piece as soon as it is made, long before all is published."""
    has_gone_on: Callable[[], bool] = lambda: False
    """Whether something has changed since, so that the build is to be given up."""
    tell: Callable[[str], None] = lambda _: None
    """Called with a line that they should read although the site is published."""


@dataclass
class _Open:
    """A piece that is being made."""

    target: Target
    plan: Plan
    left: int = 0
    """Its jobs that were given out and have not ended."""
    is_given_out: bool = False
    """Whether there are no more."""
    kept: dict[str, str] = field(default_factory=dict)
    """What the cache has of it, each file by its digest."""
    is_kept: bool = True
    """Whether that is all of it so far."""


@dataclass
class IncrementalBuild:
    """Brings pieces to `staging`, and remembers what became of each."""

    cache: Cache
    staging: Path
    last: BuildState | None
    listener: BuildListener
    may_keep: Callable[[], bool] = lambda: True
    """Whether the handbook's files are those that it was read from."""
    made: list[TargetResult] = field(default_factory=list)
    promised: set[str] = field(default_factory=set)
    """The files that must be there when all is made."""
    placed: dict[str, str] = field(default_factory=dict)
    """The digest of each file that was brought from the cache."""
    _waiting: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _looked: float = field(default_factory=time.monotonic)

    def make_all(
        self, targets: Iterable[Target], pool: Pool, meanwhile: Callable[[], None], say: Callable[[str], None]
    ) -> None:  # fmt: skip
        """Bring every one of `targets`; of those that are not in the cache `pool` does the jobs."""
        for piece, result in run_jobs(pool, self._missing(targets, say), meanwhile, self.go_on):
            self._take(piece, result, say)

    def make_here(self, targets: Iterable[Target]) -> None:
        """Bring every one of `targets`, made in this process."""
        for piece, job in self._missing(targets, _say_nothing):
            self._take(piece, job(), _say_nothing)

    def go_on(self) -> None:
        """Raises BuildCancelledError where it is of no use."""
        if self.listener.has_gone_on():
            raise BuildCancelledError

    def _missing(
        self, targets: Iterable[Target], say: Callable[[str], None]
    ) -> Iterator[tuple[_Open, Callable[[], Any]]]:
        there: list[tuple[Target, Entry]] = []
        for target in self.cache.ahead(targets):
            self.go_on()
            if entry := self.cache.find(target.key):
                there.append((target, entry))
            else:
                yield from self._jobs(target, say)
        for target, entry in there:  # when others have work to do
            self.go_on()
            try:
                self._link(target, entry.files)
            except FileNotFoundError:  # another build has thrown it away this very moment
                yield from self._jobs(target, say)
                continue
            self.made.append(TargetResult(target.name, target.own, target.shared))
            say(target.name)

    def _jobs(self, target: Target, say: Callable[[str], None]) -> Iterator[tuple[_Open, Callable[[], Any]]]:
        plan = target.plan(self.cache)
        piece = _Open(target, plan)
        self.promised.update(plan.promises)
        self._place(piece, plan.before())
        for job in plan.jobs:
            piece.left += 1
            yield piece, job
        try:
            self._place_kept(piece, plan.kept())
        except FileNotFoundError:  # as above: the cache knows of it by now
            yield from self._jobs(target, say)
            return
        piece.is_given_out = True
        if not piece.left:
            self._close(piece, say)

    def _take(self, piece: _Open, result: Any, say: Callable[[str], None]) -> None:
        files = piece.plan.take(result)
        self.listener.show(files)
        self._place(piece, files)
        piece.left -= 1
        if piece.is_given_out and not piece.left:
            self._close(piece, say)

    def _close(self, piece: _Open, say: Callable[[str], None]) -> None:
        target = piece.target
        self._place(piece, piece.plan.after())
        if piece.is_kept:
            with suppress(OSError):  # see _place
                piece.plan.remember(piece.kept)
                self._keep(target, piece.kept)
        before = self.last.parts_of(target.name) if self.last else None
        why = why_made(target, before, damaged=target.key in self.cache.damaged)
        self.made.append(TargetResult(target.name, target.own, target.shared, why))
        say(target.name)

    def _keep(self, target: Target, kept: Mapping[str, str]) -> None:
        if not target.by_inputs:
            self.cache.keep_entry(target.key, kept)
            return
        self._waiting[target.key] = kept
        if time.monotonic() - self._looked > LOOK_AGAIN:
            self.keep_waiting()

    def keep_waiting(self) -> None:
        """Keep what was made from the handbook's files, where they are still those that it was read from."""
        if self._waiting and self.may_keep():
            with suppress(OSError):  # see _place
                for key, kept in self._waiting.items():
                    self.cache.keep_entry(key, kept)
        self._waiting.clear()
        self._looked = time.monotonic()

    def _place_kept(self, piece: _Open, kept: Mapping[str, str]) -> None:
        self._link(piece.target, kept)
        piece.kept |= kept

    def _place(self, piece: _Open, files: Mapping[str, bytes]) -> None:
        try:
            self._place_kept(piece, self.cache.keep_files(files))
        except OSError:  # a cache that is full, or not ours to write to, is no reason to publish nothing
            piece.is_kept = False
            for place in piece.target.places:
                write_files(self.staging / place, files)
                for name in files:
                    self.placed.pop(place + name, None)

    def _link(self, target: Target, files: Mapping[str, str]) -> None:
        for place in target.places:
            self.cache.place(Entry(files), self.staging / place)
            self.placed |= {place + name: one for name, one in files.items()}


def _say_nothing(_: str) -> None:
    pass


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
