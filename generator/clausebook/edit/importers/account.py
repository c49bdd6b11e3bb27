"""Where each word of a document went: held against the revision as it will be written, so that nothing is lost unseen.

This is asked of every import, and no option leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from clausebook.check.walk import walk_clauses, walk_sections
from clausebook.edit.importers.blocks import Block, Document, Place
from clausebook.edit.importers.outline.draft import Draft
from clausebook.edit.importers.outline.forms import is_blank, labels_of
from clausebook.edit.importers.outline.line_breaks import LONGEST
from clausebook.model import RevisionRecord
from clausebook.model.structures import texts_of
from clausebook.model.text import plain_signs, plain_words

SENTENCES = re.compile(r"(?<=[.;!?])\s+|\n")
Key = tuple[Place, str, str | None]
Where = Literal["clause", "heading", "front matter", "left out", "lost"]


@dataclass(frozen=True)
class Accounted:
    """A block of the document, and where its words are now."""

    block: Block
    where: Where
    id: str | None = None
    """Of the clause, item or section."""
    why: str = ""
    """Of what was left out."""
    ids: tuple[str, ...] = ()
    """All clauses, items and sections that its words are in, the first of them `id`."""

    @property
    def words(self) -> int:
        return sum(len(text.split()) for text in _texts(self.block))


def account_for(
    document: Document, draft: Draft, record: RevisionRecord, ids: Mapping[Place, Sequence[str]]
) -> list[Accounted]:
    """Each block of the document, in its order, with the place of its words in the revision."""
    elements = dict(_elements(record))
    front = _squeezed(" ".join((record.title, *(part.says for part in record.front_matter))))
    left = {_key(one.block): one.why for one in draft.left_out}
    told = {_squeezed(part.says) for part in record.left_out}
    return [_of(block, elements, front, left, told, ids) for block in document.blocks]


def _of(
    block: Block,
    elements: Mapping[str, tuple[str, str]],
    front: str,
    left: Mapping[Key, str],
    told: set[str],
    ids: Mapping[Place, Sequence[str]],
) -> Accounted:
    wanted = [_squeezed(text) for text in _texts(block)]
    reason = left.get(_key(block))  # the head of a page has the place of the page's first line
    if not any(wanted) and (reason is not None or not block.picture):
        return Accounted(block, "left out", why=reason or "it is empty")
    named = [name for one in block.walk() for name in ids.get(one.place, ())]
    home = "".join(elements[name][1] for name in dict.fromkeys(named) if name in elements)
    if named and all(text in home for text in wanted) and _numbers_are_kept(block, elements, ids):
        return Accounted(block, elements[named[0]][0], named[0], ids=tuple(dict.fromkeys(named)))  # type: ignore[arg-type]
    if reason is not None and all(any(text in one for one in told) for text in wanted):
        return Accounted(block, "left out", why=reason)
    if all(text in front for text in wanted):
        return Accounted(block, "front matter")
    if named and all(text in home or text in front for text in wanted) and _numbers_are_kept(block, elements, ids):
        return Accounted(block, elements[named[0]][0], named[0], ids=tuple(dict.fromkeys(named)))  # type: ignore[arg-type]  # a frame around the title, too
    return Accounted(block, "lost", named[0] if named else None)


def _key(block: Block) -> Key:
    return block.place, block.kind, block.picture.file if block.picture else None


def _numbers_are_kept(
    block: Block, elements: Mapping[str, tuple[str, str]], ids: Mapping[Place, Sequence[str]]
) -> bool:
    return all(
        not one.number or any(_squeezed(one.number) in elements[name][1] for name in ids[one.place])
        for one in block.walk()
        if one.place in ids
    )


def _texts(block: Block) -> Iterator[str]:
    """The words of a block that a reader sees, run by run; the marks of lists are made anew, the blanks of forms are lines again."""
    if block.rows:
        yield block.text
        for row in block.rows:
            for cell in row:
                for one in cell.blocks:
                    yield from _texts(one)
    elif labels := labels_of(block):
        yield from labels
    elif is_blank(block):
        return
    else:
        pieces = SENTENCES.split(block.text) if len(block.text) > LONGEST else block.text.split("\n")
        yield from filter(None, pieces)  # what is too long for a clause stands in several
        if block.number:
            yield block.number


def _elements(record: RevisionRecord) -> Iterator[tuple[str, tuple[str, str]]]:
    for _, section, _ in walk_sections(record):
        yield section.id, ("heading", _squeezed(f"{section.number or ''} {section.heading}"))
    for written in walk_clauses(record):
        item = written.item
        words = " ".join(text for _, text in texts_of(item.text, item.structures))
        yield item.id, ("clause", _squeezed(f"{item.number or ''} {words}"))


def _squeezed(text: str) -> str:
    """The signs that a reader sees, without the spaces between them and the signs of emphasis."""
    return "".join(plain_signs(plain_words(text)).split())
