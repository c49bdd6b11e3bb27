"""Blocks of a format that has only words and looks: Markdown, HTML, plain text, reStructuredText."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from clausebook.edit.importers.blocks import Block, BlockKind, Document, Look, Picture, Place
from clausebook.edit.importers.readers.words import Span, clean_spans, is_right_to_left, told, write_words

INDENT = 18
"""In points, of each level of a list or a quotation: about what such a page is shown with."""
OUTSIDE = "The picture {} is not in the file, which only names it. It was not fetched."
TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass
class BlockWriter:
    """Writes blocks, and keeps what holds for the whole document."""

    unseen: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def write(
        self,
        kind: BlockKind,
        line: int,
        spans: Sequence[Span],
        *,
        mark: str = "",
        level: int | None = None,
        indent: float = 0,
        **more: Any,
    ) -> Iterator[Block]:
        """One block, or none where there are no words. A mark that is not given is parted from the words."""
        cleaned, gone = clean_spans(spans)
        self.unseen += gone
        written = write_words(cleaned, split=not mark and kind != "furniture")
        marked = written.marked
        if marked.text or marked.mark or mark:
            look = Look(written.bold, written.italic, indent=indent)
            doubts = (*marked.doubts, *more.pop("doubts", ()))
            yield Block(
                kind,
                Place(line),
                marked.text,
                mark or marked.mark,
                "computed" if mark else "typed",
                level,
                look,
                doubts=doubts,
                **more,
            )

    def picture(self, line: int, address: str, alternative: str | None) -> Iterator[Block]:
        """A picture that stands in the text itself; one that is elsewhere is told, and not fetched."""
        kind, _, data = address.partition(";base64,")
        ending = TYPES.get(kind.removeprefix("data:"))
        try:
            raw = b64decode(data, validate=True) if ending and data else b""
        except (Error, ValueError):
            raw = b""
        if raw:
            yield Block("figure", Place(line), picture=Picture(f"picture-{line}.{ending}", raw, alternative or None))
        else:
            self.warnings.append(
                OUTSIDE.format(address if len(address) < 200 and not address.startswith("data:") else f"in line {line}")
            )

    def document(self, name: str, blocks: Sequence[Block], title: str | None = None) -> Document:
        """All of it."""
        return Document(
            name, tuple(blocks), title, hidden=(*self.hidden, *told(self.unseen)), warnings=tuple(dict.fromkeys(self.warnings)),
            language_is_rtl=is_right_to_left(block.text for block in blocks),
        )  # fmt: skip
