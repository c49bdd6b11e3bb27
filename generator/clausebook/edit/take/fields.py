"""Which fields of a section, clause or item somebody changed in Word, and the fields of one that is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clausebook.edit.importers.suggestions.force import guess_force
from clausebook.edit.take.lines import Awaited, Line
from clausebook.edit.take.pictures import added_figure
from clausebook.edit.take.texts import changed_line, changed_text, restore_links
from clausebook.edit.take.tree import Node
from clausebook.model import SectionRecord
from clausebook.model.outline import Part
from clausebook.model.revision import Item
from clausebook.model.structures import FormField
from clausebook.model.text import Medium, as_read

Fields = dict[str, Any]
"""By their names; None takes a field out."""
ByKind = Mapping[str, Sequence[tuple[Line, Part | None]]]
FORM = ("form", "field")


@dataclass(frozen=True)
class Context:
    """What is known of the file as a whole."""

    records: Mapping[str, Item | SectionRecord]
    """What each id was."""
    inherited: Mapping[str, Item]
    """The same clauses and items, each with the force, the topics and the roles that it takes from above."""
    medium: Medium
    """Where the links of the file led."""
    has_numbers: bool = True
    """Whether the numbers of clauses came back: some programs lose all of them."""


def changed_fields(node: Node, context: Context) -> Fields:
    """The fields that somebody changed, of what was there before."""
    record = context.records[node.name]
    changed = _number(node, record, context)
    if isinstance(record, SectionRecord):
        heading = changed_line(record.heading, node.texts[0][0])
        return changed | ({"heading": heading} if heading else {})
    if (text := changed_text(record.text, node.texts, context.medium)) is not None:
        changed["text"] = text or None
        changed |= _force(record, node, context)
    if (after := changed_text(record.after, node.after, context.medium)) is not None:
        changed["after"] = after or None
    return changed | _note(node, record, context) | _blocks(node, record, context)


def new_fields(node: Node, like: Item | None, context: Context) -> Fields:
    """The fields of a new one; `like` is the clause whose words these were, or that stands next to it: what it takes from there is suggested."""
    fields: Fields = {"id": node.name}
    line = node.texts[0][0]
    if line.block.number and context.has_numbers:
        fields["number"] = line.block.number
    if node.kind == "section":
        return fields | {"heading": line.read}
    text = changed_text(None, node.texts, context.medium) or ""
    force = guess_force(text)
    if node.kind == "clause":
        fields |= {"modality": force or "states", "topics": list(like.topics or ()) if like else []}
        fields |= {"binds": list(like.binds)} if like and like.binds else {}
        fields["suggested"] = [name for name in ("modality", "topics", "binds") if name in fields]
    elif force and like is not None and like.modality:
        fields |= {"modality": force, "suggested": ["modality"]}
    fields |= {"text": text} if text else {}
    if after := changed_text(None, node.after, context.medium):
        fields["after"] = after
    if node.texts[-1][0].note:
        fields["note"] = node.texts[-1][0].note
    tables = [line for line, _ in node.blocks if line.is_table]
    return fields | ({"table": _new_table(tables[0])} if tables else {}) | added_figure(node, None)


def _force(record: Item, node: Node, context: Context) -> Fields:
    """Words that state another force than before suggest another force; a force that was not that of the words is kept."""
    before, now = guess_force(record.text or ""), guess_force(node.texts[0][0].text)
    inherited = context.inherited[node.name].modality
    if before == now or not now or (before or "states") != inherited:
        return {}
    return {"modality": now, "suggested": sorted({*record.suggested, "modality"})}


def _number(node: Node, record: Item | SectionRecord, context: Context) -> Fields:
    now = node.texts[0][0].block.number
    if not context.has_numbers or now == (record.number or "").removesuffix(".") or now == record.number:
        return {}
    return {"number": now}


def _note(node: Node, record: Item, context: Context) -> Fields:
    now = next((line.note for line, _ in (*node.texts, *node.after) if line.note), None)
    if as_read(record.note or "") == as_read(now or ""):
        return {}
    return {"note": restore_links(now, [record.note or ""], context.medium) if now else None}


def _blocks(node: Node, record: Item, context: Context) -> Fields:
    """What became of its table, its figure, its form and its file."""
    by_kind: dict[str, list[tuple[Line, Part | None]]] = {}
    for line, part in node.blocks:
        kind = part.kind if part else "table" if line.is_table else "new"
        by_kind.setdefault(kind, []).append((line, part))
    return {
        **_table(by_kind, record, context),
        **_figure(by_kind, record, context),
        **_form(by_kind, record),
        **_file(by_kind, record),
        **_added(node, by_kind, record, context),
    }


def _table(by_kind: ByKind, record: Item, context: Context) -> Fields:
    tables = by_kind.get("table", ())
    if not tables:
        return {"table": None} if record.table else {}
    if record.table is None:
        return {"table": _new_table(tables[0][0])}
    old = (record.table.header, *record.table.rows)
    rows = _kept_cells(old, tables[0][0], context)
    caption = _caption(by_kind, record.table.caption, 0, context)
    if rows == [list(row) for row in old] and caption == record.table.caption:
        return {}
    return {"table": ({"caption": caption} if caption else {}) | {"header": rows[0], "rows": rows[1:]}}


def _figure(by_kind: ByKind, record: Item, context: Context) -> Fields:
    """Its picture is the file of the policy; its alternative and the words below it may be edited in Word."""
    if record.figure is None:
        return {}
    line = next((line for line, _ in by_kind.get("figure", ())), None)
    if line is None:
        return {"figure": None}
    shown = line.block.picture.alternative if line.block.picture else line.bare
    is_same = not shown or as_read(shown) == as_read(record.figure.alternative)
    told = record.figure.alternative if is_same else shown
    caption = _caption(by_kind, record.figure.caption, 1, context)
    if (told, caption) == (record.figure.alternative, record.figure.caption):
        return {}
    return {"figure": {"file": record.figure.file, "alternative": told} | ({"caption": caption} if caption else {})}


def _added(node: Node, by_kind: ByKind, record: Item, context: Context) -> Fields:
    """A picture that somebody put in; in the place of another it has that one's caption."""
    caption = _caption(by_kind, record.figure.caption, 1, context) if record.figure else None
    return added_figure(node, record, caption or "")


