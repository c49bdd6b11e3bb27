"""What a Word paragraph's properties say: how far it is indented, whether its mark is gone, so that it goes on in the next."""

from __future__ import annotations

from typing import Any

from clausebook.edit.importers.readers.docx_numbers import Numbered
from clausebook.edit.importers.readers.docx_package import W, switch, value, whole
from clausebook.edit.importers.readers.docx_styles import Style

TWIPS = 20
TAB = 36
"""In points, where a document sets no tab stops of its own."""
MARK_GONE = {True: ("del", "moveFrom"), False: ("ins", "moveTo")}


def properties_of(paragraph: Any, *, accepted: bool) -> Any:
    """Its properties; those before a tracked change of them where changes are refused."""
    properties = paragraph.find(f"{W}pPr")
    before = properties.find(f"{W}pPrChange/{W}pPr") if properties is not None and not accepted else None
    return properties if before is None else before


def goes_on(paragraph: Any, *, accepted: bool) -> bool:
    """Whether no new paragraph begins after it: its mark is removed or hidden, or it is the large first letter of the next."""
    properties = paragraph.find(f"{W}pPr")
    of_mark = properties.find(f"{W}rPr") if properties is not None else None
    if of_mark is not None and any(of_mark.find(W + name) is not None for name in MARK_GONE[accepted]):
        return True
    return is_large_letter(properties) or bool(switch(of_mark, "vanish"))


def is_large_letter(properties: Any) -> bool:
    """A drop cap: it stands in a paragraph of its own, before the rest of its word."""
    frame = properties.find(f"{W}framePr") if properties is not None else None
    return frame is not None and frame.get(f"{W}dropCap", "none") != "none"


def first_indent(properties: Any, chain: tuple[Style, ...], numbered: Numbered | None) -> float:
    """How far its first line begins from the left edge, in points; a list's own indent comes before that of a style, unless the list is the style's."""
    of_styles = [style.paragraph for style in chain]
    of_list = [numbered.levels[numbered.level].paragraph] if numbered else []
    own = properties is not None and properties.find(f"{W}numPr") is not None
    sources = [properties, *(of_list + of_styles if own else of_styles + of_list)]
    indents = [found for source in sources if source is not None and (found := source.find(f"{W}ind")) is not None]
    left = _twips(indents, "left", "start")
    hanging = next((one for one in indents if one.get(f"{W}hanging") or one.get(f"{W}firstLine")), None)
    first = 0 if hanging is None else whole(hanging.get(f"{W}firstLine")) - whole(hanging.get(f"{W}hanging"))
    return (left + first) / TWIPS


def _twips(indents: list[Any], *names: str) -> int:
    return next((whole(found) for one in indents for name in names if (found := one.get(W + name)) is not None), 0)


def is_centred(properties: Any, chain: tuple[Style, ...]) -> bool:
    return (
        next(
            (found for source in (properties, *(style.paragraph for style in chain)) if (found := value(source, "jc"))),
            "",
        )
        == "center"
    )
