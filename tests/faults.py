"""Kills a process at each step of its writing in turn: in the middle of each write, and before each rename, removal, new folder and sync.

SQLite writes by itself: its steps are counted in sqlite_faults.py, with the others.
"""

from __future__ import annotations

import builtins
import io
import itertools
import os
import signal
from collections.abc import Callable, Iterator
from typing import Any, Self

from sqlite_faults import Step, replace_steps

STEPS = ("fsync", "sync", "rename", "replace", "unlink", "rmdir", "mkdir", "truncate", "ftruncate", "link")
MOST = 300  # steps; a piece of work that has more is too large to be killed at each of them


def killed_at(step: int, work: Callable[[], object], *, also: tuple[tuple[Any, str], ...] = ()) -> bool:
    """Do `work` in a process of its own, which is killed at its `step`-th step, the first being 1; False where it ended before that.

    `also` are functions, each by what holds it and its name, that are a step of their own.
    """
    child = os.fork()
    if child == 0:
        try:
            _count_down(itertools.count(1), step, also)
            work()
        except BaseException:  # noqa: BLE001 — no test goes on in this process
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"what was to be killed at step {step} failed"
    return os.WIFSIGNALED(status)


def each_step() -> Iterator[int]:
    yield from range(1, MOST + 1)
    raise AssertionError(f"more than {MOST} steps")


def _count_down(counted: Iterator[int], step: int, also: tuple[tuple[Any, str], ...]) -> None:
    """From here on this process dies at that step."""

    def at_its_end() -> bool:
        return next(counted) == step

    def before(function: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*given: Any, **named: Any) -> Any:
            if at_its_end():
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*given, **named)

        return stepping

    for holder, name in (*((os, name) for name in STEPS), *also):
        setattr(holder, name, before(getattr(holder, name)))
    real = io.open

    def opening(path: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
        file = real(path, mode, *given, **named)
        return _Torn(file, at_its_end) if set(mode) & set("wax+") else file

    builtins.open = io.open = opening  # type: ignore[assignment]

    def of_sqlite(do: Step, half: Step) -> int:
        if at_its_end():
            half()
            os.kill(os.getpid(), signal.SIGKILL)
        return do()

    replace_steps(of_sqlite)


class _Torn:
    """A file of which half of what is written is on the disk when the process dies."""

    def __init__(self, file: Any, at_its_end: Callable[[], bool]) -> None:
        self._file, self._at_its_end = file, at_its_end

    def write(self, content: Any) -> int:
        if self._at_its_end():
            self._file.write(content[: len(content) // 2])
            self._file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return int(self._file.write(content))

    def __enter__(self) -> Self:
        self._file.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._file.__exit__(*raised)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
