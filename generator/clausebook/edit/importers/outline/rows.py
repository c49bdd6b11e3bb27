"""A sheet with a row a clause as a draft: its rows say themselves what they are."""

from __future__ import annotations

from collections.abc import Sequence

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.outline.draft import Doubt, DraftItem, DraftSection

NO_HEADING = "Clauses"


def sections_of_rows(blocks: Sequence[Block]) -> list[DraftSection]:
    """The sections that the rows make, each with its clauses and their items."""
    root = DraftSection("", level=0)
    above = [root]
    open_items: list[DraftItem] = []
    for block in blocks:
        row = block.given.get("row", "clause")
        if row == "heading":
            _open_section(above, block)
            open_items = []
        elif row == "item" and open_items:
            depth = min((block.level or 0) + 1, len(open_items))
            item = _item(block)
            open_items[depth - 1].items.append(item)
            del open_items[depth:]
            open_items.append(item)
        elif row in ("after", "note") and open_items:
            setattr(open_items[-1], row, block.text)
            open_items[-1].blocks.append(block)
        else:
            if above[-1] is root:
                above.append(
                    DraftSection(
                        NO_HEADING,
                        doubts=[Doubt("no-heading", f"The sheet has no heading here: “{NO_HEADING}” is ours.")],
                    )
                )
                root.sections.append(above[-1])
            open_items = [_item(block)]
            above[-1].clauses.append(open_items[0])
    return root.sections


def _open_section(above: list[DraftSection], block: Block) -> None:
    is_again = block.given.get("of") == "column" and above[-1].heading == block.text
    if is_again:  # a column that names the section of each row
        return
    while above[-1].level >= (block.level or 1):
        above.pop()
    section = DraftSection(block.text, block.number, block.mark, above[-1].level + 1, block)
    above[-1].sections.append(section)
    above.append(section)


def _item(block: Block) -> DraftItem:
    return DraftItem([block], block.mark, block.number, block.text)
