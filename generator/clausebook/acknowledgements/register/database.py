"""SQLite, and only here: register.sqlite, made from the register for HR's own queries.

It says nothing that the register does not say, and no command reads it: delete it, and the next command makes it again.
Names are not in it; people.json has them by `person`.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.register.entries import Body, Entry, Head, read_entries
from clausebook.acknowledgements.register.replay import Gathering, day_of
from clausebook.acknowledgements.register.standings import Standings, find_owed
from clausebook.system import FILE, sync_folder

SHAPE = 1  # of the tables; another number makes the file anew
TABLES = """
CREATE TABLE about (shape INTEGER, hash TEXT, day TEXT);
CREATE TABLE entries (number INTEGER PRIMARY KEY, hash TEXT, kind TEXT, at TEXT, day TEXT, ref TEXT, person TEXT, trust TEXT,
    policy TEXT, revision TEXT, digest TEXT, campaign TEXT, received TEXT, channel TEXT, assurance TEXT, receipt TEXT,
    says TEXT, "by" TEXT, about INTEGER, facts TEXT, void INTEGER);
CREATE TABLE acknowledgements (person TEXT, trust TEXT, policy TEXT, revision TEXT, day TEXT, how TEXT, assurance TEXT,
    entry INTEGER, carried_from TEXT, PRIMARY KEY (person, trust, policy, revision));
CREATE TABLE owed (person TEXT, trust TEXT, policy TEXT, campaign TEXT, revision TEXT, since TEXT, due TEXT, overdue INTEGER,
    ref TEXT, PRIMARY KEY (person, trust, policy));
CREATE INDEX entries_by_person ON entries (person);
CREATE INDEX entries_by_ref ON entries (ref);
"""
ADD_ENTRY = "INSERT INTO entries VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
ADD_SIGNED = "INSERT INTO acknowledgements VALUES (?,?,?,?,?,?,?,?,?)"
ADD_OWED = "INSERT INTO owed VALUES (?,?,?,?,?,?,?,?,?)"
COPIED = ("ref", "person", "trust", "policy", "revision", "digest", "campaign", "received", "channel", "assurance",
          "receipt", "says", "by", "about")  # fmt: skip


def refresh_database(desk: Desk, day: date) -> None:
    """Make the database again where the register has gone on since, or another day has come, by which `overdue` is told."""
    now = (SHAPE, _last_hash(desk.register), day.isoformat())
    if now[1] and _made_of(desk.database) != now:
        _make(desk, now, day)


def _last_hash(register: Path) -> str:
    """The hash of the last entry, without reading those before it; empty where there is none, or none that can be read."""
    if not register.exists():
        return ""
    with register.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        line, length = b"", 4096
        while line.count(b"\n") < 2 and len(line) < end:
            file.seek(max(0, end - length))
            line, length = file.read(), length * 4
    whole = [one for one in line.split(b"\n")[:-1] if one]
    try:
        return Head.model_validate(json.loads(whole[-1])["head"]).hash if whole else ""
    except (ValueError, KeyError, TypeError):
        return ""


def _made_of(database: Path) -> tuple[int, str, str] | None:
    if not database.exists():
        return None
    try:
        with closing(sqlite3.connect(database)) as connection:
            found: tuple[int, str, str] | None = connection.execute("SELECT shape, hash, day FROM about").fetchone()
            return found
    except sqlite3.DatabaseError:
        return None


def _make(desk: Desk, now: tuple[int, str, str], day: date) -> None:
    beside = desk.database.with_name(f".{desk.database.name}.new")
    beside.unlink(missing_ok=True)
    beside.touch(FILE)
    gathering = Gathering()
    with closing(sqlite3.connect(beside)) as connection:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {TABLES}")
        connection.executemany(ADD_ENTRY, _entries(desk, gathering))
        standings = gathering.finish()
        connection.executemany("UPDATE entries SET void = 1 WHERE number = ?", [(one,) for one in standings.void])
        connection.executemany(ADD_SIGNED, _signed(standings))
        connection.executemany(ADD_OWED, _owed(standings, day))
        connection.execute("INSERT INTO about VALUES (?, ?, ?)", now)
        connection.commit()
    beside.replace(desk.database)
    sync_folder(desk.root)


def _entries(desk: Desk, gathering: Gathering) -> Iterator[tuple[object, ...]]:
    for entry in read_entries(desk.register):
        if isinstance(entry, Entry):
            gathering.apply(entry)
            yield _entry(entry)


def _entry(entry: Entry) -> tuple[object, ...]:
    body = entry.body or Body(kind="purged", at="0000-00-00T00:00:00Z", says="purged: the body was taken out")
    copied = (getattr(body, name) for name in COPIED)
    facts = json.dumps(body.facts, ensure_ascii=False, sort_keys=True)
    return (entry.number, entry.head.hash, body.kind, body.at, day_of(body)[:10], *copied, facts, 0)


def _signed(standings: Standings) -> Iterator[tuple[object, ...]]:
    for standing in standings:
        for one in standing.signed:
            yield (standing.person, standing.trust, standing.policy, one.revision, one.day[:10], one.how, one.assurance,
                   one.entry, one.carried_from)  # fmt: skip


def _owed(standings: Standings, day: date) -> Iterator[tuple[object, ...]]:
    for standing in standings:
        if one := find_owed(standing, day):
            yield (
                one.person,
                one.trust,
                one.policy,
                one.campaign,
                one.revision,
                one.since,
                one.due,
                one.overdue,
                one.asked.ref,
            )
