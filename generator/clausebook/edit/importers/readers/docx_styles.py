"""What a Word file's styles say of a paragraph and of a run: each property from the nearest style of the chain that speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clausebook.edit.importers.readers.docx_package import W, switch, value, whole

HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc ?[1-9]|toc heading|table of figures|contents(?: heading| ?[1-9])?)", re.IGNORECASE)
TITLE = re.compile(r"title", re.IGNORECASE)
BODY_LEVEL = 9
TOGGLES = ("b", "i", "vanish", "strike")
LONGEST_CHAIN = 30


@dataclass(frozen=True)
class Style:
    """One style of the document; `name` is Word's own in any language, `id` may be translated."""

    id: str
    name: str
    based_on: str | None
    paragraph: Any
    run: Any


@dataclass(frozen=True)
class Styles:
    """All styles of a document."""

    by_id: dict[str, Style]
    default: str | None
    default_run: Any
    default_paragraph: Any = None

    def chain(self, style: str | None) -> Iterator[Style]:
        """A style, then what it is based on, and so on."""
        seen: set[str] = set()
        while style in self.by_id and style not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(style)
            yield self.by_id[style]
            style = self.by_id[style].based_on

    def of_paragraph(self, properties: Any) -> tuple[Style, ...]:
        """The chain of a paragraph's style, or of the one that all without a style have."""
        named = value(properties, "pStyle")
        return tuple(self.chain(named if named in self.by_id else self.default))

    def toggled(self, name: str, run: Any, chain: tuple[Style, ...]) -> bool:
        """A switch such as bold: the run's own word counts; the styles of paragraph and run turn each other over (ECMA-376, 17.7.3)."""
        own = switch(run, name)
        if own is not None:
            return own
        of_run = _first(switch(style.run, name) for style in self.chain(value(run, "rStyle")))
        of_paragraph = _first(switch(style.run, name) for style in chain)
        return bool(of_run) != bool(of_paragraph) or (
            of_run is of_paragraph is None and bool(switch(self.default_run, name))
        )

    def size(self, run: Any, chain: tuple[Style, ...]) -> float | None:
        """In points."""
        sources = (
            run,
            *(style.run for style in self.chain(value(run, "rStyle"))),
            *(style.run for style in chain),
            self.default_run,
        )
        halves = next((found for source in sources if (found := value(source, "sz"))), None)
        return whole(halves) / 2 if halves else 10.0

    def font(self, run: Any, chain: tuple[Style, ...]) -> str:
        """The name of the font of Latin letters."""
        sources = (
            run,
            *(style.run for style in self.chain(value(run, "rStyle"))),
            *(style.run for style in chain),
            self.default_run,
        )
        fonts = (source.find(f"{W}rFonts") for source in sources if source is not None)
        return next(
            (
                name
                for found in fonts
                if found is not None and (name := found.get(f"{W}ascii") or found.get(f"{W}hAnsi"))
            ),
            "",
        )


def read_styles(root: Any) -> Styles:
    """From the part styles.xml; a file without one has none."""
    if root is None:
        return Styles({}, None, None)
    by_id, default = {}, None
    for style in root.iterfind(f"{W}style"):
        one = Style(style.get(f"{W}styleId", ""), value(style, "name") or "", value(style, "basedOn"), style.find(f"{W}pPr"), style.find(f"{W}rPr"))  # fmt: skip
        by_id[one.id] = one
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0") not in ("0", "false"):
            default = one.id
    defaults = root.find(f"{W}docDefaults")
    return Styles(by_id, default, *(
        defaults.find(f"{W}{kind}Default/{W}{kind}") if defaults is not None else None for kind in ("rPr", "pPr")
    ))  # fmt: skip


def heading_level(properties: Any, chain: tuple[Style, ...]) -> int | None:
    """The level of a heading, 1 the highest: by the outline level that is set or inherited, else by the name of a style of the chain."""
    outline = _first(value(source, "outlineLvl") for source in (properties, *(style.paragraph for style in chain)))
    if outline is not None:
        return whole(outline) + 1 if whole(outline, BODY_LEVEL) < BODY_LEVEL else None
    for style in chain:
        if found := HEADING.fullmatch(style.name) or HEADING.fullmatch(style.id):
            return int(found[1])
        if TITLE.fullmatch(style.name):
            return 1
    return None


def is_contents(chain: tuple[Style, ...]) -> bool:
    """Whether the paragraph's style is one of the list of contents."""
    return any(CONTENTS.fullmatch(style.name) for style in chain)


def _first(values: Iterator[Any] | Any) -> Any:
    return next((one for one in values if one is not None), None)
