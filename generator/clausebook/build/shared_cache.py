"""A cache with storage behind it that other machines share: what is missing here is asked for there, what was made here is put there.

The storage holds the same files as a cache's folder. Nothing from there is used before it has been verified and is kept here; a storage
that is away, or takes nothing, is left out for the rest of the build.
"""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from clausebook.build.cache import Cache, Entry, T, place_of_file, place_of_result
from clausebook.build.options import Folders
from clausebook.build.remote_store import CacheError, Store, StoreError, is_elsewhere, shown
from clausebook.files import digest

AHEAD = 8  # results that are asked for before their turn
FILES_AT_ONCE = 8  # of each of these; together as many requests as a small web server bears
PUT_AT_ONCE, BYTES_AT_ONCE = 64, 16_000_000
RESULTS_AT_ONCE = 100


def open_cache(folders: Folders, *, served: bool) -> Cache:
    """The cache that a build uses. Where somebody waits for a page that has just been edited, no other machine is asked: none has it.

    Raises CacheError as SharedCache does.
    """
    secret = os.environ.get("CLAUSEBOOK_CACHE_SECRET", "")
    if folders.cache_address and not served:
        return SharedCache(folders.cache, folders.cache_address, secret=secret)
    return Cache(folders.cache, shared=folders.shared_cache is not None, secret=secret)


class SharedCache(Cache):
    """A cache in `folder`, in front of the storage at `address`.

    Raises CacheError where the storage is of a kind that cannot be used here, or is elsewhere and no secret is given: whoever can
    write there could say what is published.
    """

    def __init__(self, folder: Path, address: str, *, secret: str) -> None:
        super().__init__(folder, secret=secret)
        if is_elsewhere(address) and not secret:
            raise CacheError(
                f"--cache {shown(address)} needs CLAUSEBOOK_CACHE_SECRET, the same for all who share it: without it whoever can write there could change your sites"
            )
        self._store = Store(address)
        self._told: list[str] = []
        self._asked: set[str] = set()
        self._there: set[str] = set()
        """The files that the storage is known to have."""
        self._made: list[str] = []

    def find(self, key: str) -> Entry | None:
        self._bring(key)
        found = super().find(key)
        if found is None and key not in self._asked:  # what is here was damaged
            self._bring(key)
            found = super().find(key)
        return found

    def ahead(self, targets: Iterable[T]) -> Iterator[T]:
        with ThreadPoolExecutor(AHEAD) as threads:
            waiting: deque[tuple[T, Future[None]]] = deque()
            try:
                for target in targets:
                    waiting.append((target, threads.submit(self._bring, target.key)))
                    if len(waiting) > AHEAD:
                        yield _ready(*waiting.popleft())
                while waiting:
                    yield _ready(*waiting.popleft())
            finally:
                threads.shutdown(cancel_futures=True)

    def keep_entry(self, key: str, files: Mapping[str, str]) -> Entry:
        self._made.append(key)
        return super().keep_entry(key, files)

    def share(self) -> tuple[str, ...]:
        made, self._made = list(dict.fromkeys(self._made)), []
        try:
            for first in range(0, 0 if self._store.is_read_only or self._told else len(made), RESULTS_AT_ONCE):
                self._put(made[first : first + RESULTS_AT_ONCE])
        except OSError:  # another build has just thrown it away
            pass
        except StoreError as error:
            self._told.append(f"The shared cache at {self._store.shown} did not take what was built, which is kept on this machine: {error}")  # fmt: skip
        return tuple(self._told)

    def _bring(self, key: str) -> None:
        """Where the storage has a result that is not here, bring it here, every file of it verified."""
        if self._told or key in self._asked or (self.folder / place_of_result(key)).exists():
            return
        self._asked.add(key)
        try:
            raw = self._store.read([place_of_result(key)]).get(place_of_result(key))
            if raw is None:
                return
            entry = self._entry(key, raw)
            if entry is None or not self._bring_files(set(entry.files.values())):
                self.damaged.add(key)
                return
        except StoreError as error:
            if not self._told:
                self._told.append(f"The shared cache at {self._store.shown} does not answer, and the build went on without it: {error}")  # fmt: skip
            return
        except OSError:  # a folder that cannot be written is as good as none
            return
        with suppress(OSError):
            super().keep_entry(key, entry.files)

    def _bring_files(self, wanted: Collection[str]) -> bool:
        """Whether all of these files are here now. Raises OSError where they cannot be kept."""
        missing = [one for one in wanted if not self._is_whole(one)]
        for names in _groups(missing, FILES_AT_ONCE):
            found = self._store.read(map(place_of_file, names))
            for name in names:
                content = found.get(place_of_file(name))
                if content is None or digest(content) != name:
                    return False
                self.keep_files({name: content})
                self._there.add(name)
                self.written.discard(name)
        self._there.update(wanted)
        return True

    def _put(self, keys: Iterable[str]) -> None:
        """Put results there: each one's files before what names them, so that what is left half done is not found."""
        entries = {key: entry for key in keys if (entry := super(SharedCache, self).find(key))}
        files = {one for entry in entries.values() for one in entry.files.values()} - self._there
        old = files - self.written
        sizes = self._store.sizes(map(place_of_file, old))
        self._put_files(
            one for one in sorted(files)
            if one not in old or sizes.get(place_of_file(one)) != (self.folder / place_of_file(one)).stat().st_size
        )  # fmt: skip
        self._there |= files
        self._store.write({place_of_result(key): (self.folder / place_of_result(key)).read_bytes() for key in entries})

    def _put_files(self, names: Iterable[str]) -> None:
        group: dict[str, bytes] = {}
        for name in names:
            group[place_of_file(name)] = self._verified(name)
            if len(group) == PUT_AT_ONCE or sum(map(len, group.values())) > BYTES_AT_ONCE:
                self._store.write(group)
                group = {}
        self._store.write(group)


def _ready(target: T, brought: Future[None]) -> T:
    brought.result()
    return target


def _groups(names: Iterable[str], most: int) -> Iterator[list[str]]:
    left = iter(names)
    while group := list(itertools.islice(left, most)):
        yield group
