"""A roster: HR's list of who works for the trust, as CSV, into rows; every mistake in it at once, with its line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.acknowledgements.campaigns.roster_text import decode_roster
from clausebook.acknowledgements.desk.people import Row
from clausebook.load.lookalikes import find_in_name
from clausebook.model.problems import Place, Problem, nearest

COLUMNS = ("staff_number", "name", "mail", "academy", "manager", "roles", "starts", "leaves", "aliases")
FILLED = ("staff_number", "name", "roles")
DELIMITERS = (",", ";", "\t")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BRITISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
NUMBER = re.compile(r"[\x20-\x7e]{1,40}")
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
GARBLED = re.compile(r"[ÃÂ][\x80-\xbf]|â€")  # UTF-8 that some program took for Windows-1252
SEPARATOR = re.compile(r"(?i)\"?sep=(.)\"?[ \t]*\n")  # by which Excel is told the delimiter
ERROR = re.compile(
    r"(?i)#(?:n/?a|nv|ref|bezug|value|wert|name|div/0|null|num|zahl|spill|calc|field|blocked|connect|unknown|getting_data)[!?]?|err:\d+|#{3,}"
)
SPOILT = re.compile(
    r"(?i)\d+(?:[.,]\d+)?e[+-]?\d+|\d+[.,]0+|\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)-\d{2}"
)
LONGEST = 200  # characters of a cell that is read


@dataclass(frozen=True)
class Roster:
    """What a roster says, and the columns in it that nobody reads."""

    rows: tuple[Row, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True)
class _Line:
    """A record of the file by column, with where it begins."""

    file: str
    number: int
    source: str
    cells: dict[str, str]

    def problem(self, column: str, code: str, what: str, why: str, fix: str) -> Problem:
        raw = self.cells.get(column, "")
        at = self.source.find(raw) if raw else -1
        place = Place(self.file, self.number, at + 1, len(raw)) if at >= 0 else Place(self.file, self.number)
        return Problem(place, code, what, why, fix, self.source)


def read_roster(raw: bytes, file: str, roles: Sequence[str]) -> tuple[Roster | None, list[Problem]]:
    """The roster in `raw`, or every mistake in it; `roles` are the ids that the handbook knows."""
    text = decode_roster(raw, file)
    if isinstance(text, Problem):
        return None, [text]
    records, problems = _records(text, file)
    if not records:
        return None, problems or [Problem(Place(file), "R102", "the roster is empty", "nobody would be asked",
                                          f"begin with the columns {', '.join(COLUMNS)}")]  # fmt: skip
    sources = text.split("\n")
    begins, cells = records[0]
    names = [_column(cell) for cell in _without_end(cells)]
    problems += _columns(names, Place(file, begins, 1, len(sources[begins - 1])), sources[begins - 1])
    if problems:
        return None, problems
    rows = [(number, _fitted(row, names, len(cells))) for number, row in records[1:]]
    lines = [
        _Line(file, number, sources[number - 1], dict(zip(names, map(_clean, row), strict=False)))
        for number, row in rows
    ]
    for line, (_, row) in zip(lines, rows, strict=True):
        problems += _length(line, row, len(names)) or _cells(line, roles)
    problems += _twice(lines)
    if not lines:
        problems.append(Problem(Place(file), "R102", "the roster lists nobody", "nobody would be asked",
                                "write a line for each person below the columns"))  # fmt: skip
    if problems:
        return None, problems
    return Roster(
        tuple(_row(line) for line in lines), tuple(name for name in names if name and name not in COLUMNS)
    ), []


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
            found = (
                f"the nearest that stands here is `{near}`" if near else f"here stand: {', '.join(filter(None, names))}"
            )
            yield Problem(place, "R104", f"the column `{column}` is missing", f"each person is told by all nine columns; {found}",
                          f"rename the column `{near}` to `{column}`" if near else f"add a column `{column}`; its cells may be empty"
                          if column not in FILLED else f"add a column `{column}`", source)  # fmt: skip
        elif names.count(column) > 1:
            yield Problem(place, "R104", f"the column `{column}` stands here twice", "nobody could tell which one counts",
                          "take one of them out", source)  # fmt: skip


def _length(line: _Line, cells: Sequence[str], wanted: int) -> list[Problem]:
    if len(cells) == wanted:
        return []
    return [Problem(
        Place(line.file, line.number, 1, len(line.source)), "R105", f"this line has {len(cells)} cells, and {wanted} columns stand above it",
        "from some cell on, each stands under the wrong column", "put a cell that holds a comma or a semicolon in quotes, and write empty cells too", line.source,
    )]  # fmt: skip


def _cells(line: _Line, roles: Sequence[str]) -> Iterator[Problem]:
    for column in COLUMNS:
        yield from _cell(line, column)
    yield from _number_and_mail(line)
    yield from _roles(line, roles)
    yield from _days(line)


def _cell(line: _Line, column: str) -> Iterator[Problem]:
    cell = line.cells[column]
    if column in FILLED and not cell:
        yield line.problem(
            column, "R106", f"`{column}` is empty", "without it nobody knows who is asked, or for what", "fill it in"
        )
    if ERROR.fullmatch(cell):
        yield line.problem(column, "R114", f"`{cell}` is a formula's error, and no `{column}`", "it would be taken for what it stands in place of",
                           "mend the formula in the spreadsheet, or write the value, and save again")  # fmt: skip
    elif GARBLED.search(cell):
        yield line.problem(column, "R101", f"`{cell}` seems to have been read in the wrong encoding", "a name that is read in the wrong encoding is another name",
                           "export the roster again as UTF-8, from where it comes from")  # fmt: skip
    elif any(unicodedata.category(sign) == "Cc" for sign in cell) or len(cell) > LONGEST:
        yield line.problem("", "R107", f"`{column}` holds a line break, a hidden sign or more than {LONGEST} characters", "it goes into emails and forms as one line",
                           "write it as one short line")  # fmt: skip


def _number_and_mail(line: _Line) -> Iterator[Problem]:
    number, mail = line.cells["staff_number"], line.cells["mail"]
    for column, code in (("staff_number", "R108"), ("mail", "R109")):
        if unseen := find_in_name(line.cells[column]):
            yield line.problem(column, code, f"{unseen.what} stands in this cell", "nobody sees it, and it makes another number or address of it",
                               "type the cell again")  # fmt: skip
            return
    if SPOILT.fullmatch(number):
        yield line.problem("staff_number", "R108", f"`{number}` is what a spreadsheet makes of a staff number", "digits of it are lost, or it has become a day",
                           "format the column as text before the numbers are put in, and export it again")  # fmt: skip
    elif number and not NUMBER.fullmatch(number):
        yield line.problem("staff_number", "R108", f"`{number}` cannot be a staff number", "it names files and is typed by hand",
                           "use up to 40 plain letters, digits and signs")  # fmt: skip
    if mail and not MAIL.fullmatch(mail):
        yield line.problem(
            "mail",
            "R109",
            f"`{mail}` is no email address",
            "the personal link is sent to it",
            "write one address, such as a.lee@example.org, or leave it empty",
        )


def _roles(line: _Line, roles: Sequence[str]) -> Iterator[Problem]:
    for role in _parts(line.cells["roles"]):
        if role not in roles:
            near = nearest(role, roles)
            fix = f"write `{near}`" if near else f"write one of: {', '.join(roles)}"
            at = line.source.find(role) + 1
            yield Problem(Place(line.file, line.number, max(1, at), len(role)), "R110", f"`{role}` is not a role", "the role decides who is asked, and for what",
                          fix, line.source)  # fmt: skip


def _days(line: _Line) -> Iterator[Problem]:
    for column in ("starts", "leaves"):
        cell = line.cells[column]
        if cell and not _is_day(cell):
            british = BRITISH_DAY.fullmatch(cell)
            meant = f"{british[3]}-{british[2]:0>2}-{british[1]:0>2}" if british else ""
            fix = f"write {meant} if the day comes first; a spreadsheet writes all so with the cell format yyyy-mm-dd" if meant and _is_day(meant) \
                else "write year, month and day: 2025-09-01"  # fmt: skip
            yield line.problem(
                column, "R111", f"`{cell}` is not a day", "what is due depends on it, and 03/04 is read both ways", fix
            )
    starts, leaves = line.cells["starts"], line.cells["leaves"]
    if _is_day(starts) and _is_day(leaves) and leaves < starts:
        yield line.problem(
            "leaves",
            "R111",
            f"somebody who starts on {starts} leaves on {leaves}",
            "one of the two is wrong",
            "mend the wrong one",
        )


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _twice(lines: Sequence[_Line]) -> Iterator[Problem]:
    """People who stand in the roster twice: by their number, or by name and mail."""
    numbers: dict[str, int] = {}
    people: dict[tuple[str, str], int] = {}
    for line in lines:
        number, who = (
            line.cells.get("staff_number", ""),
            (line.cells.get("name", "").casefold(), line.cells.get("mail", "").casefold()),
        )
        if number and (first := numbers.setdefault(number.casefold(), line.number)) != line.number:
            yield line.problem("staff_number", "R112", f"staff number `{number}` stands on line {first} already", "one number is one person",
                               "take the line out, or give the person their own number")  # fmt: skip
        elif all(who) and (first := people.setdefault(who, line.number)) != line.number:
            yield line.problem("name", "R113", f"`{line.cells['name']}` with the same email address stands on line {first} already", "the same person would be asked twice",
                               "take one of the lines out; two people of one name have two addresses")  # fmt: skip


def _row(line: _Line) -> Row:
    cells = line.cells
    return Row(
        line.number, cells["staff_number"], cells["name"], cells["mail"], cells["academy"], cells["manager"],
        _parts(cells["roles"]), cells["starts"], cells["leaves"], _parts(cells["aliases"]),
    )  # fmt: skip


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
