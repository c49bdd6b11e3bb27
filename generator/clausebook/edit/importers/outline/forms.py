"""Lines to fill in: a label with a rule, dots or a box behind or before it."""

from __future__ import annotations

import re

from clausebook.edit.importers.blocks import Block
from clausebook.model.text import as_read

BLANK = re.compile(r"_{3,}|\.{5,}|…{2,}|[☐□⬜◻]|\[\s{0,3}\]")
MOST_WORDS = 9


def labels_of(block: Block) -> list[str]:
    """What each blank of a line asks for; none where the line is a sentence with a gap in it."""
    if block.rows or block.kind in ("figure", "heading") or not BLANK.search(block.text):
        return []
    labels = [words for part in BLANK.split(block.text) if (words := as_read(part).strip(" :;,.-–"))]
    if not labels or any(len(label.split()) > MOST_WORDS for label in labels):
        return []
    rest = as_read(BLANK.sub(" ", block.text))
    return [] if rest.endswith((".", "?")) and len(rest.split()) > MOST_WORDS else labels


def is_blank(block: Block) -> bool:
    """Whether it is only a line to write on; what is to be written there is then told below it."""
    words = BLANK.sub("", as_read(block.text)).strip()
    return block.kind in ("paragraph", "item", "heading") and bool(BLANK.search(block.text)) and not words
