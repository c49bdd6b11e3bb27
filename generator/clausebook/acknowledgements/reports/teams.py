"""A table for each manager with their own team and nobody else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from clausebook.acknowledgements.reports.cases import STATE_WORDS, Case
from clausebook.acknowledgements.reports.report import Report
from clausebook.acknowledgements.reports.sheets import note_of
from clausebook.export.tables import Cell, Sheet

HEADINGS = ("Name", "Academy", "Policy", "Revision", "State", "Due", "Days overdue", "Note")
SHOWN_FIRST = ("overdue", "due", "not-asked")
LONGEST = 60


@dataclass(frozen=True)
class Team:
    """One manager's people."""

    manager: str
    file: str
    """The name of its file, without the end; no two are the same."""
    cases: tuple[Case, ...]


def find_teams(report: Report) -> tuple[Team, ...]:
    """Each manager's team, without those who have left; people without a manager stand in none."""
    groups: dict[str, list[Case]] = {}
    for case in report.cases:
        if case.manager and case.state != "left":
            groups.setdefault(case.manager, []).append(case)
    taken: set[str] = set()
    return tuple(
        Team(manager, _free(manager, taken), tuple(groups[manager])) for manager in sorted(groups, key=str.casefold)
    )


def _free(manager: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", manager).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST] or "manager"
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def team_sheet(team: Team, report: Report) -> Sheet:
    """What a manager needs to remind their team: nothing of how or how surely anybody signed."""
    day = report.day.isoformat()
    cases = sorted(
        team.cases,
        key=lambda case: (SHOWN_FIRST.index(case.state) if case.state in SHOWN_FIRST else 9, -case.overdue),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (case.person.name, case.person.academy, report.title(case.policy), case.revision, STATE_WORDS[case.state], case.due,
         case.overdue, note_of(case, day))
        for case in cases
    )  # fmt: skip
    return Sheet("Team", HEADINGS, rows)
