"""What a newer revision of a model changes, taken into the draft of a policy that was made from an older one. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from pydantic import BaseModel

from clausebook.compare.departures import departures_from
from clausebook.compare.model_moves import ModelMove, ThreeWay, fill
from clausebook.edit.field_lines import Edit, FieldLines
from clausebook.edit.take.draft_text import Drafted, rewrite_draft
from clausebook.edit.take.fields import Context, Fields
from clausebook.edit.take.taking import inherited, items_of
from clausebook.edit.take.tree import Kind, Node, Tree
from clausebook.load.fields import read_record
from clausebook.load.merge import merge_revision
from clausebook.model import RevisionRecord, SectionRecord
from clausebook.model.handbook import Revision
from clausebook.model.revision import Item
from clausebook.model.text import Medium

OF_A_TEXT = ("heading", "modality", "binds", "text", "table", "form", "after", "note")
"""What is taken of a clause or a section that both have; its topics and its number stay ours."""
OF_A_NEW_ONE = ("id", "number", "heading", "modality", "binds", "topics", "defines", *OF_A_TEXT[3:])
OPEN = (
    "The model says here since {now}: “{words}” Our text was changed too: decide which holds, then take this line out."
)
OPEN_GONE = "The model has this no more since {now}. Our text was changed: decide if it stays, then take this line out."


def take_model(
    text: str, ours: RevisionRecord, three: ThreeWay, taken: Collection[ModelMove], kept: Collection[ModelMove]
) -> Drafted:
    """The text of the draft, whose record is `ours`, with the moves `taken`, and without those that somebody decided against, `kept`.

    Of the others that both texts changed it says so in `doubts`. From then on it names the newer model. Raises NotInFieldsError.
    """
    work = _Work(ours, three)
    for move in three.moves:
        if move in taken:
            work.take(move)
        elif move.state == "choose" and move not in kept:
            work.leave(move)
    context = Context(items_of(ours), inherited(ours), Medium())
    drafted = rewrite_draft(text, work.tree, {key: one for key, one in work.fields.items() if one}, ours, context)
    return Drafted(
        _with_front(drafted.text, three.newer_name, work.doubts), drafted.unread, drafted.answers_gone, drafted.unlinked
    )


def without_old_reasons(text: str, draft: Revision, three: ThreeWay, names: tuple[str, ...]) -> str:
    """The text of the draft without the reasons for departures that the newer model has taken away. Raises NotInFieldsError.

    `names` is what the trust calls itself.
    """
    file, edits = FieldLines(text), list[Edit]()
    entries = file.document.value.get("departures") or []
    record, _, _ = read_record(file.document, RevisionRecord)
    if not entries or record is None:
        return text
    now = replace(three.departures.model, revision=three.now)
    there = departures_from(now, merge_revision(draft.trust, draft.policy, draft.id, record), names).names
    left = [entry for entry in entries if entry["change"] in there]
    if not left:
        edits.append((file.lines_of("departures"), []))
    else:
        edits += [(file.lines_of("departures", place), []) for place, one in enumerate(entries) if one not in left]
    return file.written(edits)


class _Work:
    """The tree of the draft, and the fields that change in it."""

    def __init__(self, ours: RevisionRecord, three: ThreeWay) -> None:
        self.three = three
        self.tree = tree_of(ours)
        self.then, self.now = items_of(three.departures.model.revision.record), items_of(three.now.record)
        self.ours = items_of(ours)
        self.fields: dict[str, Fields] = {}
        self.doubts: list[str] = []

    def take(self, move: ModelMove) -> None:
        after = [clause.id for change in move.diff.changes for clause in change.after]
        gone = {clause.id for change in move.diff.changes for clause in change.before} - set(after)
        _drop(self.tree.sections, gone)
        for name in dict.fromkeys(after):
            if name in self._names():
                self.fields[name] = self._changed(name, whole=move.departure is not None)
            else:
                self._put(name)

    def leave(self, move: ModelMove) -> None:
        date = self.three.now.name
        words = OPEN.format(now=date, words=move.now) if move.now else OPEN_GONE.format(now=date)
        name = next((clause.id for clause in move.ours), move.diff.clause)
        if name in self._names():
            self.fields.setdefault(name, {})["doubts"] = [*self.ours[name].doubts, words]
        else:
            self.doubts.append(words)

    def _names(self) -> set[str]:
        return {node.name for node in self.tree.nodes}

    def _changed(self, name: str, *, whole: bool) -> Fields:
        """What the newer model has otherwise than the older one; all of it where our clause was not the older model's."""
        now, then = self.now[name], None if whole else self.then.get(name)
        own = {field: _value(now, field) for field in OF_A_TEXT}
        changed = {field: one for field, one in own.items() if then is None or one != _value(then, field)}
        return {field: self._filled(one) for field, one in changed.items() if one != _value(self.ours[name], field)}

    def _filled(self, value: object) -> object:
        return fill(value, self.three.filled_in) if isinstance(value, str) else value

    def _put(self, name: str) -> Node:
        """A clause that is new stands where the model has it: after the one that comes before it there."""
        above, before = next((above, before) for one, above, before in _places(self.three.now.record) if one == name)
        over = (self._node_of(above) or self._put(above)) if above else None
        siblings, depth = (over.children, over.depth + 1) if over else (self.tree.sections, 1)
        node = self._node(name, "clause" if over and over.kind == "section" else "item", depth)
        place = next(
            (at + 1 for at, one in enumerate(siblings) if one.name == before), 0 if before is None else len(siblings)
        )
        siblings.insert(place, node)
        return node

    def _node_of(self, name: str) -> Node | None:
        return next((node for node in self.tree.nodes if node.name == name), None)

    def _node(self, name: str, kind: Kind, depth: int) -> Node:
        record = self.now[name]
        fields = {field: self._filled(_value(record, field)) for field in OF_A_NEW_ONE if _value(record, field)}
        if fields.get("number") in {one.number for one in self.ours.values()}:
            fields.pop("number", None)  # whoever edits the draft gives it
        self.fields[name] = fields
        if isinstance(record, SectionRecord):
            return Node("section", depth, None, None, name)
        below = [self._node(one.id, "item", depth + 1) for one in record.items if one.id not in self._names()]
        return Node(kind, depth, None, None, name, children=below)


