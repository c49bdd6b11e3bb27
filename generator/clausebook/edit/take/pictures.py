"""The pictures that somebody put into the Word file: each becomes the figure of the clause that it stands in, if that has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clausebook.edit.importers.blocks import Picture
from clausebook.edit.importers.pictures import WRITE, as_shown, figure_of
from clausebook.edit.take.lines import Line
from clausebook.edit.take.tree import Node
from clausebook.model.revision import Item


def added_picture(node: Node) -> tuple[Line, Picture] | None:
    """The first picture of a clause that is new and that pages can show; None where the clause still has the figure that it had.

    A picture of ours has words for whoever cannot see it: one without them in its place is another.
    """
    known = [line for line, part in node.blocks if part and part.kind == "figure"]
    if any(not line.block.picture or line.block.picture.alternative for line in known):
        return None
    new = (line for line, part in node.blocks if part is None or part.kind == "figure")
    shown = ((line, as_shown(line.block.picture).picture) for line in new if line.block.picture)
    return next(((line, picture) for line, picture in shown if picture), None)


def added_figure(node: Node, record: Item | None, caption: str = "") -> dict[str, Any]:
    """The fields of a clause that such a picture changes: what it says is to be written, or looked at."""
    added = added_picture(node)
    if added is None:
        return {}
    figure = figure_of(added[1], caption)
    if record and record.figure and not added[1].alternative:
        figure["alternative"] = record.figure.alternative  # the picture was put in the place of another
    return {"figure": figure, "doubts": [*(record.doubts if record else ()), WRITE]}


def files_of(nodes: Iterator[Node], fields: Mapping[str, Mapping[str, Any]]) -> dict[str, bytes]:
    """The files of the pictures that became figures, by their names in the policy's folder."""
    named = ((added_picture(node), fields.get(node.name, {}).get("figure")) for node in nodes)
    return {
        added[1].file: added[1].data for added, figure in named if added and figure and figure["file"] == added[1].file
    }
