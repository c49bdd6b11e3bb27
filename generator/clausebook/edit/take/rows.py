"""The rows of a sheet as sections, clauses and items, where somebody added rows or took some out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.ids import fresh_id
from clausebook.edit.importers.suggestions.force import guess_force
from clausebook.edit.take.fields import Fields
from clausebook.edit.take.tree import Kind, Node, Tree
from clausebook.model import RevisionRecord, SectionRecord
from clausebook.model.labels import FORCE
from clausebook.model.revision import Item

Row = tuple[str, list[Block]]
"""Its id, and its blocks: its words first."""
KINDS: Mapping[str, Kind] = {"heading": "section", "item": "item"}
OWN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FEWEST = 50
"""Of 100 clauses, how many must have a row: a sheet with fewer is a part of one, and nothing is taken out for that."""


@dataclass(frozen=True)
class _Place:
    kind: Kind
    depth: int
    above: str | None
    """The id of what it stands in."""


def tree_of_rows(rows: Sequence[Row], record: RevisionRecord, taken: set[str]) -> Tree | str:
    """The text that the rows make; or why nothing is added or taken out, in words. New rows get an id that is not `taken`."""
    places = dict(_places(record))
    met = [name for name, _ in rows if name in places]
    if met != [name for name in places if name in met]:
        return "the rows are in another order"
    if 100 * len(met) < FEWEST * len(places):
        return "most clauses have no row"
    tree, sections, items = Tree(), list[Node](), list[Node]()
    for known, row in rows:
        place = places.get(known) or _place_of(row[0], len(sections), len(items))
        node = Node(place.kind, place.depth, None, None, known if known in places else _new_id(row[0], taken))
        if node.kind == "section":
            del sections[place.depth - 1 :]
            above = sections[-1:]
            sections, items = [*sections, node], []
        elif node.kind == "clause":
            above = sections[-1:]
            items = [node]
        else:
            del items[place.depth + 1 :]
            above = items[place.depth :]
            items = [*items, node]
        if known in places and place.above != (above[0].name if above else None) and not _is_new_section(above, places):
            return f"`{known}` would be below another clause or heading than before"
        if not above and node.kind != "section":
            return f"line {row[0].place.line} would have no heading above it"
        (above[0].children if above else tree.sections).append(node)
    return tree


def new_fields(row: Sequence[Block], name: str, like: Item | None) -> Fields:
    """The fields of a new row; `like` is the clause before it: what it takes from there, or from its own words, is suggested."""
    first, given = row[0], row[0].given
    number = {"number": first.mark} if any(sign.isalnum() for sign in first.mark) else {}
    kind = KINDS.get(given.get("row", ""), "clause")
    if kind == "section":
        return {"id": name, **number, "heading": first.text}
    force, topics, binds = given.get("force"), given.get("topics", "").split(), given.get("binds", "").split()
    fields: Fields = {"id": name, **number}
    found = {"modality": force if force in FORCE else None, "topics": topics, "binds": binds}
    guessed: Fields = {"modality": guess_force(first.text)}
    if kind == "clause":
        guessed = {"modality": guessed["modality"] or "states", "topics": list(like.topics or ()) if like else []}
        guessed |= {"binds": list(like.binds)} if like and like.binds else {}
    suggested = [field for field, value in guessed.items() if value and not found[field]]
    fields |= {field: value for field in found if (value := found[field] or guessed.get(field))}
    fields |= {"suggested": suggested} if suggested else {}
    fields |= {"must_know": True} if given.get("must_know", "").lower() in ("yes", "true", "x") else {}
    return fields | {"text": first.text} | {block.given["row"]: block.text for block in row[1:]}


def _new_id(block: Block, taken: set[str]) -> str:
    own = block.given.get("id", "")
    name = own if OWN_ID.fullmatch(own) and own not in taken else fresh_id(block.text, taken)
    taken.add(name)
    return name


def _is_new_section(above: Sequence[Node], places: Mapping[str, _Place]) -> bool:
    """Clauses may come to stand below a new heading; an item never leaves its lead-in."""
    return bool(above) and above[0].kind == "section" and above[0].name not in places


def _place_of(block: Block, sections: int, items: int) -> _Place:
    """Where a new row stands by its kind and its level."""
    kind = KINDS.get(block.given.get("row", ""), "clause")
    if kind == "section":
        return _Place(kind, min(block.level or 1, sections + 1, 4), None)
    return _Place(kind, max(0, min(block.level or 0, items - 1)) if kind == "item" else 0, None)


def _places(record: RevisionRecord) -> Iterator[tuple[str, _Place]]:
    """Where each section, clause and item stands, in the order of the text."""

    def of_items(entries: Sequence[Item], above: str, depth: int) -> Iterator[tuple[str, _Place]]:
        for one in entries:
            yield one.id, _Place("item", depth, above)
            yield from of_items(one.items, one.id, depth + 1)

    def of_sections(entries: Sequence[SectionRecord], above: str | None, depth: int) -> Iterator[tuple[str, _Place]]:
        for one in entries:
            yield one.id, _Place("section", depth, above)
            for clause in one.clauses:
                yield clause.id, _Place("clause", 0, one.id)
                yield from of_items(clause.items, clause.id, 0)
            yield from of_sections(one.sections, one.id, depth + 1)

    return of_sections(record.sections, None, 1)
