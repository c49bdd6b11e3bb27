"""What is drawn in a Word file and kept in parts of its own: charts and SmartArt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

from clausebook.edit.importers.blocks import Block, Picture, Place, UnreadableError
from clausebook.edit.importers.readers.docx_charts import CX, C, read_chart
from clausebook.edit.importers.readers.docx_package import MC, A, R, V, WordPackage, whole
from clausebook.edit.importers.readers.drawings import Point, chart_blocks, diagram_blocks

DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
NAMED = {f"{C}chart": f"{R}id", f"{CX}chart": f"{R}id", f"{DGM}relIds": f"{R}dm"}
"""What an a:graphicData holds that names a part with words, and in which attribute."""
ARROWS = ("parTrans", "sibTrans")
NOT_SHAPES = ("doc", "pres", *ARROWS)


def names_words(graphic: Any) -> bool:
    """Whether an a:graphicData stands for a chart or a diagram."""
    return any(child.tag in NAMED for child in graphic) or bool(
        re.search(r"/(?:chart|diagram)", graphic.get("uri", ""))
    )


def shown_in(element: Any, *tags: str) -> Iterator[Any]:
    """What stands in an element, but for what is there for older programs alone."""
    for one in element.iter(*tags):
        around = takewhile(lambda above: above is not element, one.iterancestors())
        if not any(above.tag == f"{MC}Fallback" for above in around):
            yield one


def pictures_in(element: Any, boxes: Sequence[Any]) -> Iterator[tuple[str, str | None]]:
    """The id of each picture in a drawing, and the words that stand for it; those in text boxes are read with the boxes."""
    named = (one for one in element.iter() if str(one.tag).endswith(("}docPr", "}shape")))
    told = next((words for one in named if (words := one.get("descr") or one.get("alt"))), None)
    for one in shown_in(element, f"{A}blip", f"{V}imagedata"):
        if not any(box in one.iterancestors() for box in boxes):
            yield one.get(f"{R}embed") or one.get(f"{R}id") or one.get(f"{R}link") or "", told


def drawing_blocks(word: WordPackage, part: str, graphic: Any, place: Place) -> list[Block] | None:
    """The words of the chart or the diagram that an a:graphicData of `part` names; None where they are not in the file, or damaged."""
    named = next((child for child in graphic if child.tag in NAMED), None)
    if named is None:
        return None
    found = word.relationships(part).get(named.get(NAMED[named.tag], ""))
    if found is None or found.is_outside or found.target not in word.package:
        return None
    try:
        root = word.package.xml(found.target)
        if named.tag == f"{DGM}relIds":
            return [*diagram_blocks(read_diagram(root), place), *_pictures(word, found.target, root, place)]
        return list(chart_blocks(read_chart(root, _drawn_on(word, found.target)), place))
    except UnreadableError:
        return None


def _drawn_on(word: WordPackage, chart: str) -> list[Any]:
    shapes = (one for one in word.relationships(chart).values() if one.kind == "chartUserShapes" and not one.is_outside)
    return [word.package.xml(one.target) for one in shapes if one.target in word.package]


def _pictures(word: WordPackage, part: str, root: Any, place: Place) -> Iterator[Block]:
    """The pictures that stand in the shapes of a diagram."""
    images = word.relationships(part)
    for name in dict.fromkeys(one.get(f"{R}embed", "") for one in root.iter(f"{A}blip")):
        if name in images and not images[name].is_outside and (target := images[name].target) in word.package:
            yield Block("figure", place, picture=Picture(target.rpartition("/")[2], word.package.read(target)))


def read_diagram(root: Any) -> list[Point]:
    """The shapes of SmartArt in the order in which they hang together; the words on an arrow stand where it does."""
    shapes = {one.get("modelId", ""): one for one in root.iter(f"{DGM}pt")}
    below = defaultdict[str, list[Any]](list)
    for one in root.iter(f"{DGM}cxn"):
        if one.get("type", "parOf") == "parOf":
            below[one.get("srcId", "")].append(one)
    met: set[str] = set()

    def walk(name: str, level: int) -> Iterator[Point]:
        for one in sorted(below[name], key=lambda one: whole(one.get("srcOrd"))):
            child = one.get("destId", "")
            if child in met or child not in shapes:
                continue
            met.add(child)
            yield from _point(shapes.get(one.get("parTransId", "")), level)
            own = list(_point(shapes[child], level))
            yield from own
            yield from walk(child, level + (1 if own else 0))
            yield from _point(shapes.get(one.get("sibTransId", "")), level)

    roots = [name for name, one in shapes.items() if one.get("type") == "doc"]
    points = [point for name in roots for point in walk(name, 0)]
    loose = [one for name, one in shapes.items() if name not in met and one.get("type", "node") not in NOT_SHAPES]
    return points + [point for one in loose for point in _point(one, 0)]


def _point(shape: Any, level: int) -> Iterator[Point]:
    """The first paragraph of a shape, and the others as points below it, as Word lists them."""
    if shape is None:
        return
    words = ["".join(one.text or "" for one in found.iter(f"{A}t")).strip() for found in shape.iter(f"{A}p")]
    for place, text in enumerate(filter(None, words)):
        yield Point(text, level + (1 if place else 0))
