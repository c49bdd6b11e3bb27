"""What rests on clauses that are gone: answers, contradictions and consequences are taken out or rest on the others from then on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from clausebook.edit.field_lines import Edit, FieldLines
from clausebook.edit.importers.written import written
from clausebook.load.document import Path


@dataclass(frozen=True)
class Cleaned:
    """The text of a file in which nothing names a clause that is gone."""

    text: str
    answers: tuple[str, ...] = ()
    """The questions whose answer rested on these alone, and is taken out."""


def without_gone(text: str, gone: Collection[str]) -> Cleaned:
    """Take every mention of the clauses `gone` out of positions, conflicts and consequences. Raises NotInFieldsError."""
    if not gone:
        return Cleaned(text)
    file, answers = FieldLines(text), list[str]()
    edits: list[Edit] = []
    for name, position in (file.document.value.get("positions") or {}).items():
        if set(position.get("clauses") or ()) & set(gone):
            left = _left(position["clauses"], gone)
            answers += [] if left else [name]
            edits += _replaced(file, ("positions", name), position | {"clauses": left} if left else None)
    for field, fewest in (("conflicts", 2), ("consequences", 1)):
        for place, entry in enumerate(file.document.value.get(field) or ()):
            if (set(entry.get("clauses") or ()) | set(entry.get("of") or ())) & set(gone):
                edits += _replaced(file, (field, place), _entry(entry, gone, fewest))
    return Cleaned(_with_nothing_empty(file.written(edits)), tuple(answers))


def _left(names: list[str], gone: Collection[str]) -> list[str]:
    return [name for name in names if name not in gone]


def _entry(entry: dict[str, Any], gone: Collection[str], fewest: int) -> dict[str, Any] | None:
    """The entry without them; None where it says nothing any more."""
    left = {name: _left(entry[name], gone) for name in ("clauses", "of") if entry.get(name)}
    if len(left.get("clauses", ())) < fewest or ("of" in left and not left["of"]):
        return None
    return entry | left


def _replaced(file: FieldLines, path: Path, value: dict[str, Any] | None) -> Iterator[Edit]:
    lead = file.lead(*path)
    if value is None:
        yield file.lines_of(*path), ()
        return
    pad = " " * len(lead)
    if isinstance(path[-1], str):
        lines = written({path[-1]: value}).splitlines()
        yield file.lines_of(*path), [f"{pad}{line}" for line in lines]
    else:
        first, *others = written({"-": [value]}).splitlines()[1:]
        yield file.lines_of(*path), [f"{pad[:-2]}{line[2:]}" for line in (first, *others)]


def _with_nothing_empty(text: str) -> str:
    """A list that lost its last entry is taken out with its name."""
    file, edits = FieldLines(text), list[Edit]()
    for name in ("positions", "conflicts", "consequences"):
        if file.has(name) and not file.document.value.get(name):
            edits.append((file.lines_of(name), ()))
    return file.written(edits)
