"""Every piece of a site into the folder where it is staged: from the cache, or made and kept there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clausebook.build.cache import Cache
from clausebook.build.state import Last, Made
from clausebook.build.targets import Files, Unit
from clausebook.build.workers import Pool, finished
from clausebook.files import write_files

MOST_NAMED = 3


class OvertakenError(Exception):
    """A file has changed since the build began: nobody wants it any more."""


@dataclass(frozen=True)
class Onlooker:
    """Somebody who waits for a build, and goes on writing meanwhile."""

    show: Callable[[Files], None] = lambda _: None
    """Called with the files of a piece as soon as it is made, long before all is published."""
    has_gone_on: Callable[[], bool] = lambda: False
    """Whether something has changed since, so that the build is to be given up."""


@dataclass
class Maker:
    """Brings pieces to `staging`, and remembers what became of each."""

    cache: Cache
    staging: Path
    last: Last | None
    onlooker: Onlooker
    made: list[Made] = field(default_factory=list)
    promised: set[str] = field(default_factory=set)
    """The files that must be there when all is made."""

    def make_all(
        self, units: Iterable[Unit], pool: Pool, meanwhile: Callable[[], None], say: Callable[[str], None]
    ) -> None:  # fmt: skip
        """Bring every one of `units`; those that are not in the cache are made by `pool`."""
        for unit, files in finished(pool, self._missing(units, say), meanwhile, self.go_on):
            self.onlooker.show(files)
            self._place(unit, files)
            say(unit.name)

    def make_here(self, units: Iterable[Unit], may_keep: Callable[[], bool]) -> None:
        """Bring every one of `units`, made in this process, and kept where `may_keep` says that nothing moved meanwhile."""
        for unit, make in self._missing(units, lambda _: None):
            files = make()
            self._place(unit, files, keep=may_keep())

    def go_on(self) -> None:
        """Raises OvertakenError where it is of no use."""
        if self.onlooker.has_gone_on():
            raise OvertakenError

    def _missing(self, units: Iterable[Unit], say: Callable[[str], None]) -> Iterator[tuple[Unit, Callable[[], Files]]]:
        for unit in units:
            self.go_on()
            self.promised.update(unit.promises)
            if self._reuse(unit):
                self.made.append(Made(unit.name, unit.own, unit.shared))
                say(unit.name)
            else:
                yield unit, unit.make

    def _reuse(self, unit: Unit) -> bool:
        entry = self.cache.find(unit.key)
        try:
            if entry:
                self.cache.place(entry, self.staging)
        except FileNotFoundError:  # another build has thrown it away this very moment
            return False
        return entry is not None

    def _place(self, unit: Unit, files: Files, *, keep: bool = True) -> None:
        try:
            if keep:
                self.cache.place(self.cache.keep(unit.key, files), self.staging)
        except OSError:
            keep = False  # a cache that is full, or not ours to write to, is no reason to publish nothing
        if not keep:
            write_files(self.staging, files)
        before = self.last.parts_of(unit.name) if self.last else None
        why = why_made(unit, before, damaged=unit.key in self.cache.damaged)
        self.made.append(Made(unit.name, unit.own, unit.shared, why))


def why_made(unit: Unit, before: Mapping[str, str] | None, *, damaged: bool) -> str:
    """Because of what a piece had to be made, in a few words."""
    if damaged:
        return "what the cache held of it was damaged"
    if before is None:
        return "it was not built here before"
    return name_changed(before, {**unit.shared, **unit.own}) or "it is no longer in the cache"


def name_changed(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Which parts differ, by name, the first few of them."""
    names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    said = [f"{name} ({_what(before, now, name)})" for name in names[:MOST_NAMED]]
    return ", ".join(said) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")


def _what(before: Mapping[str, str], now: Mapping[str, str], name: str) -> str:
    return "new" if name not in before else "gone" if name not in now else "changed"
