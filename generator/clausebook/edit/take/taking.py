"""A Word file taken back: the text of the draft that it makes of a revision's file, and what somebody must look at. Writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clausebook.compare.revisions.wording import words_of
from clausebook.edit.importers.ids import fresh_id
from clausebook.edit.take.align import Alignment, Answers, align
from clausebook.edit.take.draft_text import Drafted, rewrite_draft
from clausebook.edit.take.fields import Context, Fields, changed_fields, new_fields
from clausebook.edit.take.lines import Line
from clausebook.edit.take.merged import Overtaken, merge_since
from clausebook.edit.take.pictures import added_picture, files_of
from clausebook.edit.take.returned import Returned
from clausebook.edit.take.shapes import shape_of
from clausebook.edit.take.tree import Node, Tree, build_tree
from clausebook.model import ClauseRecord, RevisionRecord, SectionRecord
from clausebook.model.outline import Part, outline_of_record
from clausebook.model.revision import Item
from clausebook.model.text import Medium, as_read

PART_OF = 75
"""Of 100 words of a new clause, how many must stand in an old one for it to be a part of that one."""
FEWEST = 15
"""Of 100 parts of the revision, how many a file of it must have."""
MOST_LOST = 50
"""Of 100 numbers, how many may be missing before it is the program that lost them."""
FRONT = re.compile(r"(?:contents|history of this document|this is a draft.*|each change is tracked.*)", re.IGNORECASE)
"""The words that a Word file of ours has above its text, beside the names of the trust and the policy."""
KNOWN_FRONT = frozenset(
    {"Title", "Subtitle", "Front heading", "State of the draft", "Logo", "Table text", "TOC Heading"}
)

ADDED = "someone put in a picture: write what it says, for whoever cannot see it"


class NotThisPolicyError(Exception):
    """Hardly anything of the revision is in the file: it is another document."""


@dataclass(frozen=True)
class Taken:
    """What a file makes of a draft."""

    text: str
    """Of the draft's file: as it was where nobody changed anything."""
    alignment: Alignment
    overtaken: Overtaken
    names: Mapping[int, str]
    """The id of what stands in each line, by the line's number in the file."""
    doubts: tuple[tuple[str, str], ...]
    """Ids, each with why somebody should look."""
    left_out: tuple[Line, ...]
    """What has no place in the draft."""
    unread: tuple[str, ...]
    answers_gone: tuple[str, ...]
    """The questions whose answer rested on clauses that are gone."""
    lost_numbers: bool
    unlinked: tuple[str, ...] = ()
    """The clauses that had a link to one that is gone."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Those that somebody put in, by the names of their files in the policy's folder."""


def take_back(
    returned: Returned, text: str, target: RevisionRecord, base: RevisionRecord, taken: Iterable[str], medium: Medium, answers: Answers, owner: str = "",
) -> Taken:  # fmt: skip
    """What the file makes of the draft whose text and record are given; `base` is what the file was made of, `taken` are ids that are in use, `owner` is the name
    of the trust.

    Raises NotInFieldsError where the draft's file is not laid out as fields, and NotThisPolicyError.
    """
    records = (base, *(returned.exported.records if returned.exported else ()))
    parts, lines = outline_of_record(base), returned.lines(records)
    alignment = align(parts, lines, answers)
    tree = build_tree(parts, lines, alignment)
    if not tree.sections or 100 * len(alignment.pairs) < FEWEST * len(parts):
        raise NotThisPolicyError
    context = Context(items_of(base), inherited(base), medium, has_numbers=not _lost_numbers(parts, lines, alignment))
    _name_new_ones(
        tree, {*taken, *items_of(target), *(name for record in records for name in items_of(record))}, records
    )
    fields = _fields(tree, context)
    overtaken = merge_since(tree, fields, base, target)
    drafted = Drafted(text) if overtaken.conflicts else rewrite_draft(text, tree, fields, base, context)
    return Taken(
        drafted.text, alignment, overtaken, _names(tree),
        (*_doubts(parts, lines, alignment, tree), *((node.name, ADDED) for node in _with_pictures(tree, fields))),
        (*tree.homeless, *_unknown_front(tree, owner), *_pictures_left(tree, fields)), drafted.unread, drafted.answers_gone, not context.has_numbers, drafted.unlinked,
        files_of(tree.nodes, fields),
    )  # fmt: skip


def items_of(record: RevisionRecord) -> dict[str, Item | SectionRecord]:
    """Every section, clause and item of a revision by its id."""
    found: dict[str, Item | SectionRecord] = {}

    def add_item(item: Item) -> None:
        found[item.id] = item
        for below in item.items:
            add_item(below)

    def add_section(section: SectionRecord) -> None:
        found[section.id] = section
        for clause in section.clauses:
            add_item(clause)
        for below in section.sections:
            add_section(below)

    for section in record.sections:
        add_section(section)
    return found


