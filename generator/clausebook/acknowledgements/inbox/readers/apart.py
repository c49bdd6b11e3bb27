"""Files are read in a process of its own, with a limit of time and of memory: one file that stalls or bursts does not stop the rest.

What lies in an inbox is whatever somebody sent, and the libraries that read it are large. The process is started when the first
file is read, and anew after it was ended; it is sent a file's bytes, and sends back lines of JSON (see wire.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, unreadable
from clausebook.acknowledgements.inbox.readers.wire import END, read_arrival, write_item
from clausebook.system import APART

SECONDS = 60.0
SECONDS_FOR_A_MEGABYTE = 10.0  # a scan of a hundred pages has about ten
MOST_MEMORY = 3_000_000_000  # bytes; a table of 200 MB takes about two thirds of it
LOOK_UP = 0.2  # seconds after which Ctrl-C is heard, on Windows too
PROGRAM = "clausebook.acknowledgements.inbox.readers.reading"
ALONE = "take it out of the folder, and ask whoever sent it for the line, the table or the scan alone"
STALLED = ("it was not read whole: reading it took longer than {} seconds", ALONE)
BURST = ("it was not read whole: reading it took more memory than is allowed, or ended the program that read it", ALONE)


def seconds_for(item: Item) -> float:
    """How long a file may take."""
    return SECONDS + SECONDS_FOR_A_MEGABYTE * len(item.raw) / 1_000_000


class Reader:
    """Reads one file after the other; `close` ends its process. `meanwhile` is called again and again while a file takes its time."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self._meanwhile = meanwhile
        self.process: subprocess.Popen[bytes] | None = None
        self._lines: SimpleQueue[bytes] = SimpleQueue()

    def read(self, item: Item) -> Iterator[Arrival]:
        """What a file with these bytes holds, as far as it could be read; at least one arrival. Raises nothing of its own."""
        seconds = seconds_for(item)
        until = time.monotonic() + seconds
        self._send(item, seconds)
        while (line := self._line(until)) != END:
            if not line:
                told = STALLED if line is None else BURST
                self.close()
                yield unreadable(item.origin, told[0].format(round(seconds)), told[1])
                return
            yield read_arrival(line)

    def _send(self, item: Item, seconds: float) -> None:
        if self.process is None:
            self._start()
        assert self.process
        assert self.process.stdin
        try:
            for part in write_item(item, seconds):
                self.process.stdin.write(part)
            self.process.stdin.flush()
        except OSError:
            pass  # it has ended: the line that says so comes from the other pipe

    def _start(self) -> None:
        above = str(Path(__file__).parents[4])
        self.process = subprocess.Popen(  # noqa: S603 — our own program, and nothing of a file in its arguments
            [sys.executable, "-m", PROGRAM, str(MOST_MEMORY)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (above, os.environ.get("PYTHONPATH"))))},
            **APART,  # Ctrl-C is for us, who end it
        )  # fmt: skip
        self._lines = SimpleQueue()
        threading.Thread(target=_pass_on, args=(self.process, self._lines), daemon=True).start()

    def _line(self, until: float) -> bytes | None:
        """The next line; an empty one where the process has ended, None where the time is up."""
        while (left := until - time.monotonic()) > 0:
            try:
                return self._lines.get(timeout=min(left, LOOK_UP))
            except Empty:
                self._meanwhile()
        return None

    def close(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                try:
                    if pipe:
                        pipe.close()
                except OSError:
                    pass  # what was not yet written to a process that has ended
        self.process = None


def _pass_on(process: subprocess.Popen[bytes], lines: SimpleQueue[bytes]) -> None:
    assert process.stdout
    try:
        for line in process.stdout:
            lines.put(line)
    except (OSError, ValueError):
        pass  # closed while we read
    lines.put(b"")
