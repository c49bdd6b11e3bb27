"""A document's blocks as a draft: what stands before the text, its sections, and below each heading its clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clausebook.edit.importers.blocks import Block, Document
from clausebook.edit.importers.outline.clauses import ClauseBuilder
from clausebook.edit.importers.outline.draft import Doubt, Draft, DraftItem, DraftSection, LeftOut
from clausebook.edit.importers.outline.forms import labels_of
from clausebook.edit.importers.outline.front import HISTORY_HEADING, find_title, is_control_line, is_control_table
from clausebook.edit.importers.outline.grammar import forbids
from clausebook.edit.importers.outline.headings import Heading, find_headings
from clausebook.edit.importers.outline.layout_tables import unfold_tables
from clausebook.edit.importers.outline.left_out import part_furniture
from clausebook.edit.importers.outline.line_breaks import part_at_breaks
from clausebook.edit.importers.outline.rows import sections_of_rows
from clausebook.edit.importers.outline.structures import give_picture, pictures_left_out
from clausebook.model.text import as_read

NO_HEADING = "Introduction"
MOST_FRONT_WORDS = 12


def build_draft(document: Document, name: str) -> Draft:
    """The draft of a document; `name` is what it is called where it does not say itself."""
    blocks, left = part_furniture(document.blocks)
    if document.format in ("xlsx", "csv"):
        doubts = [
            Doubt("title", "A sheet has no title: check the title."),
            *(Doubt("reader", words) for words in document.warnings),
        ]
        return Draft(as_read(document.title or name), None, [], sections_of_rows(blocks), left, doubts)
    notes = [block for block in blocks if block.kind == "note"]
    blocks = part_at_breaks(unfold_tables([block for block in blocks if block.kind != "note"]))
    headings = find_headings(blocks)
    title = find_title(blocks, headings)
    doubts = [Doubt("reader", words) for words in document.warnings]
    headings = _without_cover(blocks, headings, title)
    if title is None:
        doubts.append(Doubt("title", "No line of the document stands out as its title: check the title."))
    front, sections = _parts(blocks, headings, title)
    draft = Draft(
        title=as_read(blocks[title].text) if title is not None else _title_of(document, sections, name),
        title_block=blocks[title] if title is not None else None,
        front=front, sections=sections, left_out=left, doubts=doubts,
    )  # fmt: skip
    for note in notes:
        _give_note(draft, note)
    draft.left_out += pictures_left_out(draft)
    draft.front = [block for block in draft.front if block.kind != "figure"]
    return draft


def _title_of(document: Document, sections: Sequence[DraftSection], name: str) -> str:
    """What a document is called that does not name itself: by its properties, by the one heading over all of it, by its file."""
    heads_all = len(sections) == 1 and sections[0].sections and sections[0].block is not None
    return as_read(document.title or (sections[0].heading if heads_all else name))


def _without_cover(blocks: Sequence[Block], headings: dict[int, Heading], title: int | None) -> dict[int, Heading]:
    """The headings without what stands out on a title page: the title, and lines above it or below it that head nothing."""
    kept = {index: heading for index, heading in headings.items() if index != title and index > (title or -1)}
    for index in sorted(kept):
        following = next((i for i in range(index + 1, len(blocks)) if i != title), None)
        if following not in kept or blocks[index].kind == "heading" or blocks[index].mark:
            break
        del kept[index]
    return kept


def _parts(
    blocks: Sequence[Block], headings: dict[int, Heading], title: int | None
) -> tuple[list[Block], list[DraftSection]]:
    starts = sorted(headings)
    first = starts[0] if starts else len(blocks)
    before = [(i, block) for i, block in enumerate(blocks[:first]) if i != title]
    if not starts:  # no heading at all: all is text but what clearly is none
        front = [block for _, block in before if is_control_table(block) or is_control_line(block)]
    else:
        front = [block for _, block in before if _is_front(block)]
    text = [block for _, block in before if not any(block is one for one in front)]
    root = DraftSection("", level=0)
    if text:
        opening = DraftSection(NO_HEADING)
        opening.doubts.append(Doubt("no-heading", f"The document has no heading here: “{NO_HEADING}” is ours."))
        opening.clauses = ClauseBuilder(NO_HEADING, forbids=False).add_all(text)
        root.sections.append(opening)
    above = [root]
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(blocks)
        below = [block for i, block in enumerate(blocks[start + 1 : end], start + 1) if i != title]
        control = [block for block in below if is_control_table(block)]
        if control:
            front += control
            below = [block for block in below if not is_control_table(block)]
        if HISTORY_HEADING.fullmatch(as_read(blocks[start].text)) and all(_is_front(block) for block in below):
            front += [blocks[start], *below]
            continue
        if start == starts[-1]:
            below, signed = _without_end(below)
            front += signed
        section = _section(blocks[start], headings[start])
        while above[-1].level >= section.level:
            above.pop()
        above[-1].sections.append(section)
        above.append(section)
        section.clauses = ClauseBuilder(section.heading, any(forbids(one.heading) for one in above)).add_all(below)
    return front, root.sections


def _without_end(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks of the last section, and the lines at its end that say when the document was made and is to be reviewed.

    A line that is to be filled in says nothing of the document yet: it is a form.
    """
    end = len(blocks)
    while end and is_control_line(blocks[end - 1]) and not labels_of(blocks[end - 1]):
        end -= 1
    return blocks[:end], blocks[end:]


def _section(block: Block, heading: Heading) -> DraftSection:
    doubts = [Doubt("heading", words) for words in (*heading.doubts, *block.doubts)]
    return DraftSection(" ".join(block.text.split()), block.number, block.mark, heading.level, block, doubts=doubts)


def _is_front(block: Block) -> bool:
    """Whether a block before the first heading is no clause: a name, an address, a date, a picture, a table of versions."""
    if block.rows or block.kind == "figure":
        return block.kind == "figure" or is_control_table(block)
    words = as_read(block.text)
    return is_control_line(block) or (
        not block.mark and len(words.split()) <= MOST_FRONT_WORDS and not re.search(r"[.;:]$", words)
    )


def _give_note(draft: Draft, note: Block) -> None:
    """A note stands with the clause whose words bear its mark; where none does, it is left out, and said to be."""
    holder = next((item for item in draft.all_items if note.note and _bears(item, note.note)), None)
    if holder is None:
        draft.left_out.append(LeftOut(note, "a note to which no words refer"))
        return
    holder.note = "\n\n".join(filter(None, (holder.note, note.in_full)))
    holder.blocks.append(note)
    if note.picture:
        give_picture(holder, note, note.picture)


def _bears(item: DraftItem, mark: str) -> bool:
    cells = (cell for row in item.table.rows for cell in row) if item.table else ()
    return any(mark in text for text in (item.text, item.after, *cells))
