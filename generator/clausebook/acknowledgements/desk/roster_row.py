"""A person's line of a roster as a record: what each cell may hold, and why anything else is a problem."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ValidationError, ValidationInfo
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from clausebook.load.lookalikes import find_in_name
from clausebook.model.problems import Place, Problem

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BRITISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
NUMBER = re.compile(r"[\x20-\x7e]{1,40}")
MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
GARBLED = re.compile(r"[ÃÂ][\x80-\xbf]|â€")  # UTF-8 that some program took for Windows-1252
ERROR = re.compile(
    r"(?i)#(?:n/?a|nv|ref|bezug|value|wert|name|div/0|null|num|zahl|spill|calc|field|blocked|connect|unknown|getting_data)[!?]?|err:\d+|#{3,}"
)
SPOILT = re.compile(
    r"(?i)\d+(?:[.,]\d+)?e[+-]?\d+|\d+[.,]0+|\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)-\d{2}"
)
LONGEST = 200  # characters of a cell that is read


def _misfit(code: str, what: str, why: str, fix: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{what}", {"what": what, "why": why, "fix": fix})


def _plain(cell: str, info: ValidationInfo) -> str:
    if ERROR.fullmatch(cell):
        raise _misfit("R114", f"`{cell}` is a formula's error, and no `{info.field_name}`", "it would be taken for what it stands in place of",
                      "mend the formula in the spreadsheet, or write the value, and save again")  # fmt: skip
    if GARBLED.search(cell):
        raise _misfit("R101", f"`{cell}` seems to have been read in the wrong encoding", "a name that is read in the wrong encoding is another name",
                      "export the roster again as UTF-8, from where it comes from")  # fmt: skip
    if any(unicodedata.category(sign) == "Cc" for sign in cell) or len(cell) > LONGEST:
        raise _misfit("R107", f"`{info.field_name}` holds a line break, a hidden sign or more than {LONGEST} characters", "it goes into emails and forms as one line",
                      "write it as one short line")  # fmt: skip
    return cell


def _filled(cell: str, info: ValidationInfo) -> str:
    if not cell:
        raise _misfit("R106", f"`{info.field_name}` is empty", "without it no one knows who is asked, or for what", "fill it in")  # fmt: skip
    return cell


def _all_seen(cell: str, code: str) -> None:
    if unseen := find_in_name(cell):
        raise _misfit(code, f"{unseen.what} is in this cell", "no one sees it, and it makes another number or address of it", "type the cell again")  # fmt: skip


def _number(cell: str) -> str:
    _all_seen(cell, "R108")
    if SPOILT.fullmatch(cell):
        raise _misfit("R108", f"`{cell}` is what a spreadsheet makes of a staff number", "digits of it are lost, or it has become a day",
                      "format the column as text before the numbers are put in, and export it again")  # fmt: skip
    if not NUMBER.fullmatch(cell):
        raise _misfit("R108", f"`{cell}` cannot be a staff number", "it names files and is typed by hand", "use up to 40 plain letters, digits and signs")  # fmt: skip
    return cell


def _mail(cell: str) -> str:
    _all_seen(cell, "R109")
    if cell and not MAIL.fullmatch(cell):
        raise _misfit("R109", f"`{cell}` is no email address", "the personal link is sent to it", "write one address, such as a.lee@example.org, or leave it empty")  # fmt: skip
    return cell


def _day(cell: str) -> str:
    if cell and not _is_day(cell):
        british = BRITISH_DAY.fullmatch(cell)
        meant = f"{british[3]}-{british[2]:0>2}-{british[1]:0>2}" if british else ""
        fix = f"write {meant} if the day comes first; a spreadsheet writes all so with the cell format yyyy-mm-dd" if meant and _is_day(meant) \
            else "write year, month and day: 2025-09-01"  # fmt: skip
        raise _misfit("R111", f"`{cell}` is not a day", "what is due depends on it, and 03/04 is read both ways", fix)
    return cell


def _not_before_start(cell: str, info: ValidationInfo) -> str:
    starts = info.data.get("starts")
    if cell and starts and cell < starts:
        raise _misfit("R111", f"someone who starts on {starts} leaves on {cell}", "one of the two is wrong", "mend the wrong one")  # fmt: skip
    return cell


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def parts_of(cell: str) -> tuple[str, ...]:
    """What stands between the semicolons of a cell, each once."""
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


Cell = Annotated[str, AfterValidator(_plain)]
Day = Annotated[Cell, AfterValidator(_day)]
Several = Annotated[tuple[str, ...], BeforeValidator(parts_of), BeforeValidator(_plain)]


@dataclass(frozen=True)
class Row:
    """A person as a line of a roster tells of them; the fields are its columns."""

    line: int
    """On which it begins."""
    staff_number: Annotated[Cell, AfterValidator(_filled), AfterValidator(_number)]
    name: Annotated[Cell, AfterValidator(_filled)]
    mail: Annotated[Cell, AfterValidator(_mail)]
    academy: Cell
    manager: Cell
    roles: Annotated[Several, BeforeValidator(_filled)]
    starts: Day
    leaves: Annotated[Day, AfterValidator(_not_before_start)]
    aliases: Several


COLUMNS = tuple(field.name for field in dataclasses.fields(Row))[1:]
FILLED = ("staff_number", "name", "roles")


@dataclasses.dataclass(frozen=True)
class Line:
    """A record of the file by column, with where it begins."""

    file: str
    number: int
    source: str
    cells: dict[str, str]

    def read(self) -> Row | list[Problem]:
        """The row, or all that is wrong with its cells."""
        try:
            return Row(self.number, *(self.cells[column] for column in COLUMNS))  # type: ignore[arg-type]  # several are split
        except ValidationError as error:
            return [
                self.problem(str(one["input"]), one["type"], **one["ctx"]) for one in error.errors(include_url=False)
            ]

    def problem(self, words: str, code: str, what: str, why: str, fix: str) -> Problem:
        """A problem with some words of the line: at these words where they can be shown, else at the line."""
        at = self.source.find(words) if 0 < len(words) <= LONGEST else -1
        place = Place(self.file, self.number, at + 1, len(words)) if at >= 0 else Place(self.file, self.number)
        return Problem(place, code, what, why, fix, self.source)