def _value(record: Item | SectionRecord, field: str) -> object:
    """A field as an author writes it."""
    value = getattr(record, field, None)
    if isinstance(value, tuple):
        return list(value)
    return value.model_dump(exclude_defaults=True, mode="json") if isinstance(value, BaseModel) else value


def tree_of(record: RevisionRecord) -> Tree:
    """The sections, clauses and items of a revision, as they stand."""

    def items(entries: Sequence[Item], kind: Kind, depth: int) -> list[Node]:
        return [
            Node(kind, depth, None, None, one.id, children=items(one.items, "item", depth + (kind == "item")))
            for one in entries
        ]

    def sections(entries: Sequence[SectionRecord], depth: int) -> list[Node]:
        return [
            Node(
                "section",
                depth,
                None,
                None,
                one.id,
                children=[*items(one.clauses, "clause", 0), *sections(one.sections, depth + 1)],
            )
            for one in entries
        ]

    return Tree(sections(record.sections, 1))


def _places(record: RevisionRecord) -> Iterator[tuple[str, str | None, str | None]]:
    """The id of each section, clause and item, of what it stands in, and of what stands before it there."""

    def within(
        entries: Sequence[Item | SectionRecord], above: str | None
    ) -> Iterator[tuple[str, str | None, str | None]]:
        before = None
        for one in entries:
            yield one.id, above, before
            before = one.id
            if isinstance(one, SectionRecord):
                yield from within(one.clauses, one.id)
                yield from within(one.sections, one.id)
            else:
                yield from within(one.items, one.id)

    return within(record.sections, None)


def _drop(nodes: list[Node], gone: Collection[str]) -> None:
    nodes[:] = [node for node in nodes if node.name not in gone]
    for node in nodes:
        _drop(node.children, gone)
    nodes[:] = [node for node in nodes if node.kind != "section" or node.children]


def _with_front(text: str, name: str, doubts: Sequence[str]) -> str:
    """The text that names the newer model, with what nobody could be asked of one clause."""
    file, edits = FieldLines(text), list[Edit]()
    first, value = file.lines_of("model")[0], file.document.spot("model").value
    beside = file.document.lines[first][value.column - 1 + value.length :]
    edits.append((file.lines_of("model"), [f"model: {name}{beside}"]))
    if doubts:
        there = file.document.value.get("doubts") or []
        place = file.lines_of("doubts") if file.has("doubts") else (file.lines_of("model")[1],) * 2
        edits.append((place, ["doubts:", *(f"  - {json.dumps(one, ensure_ascii=False)}" for one in (*there, *doubts))]))
    return file.written(edits)
