"""SQLite, and only here: the file of a register, what it holds, and what it refuses.

The triggers guard against mistakes: whatever opens the file with SQLite cannot change an entry, take one away or put one in, but for a
purge that the last entry tells of. They do not guard against somebody who means harm, who can drop a trigger or write over the bytes of
the file: that shows in the chain, in the checkpoints and in the signatures of purges (entries.py, verify.py).

An entry is accepted once its transaction is on the disk (WAL, synchronous=FULL). What a machine that stops leaves in register.sqlite-wal
is read by the next command. Where a command ends by itself that file goes, so that a copy of register.sqlite is a copy of the register.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from clausebook.system import FILE, sync_folder

TO_QUERY = ("kind", "at", "ref", "person", "trust", "policy", "revision", "campaign", "received", "receipt", "about")
"""What queries ask for: columns that are worked out from the body and take no room."""
SCHEMA = (
    f"""CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    before TEXT NOT NULL,
    digest TEXT NOT NULL,
    salt TEXT,
    body TEXT,
    {", ".join(f"{name} AS (json_extract(body, '$.{name}'))" for name in TO_QUERY)}
)""",
    """CREATE TRIGGER entries_come_at_the_end BEFORE INSERT ON entries
WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM entries)
BEGIN SELECT raise(ABORT, 'an entry comes at the end of the register'); END""",
    """CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'an entry of the register stays'); END""",
    """CREATE TRIGGER entries_stay_as_they_are BEFORE UPDATE ON entries
WHEN new.number <> old.number OR new.before <> old.before OR new.digest <> old.digest
  OR new.salt IS NOT NULL OR new.body IS NOT NULL
  OR old.number NOT IN (
    SELECT taken.value FROM entries AS last, json_each(last.body, '$.facts.entries') AS taken
    WHERE last.number = (SELECT max(number) FROM entries) AND last.kind = 'purged')
BEGIN SELECT raise(ABORT, 'an entry of the register stays as it is'); END""",
)
SQLITES = (sqlite3.Error, UnicodeDecodeError)  # whose words about a damaged file need not be UTF-8
ROWS = "SELECT number, before, digest, salt, body FROM entries"
SHORTLY, PATIENTLY = 0.25, 10.0
"""Seconds. Who writes has the register until the command ends, which may take minutes: a second one is told so, and does not wait. Who
reads waits for the moment at most in which another command opens or closes the file."""


class DatabaseInUseError(Exception):
    """Another command is writing."""


class DamagedDatabaseError(Exception):
    """The file cannot be as we wrote it; the words say why."""


class Row(NamedTuple):
    """An entry as it lies in the file; a purged one has neither salt nor body."""

    number: int
    before: str
    digest: str
    salt: str | None
    body: str | None


class Database:
    """The file of a register, open for reading, or for writing by one command at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self) -> Iterator[Row]:
        """Every entry in the order of the numbers. Raises DamagedDatabaseError."""
        with _in_our_words():
            shape = _shape(self._connection)
            if shape and shape != _our_shape():
                raise DamagedDatabaseError("its tables or triggers are not those of a register: someone changed them")
            if shape:
                yield from map(Row._make, self._connection.execute(f"{ROWS} ORDER BY number"))

    def find(self, wanted: Mapping[str, str | int]) -> list[Row]:
        """The entries of which these columns say so, in the order of the numbers; `wanted` has names of TO_QUERY, or `number`."""
        where = " AND ".join(f"{name} = ?" for name in wanted)
        with _in_our_words():
            found = self._connection.execute(f"{ROWS} WHERE {where} ORDER BY number", tuple(wanted.values()))
            return [Row(*row) for row in found]

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        """What a query finds; it may make tables of its own, which last as long as this is open and are not in the file.

        Raises DamagedDatabaseError, OSError.
        """
        with _in_our_words():
            return self._connection.execute(sql, parameters or {}).fetchall()

    def fault(self) -> str:
        """What SQLite finds wrong with the file; empty where nothing is."""
        with _in_our_words():
            (found,) = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        return "" if found == "ok" else str(found).splitlines()[-1]

    def append(self, rows: Sequence[Row], emptied: Collection[int] = ()) -> None:
        """Add entries, all of them or none; they are on the disk before this returns.

        With them the bodies of `emptied` go, which the first row tells of as purged. Raises DatabaseInUseError, OSError.
        """
        if not self._connection.in_transaction:
            raise DatabaseInUseError
        with _in_our_words():
            try:
                self._insert(rows[:1])
                self._connection.executemany("UPDATE entries SET salt = NULL, body = NULL WHERE number = ?", [(one,) for one in emptied])  # fmt: skip
                self._insert(rows[1:])
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            if emptied:  # the other file still holds what was taken out
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with suppress(DatabaseInUseError):
            self._take(rows[-1])

    def _insert(self, rows: Sequence[Row]) -> None:
        self._connection.executemany("INSERT INTO entries (number, before, digest, salt, body) VALUES (?, ?, ?, ?, ?)", rows)  # fmt: skip

    def _take(self, last: Row) -> None:
        """Have the file to ourselves again after a transaction, unless another command came in between: then `append` refuses."""
        with _in_our_words():
            self._connection.execute("BEGIN IMMEDIATE")
            if self._connection.execute("SELECT max(number) FROM entries").fetchone() != (last.number,):
                self._connection.execute("ROLLBACK")


