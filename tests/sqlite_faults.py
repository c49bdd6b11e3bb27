"""Stands between SQLite and the disk: each write, sync, cut and removal of its files is a step at which a test can have something go wrong.

The structures are those of sqlite3.h, which never change: https://sqlite.org/c3ref/vfs.html and https://sqlite.org/c3ref/io_methods.html.
"""

from __future__ import annotations

import _sqlite3
import ctypes as c
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Step = Callable[[], int]
"""What SQLite asks of the disk; returns its code, of which 0 is that all went well."""
FULL, CANTOPEN = 13, 14

OPEN = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_void_p, c.c_int, c.c_void_p)
DELETE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_int)
WRITE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_int, c.c_int64)
TRUNCATE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int64)
SYNC = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int)


class Vfs(c.Structure):
    _fields_ = [
        ("version", c.c_int), ("of_a_file", c.c_int), ("of_a_path", c.c_int), ("next", c.c_void_p), ("name", c.c_char_p), ("data", c.c_void_p),
        ("open", OPEN), ("delete", DELETE),
    ]  # fmt: skip


class Methods(c.Structure):
    _fields_ = [
        ("version", c.c_int), ("close", c.c_void_p), ("read", c.c_void_p), ("write", WRITE), ("truncate", TRUNCATE), ("sync", SYNC), ("others", c.c_void_p * 13),
    ]  # fmt: skip


class File(c.Structure):
    _fields_ = [("methods", c.POINTER(Methods))]


def _vfs() -> Any:
    find = c.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    find.restype = c.POINTER(Vfs)
    return find(None).contents


@contextmanager
def replaced_steps(
    meet: Callable[[Step, Step], int], may_open: Callable[[str], bool] = lambda *_: True
) -> Iterator[None]:
    """As `replace_steps`, until this ends."""
    vfs = _vfs()
    real = OPEN(c.cast(vfs.open, c.c_void_p).value or 0), DELETE(c.cast(vfs.delete, c.c_void_p).value or 0)
    try:
        yield replace_steps(meet, may_open)
    finally:
        vfs.open, vfs.delete = real


def replace_steps(meet: Callable[[Step, Step], int], may_open: Callable[[str], bool] = lambda *_: True) -> None:
    """From here on `meet` is called at each step, with what does it, and with what does half of it; files that are open already are left alone."""
    vfs = _vfs()
    real_open, real_delete = (
        kind(c.cast(function, c.c_void_p).value or 0) for kind, function in ((OPEN, vfs.open), (DELETE, vfs.delete))
    )

    def opened(this: int, path: int, file: int, flags: int, out: int) -> int:
        if path and not may_open(c.string_at(path).decode()):
            return CANTOPEN
        code = real_open(this, path, file, flags, out)
        if code == 0:
            methods = c.cast(file, c.POINTER(File)).contents
            methods.methods = c.pointer(_methods(methods.methods.contents, meet))
        return int(code)

    def deleted(this: int, path: int, sync: int) -> int:
        return meet(lambda: real_delete(this, path, sync), lambda: 0)

    vfs.open, vfs.delete = _kept(OPEN(opened)), _kept(DELETE(deleted))


def _methods(real: Methods, meet: Callable[[Step, Step], int]) -> Methods:
    ours = Methods.from_buffer_copy(real)
    write, truncate, sync = real.write, real.truncate, real.sync
    ours.write = _kept(
        WRITE(
            lambda file, data, size, at: meet(
                lambda: write(file, data, size, at), lambda: write(file, data, size // 2, at)
            )
        )
    )
    ours.truncate = _kept(TRUNCATE(lambda file, size: meet(lambda: truncate(file, size), lambda: 0)))
    ours.sync = _kept(SYNC(lambda file, flags: meet(lambda: sync(file, flags), lambda: 0)))
    return _kept(ours)


_alive: list[Any] = []


def _kept(what: Any) -> Any:
    """SQLite keeps the address alone."""
    _alive.append(what)
    return what


@contextmanager
def full_disk(step: int) -> Iterator[list[int]]:
    """From the `step`-th write on, the first being 1, there is no room; what is yielded is empty as long as no write met that."""
    met: list[int] = []
    count = iter(range(1, 1_000_000))

    def meet(do: Step, half: Step) -> int:
        if next(count) < step:
            return do()
        met.append(step)
        half()
        return FULL

    with replaced_steps(meet):
        yield met


@contextmanager
def unwritable() -> Iterator[None]:
    """No file can be made beside a database, as in a folder that can only be read."""
    with replaced_steps(lambda do, _: do(), lambda path: not path.endswith("-wal")):
        yield
