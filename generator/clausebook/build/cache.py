"""The cache: what was made once, kept by the digest of all that it was made from.

    files/ab/SHA-256        a file's content, kept once however many results hold it
    targets/ab/KEY            one result: a digest of the rest of this file, then its files, each with its digest

Nothing in it is trusted unread: a file that is not what its name says, or a result that is damaged, is as good as not there.
It may be shared between handbooks and machines, written by several builds at once, and deleted at any time. Whoever can write to
a shared one can say what a result is, unless results are sealed with a secret that only the builders know.
"""

from __future__ import annotations

import hmac
import itertools
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from clausebook.files import digest, link_or_copy, write_files

DAY = 24 * 3600
UNUSED = 30 * DAY  # a result that no build took for so long is thrown away
MOST = 10 * 1024**3  # bytes; above it, those unused for longest go first
FRESH = DAY  # another build may be about to name a file that is younger
_count = itertools.count()


class HasKey(Protocol):
    """Something that a cache may have a result of."""

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=HasKey)


@dataclass(frozen=True)
class Entry:
    """One result: its files by their paths below the site, each with its digest."""

    files: Mapping[str, str]


class Cache:
    """A cache in `folder`, which need not be there yet.

    From one that is `shared` files are copied and never linked: who edits there edits no site. With a `secret`, a result that was
    not sealed with it is as good as not there.
    """

    def __init__(self, folder: Path, *, shared: bool = False, secret: str = "") -> None:
        self.folder, self._shared, self._secret = folder, shared, secret.encode()
        self.damaged: set[str] = set()
        """The keys whose results were there, and could not be used."""
        self.written: set[str] = set()
        """The files that were not here before."""
        self._whole: set[str] = set()

    def find(self, key: str) -> Entry | None:
        """The result that is kept for `key`, every file of it verified; None where there is none, or none to rely on."""
        path = self._unit(key)
        try:
            entry = self._entry(key, path.read_bytes())
        except OSError as error:
            self.damaged |= set() if isinstance(error, FileNotFoundError) else {key}
            return None
        if entry and all(self._is_whole(one) for one in set(entry.files.values())):
            _touch(path)
            return entry
        self.damaged.add(key)
        _discard(path)
        return None

    def read(self, entry: Entry, name: str) -> bytes:
        """A file of a result. Raises FileNotFoundError where another build has just thrown it away, or somebody has changed it."""
        return self._verified(entry.files[name])

    def keep(self, key: str, files: Mapping[str, bytes]) -> Entry:
        """Keep `files` as the result for `key`. Raises OSError where the cache cannot be written."""
        return self.keep_entry(key, self.keep_files(files))

    def keep_files(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Keep `files`, of whichever result; returns the digest of each. Raises OSError where the cache cannot be written."""
        kept: dict[str, str] = {}
        for name, content in files.items():
            kept[name] = digest(content)
            path = self._file(kept[name])
            if self._is_whole(kept[name]):
                _touch(path)
            else:
                self._write(path, content)
                self._whole.add(kept[name])
                self.written.add(kept[name])
        return kept

    def keep_entry(self, key: str, files: Mapping[str, str]) -> Entry:
        """Keep as the result for `key` files that the cache has, each by its digest. Raises OSError where it cannot be written."""
        text = json.dumps(files, ensure_ascii=False, sort_keys=True)
        self._write(self._unit(key), f"{self._seal(key, text)}\n{text}".encode())
        return Entry(dict(files))

    def place(self, entry: Entry, folder: Path) -> None:
        """Put the files of a result below `folder`: as links to those of the cache where that is possible, else copied.

        Raises FileNotFoundError where another build has just thrown one away, or somebody has changed it.
        """
        for name, content in entry.files.items():
            source, target = self._file(content), folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            try:
                if self._shared:
                    target.write_bytes(self._verified(content))
                else:
                    link_or_copy(source, target)
            except FileNotFoundError:
                self._whole.discard(content)
                raise

    def ahead(self, targets: Iterable[T]) -> Iterator[T]:
        """`targets` one after the other; a cache that takes time to ask is asked for the next ones meanwhile."""
        return iter(targets)

    def share(self) -> Iterable[str]:
        """Give to others what was kept, where the cache is for others, too; returns what there is to tell, a line each."""
        return ()

    def prune(self) -> None:
        """Throw away what no build has used for long; at most once a day, and nothing that a build may be writing."""
        now, stamp = time.time(), self.folder / "pruned"
        if not self.folder.is_dir() or (stamp.exists() and now - stamp.stat().st_mtime < DAY):
            return
        write_files(self.folder, {"pruned": ""})
        used: set[str] = set()
        size = 0
        for path in sorted(self.folder.glob("targets/*/*"), key=lambda path: -path.stat().st_mtime):
            held = set(self._files_of(path))
            size += sum(self._file(one).stat().st_size for one in held - used if self._file(one).exists())
            if now - path.stat().st_mtime > UNUSED or size > MOST:
                path.unlink(missing_ok=True)
            else:
                used |= held
        for path in self.folder.glob("files/*/*"):
            if path.name not in used and now - path.stat().st_mtime > FRESH:
                path.unlink(missing_ok=True)

    def _files_of(self, target: Path) -> Iterator[str]:
        if entry := self._entry(target.name, target.read_bytes()):
            yield from entry.files.values()

    def _entry(self, key: str, raw: bytes) -> Entry | None:
        """What the file of a result says, where its seal holds."""
        said, _, rest = raw.decode("utf-8", "replace").partition("\n")
        return Entry(json.loads(rest)) if said == self._seal(key, rest) else None

    def _seal(self, key: str, text: str) -> str:
        """What stands above a result: a digest of it, or with a secret one that nobody else can make, for this key alone."""
        if not self._secret:
            return digest(text)
        return hmac.new(self._secret, f"{key}\n{text}".encode(), "sha256").hexdigest()

    def _verified(self, content: str) -> bytes:
        raw = self._file(content).read_bytes()
        if digest(raw) != content:
            raise FileNotFoundError(content)
        return raw

    def _unit(self, key: str) -> Path:
        return self.folder / place_of_result(key)

    def _file(self, content: str) -> Path:
        return self.folder / place_of_file(content)

    def _is_whole(self, content: str) -> bool:
        """Whether the file of this digest is there and is what it should be; one that is not is taken away."""
        if content not in self._whole:
            try:
                if digest(self._file(content).read_bytes()) == content:
                    self._whole.add(content)
                else:
                    _discard(self._file(content))
            except OSError:
                return False
        return content in self._whole

    def _write(self, path: Path, content: bytes) -> None:
        """A file appears whole or not at all, also where two builds write it at once."""
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}.{next(_count)}")
        try:
            made.write_bytes(content)
            made.replace(path)
        except OSError:
            made.unlink(missing_ok=True)
            raise


def place_of_result(key: str) -> str:
    return f"targets/{key[:2]}/{key}"


def place_of_file(content: str) -> str:
    return f"files/{content[:2]}/{content}"


def _touch(path: Path) -> None:
    with suppress(OSError):  # a cache that is not ours to write to: whoever may write to it prunes it
        os.utime(path)


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
