"""Completion slips out of whatever they were passed on in: the inbox's readers, which look for them in place of receipts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from clausebook.acknowledgements.inbox.readers.apart import Reader
from clausebook.acknowledgements.inbox.readers.files import read_heap
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, Origin, Unread
from clausebook.quizzes.slips import AnySlip


@dataclass(frozen=True)
class CollectedSlips:
    """The slips in the order of the paths, and a sentence with the next step for whatever could not be read."""

    slips: tuple[AnySlip, ...]
    lost: tuple[str, ...]


def collect_slips(paths: Sequence[Path], piped: bytes | None = None) -> CollectedSlips:
    """Every slip in files and folders, and in what was typed or piped in, if anything was."""
    with closing(Reader()) as reader:
        typed = reader.read(Item("", piped, Origin("standard input", sought="slip"))) if piped is not None else ()
        arrivals = tuple(chain(typed, read_heap(paths, read=reader.read, sought="slip")))
    slips = tuple(arrival.content for arrival in arrivals if isinstance(arrival.content, AnySlip))
    return CollectedSlips(slips, tuple(dict.fromkeys(_lost(arrivals))))


def _lost(arrivals: Sequence[Arrival]) -> Iterator[str]:
    for arrival in arrivals:
        content, origin = arrival.content, arrival.origin
        if isinstance(content, Unread) and content.kind != "nothing":
            place = f", {origin.place}" if origin.place else ""
            yield f"{origin.file}{place}: {content.reason}. Next: {content.next_step}."
