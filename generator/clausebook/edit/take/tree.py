"""The text that came back as sections, clauses and items, each with the id that it had, and the fields that somebody changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from clausebook.edit.take.align import Alignment
from clausebook.edit.take.lines import Line
from clausebook.edit.take.shapes import Shape, settled, shape_of
from clausebook.model.outline import TITLE, Part

Kind = Literal["section", "clause", "item"]


@dataclass
class Node:
    """A section, clause or item as the file has it."""

    kind: Kind
    depth: int
    line: Line | None
    """None where it came into the draft after the file was made."""
    part: Part | None
    """What it was; None where it is new."""
    name: str = ""
    """Its id."""
    texts: list[tuple[Line, Part | None]] = field(default_factory=list)
    """The paragraphs of its words."""
    after: list[tuple[Line, Part | None]] = field(default_factory=list)
    """Those behind its list."""
    blocks: list[tuple[Line, Part | None]] = field(default_factory=list)
    """Its table, its figure, the lines of its form."""
    children: list[Node] = field(default_factory=list)
    """The clauses and sections of a section; the items of a clause."""

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Tree:
    sections: list[Node] = field(default_factory=list)
    title: Line | None = None
    front: list[Line] = field(default_factory=list)
    """What stands above the text."""
    homeless: list[Line] = field(default_factory=list)
    """What belongs to no clause: it stands before the first of its section."""

    @property
    def nodes(self) -> Iterator[Node]:
        return (node for section in self.sections for node in section.walk())


def build_tree(parts: Sequence[Part], lines: Sequence[Line], alignment: Alignment) -> Tree:
    """Put each line where it belongs."""
    tree, growing = Tree(), _Growing()
    begins = _first_of_text(parts, lines, alignment)
    for place, line in enumerate(lines):
        part = parts[alignment.pairs[place]] if place in alignment.pairs else None
        if part is not None and part.kind == "title":
            tree.title = line
        elif place < begins:
            tree.front.append(line)
        elif not growing.add(tree, line, part, settled(line, part) if part else shape_of(line)):
            tree.homeless.append(line)
    return tree


def _first_of_text(parts: Sequence[Part], lines: Sequence[Line], alignment: Alignment) -> int:
    """Where the text begins: at the first part that was found, or a heading with a number before it."""
    found = (place for place, part in alignment.pairs.items() if parts[part].of != TITLE)
    first = min(found, default=len(lines))
    while (
        first
        and (shape := shape_of(lines[first - 1])).is_sure
        and shape.kind in ("heading", "clause", "item")
        and not _is_title(first - 1, parts, alignment)
    ):
        first -= 1
    return first


def _is_title(place: int, parts: Sequence[Part], alignment: Alignment) -> bool:
    return place in alignment.pairs and parts[alignment.pairs[place]].of == TITLE


class _Growing:
    """The section and the clause that the next line may belong to."""

    def __init__(self) -> None:
        self.sections: list[Node] = []
        self.items: list[Node] = []
        """A clause, an item of it, an item of that."""
        self.by_name: dict[str, Node] = {}

    def add(self, tree: Tree, line: Line, part: Part | None, shape: Shape) -> bool:
        """Whether it found a place. A number without words, which somebody left behind, is nothing."""
        if part is None and not line.read and shape.kind != "block":
            return True
        if shape.kind == "heading":
            self._section(tree, line, part, shape.depth)
        elif shape.kind == "clause" or (shape.kind == "item" and not self.items):
            if not self.sections:
                return False
            self._hang(Node("clause", 0, line, part), self.sections[-1])
            self.items = [self.sections[-1].children[-1]]
        elif shape.kind == "item":
            depth = min(shape.depth, len(self.items) - 1)
            del self.items[depth + 1 :]
            self._hang(Node("item", depth, line, part), self.items[-1])
            self.items.append(self.items[-1].children[-1])
        else:
            return self._more(line, part, shape)
        return True

    def _section(self, tree: Tree, line: Line, part: Part | None, depth: int) -> None:
        depth = min(depth, len(self.sections) + 1, 4)
        del self.sections[depth - 1 :]
        node = Node("section", depth, line, part)
        if self.sections:
            self._hang(node, self.sections[-1])
        else:
            self._name(node)
            tree.sections.append(node)
        self.sections.append(node)
        self.items = []

    def _hang(self, node: Node, above: Node) -> None:
        self._name(node)
        above.children.append(node)

    def _name(self, node: Node) -> None:
        assert node.line
        node.texts.append((node.line, node.part))
        if node.part:
            node.name = node.part.of
            self.by_name[node.name] = node

    def _more(self, line: Line, part: Part | None, shape: Shape) -> bool:
        """Words that go on, or a table: of what it was part of, else of what stands above it."""
        owner = self.by_name.get(part.of) if part else None
        if owner not in self.items:
            owner = None
        if owner is None and self.items:
            above = shape.depth + 1 if shape.kind == "more" and shape.is_sure else len(self.items) - 1
            owner = self.items[min(above, len(self.items) - 1)]
        if owner is None:
            return False
        if shape.kind == "block":
            (owner if part else self._of_table(owner)).blocks.append((line, part))
        elif part.kind == "after" if part else owner.children or owner.blocks:
            owner.after.append((line, part))
            del self.items[self.items.index(owner) + 1 :]
        else:
            owner.texts.append((line, part))
        return True

    def _of_table(self, owner: Node) -> Node:
        """A new table below a list belongs to the clause that the list hangs from."""
        return self.items[0] if owner.kind == "item" else owner
