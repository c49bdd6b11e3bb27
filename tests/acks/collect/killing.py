"""Run as a script: collects a heap again and again, and is killed at some moment each time; then what stands on the desk is looked at.

    python killing.py HANDBOOK DESK HEAP KILLS

Each run is a process of its own, forked off once all is imported and read, and ended by SIGKILL.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from generator.acknowledgements import collecting
from generator.acknowledgements.desk import Desk
from generator.acknowledgements.heaps.files import read_item
from generator.acknowledgements.judging.books import Books
from generator.acknowledgements.judging.case import Clock
from generator.acknowledgements.people import read_people
from generator.acknowledgements.register import Entry, Fault, read_entries
from generator.build import read_library
from generator.clock import today


class Here:
    """Reads in this process: what is killed here is the writing, and a process for each of a hundred runs takes longer than all of them."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self.meanwhile = meanwhile

    read = staticmethod(read_item)

    def close(self) -> None:
        """There is nothing to end."""


LONGEST = 0.06  # seconds until a run is killed; a whole one takes about 0.1


def collect(books: Books, desk: Desk, heap: Path) -> None:
    clock = Clock(f"{today()}T23:59:59Z", str(today()))
    for _ in collecting.collect(collecting.Heap([heap]), desk, books, read_people(desk), clock):
        pass


def taken(desk: Desk) -> list[str]:
    """The receipts that are acknowledged; each must be on the desk whole, and the register must hold."""
    found = []
    for one in read_entries(desk.register):
        assert not isinstance(one, Fault), one
        if isinstance(one, Entry) and one.body and one.body.kind == "acknowledged":
            assert collecting.read_stored(desk, one.body.receipt), f"entry {one.number} without its receipt"
            found.append(one.body.receipt)
    assert len(found) == len(set(found)), "doubled"
    return found


def main(handbook: Path, fresh: Path, heap: Path, kills: int) -> None:
    library, problems = read_library(handbook)
    assert library, problems
    collecting.BATCH = 2
    collecting.Reader = Here  # type: ignore[misc,assignment]
    os.sync = lambda: (
        None
    )  # a process that is killed leaves the kernel's cache whole; waiting for the disk would only take minutes
    books, chance, work = Books(library), random.Random(6), fresh.parent / "killed"
    killed, ended, lives, told = 0, 0, 0, Counter[int]()
    while killed < kills:
        shutil.copytree(fresh, work)
        desk, before, lives = Desk(work), set[str](), lives + 1
        status = signal.SIGKILL
        while os.WIFSIGNALED(status) and killed < kills:
            child = os.fork()
            if not child:
                collect(books, desk, heap)
                os._exit(0)
            select.select([], [], [], chance.random() * LONGEST)  # a sleep: libfaketime refuses time.sleep
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status)
            ended += not os.WIFSIGNALED(status)
            now = set(taken(desk))
            assert before <= now, "lost"
            told[len(now)] += 1
            before = now
        collect(books, desk, heap)
        kinds = Counter(one.body.kind for one in read_entries(desk.register) if isinstance(one, Entry) and one.body)
        sys.stdout.write(
            json.dumps(
                {"acknowledged": len(taken(desk)), "kinds": kinds, "killed": killed, "ended": ended, "at": sorted(told)}
            )
            + "\n"
        )
        shutil.rmtree(work)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
