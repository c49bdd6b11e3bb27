"""What the process that reads files is sent, and what it sends back: lines of JSON, which can say no more than an arrival."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from clausebook.acknowledgements.inbox.readers.submission import (
    Arrival,
    Content,
    Item,
    Origin,
    PaperCode,
    PlatformRow,
    Unread,
)
from clausebook.acknowledgements.signing.receipts import FoundReceipt, read_receipt
from clausebook.quizzes.slips import AnySlip, read_slip

END = b"end\n"
KINDS: dict[str, type[Unread | PaperCode]] = {"unread": Unread, "paper": PaperCode}


def write_item(item: Item, seconds: float) -> Iterator[bytes]:
    """A line that says what follows it, and the bytes."""
    says = {"name": item.name, "origin": asdict(item.origin), "depth": item.depth, "fetched": item.fetched}
    yield json.dumps({"item": says, "size": len(item.raw), "seconds": seconds}).encode() + b"\n"
    yield item.raw


def read_item(lines: BinaryIO) -> tuple[Item, float] | None:
    """The next file with the seconds that it may take; None where there is no other."""
    head = lines.readline()
    if not head:
        return None
    says = json.loads(head)
    own = says["item"]
    item = Item(own["name"], lines.read(says["size"]), Origin(**own["origin"]), own["depth"], own["fetched"])
    return item, float(says["seconds"])


def write_arrival(arrival: Arrival) -> bytes:
    content = arrival.content
    told: tuple[str, Any]
    if isinstance(content, FoundReceipt):
        told = "receipt", content.line
    elif isinstance(content, AnySlip):
        told = "slip", content.model_dump(mode="json")
    elif isinstance(content, PlatformRow):
        told = "row", asdict(content)
    else:
        told = "paper" if isinstance(content, PaperCode) else "unread", asdict(content)
    return json.dumps([asdict(arrival.origin), *told]).encode() + b"\n"


def read_arrival(line: bytes) -> Arrival:
    origin, kind, says = json.loads(line)
    return Arrival(Origin(**origin), _content(kind, says))


def _content(kind: str, says: Any) -> Content:
    if kind == "receipt":
        found = read_receipt(says)
        assert isinstance(found, FoundReceipt)
        return found
    if kind == "slip":
        return read_slip(json.dumps(says))
    if kind == "row":
        return PlatformRow(**says | {"statuses": tuple(says["statuses"])})
    return KINDS[kind](**says)
