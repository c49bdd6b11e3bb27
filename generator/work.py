"""Work given to an executor: a job carries all that it needs, and returns all that it makes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 3  # jobs handed out for each worker: enough that none waits, and few enough that results do not pile up


class Executes(Protocol):
    """What is needed of a concurrent.futures.Executor."""

    def submit(self, make: Callable[[], R], /) -> Future[R]: ...


@dataclass(frozen=True)
class Pool:
    """Where jobs are done, and how many to hand out at once."""

    executor: Executes
    at_once: int


@contextmanager
def spawned_processes(jobs: int) -> Iterator[Pool]:
    """Processes on this machine, started when there is work for them."""
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn"), initializer=_attend) as executor:
        yield Pool(executor, jobs * AHEAD)


def finished(
    pool: Pool, jobs: Iterator[tuple[T, Callable[[], R]]], meanwhile: Callable[[], None]
) -> Iterator[tuple[T, R]]:
    """Give `jobs` to `pool`, no more at once than it takes; yields each with its result as soon as it is there.

    `meanwhile` is called once, when no more can be handed out for now. The first exception of a job ends it all.
    """
    waiting: dict[Future[R], T] = {}

    def ended(timeout: float | None) -> Iterator[tuple[T, R]]:
        for done in wait(waiting, timeout, FIRST_COMPLETED).done:
            yield waiting.pop(done), done.result()

    try:
        for job, make in jobs:
            waiting[pool.executor.submit(make)] = job
            full = len(waiting) >= pool.at_once
            if full:
                meanwhile()
                meanwhile = _nothing
            yield from ended(None if full else 0)
        meanwhile()
        while waiting:
            yield from ended(None)
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
