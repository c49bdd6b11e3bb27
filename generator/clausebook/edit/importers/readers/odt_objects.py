"""What other programs put into an OpenDocument text, each in a folder of its own: charts and formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clausebook.edit.importers.blocks import UnreadableError
from clausebook.edit.importers.readers.docx_package import whole
from clausebook.edit.importers.readers.drawings import Chart, with_others
from clausebook.edit.importers.readers.odt_styles import OFFICE, TABLE, TEXT
from clausebook.edit.importers.readers.packages import Package
from clausebook.edit.importers.readers.words import SUPERSCRIPT

CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
MOST_ALIKE = 100


def open_object(package: Package, href: str) -> Any:
    """The root of an object's content; None where it is not in the file, or is damaged."""
    try:
        return package.xml(f"{href.removeprefix('./').rstrip('/')}/content.xml")
    except UnreadableError:
        return None


def body_of(root: Any) -> Any:
    """The text, the sheet, the drawing or the chart that an object is; None for one that is none of these."""
    return next(iter(root.find(f"{OFFICE}body") if root.find(f"{OFFICE}body") is not None else ()), None)


def read_chart(body: Any) -> Chart | None:
    """What an office:chart says; None where it is not whole."""
    chart = body.find(f"{CHART}chart")
    if chart is None:
        return None
    titles = [_words(chart.find(f"{CHART}{name}")) for name in ("title", "subtitle")]
    axes = {kind: [_words(one.find(f"{CHART}title")) for one in chart.iter(f"{CHART}axis") if one.get(f"{CHART}dimension") == kind] for kind in "xy"}  # fmt: skip
    table = chart.find(f"{TABLE}table")
    rows = [list(_cells(row)) for row in table.iter(f"{TABLE}table-row")] if table is not None else []
    if rows and rows[0]:
        beside = axes["y"][0] if len(axes["y"]) == 1 else ""
        rows[0][0] = rows[0][0] or next(iter(axes["x"]), "")
        rows[0][1:] = [f"{name} ({beside})" if name and beside else name or beside for name in rows[0][1:]]
    width = max(map(len, rows), default=0)
    filled = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return with_others(" – ".join(filter(None, titles)), filled, (_words(one) for one in chart.iter(f"{TEXT}p")))


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iter(f"{TABLE}table-cell"):
        yield from [_words(cell)] * min(max(1, whole(cell.get(f"{TABLE}number-columns-repeated"), 1)), MOST_ALIKE)


def _words(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def is_formula(root: Any) -> bool:
    return bool(root.tag == f"{MATH}math")


def formula_in_line(element: Any) -> str:
    """A formula as one line of signs: a fraction keeps its bar, and a power is raised."""
    parts = [formula_in_line(one) for one in element if one.tag not in (f"{MATH}annotation", f"{MATH}annotation-xml")]
    if element.tag == f"{MATH}mfrac" and len(parts) == 2:
        return f"{_closed(parts[0])}/{_closed(parts[1])}"
    if element.tag == f"{MATH}msup" and len(parts) == 2:
        return parts[0] + (parts[1].translate(SUPERSCRIPT) if parts[1].isdigit() else f"^{_closed(parts[1])}")
    if element.tag == f"{MATH}msqrt":
        return f"√{_closed(''.join(parts))}"
    return (element.text or "").strip() + "".join(parts)


def _closed(text: str) -> str:
    return text if text.isalnum() else f"({text})"