def inherited(record: RevisionRecord) -> dict[str, Item]:
    """Every clause and item with what it takes from the clause that it hangs from."""
    found: dict[str, Item] = {}

    def add(item: Item, above: Item | None) -> None:
        taken = {
            name: getattr(above, name) for name in ("modality", "topics", "binds") if above and not getattr(item, name)
        }
        found[item.id] = item.model_copy(update=taken)
        for below in item.items:
            add(below, found[item.id])

    for one in items_of(record).values():
        if isinstance(one, ClauseRecord):
            add(one, None)
    return found


def _lost_numbers(parts: Sequence[Part], lines: Sequence[Line], alignment: Alignment) -> bool:
    numbered = [place for place, part in alignment.pairs.items() if parts[part].number and parts[part].is_anchored]
    lost = sum(1 for place in numbered if not lines[place].block.mark)
    return bool(numbered) and 100 * lost > MOST_LOST * len(numbered)


def _name_new_ones(tree: Tree, taken: set[str], records: Sequence[RevisionRecord]) -> None:
    """An id for each that has none: of its bookmark where an earlier revision knows it, else of its words."""
    used = {node.name for node in tree.nodes if node.name}
    known = set(items_of(records[-1])) if len(records) > 1 else set()
    for node in tree.nodes:
        if not node.name and node.line:
            own = next((name for name in node.line.names if name in known and name not in used), None)
            node.name = own or fresh_id(node.line.text, taken, node.kind)
            used.add(node.name)
            taken.add(node.name)


def _fields(tree: Tree, context: Context) -> dict[str, Fields]:
    """What changed of each, and all of what is new; the clause before it stands for one of which nothing is known."""
    found: dict[str, Fields] = {}
    near: Item | None = next(iter(context.inherited.values()), None)
    for node in tree.nodes:
        if node.part:
            found[node.name] = changed_fields(node, context) | _as_clause(node, context)
        else:
            found[node.name] = new_fields(node, _source(node, context) or near, context)
        near = context.inherited.get(node.name, near)
    return {name: fields for name, fields in found.items() if fields}


def _as_clause(node: Node, context: Context) -> Fields:
    """An item that became a clause has the force and the topics that it took from its list, to be looked at."""
    was = context.inherited.get(node.name)
    if node.kind != "clause" or was is None or isinstance(context.records[node.name], ClauseRecord):
        return {}
    given = {"modality": was.modality or "states", "topics": list(was.topics or ())}
    return given | ({"binds": list(was.binds)} if was.binds else {}) | {"suggested": ["modality", "topics"]}


def _source(node: Node, context: Context) -> Item | None:
    """The clause whose words these were before somebody split it."""
    words = Counter(words_of(node.line.read)) if node.line else Counter[str]()
    total = words.total()
    shares = [
        (100 * (words & Counter(words_of(record.said))).total() // max(1, total), record)
        for record in context.inherited.values()
    ]
    share, best = max(shares, key=lambda one: one[0], default=(0, None))
    return best if share >= PART_OF and total > 1 else None


def _doubts(
    parts: Sequence[Part], lines: Sequence[Line], alignment: Alignment, tree: Tree
) -> Iterator[tuple[str, str]]:
    """What was not sure when parts were found, and what was not sure when words were read that are new."""
    yield from ((parts[alignment.pairs[place]].of, why) for place, why in sorted(alignment.doubts.items()))
    names = _names(tree)
    new = (line for place, line in enumerate(lines) if place not in alignment.pairs)
    yield from (
        (names[line.block.place.line], f"“{line.read}”: {why}")
        for line in new
        for why in line.block.doubts
        if line.block.place.line in names
    )


def _names(tree: Tree) -> dict[int, str]:
    return {
        line.block.place.line: node.name for node in tree.nodes for line, _ in (*node.texts, *node.after, *node.blocks)
    }


def _unknown_front(tree: Tree, owner: str) -> list[Line]:
    """Words above the text that no file of ours has there."""
    return [line for line in tree.front if not (line.is_table or _is_of_front(line, owner)) and line.read]


def _is_of_front(line: Line, owner: str) -> bool:
    return line.block.look.style in KNOWN_FRONT or line.read == as_read(owner) or FRONT.fullmatch(line.read) is not None


def _with_pictures(tree: Tree, fields: Mapping[str, Fields]) -> list[Node]:
    """The clauses whose figure is a picture that somebody put in."""
    return [node for node in tree.nodes if "figure" in fields.get(node.name, {}) and added_picture(node)]


def _pictures_left(tree: Tree, fields: Mapping[str, Fields]) -> list[Line]:
    """New pictures, and captions of new pictures, that have no place: a clause shows one picture."""
    taken = [added[0] for node in _with_pictures(tree, fields) if (added := added_picture(node))]
    found = ((line, part) for node in tree.nodes for line, part in node.blocks)
    return [
        line
        for line, part in found
        if part is None and not line.is_table and shape_of(line).kind == "block" and line not in taken
    ]
