"""A roster: HR's list of who works for the trust, as CSV, into rows; every mistake in it at once, with its line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from clausebook.acknowledgements.campaigns.roster_text import decode_roster
from clausebook.acknowledgements.desk.roster_row import COLUMNS, FILLED, Line, Row, parts_of
from clausebook.model.handbook import Academy
from clausebook.model.problems import Place, Problem, nearest

DELIMITERS = (",", ";", "\t")
SEPARATOR = re.compile(r"(?i)\"?sep=(.)\"?[ \t]*\n")  # by which Excel is told the delimiter


@dataclass(frozen=True)
class Roster:
    """What a roster says, and the columns in it that nobody reads."""

    rows: tuple[Row, ...]
    unread: tuple[str, ...]


def read_roster(
    raw: bytes, file: str, roles: Sequence[str], academies: Sequence[Academy] = ()
) -> tuple[Roster | None, list[Problem]]:
    """The roster in `raw`, or every mistake in it; `roles` are the ids that the handbook knows, `academies` those of the trust.

    Whatever the roster calls an academy, its row has the full name; of a trust without academies the cell is free.
    """
    text = decode_roster(raw, file)
    if isinstance(text, Problem):
        return None, [text]
    records, problems = _records(text, file)
    if not records:
        return None, problems or [Problem(Place(file), "R102", "the roster is empty", "no one would be asked",
                                          f"begin with the columns {', '.join(COLUMNS)}")]  # fmt: skip
    sources = text.split("\n")
    begins, cells = records[0]
    names = [_column(cell) for cell in _without_end(cells)]
    problems += _columns(names, Place(file, begins, 1, len(sources[begins - 1])), sources[begins - 1])
    if problems:
        return None, problems
    rows = [(number, _fitted(row, names, len(cells))) for number, row in records[1:]]
    lines = [
        Line(file, number, sources[number - 1], dict(zip(names, map(_clean, row), strict=False)))
        for number, row in rows
    ]
    found: list[Row] = []
    for line, (_, cells) in zip(lines, rows, strict=True):
        if len(cells) != len(names):
            problems.append(_other_length(line, len(cells), len(names)))
            continue
        problems += [*_roles(line, roles), *_academy(line, academies)]
        row = replace(line, cells=line.cells | {"academy": _full_name(line.cells["academy"], academies)}).read()
        if isinstance(row, Row):
            found.append(row)
        else:
            problems += row
    problems += _twice(lines)
    if not lines:
        problems.append(Problem(Place(file), "R102", "the roster lists no one", "no one would be asked",
                                "write a line for each person below the columns"))  # fmt: skip
    if problems:
        return None, problems
    return Roster(tuple(found), tuple(name for name in names if name and name not in COLUMNS)), []


def _records(text: str, file: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Each record with the line on which it begins; blank ones are left out."""
    found: list[tuple[int, list[str]]] = []
    told = SEPARATOR.match(text)
    above = 1 if told else 0
    below = text[told.end() :] if told else text
    first = next((line for line in below.split("\n") if re.search(r"\w", line)), "")
    delimiter = (
        told[1]
        if told
        else max(DELIMITERS, key=lambda sign: sum(_column(cell) in COLUMNS for cell in first.split(sign)))
    )
    reader = csv.reader(io.StringIO(below, newline=""), delimiter=delimiter, strict=True)
    begins = 1 + above
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, cells))
            begins = reader.line_num + 1 + above
    except csv.Error:
        source = text.split("\n")[begins - 1]
        return found, [Problem(
            Place(file, begins, source.find('"') + 1), "R103", "a quote that opens here is not closed as it should be",
            "all lines below would be taken for one cell", 'write a quote within a cell twice, "", and close the cell with one', source,
        )]  # fmt: skip
    return found, []


def _column(cell: str) -> str:
    return re.sub(r"[\s_-]+", "_", _clean(cell).strip("'\"").lower())


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip()


