"""R115: a roster's row that is somebody who is known under another staff number, as a spreadsheet makes it of 00417.

One person under two numbers would get two links, be reminded after they had signed, and be counted twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clausebook.acknowledgements.desk.names import name_key
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.desk.roster_row import Row
from clausebook.model.problems import Place, Problem


def find_renumbered(rows: Sequence[Row], people: Sequence[Person], trust: str, file: str) -> Iterator[Problem]:
    """A problem for each row whose number is new here, and whose person is not."""
    own = [one for one in people if one.trust == trust]
    numbers = {one.number.casefold() for one in own}
    listed = {row.staff_number.casefold() for row in rows}
    waiting = [one for one in own if one.number.casefold() not in listed and not one.leaves]
    for row in rows:
        if row.staff_number.casefold() in numbers:
            continue
        for person in waiting:
            if told := _same(row, person):
                yield Problem(
                    Place(file, row.line), "R115", f"{row.staff_number} has the {told} of {person.number}, who is known", "one person under two staff numbers is asked twice, and counted twice",
                    f"write `{person.number}`; in a spreadsheet, format the column as text before the file is opened in it",
                )  # fmt: skip
                break


def _same(row: Row, person: Person) -> str:
    """What a row has in common with somebody; empty where that may be another person."""
    is_name = bool(
        {name_key(one) for one in (row.name, *row.aliases)} & {name_key(one) for one in (person.name, *person.aliases)}
    )
    is_mail = bool(row.mail) and row.mail.casefold() == person.mail.casefold()
    if is_name and is_mail:
        return "name and email address"
    if bare(row.staff_number) != bare(person.number):
        return ""
    return "name" if is_name else "email address" if is_mail else ""


def bare(number: str) -> str:
    """A staff number without what a spreadsheet takes away or adds: leading zeros, spaces, a decimal point."""
    return re.sub(r"[.,]0+", "", re.sub(r"\s", "", number.casefold())).lstrip("0")
