"""The program that reads files apart from all else (see apart.py): `python -m clausebook.acknowledgements.inbox.readers.reading MOST_MEMORY`."""

from __future__ import annotations

import os
import signal
import sys

from clausebook.acknowledgements.inbox.readers.files import read_item
from clausebook.acknowledgements.inbox.readers.wire import END, write_arrival
from clausebook.acknowledgements.inbox.readers.wire import read_item as next_item
from clausebook.system import end_after, limit_memory

SPARE_SECONDS = 10  # after which it ends itself, where nobody is left to end it


def main() -> None:
    """Read one file after the other, until there is none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(int(sys.argv[1]))
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints something does not disturb us
    while asked := next_item(sys.stdin.buffer):
        item, seconds = asked
        end_after(round(seconds) + SPARE_SECONDS)
        for arrival in read_item(item):
            out.write(write_arrival(arrival))
            out.flush()
        out.write(END)
        out.flush()


if __name__ == "__main__":
    main()