def _without_end(cells: Sequence[str]) -> list[str]:
    """Without the empty cells that a spreadsheet writes to the right of a table."""
    end = max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return list(cells[:end])


def _fitted(cells: Sequence[str], names: Sequence[str], width: int) -> list[str]:
    """With the empty cells at its end that a spreadsheet leaves out, as far as they may be empty; without those that stand below
    no name, where the line of names has such cells too (`width`)."""
    if len(names) < len(cells) <= width:
        return [*cells[: len(names)], *_without_end(cells[len(names) :])]
    missing = names[len(cells) :]
    return list(cells) if set(missing) & set(FILLED) else [*cells, *("" for _ in missing)]


def _columns(names: list[str], place: Place, source: str) -> Iterator[Problem]:
    others = [name for name in names if name and name not in COLUMNS]
    for column in COLUMNS:
        if column not in names:
            near = nearest(column, others)
            found = f"the nearest here is `{near}`" if near else f"here stand: {', '.join(filter(None, names))}"
            yield Problem(place, "R104", f"the column `{column}` is missing", f"each person is told by all nine columns; {found}",
                          f"rename the column `{near}` to `{column}`" if near else f"add a column `{column}`; its cells may be empty"
                          if column not in FILLED else f"add a column `{column}`", source)  # fmt: skip
        elif names.count(column) > 1:
            yield Problem(place, "R104", f"the column `{column}` is here twice", "no one could tell which one counts",
                          "take one of them out", source)  # fmt: skip


def _other_length(line: Line, found: int, wanted: int) -> Problem:
    return Problem(
        Place(line.file, line.number, 1, len(line.source)), "R105", f"this line has {found} cells, and {wanted} columns are above it",
        "from some cell on, each is under the wrong column", "put a cell that holds a comma or a semicolon in quotes, and write empty cells too", line.source,
    )  # fmt: skip


def _roles(line: Line, known: Sequence[str]) -> Iterator[Problem]:
    for role in parts_of(line.cells["roles"]):
        if role not in known:
            near = nearest(role, known)
            yield line.problem(role, "R110", f"`{role}` is not a role", "the role decides who is asked, and for what",
                               f"write `{near}`" if near else f"write one of: {', '.join(known)}")  # fmt: skip


def _academy(line: Line, academies: Sequence[Academy]) -> Iterator[Problem]:
    """An empty cell is somebody of the central team."""
    name = line.cells["academy"]
    names = {called: academy.record.name for academy in academies for called in academy.names}
    if name and names and name.casefold() not in names:
        near = nearest(name.casefold(), list(names))
        yield line.problem(name, "R116", f"`{name}` is no academy of this trust", "the academy decides which text the person signs",
                           f"write `{names[near]}`" if near else f"write one of: {', '.join(sorted(set(names.values())))}; leave it empty for someone at none of them")  # fmt: skip


def _full_name(name: str, academies: Sequence[Academy]) -> str:
    return next((academy.record.name for academy in academies if name.casefold() in academy.names), name)


def _twice(lines: Sequence[Line]) -> Iterator[Problem]:
    """People who stand in the roster twice: by their number, or by name and mail."""
    numbers: dict[str, int] = {}
    people: dict[tuple[str, str], int] = {}
    for line in lines:
        number, who = (
            line.cells.get("staff_number", ""),
            (line.cells.get("name", "").casefold(), line.cells.get("mail", "").casefold()),
        )
        if number and (first := numbers.setdefault(number.casefold(), line.number)) != line.number:
            yield line.problem(number, "R112", f"staff number `{number}` is on line {first} already", "one number is one person",
                               "take the line out, or give the person their own number")  # fmt: skip
        elif all(who) and (first := people.setdefault(who, line.number)) != line.number:
            yield line.problem(line.cells["name"], "R113", f"`{line.cells['name']}` with the same email address is on line {first} already", "the same person would be asked twice",
                               "take one of the lines out; two people of one name have two addresses")  # fmt: skip
