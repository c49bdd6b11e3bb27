"""The parts of a Word file, and which leads to which."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from clausebook.edit.importers.readers.markup import damaged
from clausebook.edit.importers.readers.packages import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
OFF = ("0", "false", "off", "none")


@dataclass(frozen=True)
class Relationship:
    """What one part says of another, or of an address outside."""

    target: str
    kind: str
    is_outside: bool


@dataclass
class WordPackage:
    """A Word file's parts by their names."""

    package: Package
    main: str
    found: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """What a part leads to, by the ids that it uses."""
        if part not in self.found:
            self.found[part] = _relationships(self.package, part)
        return self.found[part]

    def related(self, kind: str) -> Iterator[str]:
        """The parts of one kind that the document leads to, such as `styles`."""
        for found in self.relationships(self.main).values():
            if found.kind == kind and not found.is_outside and found.target in self.package:
                yield found.target

    def xml(self, kind: str) -> Any:
        """The root of the one part of a kind; None where there is none."""
        return next((self.package.xml(name) for name in self.related(kind)), None)

    def title(self) -> str | None:
        """What the document's properties call it."""
        core = self.package.xml("docProps/core.xml")
        found = core.find(TITLE) if core is not None else None
        return (found.text or "").strip() or None if found is not None else None

    def outside(self) -> list[str]:
        """The addresses that Word would fetch on opening; links that a reader follows are none of these."""
        return [
            found.target
            for name in self.package.names
            if name.endswith(".rels")
            for found in self.relationships(_owner(name)).values()
            if found.is_outside and found.kind != "hyperlink"
        ]

    @property
    def has_macros(self) -> bool:
        return any(name.lower().endswith("vbaproject.bin") for name in self.package.names)


def open_word(package: Package) -> WordPackage:
    """Finds the main part of a Word file."""
    for found in _relationships(package, "").values():
        if found.kind == "officeDocument" and found.target in package:
            return WordPackage(package, found.target)
    if "word/document.xml" in package:
        return WordPackage(package, "word/document.xml")
    raise damaged()


def _relationships(package: Package, part: str) -> dict[str, Relationship]:
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for one in root if root is not None else ():
        outside = one.get("TargetMode") == "External"
        target = one.get("Target", "")
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[one.get("Id", "")] = Relationship(target, one.get("Type", "").rpartition("/")[2], outside)
    return found


def _owner(rels: str) -> str:
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def value(element: Any, path: str) -> str | None:
    """The w:val of a child; None where there is no such child or value."""
    found = element.find(W + path) if element is not None else None
    return None if found is None else found.get(f"{W}val")


def switch(element: Any, name: str) -> bool | None:
    """Whether a child turns something on or off; None where it does not speak of it."""
    found = element.find(W + name) if element is not None else None
    return None if found is None else found.get(f"{W}val", "1").lower() not in OFF


def whole(text: str | None, default: int = 0) -> int:
    """A number as the file writes it, which may be any text."""
    try:
        return int(float(text)) if text is not None else default
    except (ValueError, OverflowError):
        return default
