"""Files as names and contents: written below a folder, read from one, and known by their digests."""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

LEFT_OUT = frozenset({"__pycache__"})
COMMON = 16_000  # bytes; twice that is as far back as zlib looks


def digest(content: bytes | str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def digest_parts(parts: Mapping[str, str]) -> str:
    """One digest over names and what stands behind each, whatever their order."""
    lines = (f"{len(name)}:{name}={len(parts[name])}:{parts[name]}" for name in sorted(parts))
    return digest("\n".join(lines).encode("utf-8", "surrogateescape"))


class Packed(Mapping[str, bytes]):
    """Files by their names, each compressed until it is asked for: so they travel between processes, and wait.

    The pages of a hub of 500 trusts are 400 MB before and after they are built, and a tenth of it packed: what the first
    file begins and ends with is in every page, and is kept once.
    """

    def __init__(self, files: Iterable[tuple[str, bytes]]) -> None:
        self._common = b""
        self._packed: dict[str, bytes] = {}
        for name, content in files:
            self._common = self._common or content[:COMMON] + content[-COMMON:]
            pack = zlib.compressobj(level=1, zdict=self._common)
            self._packed[name] = pack.compress(content) + pack.flush()

    def __getitem__(self, name: str) -> bytes:
        return zlib.decompressobj(zdict=self._common).decompress(self._packed[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write `files` (path below `folder` → content), making the folders that they need.

    A file that stands there already is replaced and never written into: it may be linked to from elsewhere.
    """
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a new file whose text comes in pieces, making the folder that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by its path there."""
    return dict(read_each(folder))


def read_each(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below `folder`, by its path there, one at a time."""
    return ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in walk_files(folder))


def walk_files(folder: Path) -> Iterator[Path]:
    """Every file below `folder`, in the order of names; none where there is no such folder."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not LEFT_OUT.intersection(path.parts):
            yield path


def names_below(folder: Path) -> list[str]:
    """The path of every file below `folder`, in their order: names alone, because a large site has tens of thousands."""
    top = f"{folder}{os.sep}"
    found = (os.path.join(where, name) for where, _, files in os.walk(folder) for name in files)  # noqa: PTH118 — see above
    return sorted(one.removeprefix(top).replace(os.sep, "/") for one in found)


def link_or_copy(source: Path, target: Path) -> None:
    """Put the file `source` at `target` as well, making the folder that it needs: as a link to the same file where that is possible."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another file system, or more links than it can hold
        shutil.copyfile(source, target)


def digest_tree(root: Path, names: tuple[str, ...]) -> dict[str, str]:
    """What stands at `names` below `root`, by path: the digest of a file, the word folder, where a link leads.

    Raises OSError where something cannot be read.
    """
    found: dict[str, str] = {}
    for name in names:
        top = root / name
        if top.is_dir() and not top.is_symlink():
            for where, folders, files in os.walk(top, onerror=_raise):
                folders[:] = sorted(set(folders) - LEFT_OUT)
                place = Path(where)
                found |= {(place / one).relative_to(root).as_posix(): _digest_of(place / one) for one in (*folders, *files)}  # fmt: skip
        elif top.exists() or top.is_symlink():
            found[name] = _digest_of(top)
    return found


def _raise(error: OSError) -> None:
    raise error


def _digest_of(path: Path) -> str:
    link = f"link to {path.readlink()}: " if path.is_symlink() else ""
    return link + ("folder" if path.is_dir() else digest(path.read_bytes()))
