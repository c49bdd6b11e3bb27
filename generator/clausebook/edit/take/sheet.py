"""A spreadsheet that came back: what its rows change of clauses that are there. Rows are found by their ids and by nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clausebook.check.walk import walk_clauses, walk_sections
from clausebook.edit.field_lines import Edit, FieldLines
from clausebook.edit.importers.blocks import Block, Document
from clausebook.load.document import Path
from clausebook.model import Item, RevisionRecord, SectionRecord
from clausebook.model.labels import FORCE
from clausebook.model.outline import outline_of_record

FORMATS = ("xlsx", "csv")
IN_WORD = "add, move or take out clauses in Word (`clausebook word`), or in the draft's file"
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class SheetTaken:
    """What a sheet makes of a draft."""

    text: str
    """Of the draft's file; as it was where no cell was changed."""
    left: tuple[str, ...]
    """What was not taken, in words."""


def take_sheet(document: Document, text: str, record: RevisionRecord) -> SheetTaken:
    """Take the changed cells of a sheet into the draft whose text and record are given. Raises NotInFieldsError."""
    places: dict[str, tuple[Path, Item | SectionRecord]] = {
        section.id: (path, section) for path, section, _ in walk_sections(record)
    }
    places |= {written.item.id: (written.path, written.item) for written in walk_clauses(record)}
    file, edits = FieldLines(text), list[Edit]()
    left = []
    met: list[str] = []
    for name, row in _rows(document.blocks):
        if name not in places or name in met:
            left.append(
                f"line {row[0].place.line}, “{row[0].text[:60]}”: {'its id is there twice' if name in met else 'it has no id of a clause that is there'}; {IN_WORD}"
            )
            continue
        met.append(name)
        path, part = places[name]
        for field, value in _changes(row, part).items():
            edits += _edit(file, path, field, value)
    left += [f"`{name}` has no row any more, and stays; {IN_WORD}" for name in places if name not in met]
    there = [part.of for part in outline_of_record(record) if part.is_anchored and part.of in met]
    if there != met:
        left.append(f"the rows are in another order, and the clauses stay where they are; {IN_WORD}")
    return SheetTaken(file.written(edits) if edits else text, tuple(left))


def _rows(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
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