def _caption(by_kind: ByKind, before: str | None, place: int, context: Context) -> str | None:
    captions = [(line, part) for line, part in by_kind.get("caption", ()) if part and part.place == place]
    changed = changed_text(before, captions, context.medium)
    return before if changed is None else changed or None


def _kept_cells(old: Sequence[Sequence[str]], line: Line, context: Context) -> list[list[str]]:
    """The cells as they are now; one whose words are somewhere among the old ones is as its author wrote it."""
    written = {as_read(cell): cell for row in old for cell in row}
    now = [
        [
            written.get(as_read(cell), restore_links(cell, [one for row in old for one in row], context.medium))
            for cell in row
        ]
        for row in line.cells
    ]
    widest = max(len(row) for row in now)
    return [[*row, *[""] * (widest - len(row))] for row in now]


def _new_table(line: Line) -> dict[str, Any]:
    header, *rows = ([" ".join(cell.split()) for cell in row] for row in line.cells)
    width = max(len(row) for row in (header, *rows))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    caption = {"caption": line.text} if line.text else {}
    return {
        **caption,
        "header": [cell or "-" for cell in [*header, *[""] * (width - len(header))]],
        "rows": filled or [[""] * width],
    }


def _form(by_kind: ByKind, record: Item) -> Fields:
    """A form keeps the kinds of its fields; a label that somebody reworded is the same field."""
    if record.form is None:
        return {}
    lines = [one for kind in FORM for one in by_kind.get(kind, ())]
    if not lines:
        return {"form": None}
    shown = next((line.read for line, part in lines if part and part.kind == "form"), "")
    title = shown if shown and shown != as_read(record.form.title) else record.form.title
    asked = [_form_field(line, part) for line, part in lines if part and part.kind == "field"]
    was = [one.model_dump(exclude_defaults=True) for one in record.form.fields]
    if title == record.form.title and asked == was:
        return {}
    return {"form": {"title": title, "fields": asked}} if asked else {"form": None}


def _form_field(line: Line, part: Part) -> dict[str, Any]:
    assert isinstance(part.block, FormField)
    was = part.block.model_dump(exclude_defaults=True)
    if line.bare == Awaited(part).bare:
        return was
    label, _, hint = line.bare.removesuffix(")").partition(" (")
    return was | {"label": label} | ({"hint": hint} if hint else {})


def _file(by_kind: ByKind, record: Item) -> Fields:
    if record.attachment is None:
        return {}
    line = next((line for line, _ in by_kind.get("file", ())), None)
    if line is None:
        return {"attachment": None}
    if line.bare == as_read(record.attachment.label):
        return {}
    return {"attachment": {"file": record.attachment.file, "label": line.bare}}
