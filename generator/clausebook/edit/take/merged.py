"""What happened to the draft since the file was made of it: kept where the file says nothing else, told where both changed the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clausebook.edit.take.fields import Fields
from clausebook.edit.take.tree import Kind, Node, Tree
from clausebook.model import RevisionRecord, SectionRecord
from clausebook.model.revision import Item

COMPARED = ("number", "heading", "text", "after", "note", "table", "figure", "form", "attachment")


@dataclass(frozen=True)
class Overtaken:
    """What stands in the way, in words: nothing is written while there is any."""

    conflicts: tuple[str, ...] = ()
    kept: int = 0
    """How many clauses were changed or added since, and stay so."""


@dataclass(frozen=True)
class _Placed:
    record: Item | SectionRecord
    above: str | None
    """The id of what it stands in."""
    before: str | None
    """The id of what stands before it there."""
    depth: int


def merge_since(tree: Tree, fields: Mapping[str, Fields], base: RevisionRecord, target: RevisionRecord) -> Overtaken:
    """Put into the tree what came into the draft since, and take out what went; return what cannot be put together."""
    if base.sections == target.sections:
        return Overtaken()
    was, is_ = ({one.record.id: one for one in _placed(record)} for record in (base, target))
    conflicts = [
        f"`{name}` was changed in the draft, too, after the file was made"
        for name in fields
        if name in was and name in is_ and _both(fields[name], was[name].record, is_[name].record)
    ]
    conflicts += [
        f"`{name}` was taken out of the draft after the file was made, and is changed in it"
        for name in fields
        if name in was and name not in is_
    ]
    common = [name for name in was if name in is_]
    if any(was[name].above != is_[name].above for name in common) or common != [name for name in is_ if name in was]:
        conflicts.append("clauses were moved in the draft after the file was made")
    if not conflicts:
        _drop(tree.sections, {name for name in was if name not in is_})
        for name, one in is_.items():
            if name not in was:
                _put(tree, one)
    changed = sum(
        1 for name in common if was[name].record != is_[name].record and not isinstance(was[name].record, SectionRecord)
    )
    return Overtaken(tuple(conflicts), changed + len(set(is_) - set(was)))


def _both(changed: Fields, was: Item | SectionRecord, is_: Item | SectionRecord) -> bool:
    return any(getattr(was, name, None) != getattr(is_, name, None) for name in changed if name in COMPARED)


def _placed(record: RevisionRecord) -> Iterator[_Placed]:
    def within(entries: tuple[Item | SectionRecord, ...], above: str | None, depth: int) -> Iterator[_Placed]:
        before = None
        for entry in entries:
            yield _Placed(entry, above, before, depth)
            before = entry.id
            if isinstance(entry, SectionRecord):
                yield from within(entry.clauses, entry.id, 0)
                yield from within(entry.sections, entry.id, depth + 1)
            else:
                yield from within(entry.items, entry.id, depth + 1 if above else 0)

    yield from within(record.sections, None, 1)


def _drop(nodes: list[Node], gone: set[str]) -> None:
    nodes[:] = [node for node in nodes if node.name not in gone]
    for node in nodes:
        _drop(node.children, gone)


def _put(tree: Tree, one: _Placed) -> None:
    is_clause = one.above is not None and _is_section(tree, one.above)
    kind: Kind = "section" if isinstance(one.record, SectionRecord) else "clause" if is_clause else "item"
    node = Node(kind, one.depth, None, None, one.record.id)
    siblings = (
        tree.sections if one.above is None else next(found.children for found in tree.nodes if found.name == one.above)
    )
    place = next(
        (at + 1 for at, other in enumerate(siblings) if other.name == one.before),
        0 if one.before is None else len(siblings),
    )
    siblings.insert(place, node)


def _is_section(tree: Tree, name: str) -> bool:
    return any(node.name == name and node.kind == "section" for node in tree.nodes)