@contextmanager
def open_to_write(path: Path) -> Iterator[Database]:
    """The register's file, made where there is none. Raises DatabaseInUseError, DamagedDatabaseError, OSError."""
    if not path.exists():
        path.touch(FILE)
        sync_folder(path.parent)
    with closing(_connect(path, SHORTLY)) as connection:
        with _in_our_words():
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN IMMEDIATE")
            if not _shape(connection):
                for statement in SCHEMA:
                    connection.execute(statement)
                connection.execute("COMMIT")
                connection.execute("BEGIN IMMEDIATE")
        yield Database(connection)


@contextmanager
def open_to_read(path: Path) -> Iterator[Database]:
    """The register's file as it is at this moment, also while a command writes, and where it can only be read.

    One that is not there yet has no entries. Raises as `open_to_write`.
    """
    if not path.exists():
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            for statement in SCHEMA:
                connection.execute(statement)
            yield Database(connection)
        return
    with closing(_connect(path, PATIENTLY)) as connection:
        try:
            _shape(connection)  # which opens the file
        except SQLITES as error:
            if _code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise _told(error) from error
        else:
            yield Database(connection)
            return
    with closing(_connect(_at_rest(path), PATIENTLY, at_rest=True)) as connection:
        yield Database(connection)


def _at_rest(path: Path) -> Path:
    """A file in a folder that can only be read. Raises OSError where a part of the register lies beside it."""
    beside = path.with_name(f"{path.name}-wal")
    if beside.exists() and beside.stat().st_size:
        raise OSError(errno.EROFS, "a command was stopped, and here nothing can be written: copy the desk to where you can write, with what the command left", str(beside))  # fmt: skip
    return path


def _connect(path: Path, seconds: float, *, at_rest: bool = False) -> sqlite3.Connection:
    name, plain = str(path.absolute()), path.absolute().as_posix()
    if at_rest:
        name = f"file://{'' if plain.startswith('/') else '/'}{quote(plain)}?immutable=1"
    with _in_our_words():
        connection = sqlite3.connect(name, timeout=seconds, isolation_level=None, uri=at_rest)
        connection.execute("PRAGMA temp_store = MEMORY")
    connection.text_factory = lambda raw: raw.decode(errors="replace")  # which has another digest
    return connection


def _shape(connection: sqlite3.Connection) -> frozenset[tuple[str, ...]]:
    return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


@cache
def _our_shape() -> frozenset[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in SCHEMA:
            connection.execute(statement)
        return _shape(connection)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except SQLITES as error:
        raise _told(error) from error


def _code(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to its primary code


def _told(error: Exception) -> Exception:
    of_the_machine = {
        sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO, sqlite3.SQLITE_READONLY: errno.EROFS, sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    }  # fmt: skip
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseInUseError()
    if code in of_the_machine:
        return OSError(of_the_machine[code], os.strerror(of_the_machine[code]))
    if isinstance(error, sqlite3.IntegrityError):
        return error  # a trigger refused what a program of ours asked for
    return DamagedDatabaseError(str(error))
