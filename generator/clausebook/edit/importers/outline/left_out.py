"""What of a document is no part of its text: the heads and feet of pages, and a list of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.outline.draft import LeftOut
from clausebook.files import digest
from clausebook.model.text import as_read

CONTENTS = re.compile(r"(?:table of )?contents(?: page)?|index|list of contents", re.IGNORECASE)
PAGE_BEHIND = re.compile(r"(?:[\s.…·_-]*[.…\t]{2,}|\t|\s)\s*(?:page\s*)?\d{1,3}\s*$", re.IGNORECASE)
PAGE_ONLY = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|page", re.IGNORECASE)
FEWEST = 3
LIST_OF_CONTENTS = "the list of contents, which pages make anew"


def part_furniture(blocks: Sequence[Block]) -> tuple[list[Block], list[LeftOut]]:
    """The blocks of the text, and those that are left out, each with the reason."""
    contents, decoration = _contents(blocks), _decoration(blocks)
    kept: list[Block] = []
    left: list[LeftOut] = []
    for index, block in enumerate(blocks):
        if block.kind == "furniture":
            left.append(LeftOut(block, block.reason or "no part of the text"))
        elif block.picture and digest(block.picture.data) in decoration:
            left.append(LeftOut(block, "a picture that is on several pages"))
        elif index in contents:
            left.append(LeftOut(block, LIST_OF_CONTENTS))
        else:
            kept.append(block)
    return kept, left


def _decoration(blocks: Sequence[Block]) -> set[str]:
    count = Counter(digest(block.picture.data) for block in blocks if block.picture)
    return {name for name, times in count.items() if times >= FEWEST}


def _contents(blocks: Sequence[Block]) -> set[int]:
    """The places of a list of contents that is typed: entries with page numbers, or the words of headings that come later."""
    found: set[int] = set()
    index = 0
    while index < len(blocks):
        begins = bool(CONTENTS.fullmatch(as_read(blocks[index].text).rstrip(":"))) and blocks[index].kind != "table"
        run = _entries(blocks, index + 1 if begins else index, is_told=begins)
        if len(run) >= FEWEST:
            found.update(run)
            if begins:
                found.add(index)
            index = run[-1] + 1
        else:
            index += 1
    return found


def _entries(blocks: Sequence[Block], start: int, *, is_told: bool) -> list[int]:
    run: list[int] = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        if block.kind == "furniture":
            continue
        words = as_read(_without_page(block))
        has_page = (
            PAGE_BEHIND.search(block.text) is not None
            and len(words.split()) <= 20
            and not block.text.rstrip().endswith(".")
        )
        if block.rows or block.kind == "figure" or not words:
            if is_told and run and PAGE_ONLY.fullmatch(as_read(block.text) or "x"):
                run.append(index)
                continue
            break
        comes_later = _key(words) in {_key(later.text) for later in blocks[index + 1 :]}
        if comes_later and run and _key(words) in {_key(_without_page(blocks[place])) for place in run}:
            break  # the heading itself: its entry stands above
        if (
            (has_page and comes_later)
            or (is_told and (comes_later or has_page))
            or (has_page and _is_dotted(block.text))
        ) or (is_told and PAGE_ONLY.fullmatch(words)):
            run.append(index)
        else:
            break
    return run


def _without_page(block: Block) -> str:
    return PAGE_BEHIND.sub("", block.text)


def _is_dotted(text: str) -> bool:
    return bool(re.search(r"(?:[.…]\s?){3,}\s*\d{1,3}\s*$|\t\s*\d{1,3}\s*$", text))


def _key(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", as_read(text)).casefold()
