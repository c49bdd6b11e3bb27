"""An existing Dask cluster as the place where pieces are made. A job carries its input and returns its files: no disk is shared."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from clausebook.build.engines.weasyprint import layout_libraries
from clausebook.build.toolchain import PDFS, SITES, made_with
from clausebook.build.workers import AHEAD, Pool
from clausebook.files import digest_parts

R = TypeVar("R")
PATIENCE = 30  # seconds for the scheduler to answer
_one_at_a_time = threading.Lock()


class ClusterError(Exception):
    """The cluster cannot be used: it is not there, or has other versions than this machine."""


@contextmanager
def cluster_pool(address: str, engine: str) -> Iterator[Pool]:
    """The workers of the Dask scheduler at `address`. What a lost worker was doing is given to another one.

    Raises ClusterError where Dask is not installed, or nobody answers.
    """
    try:
        from distributed import Client  # noqa: PLC0415 — an extra that only this needs
    except ImportError as error:
        raise ClusterError("--cluster needs Dask: install the extra, `pip install clausebook[cluster]`") from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        threads = sum(client.nthreads().values())
        yield Pool(_Checked(client.get_executor(), engine), max(1, threads) * AHEAD)


class _Checked:
    """Dask's own executor, whose workers first make sure that they have what this machine has: a cache trusts what they make."""

    def __init__(self, executor: Any, engine: str) -> None:
        self._executor = executor
        self._engine = engine

    def submit(self, make: Callable[[], R]) -> Future[R]:
        future: Future[R] = self._executor.submit(perform, self._engine, tools(self._engine), make)
        return future


def perform(engine: str, expected: str, make: Callable[[], R]) -> R:
    """What `make` makes, in a worker. Raises ClusterError where the worker's tools are others than `expected`.

    One at a time in a process: the engine and the time that stands for now are the process' own.
    """
    if tools(engine) != expected:
        raise ClusterError("a worker of the cluster has another Clausebook, Python, library or font than this machine")
    with _one_at_a_time:
        return make()


@cache
def tools(engine: str) -> str:
    """The digest of all that a piece is made with here, sites by `engine`."""
    return digest_parts(made_with((*SITES[engine], *PDFS)) | layout_libraries())
