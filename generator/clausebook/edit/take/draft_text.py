"""The text of the draft's file: its sections as Word has them, its title and facts, and nothing that names a clause that is gone."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from clausebook.edit.field_lines import Edit, FieldLines
from clausebook.edit.importers.written import written
from clausebook.edit.take.fields import Context, Fields
from clausebook.edit.take.front import DATES, added_history, read_front
from clausebook.edit.take.references import without_gone
from clausebook.edit.take.rewrite import rewrite_sections
from clausebook.edit.take.texts import changed_line
from clausebook.edit.take.tree import Tree
from clausebook.model import RevisionRecord
from clausebook.model.revision import Item
from clausebook.model.text import LINK

WITH_LINKS = ("text", "after", "note")


@dataclass(frozen=True)
class Drafted:
    text: str
    unread: tuple[str, ...] = ()
    answers_gone: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    """The clauses that had a link to one that is gone."""


def rewrite_draft(
    text: str, tree: Tree, fields: Mapping[str, Fields], base: RevisionRecord, context: Context
) -> Drafted:
    """The draft's text with all that changed. Raises NotInFieldsError."""
    names = {node.name for node in tree.nodes}
    gone = set(_ids(FieldLines(text).document.value["sections"])) - names
    unlinked = _without_links(tree, fields, context, gone)
    cleaned = without_gone(rewrite_sections(text, tree.sections, {**fields, **unlinked}), gone)
    front = read_front(tree.front, base)
    title = changed_line(base.title, tree.title) if tree.title else None
    facts = dict(front.facts) | ({"title": title} if title else {})
    told = _with_history(_with_facts(cleaned.text, facts), tree, base)
    return Drafted(told, front.unread, cleaned.answers, tuple(unlinked))


def _without_links(
    tree: Tree, fields: Mapping[str, Fields], context: Context, gone: Collection[str]
) -> dict[str, Fields]:
    """The fields of the clauses that have a link to one that is gone, with its words alone."""
    found: dict[str, Fields] = {}
    for node in tree.nodes:
        record = context.records.get(node.name)
        if isinstance(record, Item):
            was = {name: getattr(record, name) for name in WITH_LINKS} | dict(fields.get(node.name, {}))
            now = {
                name: LINK.sub(lambda link: _unlinked(link, gone), was[name]) for name in WITH_LINKS if was.get(name)
            }
            if changed := {name: words for name, words in now.items() if words != was[name]}:
                found[node.name] = dict(fields.get(node.name, {})) | changed
    return found


def _unlinked(link: re.Match[str], gone: Collection[str]) -> str:
    return link["words"] if link["address"].removeprefix("#") in gone else link[0]


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


def _with_history(text: str, tree: Tree, base: RevisionRecord) -> str:
    """The text with the rows that somebody added to the history, above those that it had."""
    added = [one.model_dump(exclude_none=True) for one in added_history(tree.front, base)]
    if not added:
        return text
    file = FieldLines(text)
    lines = written({"history": [dict(one) for one in added]}).splitlines()
    if not file.has("history"):
        return file.written([((file.lines_of("status")[1],) * 2, lines)])
    first, end = file.lines_of("history")
    if not file.has("history", 0):
        return file.written([((first, end), [*lines, *file.below("history")])])
    below = file.document.lines[first + 1 : end]
    pad = " " * (file.lead("history", 0).index("-") - 2)
    return file.written([((first, end), [lines[0], *(pad + line for line in lines[1:]), *below])])


def _dates(file: FieldLines, dates: Mapping[str, str]) -> list[Edit]:
    there = file.document.value.get("dates") or {}
    merged = {name: value for name in DATES if (value := dates.get(name, there.get(name)))}
    below = file.below("dates") if file.has("dates") else ()
    comments = [line for line in below if line.lstrip().startswith("#")]
    place = file.lines_of("dates") if file.has("dates") else (file.lines_of("status")[1],) * 2
    return [(place, ["dates:", *(f"  {name}: {value}" for name, value in merged.items()), *comments])]
