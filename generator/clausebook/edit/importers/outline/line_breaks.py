"""Paragraphs that are several, with line breaks between them: a heading over its text, or the entries of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.marks import split_mark

HEADING = re.compile(r"\*\*(?P<words>[^*\n]{2,90})\*\*[^\S\n]*\n(?P<rest>.+)", re.DOTALL)
FEWEST = 2
LONGEST = 3900  # signs of one text; the model allows 4,000
SENTENCE = re.compile(r"[.;!?]\s")


def part_at_breaks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with each of what a line break only holds together as a block of its own, at the same place."""
    parted = (one for block in blocks for one in (_parted(block) if "\n" in block.text else (block,)))
    return [
        one for block in parted for one in _shortened(block) if one.text.strip() or one.mark or one.rows or one.picture
    ]


def _shortened(block: Block) -> Iterator[Block]:
    """A text that is longer than a clause may be, as several: parted where a sentence ends, or where a word does."""
    rest = block.text
    while len(rest) > LONGEST:
        ends = [found.end() for found in SENTENCE.finditer(rest, 0, LONGEST)] or [
            rest.rfind(" ", 0, LONGEST) + 1 or LONGEST
        ]
        yield replace(block, text=rest[: ends[-1]].strip())
        rest = rest[ends[-1] :].strip()
        block = replace(
            block,
            kind="paragraph",
            mark="",
            doubts=(*block.doubts, "It is a part of a paragraph that is too long for a clause."),
        )
    yield replace(block, text=rest) if rest != block.text else block


def _parted(block: Block) -> Iterator[Block]:
    if block.kind not in ("paragraph", "item"):
        yield block
        return
    if not block.mark and (found := HEADING.fullmatch(block.text)):
        yield replace(block, text=found["words"].strip(), look=replace(block.look, bold=True))
        block = replace(block, text=found["rest"].strip())
    lines = [line.strip() for line in block.text.split("\n") if line.strip()]
    marked = [split_mark(line) for line in lines]
    if sum(1 for one in marked if one.mark) < FEWEST:
        yield block
        return
    text: list[str] = []
    current = block
    for line, one in zip(lines, marked, strict=True):
        if one.mark:
            if text or current.mark:
                yield replace(current, text="\n".join(text))
            current, text = replace(block, kind="item", mark=one.mark, mark_is="typed", level=None), [one.text]
        else:
            text.append(line)
    yield replace(current, text="\n".join(text))
