"""A build on a Dask cluster of four workers on this machine: seconds and CPU seconds a trust as trusts grow, and the memory of each process.

`TRUSTS=50,200` measures other sizes. It takes an hour and more, so that only `--only cluster` runs it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Row, render_table
from bench.machine import CLAUSEBOOK, ENVIRONMENT, Ran, cpu_seconds, most_memory, watch
from made_up import write_handbook

WORKERS = 4
SIZES = tuple(int(size) for size in os.environ.get("TRUSTS", "500,2500").split(","))
MOST_GROWTH = 1.2  # of the time a trust, from the first size to the last
MOST_MAIN, MOST_SEARCH = 250, 400  # MB
PATIENCE, LEAVING = 60, 10  # seconds for the cluster to be there, and to be gone


@dataclass(frozen=True)
class _Cluster:
    """The processes of a cluster, by their ids."""

    address: str
    scheduler: int
    workers: tuple[int, ...]


def main() -> None:
    measured = []
    for size in SIZES:
        measured.append(_measure(size))
        print(render_table(measured[-1]), flush=True)
    for what, at in (("seconds", 1), ("CPU seconds", 3)):
        first, *_, last = (rows[at].median for rows in measured) if len(measured) > 1 else (1, 1)
        name = f"{what} a trust at {SIZES[-1]:,} against {SIZES[0]:,}"
        print(render_table([Row(name, (last / first,), "×", MOST_GROWTH)]))


def _measure(size: int) -> list[Row]:
    """One build without PDFs, from an empty cache, by a cluster that was started for it."""
    print(f"  {size:,} trusts on a cluster of {WORKERS} workers", flush=True)
    with tempfile.TemporaryDirectory() as folder, _cluster(Path(folder)) as cluster:
        handbook_folder = write_handbook(Path(folder) / "handbook", size)
        before = _of_children()
        ran = watch(
            [*CLAUSEBOOK, "build", "--quiet", "--no-pdf", "--handbook", handbook_folder, "--cluster", cluster.address]
        )
        published = sum(path.stat().st_size for path in (handbook_folder / "site").rglob("*") if path.is_file())
        return _rows(f"{size:,} trusts", size, ran, _of_children() - before, cluster, published)


def _rows(what: str, size: int, ran: Ran, of_main: float, cluster: _Cluster, published: int) -> list[Row]:
    of_workers = sum(map(cpu_seconds, cluster.workers))
    cpu = of_main + of_workers + cpu_seconds(cluster.scheduler)
    return [
        Row(what, (ran.seconds,)),
        Row(f"{what}: a trust", (ran.seconds / size,)),
        Row(f"{what}: CPU seconds", (cpu,)),
        Row(f"{what}: CPU seconds a trust", (cpu / size,)),
        Row(f"{what}: CPU seconds of the main process and the search", (of_main,)),
        Row(f"{what}: CPU seconds of the scheduler", (cpu_seconds(cluster.scheduler),)),
        Row(f"{what}: memory of the main process", (ran.main,), "MB", MOST_MAIN),
        Row(f"{what}: memory of Pagefind", (ran.tool,), "MB", MOST_SEARCH),
        Row(f"{what}: memory of the scheduler", (most_memory(cluster.scheduler),), "MB"),
        Row(f"{what}: memory of a worker", tuple(map(most_memory, cluster.workers)), "MB"),
        Row(f"{what}: published bytes a trust", (published / size / 1e6,), "MB"),
    ]


@contextmanager
def _cluster(folder: Path) -> Iterator[_Cluster]:
    """A scheduler and its workers, each a process that makes one thing at a time, started anew: memory is told from the start."""
    file = folder / "scheduler.json"
    same = ("--scheduler-file", file, "--no-dashboard")
    workers = [
        ("distributed.cli.dask_worker", *same, "--nthreads", 1, "--no-nanny", "--local-directory", folder / f"worker-{one}")
        for one in range(WORKERS)
    ]  # fmt: skip
    processes = [_start("distributed.cli.dask_scheduler", *same, "--host", "127.0.0.1", "--port", 0)]
    try:
        deadline = time.monotonic() + PATIENCE
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        processes += [_start(*worker) for worker in workers]
        scheduler, *others = (process.pid for process in processes)
        yield _Cluster(_address(file), scheduler, tuple(others))
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(LEAVING)
            process.kill()  # one that looks for its scheduler goes on doing so
            process.wait()


def _start(module: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _address(file: Path) -> str:
    return str(json.loads(file.read_text())["address"])


def _of_children() -> float:
    """CPU seconds of all processes that this one has started and seen the end of."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
