"""What one operating system can do and another cannot: the one module that knows it, with a way for each.

Windows has no fcntl, swaps no two names in one step, syncs no folder, keeps no rights in a file's mode and limits no memory. What a
system has is asked of it by that thing's own name, never by the system's: so a test can take it away (tests/without_posix).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import IO, Any

FILE, FOLDER = 0o600, 0o700
"""The rights of what only its owner may read; Windows goes by the folder's own list of who may."""
EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
HERE = -100  # AT_FDCWD


def lock(file: IO[Any], *, wait: bool = False) -> bool:
    """Lock an open file until it is closed, or this process ends, however it ends. False where another process has it and `wait` is not asked.

    Windows locks the first byte, and lets nobody else read it.
    """
    from filelock import lock_descriptor  # noqa: PLC0415 — a tenth of a second, only where something is locked

    return lock_descriptor(file.fileno(), blocking=wait)


def open_private(path: str, flags: int) -> int:
    """An `opener` for `open`: what it creates is its owner's alone."""
    return os.open(path, flags, FILE)


def keeps_private() -> bool:
    """Whether a file's mode says who may read it."""
    return hasattr(os, "getuid")


def how_to_get(debian: str, windows: str) -> str:
    """What to do on this machine for something that it lacks: of two sentences the one that holds here."""
    return windows if hasattr(os, "add_dll_directory") else debian


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk; where a folder cannot be synced, the system itself keeps a rename whole."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_files(paths: Iterable[Path]) -> None:
    """Have many files on the disk: by one call where the system has it, because a call for each of thousands takes minutes."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def exchange(one: Path, other: Path) -> bool:
    """Swap what stands under two names in one step; False where that cannot be done, and nothing was."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # no such call in this system's library
        call = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(call(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0)
    return False


def limit_memory(most: int) -> None:
    """Let this process have `most` bytes, and leave no core behind, where the system can limit that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        resource: Any = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_after(seconds: int) -> None:
    """End this process in so many seconds, unless it is called again by then."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
        return
    global _timer  # noqa: PLW0603 — there is one process, and it has one end
    if _timer:
        _timer.cancel()
    _timer = threading.Timer(seconds, os._exit, (1,))
    _timer.daemon = True
    _timer.start()


_timer: threading.Timer | None = None

APART: dict[str, Any] = (
    {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    if hasattr(subprocess, "CREATE_NEW_PROCESS_GROUP")
    else {"start_new_session": True}
)
"""What `subprocess` is told so that Ctrl-C does not end the process that it starts."""
