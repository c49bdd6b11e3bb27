"""Run as a script: collects a heap again and again, and is killed each time; then what stands on the desk is looked at.

    python killing.py HANDBOOK DESK HEAP each|KILLS

Once at each step of its writing, or KILLS times at any moment. Each run is a process of its own, forked off once all is imported and
read, and ended by SIGKILL.
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
from collections.abc import Callable, Iterator
from pathlib import Path

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.inbox import collect
from clausebook.acknowledgements.inbox.readers.files import read_item
from clausebook.acknowledgements.inbox.rules.case import Clock
from clausebook.acknowledgements.register.entries import Entry, Fault, read_entries
from clausebook.check.library import read_handbook
from clausebook.clock import today
from faults import each_step, killed_at


class Here:
    """Reads in this process: what is killed here is the writing, and a process for each of a hundred runs takes longer than all of them."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self.meanwhile = meanwhile

    read = staticmethod(read_item)

    def close(self) -> None:
        """There is nothing to end."""


LONGEST = 0.06  # seconds until a run is killed; a whole one takes about 0.1


def collect_all(books: HandbookIndex, desk: Desk, heap: Path) -> None:
    clock = Clock(f"{today()}T23:59:59Z", str(today()))
    for _ in collect.collect(collect.Heap([heap]), desk, books, read_people(desk), clock):
        pass


def taken(desk: Desk) -> list[str]:
    """The receipts that are acknowledged; each must be on the desk whole, and the register must hold."""
    found = []
    for one in read_entries(desk.register):
        assert not isinstance(one, Fault), one
        if isinstance(one, Entry) and one.body and one.body.kind == "acknowledged":
            assert collect.read_stored(desk, one.body.receipt), f"entry {one.number} without its receipt"
            found.append(one.body.receipt)
    assert len(found) == len(set(found)), "doubled"
    return found


def main(handbook_folder: Path, fresh: Path, heap: Path, kills: str) -> None:
    handbook, problems = read_handbook(handbook_folder)
    assert handbook, problems
    collect.BATCH = 2
    collect.Reader = Here  # type: ignore[misc,assignment]
    # a process that is killed leaves the kernel's cache whole; waiting for the disk would only take minutes
    os.sync = lambda: None
    books, work = HandbookIndex(handbook), fresh.parent / "killed"
    told: Counter[int] = Counter()
    for killed in (
        at_each_step(books, fresh, work, heap, told)
        if kills == "each"
        else storm(books, fresh, work, heap, told, int(kills))
    ):
        desk = Desk(work)
        collect_all(books, desk, heap)
        kinds = Counter(one.body.kind for one in read_entries(desk.register) if isinstance(one, Entry) and one.body)
        life = {"acknowledged": len(taken(desk)), "kinds": kinds, "killed": killed, "at": sorted(told)}
        sys.stdout.write(f"{json.dumps(life)}\n")
        shutil.rmtree(work)


def at_each_step(books: HandbookIndex, fresh: Path, work: Path, heap: Path, told: Counter[int]) -> Iterator[int]:
    """A life for each step of writing, killed there once; yields how many were killed so far."""
    for step in each_step():
        shutil.copytree(fresh, work)
        killed = killed_at(step, lambda: collect_all(books, Desk(work), heap))
        told[len(taken(Desk(work)))] += 1
        yield step - (not killed)
        if not killed:
            return


def storm(books: HandbookIndex, fresh: Path, work: Path, heap: Path, told: Counter[int], kills: int) -> Iterator[int]:
    """Lives that are killed again and again at any moment, until they come to their end; yields how many were killed so far."""
    chance, killed = random.Random(6), 0
    while killed < kills:
        shutil.copytree(fresh, work)
        desk, before = Desk(work), set[str]()
        status = signal.SIGKILL
        while os.WIFSIGNALED(status) and killed < kills:
            child = os.fork()
            if not child:
                collect_all(books, desk, heap)
                os._exit(0)
            select.select([], [], [], chance.random() * LONGEST)  # a sleep: libfaketime refuses time.sleep
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status)
            now = set(taken(desk))
            assert before <= now, "lost"
            told[len(now)] += 1
            before = now
        yield killed


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
