"""What somebody has looked at in a draft that was brought in, and what is left: text in, text out, every other line stays.

What is left stands in the file itself, under `suggested` and `doubts`: a review can be stopped at any time, and goes on from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausebook.check.walk import walk_clauses, walk_sections
from clausebook.edit.field_lines import Edit, FieldLines
from clausebook.load.document import Path
from clausebook.model import Item, RevisionRecord, SectionRecord

ASKED_ONCE = 3
"""A doubt that a document raises so often, in the same words, is asked about once."""


@dataclass(frozen=True)
class Step:
    """Something to look at: the document itself, a section, or a clause with all that it inherits."""

    path: Path
    section: SectionRecord | None
    item: Item | None
    above: tuple[Item, ...]
    suggested: tuple[str, ...]
    doubts: tuple[str, ...]


def steps_of(record: RevisionRecord) -> list[Step]:
    """What nobody has looked at yet, in the order of the document."""
    steps = [
        Step((), None, None, (), record.suggested, record.doubts),
        *(Step(path, section, None, (), (), section.doubts) for path, section, _ in walk_sections(record)),
        *(Step(one.path, one.section, one.item, one.above, one.item.suggested, one.item.doubts) for one in walk_clauses(record)),
    ]  # fmt: skip
    return sorted((step for step in steps if step.suggested or step.doubts), key=lambda step: _order(step.path))


def _order(path: Path) -> tuple[int, ...]:
    """The clauses of a section stand before the sections within it."""
    ranks = {"clauses": 0, "items": 0, "sections": 1}
    return tuple(ranks[part] if isinstance(part, str) else part for part in path)


def repeated_doubts(steps: Sequence[Step]) -> list[tuple[str, list[Step]]]:
    """Doubts that a document raises often, in the same words, each with where."""
    count = Counter(doubt for step in steps for doubt in step.doubts)
    return [(doubt, [step for step in steps if doubt in step.doubts]) for doubt, n in count.items() if n >= ASKED_ONCE]


def settle(text: str, path: Path, fields: Mapping[str, str | None]) -> str:
    """The text with these fields at `path` (`figure/alternative` is one within another), each as YAML or None for none, and without what was to be looked at there.

    Raises NotInFieldsError where the file is not written as one field a line.
    """
    file = FieldLines(text)
    return file.written(list(_edits(file, path, {**fields, "suggested": None, "doubts": None})))


def settle_doubt(text: str, steps: Sequence[Step], doubt: str) -> str:
    """The text without one doubt, wherever these steps raise it."""
    file = FieldLines(text)
    edits: list[Edit] = []
    for step in steps:
        left = [one for one in step.doubts if one != doubt]
        if not left:
            edits.append((file.lines_of(*step.path, "doubts"), []))
        else:
            lead = _pad(file.lead(*step.path, "doubts"))
            edits.append(
                (
                    file.lines_of(*step.path, "doubts"),
                    [f"{lead}doubts:", *(f"{lead}  - {_quoted(one)}" for one in left)],
                )
            )
    return file.written(edits)


def _edits(file: FieldLines, path: Path, fields: Mapping[str, str | None]) -> Iterator[Edit]:
    new = []
    for name, value in fields.items():
        way = (*path, *name.split("/"))
        if file.has(*way):
            lead = file.lead(*way)
            yield file.lines_of(*way), [f"{lead}{way[-1]}: {value}"] if value is not None else []
        elif value is not None:
            new.append((name, value))
    if new:
        lead = _pad(file.lead(*path, "id"))
        place = file.lines_of(*path, "id")[1]
        yield (place, place), [f"{lead}{name}: {value}" for name, value in new]


def _pad(lead: str) -> str:
    return " " * len(lead)


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
