"""Work given to an executor: a job carries all that it needs, and returns all that it makes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from typing import Protocol, TypeVar

from clausebook.build.engines.weasyprint import has_libraries
from clausebook.build.options import Options
from clausebook.build.toolchain import LOADED_AHEAD

T = TypeVar("T")
R = TypeVar("R")
LOOK_UP = 0.1  # seconds to wait for a result before asking whether to go on
AHEAD = 3  # jobs handed out for each worker: enough that none waits, and few enough that results do not pile up


class Executes(Protocol):
    """What is needed of a concurrent.futures.Executor."""

    def submit(self, make: Callable[[], R], /) -> Future[R]: ...


@dataclass(frozen=True)
class Pool:
    """Where jobs are done, and how many to hand out at once."""

    executor: Executes
    at_once: int


def _context() -> BaseContext:
    """Where the system can, processes are copies of one that has no threads and has loaded its libraries already."""
    can_copy = hasattr(os, "fork") and "forkserver" in get_all_start_methods()
    return get_context("forkserver" if can_copy else "spawn")


def load_ahead(options: Options) -> None:
    """Begin to load what the processes will make pieces with, while this one reads the handbook. What is missing is told where it is used."""
    context = _context()
    if context.get_start_method() == "forkserver" and not options.cluster:
        with_pdf = options.pdf and has_libraries()
        context.set_forkserver_preload([*LOADED_AHEAD[options.engine], *(LOADED_AHEAD["pdf"] if with_pdf else ())])
        forkserver.ensure_running()


@contextmanager
def spawned_processes(jobs: int, *, spare: bool = False) -> Iterator[Pool]:
    """Processes on this machine, started when there is work for them.

    With `spare` there is one more than `jobs` that are at work at once: what is asked for next need not wait for what was given up.
    """
    with ProcessPoolExecutor(jobs + spare, mp_context=_context(), initializer=_attend) as executor:
        yield Pool(executor, jobs if spare else jobs * AHEAD)


def run_jobs(
    pool: Pool, jobs: Iterator[tuple[T, Callable[[], R]]], meanwhile: Callable[[], None], go_on: Callable[[], None]
) -> Iterator[tuple[T, R]]:
    """Give `jobs` to `pool`, no more at once than it takes; yields each with its result as soon as it is there.

    `meanwhile` is called once, when no more can be handed out for now; `go_on` again and again, while there is nothing to do but
    to wait. The first exception of a job, or of these, ends it all.
    """
    waiting: dict[Future[R], T] = {}

    def ended(timeout: float) -> Iterator[tuple[T, R]]:
        for done in wait(waiting, timeout, FIRST_COMPLETED).done:
            yield waiting.pop(done), done.result()

    try:
        for job, make in jobs:
            waiting[pool.executor.submit(make)] = job
            yield from ended(0)
            while len(waiting) >= pool.at_once:
                meanwhile()
                meanwhile = _nothing
                go_on()
                yield from ended(LOOK_UP)
        meanwhile()
        while waiting:
            go_on()
            yield from ended(LOOK_UP)
    except BaseException:
        for other in waiting:
            other.cancel()
        raise


def _nothing() -> None:
    pass


def _attend() -> None:
    """A worker leaves Ctrl+C to the process that it works for, and ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
