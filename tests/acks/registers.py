"""A register's file as somebody with SQLite and no scruples changes it: the triggers dropped, and put back as they were."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from clausebook.acknowledgements.desk.academy_texts import AcademyTexts
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.register.database import Row
from clausebook.acknowledgements.register.entries import FIRST, Body, Head, digest_of, read_register, read_whole
from clausebook.acknowledgements.register.standings import Standings
from clausebook.acknowledgements.register.standings_as_at import count_entries, read_standings, standings_of
from clausebook.acknowledgements.reports.report import Report, make_report
from clausebook.model.handbook import Handbook
from clausebook.model.identity import canonical_json

COLUMNS = "number, before, digest, salt, body"


def lines_of(register: Path) -> list[dict[str, Any]]:
    """Every entry as an evidence pack has it. Raises BrokenRegisterError."""
    return [json.loads(entry.line) for entry in read_whole(register)]


def bytes_of(register: Path) -> bytes:
    """All that lies on the disk of it."""
    return b"".join(path.read_bytes() for path in sorted(register.parent.glob(f"{register.name}*")))


def tamper(register: Path, do: Callable[[sqlite3.Connection], object]) -> None:
    with closing(sqlite3.connect(register, isolation_level=None)) as base:
        triggers = base.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            base.execute(f"DROP TRIGGER {name}")
        do(base)
        for _, sql in triggers:
            base.execute(sql)


def rewrite(register: Path, spoil: Callable[[list[Row]], Iterable[Row]]) -> None:
    """Put other rows in the place of all that are there."""

    def do(base: sqlite3.Connection) -> None:
        rows = [Row(*row) for row in base.execute(f"SELECT {COLUMNS} FROM entries ORDER BY number")]
        base.execute("DELETE FROM entries")
        base.executemany(f"INSERT INTO entries ({COLUMNS}) VALUES (?, ?, ?, ?, ?)", spoil(rows))

    tamper(register, do)


def replace_text(register: Path, old: str, new: str) -> None:
    """Edit what entries say, and nothing else."""
    tamper(register, lambda base: base.execute("UPDATE entries SET body = replace(body, ?, ?)", (old, new)))


def cut(register: Path, kept: int) -> None:
    """Take away all that comes after so many entries."""
    tamper(register, lambda base: base.execute("DELETE FROM entries WHERE number > ?", (kept,)))


def chained(bodies: Iterable[Body]) -> list[Row]:
    """Rows of a chain that holds."""
    rows, before = [], FIRST
    for number, body in enumerate(bodies, 1):
        text = canonical_json(body.model_dump(exclude_defaults=True)).decode()
        head = Head(number=number, before=before, body=digest_of("ab", text))
        rows.append(Row(number, before, head.body, "ab", text))
        before = head.hash
    return rows


def standings_of_register(path: Path, as_of: str = "") -> Standings:
    """How everybody stands by the register at `path`."""
    with read_register(path) as register:
        return read_standings(register, as_of)


def read_report(desk: Desk, handbook: Handbook, trust: str, day: date) -> Report:
    """The report of a desk as at the end of `day`."""
    with read_register(desk.register) as register:
        counted = count_entries(register, day.isoformat())
        kept = AcademyTexts(desk, handbook.trust(trust).texts_of_academies)
        return make_report(counted, standings_of(counted), read_people(desk), handbook, trust, kept, day)
