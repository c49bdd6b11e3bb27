"""The sections of a revision's file as Word has them now: what nobody touched stays to the byte, comments and all."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from clausebook.edit.field_lines import FieldLines, NotInFieldsError
from clausebook.edit.importers.written import written
from clausebook.edit.take.fields import Fields
from clausebook.edit.take.tree import Node
from clausebook.load.document import Path

LISTS = ("clauses", "sections", "items")
ORDER = (
    "id", "number", "number_inferred", "heading", "heading_lost", "lines", "must_know", "modality", "binds", "topics", "suggested", "doubts", "defines",
    "stands_alone", "text", "table", "figure", "form", "attachment", "items", "after", "note", "clauses", "sections",
)  # fmt: skip
WIDTH = 130


def rewrite_sections(text: str, sections: Sequence[Node], fields: Mapping[str, Fields]) -> str:
    """The text of the file with these sections; `fields` are those that changed, and all those of what is new, by id. Raises NotInFieldsError."""
    file = FieldLines(text)
    work = _Rewriting(file, fields)
    first, end = file.lines_of("sections")
    return file.written([((first, end), [file.document.lines[first], *work.entries(sections, 2)])])


class _Rewriting:
    def __init__(self, file: FieldLines, fields: Mapping[str, Fields]) -> None:
        self.file, self.fields, self.lines = file, fields, file.document.lines
        self.paths: dict[str, Path] = {}
        self.above: dict[str, tuple[int, int]] = {}
        """The lines above an entry that speak of it: comments, blank lines."""
        self._find(file.document.value["sections"], ("sections",))

    def _find(self, entries: Sequence[Mapping[str, Any]], path: Path) -> None:
        before = self.file.document.spot(*path).key.line
        for place, entry in enumerate(entries):
            own = (*path, place)
            self.paths[entry["id"]] = own
            if lines := self._own_lines(own):
                self.above[entry["id"]] = (before, lines[0])
                before = lines[1]
            for name in LISTS:
                self._find(entry.get(name) or (), (*own, name))

    def _own_lines(self, path: Path) -> tuple[int, int] | None:
        """None where it shares its line with others, in brackets."""
        try:
            return self.file.lines_of(*path)
        except NotInFieldsError:
            return None

    def entries(self, nodes: Sequence[Node], indent: int) -> list[str]:
        return [line for node in nodes for line in self._entry(node, indent)]

    def _entry(self, node: Node, indent: int) -> list[str]:
        path = self.paths.get(node.name)
        lines = self._own_lines(path) if path else None
        if path is None or lines is None:
            return self._anew(node, self._value(path), indent)
        above = _shift(self.lines[slice(*self.above[node.name])], indent - (len(self.file.lead(*path)) - 2))
        if not self._is_block(path):
            kept = (
                not self.fields.get(node.name)
                and not node.children
                and not any(self._value(path).get(name) for name in LISTS)
            )
            shifted = _shift(self.lines[slice(*lines)], indent - self._dash(path))
            return [*above, *(shifted if kept else self._anew(node, self._value(path), indent))]
        return [*above, *self._block(node, path, lines, indent)]

    def _dash(self, path: Path) -> int:
        return self.file.lead(*path).index("-")

    def _value(self, path: Path | None) -> Mapping[str, Any]:
        value: Any = self.file.document.value
        for step in path or ():
            value = value[step]
        return value if path else {}

    def _is_block(self, path: Path) -> bool:
        try:
            self.file.lead(*path, next(iter(self._value(path))))
        except NotInFieldsError:
            return False
        return True

    def _anew(self, node: Node, value: Mapping[str, Any], indent: int) -> list[str]:
        """An entry written from its fields."""
        merged = {
            name: one
            for name, one in {**value, **self.fields.get(node.name, {})}.items()
            if one is not None and name not in LISTS
        }
        ordered = {name: merged[name] for name in sorted(merged, key=_rank)}
        first, *others = written({"-": [ordered]}).splitlines()[1:]
        own = _shift([first, *others], indent - 2)
        blank = [""] if node.kind == "section" and node.depth == 1 else []
        return [*blank, *own, *self._lists(node, indent + 2)]

    def _block(self, node: Node, path: Path, lines: tuple[int, int], indent: int) -> list[str]:
        value, changed = self._value(path), dict(self.fields.get(node.name, {}))
        shift = indent - self._dash(path)
        keys = " " * (len(self.file.lead(*path, next(iter(value)))) + shift)
        lists = self._lists_of(node)
        chunks: dict[str, list[str]] = {}
        at = lines[0]
        for name in value:
            first, end = self.file.lines_of(*path, name)
            comments = _shift(self.lines[at:first], shift)
            if name in LISTS:
                chunks[name] = self._list(name, lists.pop(name, []), (*path, name), comments, keys)
            elif name in changed:
                new = changed.pop(name)
                chunks[name] = [*comments, *_field(name, new, keys)] if new is not None else []
            else:
                chunks[name] = _shift(self.lines[at:end], shift)
            if at == lines[0] and chunks[name]:
                chunks[name][0] = (
                    chunks[name][0].replace("-", " ", 1)
                    if chunks[name][0][indent : indent + 1] == "-"
                    else chunks[name][0]
                )
            at = end
        chunks |= {name: _field(name, one, keys) for name, one in changed.items() if one is not None}
        chunks |= {name: [f"{keys}{name}:", *self.entries(nodes, len(keys) + 2)] for name, nodes in lists.items()}
        ordered = [line for name in _in_order(chunks, list(value)) for line in chunks[name]]
        tail = _shift(self.lines[at : lines[1]], shift)
        return [*_with_dash(ordered, indent, len(keys)), *tail]

    def _list(self, name: str, nodes: Sequence[Node], path: Path, comments: list[str], keys: str) -> list[str]:
        if not nodes:
            return []
        deeper = len(keys) + 2
        if (value := self._value(path)) and self._own_lines((*path, 0)) and value:
            deeper = len(keys) + self._dash((*path, 0)) - self.file.document.spot(*path).key.column + 1
        return [*comments, f"{keys}{name}:", *self.entries(nodes, deeper)]

    def _lists(self, node: Node, indent: int) -> list[str]:
        return [
            line
            for name, nodes in self._lists_of(node).items()
            for line in (f"{' ' * indent}{name}:", *self.entries(nodes, indent + 2))
        ]

    def _lists_of(self, node: Node) -> dict[str, list[Node]]:
        lists = {"clauses": [], "sections": []} if node.kind == "section" else {"items": []}  # type: dict[str, list[Node]]
        for child in node.children:
            lists[f"{child.kind}s"].append(child)
        return {name: nodes for name, nodes in lists.items() if nodes}


def _rank(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _in_order(chunks: Mapping[str, list[str]], there: Sequence[str]) -> list[str]:
    """The fields in the order that they had, each new one behind the last that comes before it."""
    ordered = [name for name in there if name in chunks]
    for name in (name for name in chunks if name not in there):
        place = max((at + 1 for at, other in enumerate(ordered) if _rank(other) < _rank(name)), default=0)
        ordered.insert(place, name)
    return ordered


def _with_dash(lines: Sequence[str], indent: int, keys: int) -> list[str]:
    """The lines of an entry, the first field of which bears its dash."""
    first = next(place for place, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    dashed = f"{' ' * indent}-{' ' * (keys - indent - 1)}{lines[first].lstrip()}"
    return [*lines[:first], dashed, *lines[first + 1 :]]


def _field(name: str, value: Any, keys: str) -> list[str]:
    """A field with its value, long words folded."""
    if isinstance(value, str):
        if len(value) + len(keys) > WIDTH and "\n" not in value and value.strip() == value:
            folded = textwrap.wrap(value, WIDTH - len(keys) - 2, break_long_words=False, break_on_hyphens=False)
            if " ".join(folded) == value:  # a tab, or two spaces, would be lost
                return [f"{keys}{name}: >-", *(f"{keys}  {line}" for line in folded)]
        return [f"{keys}{name}: {json.dumps(value, ensure_ascii=False)}"]
    return _shift(written({name: value}).splitlines(), len(keys))


def _shift(lines: Sequence[str], by: int) -> list[str]:
    """The lines further in, or further out as far as they have room."""
    if by >= 0:
        return [" " * by + line if line.strip() else line for line in lines]
    return [line[min(-by, len(line) - len(line.lstrip())) :] for line in lines]
