"""A spreadsheet that came back: its rows are found by their ids and by nothing else; one without an id is a new clause."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clausebook.check.walk import walk_clauses, walk_sections
from clausebook.edit.field_lines import Edit, FieldLines
from clausebook.edit.importers.blocks import Block, Document
from clausebook.edit.take.draft_text import rewrite_draft
from clausebook.edit.take.fields import Context, Fields
from clausebook.edit.take.rows import Row, new_fields, tree_of_rows
from clausebook.edit.take.taking import inherited, items_of
from clausebook.edit.take.told import ANSWER_GONE, LINK_GONE
from clausebook.load.document import Path
from clausebook.model import Item, RevisionRecord, SectionRecord
from clausebook.model.labels import FORCE
from clausebook.model.outline import TITLE, outline_of_record
from clausebook.model.text import Medium

FORMATS = ("xlsx", "csv")
IN_WORD = "no clause is added or taken out. Do it in Word (`clausebook word`), or in the draft's file"


@dataclass(frozen=True)
class SheetTaken:
    """What a sheet makes of a draft."""

    text: str
    """Of the draft's file; as it was where no cell was changed."""
    left: tuple[str, ...] = ()
    """What was not taken, in words."""
    told: tuple[str, ...] = ()
    """What else is to be known, in words."""


def take_sheet(document: Document, text: str, record: RevisionRecord, taken: Iterable[str]) -> SheetTaken:
    """Take the rows of a sheet into the draft whose text and record are given; `taken` are ids that are in use. Raises NotInFieldsError."""
    places: dict[str, tuple[Path, Item | SectionRecord]] = {
        section.id: (path, section) for path, section, _ in walk_sections(record)
    }
    places |= {written.item.id: (written.path, written.item) for written in walk_clauses(record)}
    rows = list(_rows(document.blocks))
    if [name for name, _ in rows] == list(_in_order(record)):
        return SheetTaken(_with_cells(text, rows, places))
    why = next((f"`{name}` has no words of its own" for name in _without_words(record)), None)
    tree = why or tree_of_rows(rows, record, {*taken, *places})
    if isinstance(tree, str):
        known = _each_once([one for one in rows if one[0] in places])
        return SheetTaken(_with_cells(text, known, places), (*_left(rows, places), f"{tree}: {IN_WORD}"))
    nodes, before = list(tree.nodes), inherited(record)
    fields, near = dict[str, Fields](), next(iter(before.values()), None)
    for node, (name, row) in zip(nodes, rows, strict=True):
        fields[node.name] = dict(_changes(row, places[name][1])) if name in places else new_fields(row, node.name, near)
        near = before.get(name, near)
    drafted = rewrite_draft(text, tree, _as_written(fields), record, Context(items_of(record), before, Medium()))
    told = (f"{ANSWER_GONE.format(question)}" for question in drafted.answers_gone)
    return SheetTaken(drafted.text, (), (*told, *(LINK_GONE.format(name) for name in drafted.unlinked)))


def _with_cells(text: str, rows: Iterable[Row], places: Mapping[str, tuple[Path, Item | SectionRecord]]) -> str:
    """The text with the cells that were changed, where no row came or went."""
    file, edits = FieldLines(text), list[Edit]()
    for name, row in rows:
        path, part = places[name]
        for field, value in _changes(row, part).items():
            edits += _edit(file, path, field, value)
    return file.written(edits) if edits else text


def _left(rows: Sequence[Row], places: Collection[str]) -> Iterator[str]:
    """What is not taken where rows cannot be added or taken out."""
    names = [name for name, _ in rows]
    for place, (name, row) in enumerate(rows):
        if name not in places or name in names[:place]:
            why = "its id is there twice" if name in places else "it has no id of a clause that is there"
            yield f"line {row[0].place.line}, “{row[0].text[:60]}”: {why}"
    yield from (f"`{name}` has no row any more, and stays" for name in places if name not in names)


def _each_once(rows: Iterable[Row]) -> list[Row]:
    found: dict[str, list[Block]] = {}
    for name, row in rows:
        found.setdefault(name, row)
    return list(found.items())


def _in_order(record: RevisionRecord) -> Iterator[str]:
    return (part.of for part in outline_of_record(record) if part.is_anchored and part.of != TITLE)


def _without_words(record: RevisionRecord) -> Iterator[str]:
    return (written.item.id for written in walk_clauses(record) if not written.item.text)


def _as_written(fields: Mapping[str, Fields]) -> dict[str, Fields]:
    return {
        name: {field: list(value) if isinstance(value, tuple) else value for field, value in changed.items()}
        for name, changed in fields.items()
        if changed
    }


def _rows(blocks: Sequence[Block]) -> Iterator[Row]:
    """The id of each row, with its blocks: its words first."""
    row: list[Block] = []
    for block in blocks:
        if block.kind == "furniture" or block.given.get("of") == "column":
            continue
        if block.given.get("row") in ("after", "note") and row:
            row.append(block)
            continue
        if row:
            yield row[0].given.get("id", ""), row
        row = [block]
    if row:
        yield row[0].given.get("id", ""), row


def _changes(row: Sequence[Block], part: Item | SectionRecord) -> Fields:
    first, given = row[0], row[0].given
    if isinstance(part, SectionRecord):
        told: dict[str, Any] = {"heading": first.text, "number": first.mark or None}
    else:
        rest = {block.given["row"]: block.text for block in row[1:]}
        told = {"text": first.text, "number": _number(first), "after": rest.get("after"), "note": rest.get("note")}
        told |= {"modality": given.get("force")} if given.get("force") in (None, *FORCE) else {}
        told |= {
            "topics": tuple(given.get("topics", "").split()) or None,
            "binds": tuple(given.get("binds", "").split()) or None,
        }
        told["must_know"] = given.get("must_know", "").lower() in ("yes", "true", "x") or None
    return {name: value for name, value in told.items() if value != (getattr(part, name) or None)}


def _number(block: Block) -> str | None:
    return block.mark if any(sign.isalnum() for sign in block.mark) else None


def _edit(file: FieldLines, path: Path, name: str, value: Any) -> Iterator[Edit]:
    if file.has(*path, name):
        yield (
            file.lines_of(*path, name),
            [] if value is None else [f"{file.lead(*path, name)}{name}: {_written(value)}"],
        )
    elif value is not None:
        lead = " " * len(file.lead(*path, "id"))
        place = file.lines_of(*path, "id")[1]
        yield (place, place), [f"{lead}{name}: {_written(value)}"]


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    return str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
