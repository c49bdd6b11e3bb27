"""What stands beside the words of a clause or an item: its table, its picture, the shapes of a diagram as a list."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.edit.importers.blocks import Block, Picture
from clausebook.edit.importers.outline.draft import Doubt, Draft, DraftItem, DraftTable, LeftOut, rows_in_words
from clausebook.edit.importers.outline.grammar import CAPTION
from clausebook.edit.importers.pictures import WRITE, as_shown
from clausebook.model.text import as_read

KEPT = "The document has a picture here, and {}. It is kept as files/{}: open it, save it as PNG, and name that under `figure`."
WORDS = " Whoever cannot see it is told: “{}”."
BESIDE = "the clause has a picture already"
OF_NO_SECTION = "it stands in no section, as a logo on a cover does"


def item_of(block: Block) -> DraftItem:
    """A clause or an item of the words of one block."""
    doubts = [Doubt("reader", words) for words in block.doubts]
    return DraftItem([block], block.mark, block.number, block.text, doubts=doubts)


def give_table(item: DraftItem, block: Block) -> None:
    """A table or a chart to a clause; the words above it are its caption where they look like one."""
    rows = rows_in_words(block.rows)
    caption = item.blocks[-1].text if len(item.blocks) > 1 else ""
    if caption and CAPTION.match(as_read(caption)) and item.text.endswith(caption) and not block.text:
        item.text = item.text.removesuffix(caption).strip()
        item.table = DraftTable(rows, caption)
    else:
        item.table = DraftTable(rows, block.text)
    item.blocks.append(block)
    item.doubts += [Doubt("reader", words) for one in block.walk() for words in one.doubts]
    for one in block.walk():
        if one.picture:
            give_picture(item, one, one.picture)


def give_picture(item: DraftItem, block: Block, picture: Picture) -> None:
    """A picture to a clause; what pages cannot show is kept as a file, and somebody is asked to make it one that they can."""
    shown = as_shown(picture)
    if shown.picture and item.picture is None:
        item.blocks += [] if block in item.blocks else [block]
        item.picture, item.caption = shown.picture, block.text
        item.doubt("picture", WRITE)
    elif block.text:
        item.blocks.append(block)
        item.after = "\n\n".join(filter(None, (item.after, block.text)))
    if (because := shown.kept_because) or shown.picture is not item.picture:
        item.kept.append((block, because or BESIDE))
        told = WORDS.format(picture.alternative) if picture.alternative else ""
        item.doubt("picture", KEPT.format(because or BESIDE, picture.file) + told)


def give_points(item: DraftItem, block: Block) -> None:
    """The shapes of a diagram to a clause, as its list."""
    above = [item]
    for point in (one for one in block.walk() if one is not block):
        del above[(point.level or 0) + 1 :]
        above[-1].items.append(item_of(point))
        above.append(above[-1].items[-1])
    item.blocks.append(block)
    item.doubts += [Doubt("reader", words) for words in block.doubts]


def pictures_left_out(draft: Draft) -> Iterator[LeftOut]:
    """The pictures of clauses that no clause shows, and those that stand outside all sections."""
    for item in draft.all_items:
        yield from (LeftOut(block, because) for block, because in item.kept)
    for block in draft.front:
        yield from (LeftOut(one, OF_NO_SECTION) for one in block.walk() if one.picture)
