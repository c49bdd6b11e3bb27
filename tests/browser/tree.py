"""A built page as a tree of elements, read by the standard library's parser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {
    "article",
    "blockquote",
    "details",
    "dd",
    "div",
    "dl",
    "fieldset",
    "li",
    "ol",
    "p",
    "section",
    "table",
    "td",
    "tr",
    "ul",
}


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Element | None
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def ancestry(self) -> Iterator[Element]:
        """This element and those around it, the nearest first."""
        one: Element | None = self
        while one is not None:
            yield one
            one = one.parent

    def text(self, *, own: bool = False) -> str:
        """All text in it with single blanks; its `own` text leaves out the blocks inside it."""
        parts = [
            child if isinstance(child, str) else "" if own and child.tag in BLOCKS else child.text(own=own)
            for child in self.children
        ]
        return " ".join("".join(parts).split()) if self.tag in BLOCKS or self.parent is None else "".join(parts)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.at = self.root = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(one)
        if tag not in VOID:
            self.at = one

    def handle_endtag(self, tag: str) -> None:
        found = next((one for one in self.at.ancestry() if one.tag == tag), None)
        if found is not None and found.parent is not None:
            self.at = found.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def parse(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    return builder.root
