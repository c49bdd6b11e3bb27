"""Loaded before anything else where this folder is on PYTHONPATH: takes from our code what Windows has not, and refuses the names that it cannot hold.

The interpreter and the libraries keep what they need on this machine; WINDOWS_BELOW names the folder below which names count.
"""

# ruff: noqa: PTH100, PTH112, PTH206, SLF001

from __future__ import annotations

import builtins
import errno
import importlib
import os
import re
import shutil
import signal
import sys
from typing import Any

MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
OF_OS = (
    "O_DIRECTORY", "O_NOFOLLOW", "chown", "fchmod", "fchown", "fork", "getgid", "getuid", "killpg", "lchown", "mkfifo", "nice",
    "sched_getaffinity", "setsid", "statvfs", "sync",
)  # fmt: skip
DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
UNFIT = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
BELOW = os.environ.get("WINDOWS_BELOW", "")
LONGEST = 259  # characters of a path, where nobody has switched on longer ones


def is_ours() -> bool:
    """Whether it is a module of ours that asks."""
    frame = sys._getframe(2)
    while frame and frame.f_globals.get("__name__", "").startswith("importlib"):
        frame = frame.f_back  # type: ignore[assignment]
    return str(frame.f_globals.get("__name__", "")).startswith("clausebook") if frame else False


def without_modules(real: Any) -> Any:
    def load(name: str, *more: Any, **other: Any) -> Any:
        if name.split(".", maxsplit=1)[0] in MODULES and is_ours():
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *more, **other)

    return load


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    paths: tuple[Any, ...] = ()
    if (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES) or event == "os.mkdir":
        paths = arguments[:1]
    elif event in ("os.rename", "os.link", "os.symlink"):
        paths = arguments[1:2]
    for path in paths:
        if isinstance(path, str | os.PathLike):
            _refuse(os.path.abspath(os.fspath(path)))


def _refuse(path: str) -> None:
    if not path.startswith(BELOW + os.sep):
        return
    shown = "C:\\Users\\hr.officer\\handbook" + path.removeprefix(BELOW)
    if len(shown) > LONGEST:
        raise OSError(errno.ENAMETOOLONG, "The filename or extension is too long", path)
    for name in path.removeprefix(BELOW).strip(os.sep).split(os.sep):
        if UNFIT.search(name) or DEVICE.fullmatch(name):
            raise OSError(errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect", path)


def no_folder(real: Any) -> Any:
    def open_(path: Any, *more: Any, **other: Any) -> Any:
        if not isinstance(path, int) and os.path.isdir(path):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path, *more, **other)

    return open_


def no_libraries(_: str) -> None:
    raise OSError(errno.ENOENT, "The system cannot find the path specified")


if BELOW:
    os.add_dll_directory = no_libraries  # type: ignore[attr-defined]
    shutil._use_fd_functions = False  # it opens folders
    os.open = no_folder(os.open)
    for name in OF_OS:
        if hasattr(os, name):
            delattr(os, name)
    del signal.alarm
    builtins.__import__ = without_modules(builtins.__import__)
    importlib.import_module = without_modules(importlib.import_module)
    sys.addaudithook(refuse)
