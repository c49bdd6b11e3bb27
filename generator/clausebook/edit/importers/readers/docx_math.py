"""A formula of a Word file as one line of signs: a fraction keeps its bar, and a power is raised, because without them it says something else."""

from __future__ import annotations

from typing import Any

from clausebook.edit.importers.readers.docx_package import M, W
from clausebook.edit.importers.readers.words import SUPERSCRIPT


def formula_in_line(element: Any) -> str:
    """The signs of an m:oMath, or of a part of one."""
    return "".join(_part(child) for child in element)


def _part(element: Any) -> str:
    if element.tag in (f"{M}t", f"{W}t"):
        return element.text or ""
    if element.tag == f"{M}f":
        return f"{_closed(element.find(f'{M}num'))}/{_closed(element.find(f'{M}den'))}"
    if element.tag == f"{M}sSup":
        power = _inside(element.find(f"{M}sup"))
        return _inside(element.find(f"{M}e")) + (
            power.translate(SUPERSCRIPT) if power.isdigit() else f"^{_closed(element.find(f'{M}sup'))}"
        )
    if element.tag == f"{M}rad":
        return f"√{_closed(element.find(f'{M}e'))}"
    if element.tag == f"{M}d":
        return f"({formula_in_line(element)})"
    return formula_in_line(element)


def _inside(element: Any) -> str:
    return "" if element is None else formula_in_line(element)


def _closed(element: Any) -> str:
    """In brackets where it is more than one sign or number."""
    text = _inside(element)
    return text if text.isalnum() else f"({text})"
