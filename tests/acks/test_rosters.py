"""Rosters as HR's programs write them; a broken one stands in rosters/ beside the exact words that HR then sees."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from clausebook.acknowledgements.campaigns.roster import Roster, read_roster
from clausebook.acknowledgements.desk.people import merge_people
from clausebook.acknowledgements.desk.roster_row import Row
from clausebook.check.library import read_handbook
from clausebook.model.handbook import Trust
from clausebook.model.problems import render_text

CASES = sorted((Path(__file__).parent / "rosters").glob("*.csv"))
SOURCE = Path(__file__).parents[2] / "generator" / "clausebook" / "acknowledgements"
STARTER = Path(__file__).parents[2] / "generator" / "clausebook" / "starter"
ROLES = ["staff", "agency-workers", "volunteers", "governors", "managers", "account-owners", "employer"]
HEAD = "staff_number,name,mail,academy,manager,roles,starts,leaves,aliases"
LINE = 'E1,José Álvarez,jose@example.org,"North, Upper",E2,staff;managers,2019-09-01,2026-08-31,Pepe; J. Alvarez'
ROW = Row(
    2, "E1", "José Álvarez", "jose@example.org", "North, Upper", "E2", "staff; managers", "2019-09-01", "2026-08-31",
    "Pepe; J. Alvarez",
)  # fmt: skip


def read_larkhill() -> Trust:
    handbook, problems = read_handbook(STARTER)
    assert handbook, problems
    return handbook.trusts[0]


def test_a_row_has_the_full_name_of_its_academy() -> None:
    rows = "".join(
        f"{number},A{number},,{academy},,staff,,,\n" for number, academy in enumerate(("eastfield", "WESTMOOR", ""))
    )
    roster, _ = read_roster(f"{HEAD}\n{rows}".encode(), "roster.csv", ROLES, read_larkhill().academies)
    assert roster
    assert [row.academy for row in roster.rows] == [
        "Eastfield Primary Academy (made up)",
        "Westmoor School (made up)",
        "",
    ]


def read(raw: bytes) -> Roster:
    roster, problems = read_roster(raw, "roster.csv", ROLES)
    assert roster, render_text(problems)
    return roster


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_hr_sees_these_words(case: Path) -> None:
    academies = (
        read_larkhill().academies if case.stem.startswith("R116") else ()
    )  # the others are of a trust that has none
    roster, problems = read_roster(case.read_bytes(), case.name, ROLES, academies)
    assert roster is None
    assert render_text(problems) + "\n" == case.with_suffix(".txt").read_text()
    assert case.stem[:4] in {problem.code for problem in problems}


def test_every_code_has_a_case() -> None:
    codes = set(re.findall(r"\bR1\d\d\b", "".join(path.read_text() for path in SOURCE.rglob("roster*.py"))))
    assert {case.stem[:4] for case in CASES} == codes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, ending: str) -> None:
    assert read(ending.join((HEAD, LINE, "")).encode(encoding)).rows == (ROW,)


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_delimiters(sign: str) -> None:
    cells = (
        "E1", "José Álvarez", "jose@example.org", '"North, Upper"', "E2", '"staff;managers"', "2019-09-01", "2026-08-31",
        '"Pepe; J. Alvarez"',
    )  # fmt: skip
    assert read(f"{HEAD.replace(',', sign)}\n{sign.join(cells)}\n".encode()).rows == (ROW,)


def test_what_excel_writes_around_a_table() -> None:
    """A line that names the delimiter, a blank line above the names, empty cells left out at the end, and too many of them."""
    cells = (
        'E1;José Álvarez;jose@example.org;"North, Upper";E2;"staff;managers";2019-09-01;2026-08-31;"Pepe; J. Alvarez"'
    )
    for above in ("sep=;\r\n", '"sep=;"\n', "\n;;;\n"):
        (row,) = read(f"{above}{HEAD.replace(',', ';')}\r\n{cells}\r\n".encode()).rows
        assert (row.name, row.roles, row.line) == (ROW.name, ROW.roles, above.count("\n") + 2)
    short = read(f"{HEAD}\nE1,Ann Lee,,,,staff\nE2,Bo Lee,,North,,staff,2020-09-01\n".encode())
    assert [(row.academy, row.starts, row.aliases) for row in short.rows] == [("", "", ()), ("North", "2020-09-01", ())]
    trailing = read(f"{HEAD},,,\nE1,Ann Lee,,,,staff,,,,,,\n".encode())
    assert (trailing.unread, len(trailing.rows)) == ((), 1)


def test_a_mistake_below_a_separator_is_told_at_its_own_line() -> None:
    _, problems = read_roster(f"sep=;\n{HEAD.replace(',', ';')}\nE1;Ann;;;;stafff;;;\n".encode(), "roster.csv", ROLES)
    assert [(one.code, one.place.line, one.source) for one in problems] == [("R110", 3, "E1;Ann;;;;stafff;;;")]
    _, problems = read_roster(b"sep=;\nstaff_number;name\n", "roster.csv", ROLES)
    assert {(one.code, one.place.line) for one in problems} == {("R104", 2)}


def test_all_that_is_wrong_with_a_line_is_told_at_once() -> None:
    line = "417.0,#N/A,nobody,,,stafff,2025-13-01,2025-08-31,"
    _, problems = read_roster(f"{HEAD}\n{line}\n".encode(), "roster.csv", ROLES)
    assert {one.code for one in problems} == {"R108", "R114", "R109", "R110", "R111"}
    assert all(one.place.column > 1 for one in problems if one.code != "R108")


@pytest.mark.parametrize("number", ["1.23457E+11", "1,2E+05", "417.0", "17-Mar", "Mar-17"])
def test_a_number_that_a_spreadsheet_spoilt(number: str) -> None:
    _, problems = read_roster(f'{HEAD}\n"{number}",Ann Lee,,,,staff,,,\n'.encode(), "roster.csv", ROLES)
    assert [one.code for one in problems] == ["R108"]
    assert "format the column as text" in problems[0].fix


@pytest.mark.parametrize("number", ["1E5A", "E100", "417", "00417", "3-17", "1.2.3"])
def test_a_number_that_only_looks_like_it(number: str) -> None:
    assert read(f"{HEAD}\n{number},Ann Lee,,,,staff,,,\n".encode()).rows[0].staff_number == number


def test_columns_in_any_order_and_some_that_nobody_reads() -> None:
    roster = read(
        b"Roles,NI number,Staff Number,name,Mail,aliases,leaves,starts,Manager,Academy\n"
        b'staff,"AB\n12",E1,Sam Lee,,,,,,North\n\n,,,,,,,,,\nstaff,,E2,=1+1,,,,,,\n'
    )
    assert roster.unread == ("ni_number",)
    assert [(row.line, row.staff_number, row.name, row.academy) for row in roster.rows] == [
        (2, "E1", "Sam Lee", "North"),
        (6, "E2", "=1+1", ""),
    ]


def test_the_same_letters_written_in_two_ways_are_one_name() -> None:
    (row,) = read(f"{HEAD}\nE1,Jose\u0301,,,,staff,,,\n".encode()).rows
    assert row.name == "José"


def test_a_name_that_changes_stays_as_an_alias() -> None:
    first = merge_people((), "t", [ROW])
    assert (len(first.new), first.changed, first.gone) == (1, (), ())
    married = replace(ROW, name="José Pérez", roles="staff;managers", aliases="")
    second = merge_people(first.people, "t", [married])
    (person,) = second.people
    assert (person.id, person.name) == (first.people[0].id, "José Pérez")
    assert person.aliases == ("Pepe", "J. Alvarez", "José Álvarez")
    assert second.changed == (person,)
    again = merge_people(second.people, "t", [married])
    assert (again.new, again.changed, again.people) == ((), (), second.people)
