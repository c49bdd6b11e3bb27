"""What a QR code says: whose form it is, or a receipt that somebody made a code of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, Origin, PaperCode, digest
from clausebook.acknowledgements.inbox.readers.texts import lines_in

REFERENCE = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Codes:
    """The codes of one scanned file."""

    item: Item

    def on_page(self, number: int, texts: Sequence[str]) -> Iterator[Arrival]:
        """What the codes of a page say; codes that are not ours say nothing."""
        origin = replace(self.item.origin.at(f"page {number}"), channel="scan", source=digest(self.item.raw))
        for text in texts:
            yield from self._read(text.strip(), origin)

    def _read(self, text: str, origin: Origin) -> Iterator[Arrival]:
        if REFERENCE.fullmatch(text):
            yield Arrival(origin, PaperCode(text, origin.source))
        else:
            yield from lines_in(text, origin)
