"""Which blocks are headings, and how they stand within one another: by style, by number, and by how they look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clausebook.check.lead_ins import FINITE
from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.outline.forms import is_blank, labels_of
from clausebook.edit.importers.outline.front import is_control_line
from clausebook.edit.importers.outline.numbering import Mark, read_mark
from clausebook.model.text import as_read

LONGEST = 100  # signs of a heading that no style marks; Indigo's importer, for laws, takes 80
MOST_WORDS = 14
STYLED_WORDS = (
    22  # a paragraph in a heading's style that has more is a clause: Word's users number clauses with these styles
)
APPENDIX = re.compile(
    r"(?:appendix|annex|annexe|schedule|part|section|chapter)\s+(?:[A-Z0-9]{1,3}|[ivx]+)\b", re.IGNORECASE
)
DEEPEST = 4
MOST_NAMED_WORDS = 6
FEWEST, FEWEST_BLOCKS, MANY = 2, 10, 3
"""A text with fewer headings and more blocks has some that do not stand out."""
NO_HEADINGS = ("table", "figure", "chart", "diagram", "note", "furniture")
LISTS = ("bullet", "letter", "roman")


@dataclass(frozen=True)
class Heading:
    """A block as a heading."""

    level: int
    doubts: tuple[str, ...] = ()


@dataclass
class _Found:
    index: int
    mark: Mark
    look: tuple[object, ...]
    styled: int | None
    level: int = 0
    doubts: list[str] = field(default_factory=list)


def find_headings(blocks: Sequence[Block]) -> dict[int, Heading]:
    """The places of headings among the blocks of a text, each with its level from 1 on."""
    body = _body(blocks)
    found = [one for index, block in enumerate(blocks) if (one := _candidate(blocks, index, block, body)) is not None]
    if len(found) < FEWEST and len(blocks) > FEWEST_BLOCKS:
        found = [one for index, block in enumerate(blocks) if (one := _plain_title(blocks, index, block)) is not None]
    _give_levels(found)
    return {one.index: Heading(one.level, tuple(one.doubts)) for one in found}


@dataclass(frozen=True)
class _Body:
    size: float | None
    is_bold: bool
    is_capitals: bool
    clause_styles: frozenset[tuple[str | None, int | None]]
    """Styles of headings that most of their paragraphs use as clauses."""


def _body(blocks: Sequence[Block]) -> _Body:
    sizes: Counter[float] = Counter()
    bold = capitals = total = 0
    styles: dict[tuple[str | None, int | None], list[bool]] = {}
    for block in blocks:
        length = len(block.text)
        total += length
        bold += length if block.look.bold else 0
        capitals += length if _is_capitals(block.text) else 0
        if block.look.size:
            sizes[round(block.look.size * 2) / 2] += length
        if block.kind == "heading":
            styles.setdefault((block.look.style, block.level), []).append(_is_sentence(block))
    many = frozenset(key for key, are in styles.items() if sum(are) * 2 > len(are))
    return _Body(sizes.most_common(1)[0][0] if sizes else None, bold * 2 > total, capitals * 2 > total, many)


def _is_sentence(block: Block) -> bool:
    words = as_read(block.text)
    count = len(words.split())
    return (
        count > STYLED_WORDS
        or (words.endswith((".", ";", ",")) and count > 6)
        or (bool(block.mark) and count > 9 and bool(FINITE.search(words)))
    )


def _is_capitals(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and all(sign.isupper() for sign in letters)


def _candidate(blocks: Sequence[Block], index: int, block: Block, body: _Body) -> _Found | None:
    words = as_read(block.text)
    if (
        block.kind in NO_HEADINGS
        or not any(sign.isalnum() for sign in words)
        or (index and is_blank(blocks[index - 1]))
    ):
        return None
    mark = read_mark(block.mark)
    one = _Found(index, mark, _look_of(block), block.level if block.kind == "heading" else None)
    if block.kind == "heading":
        return one if _is_styled_heading(blocks, index, words, mark, body) else None
    if not _could_be_heading(block, words) or (words.endswith(":") and _list_follows(blocks, index)):
        return None
    if _stands_out(block, body):
        return one if _next(blocks, index) and (mark.kind not in LISTS or _text_follows(blocks, index)) else None
    is_appendix = APPENDIX.match(words) and len(words.split()) <= MOST_NAMED_WORDS and not FINITE.search(words)
    if (
        not is_appendix
        and not words.endswith("?")
        and mark.kind in ("decimal", "count")
        and _is_numbered_title(blocks, index, words, mark)
    ):
        one.doubts.append("It has a number and few words, and looks like the text around it: taken for a heading.")
        return one
    return one if is_appendix else None


def _plain_title(blocks: Sequence[Block], index: int, block: Block) -> _Found | None:
    """A heading where none stands out: a few words without an end, over a sentence."""
    words = as_read(block.text)
    following = _next(blocks, index)
    if (
        block.kind not in ("paragraph", "heading")
        or not any(sign.isalnum() for sign in words)
        or following is None
        or read_mark(block.mark).kind in LISTS
        or not _could_be_heading(block, words)
    ):
        return None
    over_text = (
        following.kind in ("paragraph", "item") and len(as_read(following.text).split()) > len(words.split()) + 3
    )
    if (
        not over_text
        or words.endswith(":")
        or len(words.split()) > 9
        or (FINITE.search(words) and not words.endswith("?"))
    ):
        return None
    return _Found(
        index,
        read_mark(block.mark),
        _look_of(block),
        None,
        doubts=["No heading of the document stands out: a short line over a sentence is taken for one."],
    )


def _is_styled_heading(blocks: Sequence[Block], index: int, words: str, mark: Mark, body: _Body) -> bool:
    """Whether a block in a heading's style is one: Word's users number their clauses with these styles, too."""
    block = blocks[index]
    if _is_sentence(block):
        return False
    if (block.look.style, block.level) not in body.clause_styles:
        return True
    return _is_short_title(words) and (block.look.bold or _goes_deeper(blocks, index, mark))


def _could_be_heading(block: Block, words: str) -> bool:
    """Whether it is short, and neither a sentence nor a part of one."""
    is_short = len(words) <= LONGEST and len(words.split()) <= MOST_WORDS and block.text.count("\n") <= 1
    return (
        is_short
        and not words.endswith((".", ";", ","))
        and not words[:1].islower()
        and not labels_of(block)
        and not is_control_line(block)
    )


def _look_of(block: Block) -> tuple[object, ...]:
    look = block.look
    return (
        -(round((look.size or 0) * 2) / 2),
        not _is_capitals(block.text),
        not look.bold,
        not look.centred,
        look.italic,
    )


def _stands_out(block: Block, body: _Body) -> bool:
    look = block.look
    bigger = bool(look.size and body.size and look.size >= body.size + 1)
    return bigger or (look.bold and not body.is_bold) or (_is_capitals(block.text) and not body.is_capitals)


def _is_short_title(words: str) -> bool:
    return len(words.split()) <= 10 and not words.endswith((".", ";", ",", ":")) and not FINITE.search(words)


def _next(blocks: Sequence[Block], index: int) -> Block | None:
    return next((block for block in blocks[index + 1 :] if block.kind not in ("furniture", "note")), None)


def _list_follows(blocks: Sequence[Block], index: int) -> bool:
    following = _next(blocks, index)
    return (
        following is not None
        and following.kind != "heading"
        and read_mark(following.mark).kind in ("bullet", "letter", "roman", "count")
    )


def _text_follows(blocks: Sequence[Block], index: int) -> bool:
    following = _next(blocks, index)
    return following is not None and read_mark(following.mark).kind == "none" and not following.look.bold


def _goes_deeper(blocks: Sequence[Block], index: int, mark: Mark) -> bool:
    following = _next(blocks, index)
    if following is None or mark.kind not in ("decimal", "count"):
        return False
    deeper = read_mark(following.mark)
    return deeper.depth > mark.depth and deeper.parts[: mark.depth] == mark.parts


def _is_numbered_title(blocks: Sequence[Block], index: int, words: str, mark: Mark) -> bool:
    if not _is_short_title(words) or not words[:1].isupper():
        return False
    if _goes_deeper(blocks, index, mark):
        return True
    if index and (before := read_mark(blocks[index - 1].mark)).style == mark.style and before.kind == mark.kind:
        return False  # an entry of a list that is going on
    following = _next(blocks, index)
    return (
        following is not None
        and following.kind == "paragraph"
        and not following.mark
        and len(as_read(following.text).split()) > 8
    )


def _give_levels(found: list[_Found]) -> None:
    """By number where there is one, else by style, else as what looks like it; what looks like nothing else stands by how much it stands out."""
    learnt: dict[tuple[object, ...], Counter[int]] = {}
    for one in found:
        if one.mark.kind in ("decimal", "count") and one.mark.depth:
            one.level = one.mark.depth
        elif one.styled is not None:
            one.level = one.styled
        if one.level:
            learnt.setdefault(one.look, Counter())[one.level] += 1
    known: Mapping[tuple[object, ...], int] = {look: count.most_common(1)[0][0] for look, count in learnt.items()}
    ranks = _ranks([one.look for one in found if not one.level and one.look not in known])
    for one in found:
        one.level = one.level or _level_by_look(one.look, known, ranks)
    above: list[int] = []
    for one in found:  # a level that is left out is none: a document that begins at level 4 begins at the top
        while above and above[-1] >= one.level:
            above.pop()
        above.append(one.level)
        one.level = min(len(above), DEEPEST)


def _level_by_look(
    look: tuple[Any, ...], known: Mapping[tuple[object, ...], int], ranks: Mapping[tuple[object, ...], int]
) -> int:
    """Of a heading without a style and a number: that of what looks like it, else one below what stands out more."""
    if look in known or not known:
        return known.get(look) or ranks[look]
    if look[0]:
        return max((level for other, level in known.items() if other < look), default=0) + 1
    return max(known.values()) + ranks[look]  # nothing is known of sizes: below those that the format marks


def _ranks(looks: Sequence[tuple[object, ...]]) -> dict[tuple[object, ...], int]:
    """The level of each look: one below those that stand out more and were met before. What is met first is never below what comes later."""
    ranks: dict[tuple[object, ...], int] = {}
    for look in looks:
        if look not in ranks:
            ranks[look] = 1 + max((rank for other, rank in ranks.items() if other < look), default=0)
    count = Counter(ranks[look] for look in looks)
    if (
        count[1] == 1 and count[2] >= MANY
    ):  # the first heading looks otherwise than all that follow it, and heads none of them
        return {look: max(1, rank - 1) for look, rank in ranks.items()}
    return ranks
