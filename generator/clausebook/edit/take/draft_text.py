"""The text of the draft's file: its sections as Word has them, its title and facts, and nothing that names a clause that is gone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from clausebook.edit.field_lines import Edit, FieldLines
from clausebook.edit.take.fields import Context, Fields
from clausebook.edit.take.front import DATES, read_front
from clausebook.edit.take.references import without_gone
from clausebook.edit.take.rewrite import rewrite_sections
from clausebook.edit.take.texts import changed_text
from clausebook.edit.take.tree import Tree
from clausebook.model import RevisionRecord


@dataclass(frozen=True)
class Drafted:
    text: str
    unread: tuple[str, ...] = ()
    answers_gone: tuple[str, ...] = ()


def rewrite_draft(
    text: str, tree: Tree, fields: Mapping[str, Fields], base: RevisionRecord, context: Context
) -> Drafted:
    """The draft's text with all that changed. Raises NotInFieldsError."""
    names = {node.name for node in tree.nodes}
    gone = set(_ids(FieldLines(text).document.value["sections"])) - names
    cleaned = without_gone(rewrite_sections(text, tree.sections, fields), gone)
    front = read_front(tree.front, base)
    title = changed_text(base.title, [(tree.title, None)], context.medium) if tree.title else None
    facts = dict(front.facts) | ({"title": title} if title else {})
    return Drafted(_with_facts(cleaned.text, facts), front.unread, cleaned.answers)


def _ids(entries: list[dict[str, object]]) -> list[str]:
    found = []
    for entry in entries:
        found.append(str(entry["id"]))
        for name in ("clauses", "sections", "items"):
            found += _ids(entry.get(name) or [])  # type: ignore[arg-type]
    return found


def _with_facts(text: str, facts: Mapping[str, str]) -> str:
    file, edits = FieldLines(text), list[Edit]()
    for name, value in facts.items():
        if name not in DATES:
            place = file.lines_of(name) if file.has(name) else (file.lines_of("title")[1],) * 2
            edits.append((place, [f"{name}: {json.dumps(value, ensure_ascii=False)}"]))
    stated = file.document.value.get("not_stated") or []
    if set(stated) & set(facts):
        left = [name for name in stated if name not in facts]
        edits.append((file.lines_of("not_stated"), [f"not_stated: [{', '.join(left)}]"] if left else []))
    dates = {name: value for name, value in facts.items() if name in DATES}
    if dates:
        edits += _dates(file, dates)
    return file.written(edits)


def _dates(file: FieldLines, dates: Mapping[str, str]) -> list[Edit]:
    there = file.document.value.get("dates") or {}
    merged = {name: value for name in DATES if (value := dates.get(name, there.get(name)))}
    below = file.below("dates") if file.has("dates") else ()
    comments = [line for line in below if line.lstrip().startswith("#")]
    place = file.lines_of("dates") if file.has("dates") else (file.lines_of("status")[1],) * 2
    return [(place, ["dates:", *(f"  {name}: {value}" for name, value in merged.items()), *comments])]
