"""What an auditor would try: entries edited, cut, put in, moved, an end cut off, a forged checkpoint; each is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from acks.conftest import TRUST, Office
from acks.registers import bytes_of, chained, cut, rewrite
from clausebook.acknowledgements.register.checkpoints import Checkpoint, sign_checkpoint
from clausebook.acknowledgements.register.database import Row
from clausebook.acknowledgements.register.entries import Body, Entry, Fault, Head, digest_of, read_entries
from clausebook.acknowledgements.register.verify import find_damage
from clausebook.acknowledgements.signing.keys import new_key

Spoil = Callable[[list[Row]], list[Row]]


@pytest.fixture
def signed(office: Office) -> Office:
    """Seven entries with a checkpoint, and the entry that says so."""
    office.issue("2025-09-10")
    office.acknowledged("E100", "2025-09", "2025-09-12")
    office.signing("checkpoint")
    return office


def edited(rows: list[Row]) -> list[Row]:
    return [*rows[:2], rows[2]._replace(body=due_later(rows[2])), *rows[3:]]


def rehashed(rows: list[Row]) -> list[Row]:
    """Edited by somebody who knows how a body is hashed, and stops there."""
    text = due_later(rows[2])
    return [*rows[:2], rows[2]._replace(body=text, digest=digest_of(str(rows[2].salt), text)), *rows[3:]]


def due_later(row: Row) -> str:
    assert row.body
    assert '"due":"2025-10-31"' in row.body
    return row.body.replace('"due":"2025-10-31"', '"due":"2026-10-31"')


def emptied(rows: list[Row]) -> list[Row]:
    """As a purge leaves it, but no entry says so."""
    return [*rows[:2], rows[2]._replace(salt=None, body=None), *rows[3:]]


def rechained(rows: list[Row]) -> list[Row]:
    """The whole register written anew, without entry 3: a chain that holds."""
    return chained(Body.model_validate_json(row.body or "") for row in (*rows[:2], *rows[3:]))


def numbered(rows: list[Row]) -> list[Row]:
    return [row._replace(number=number) for number, row in enumerate(rows, 1)]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (edited, "register.sqlite:3: entry 3 does not say what it said when it was written: it was edited"),
        (rehashed, "register.sqlite:4: entry 4 does not follow from the entry before it"),
        (emptied, "register.sqlite:3: entry 3 says nothing any more, and no entry says that it was purged"),
        (lambda rows: [*rows[:2], *rows[3:]], "register.sqlite:3: entry 4 is where entry 3 should"),
        (lambda rows: numbered([*rows[:2], *rows[3:]]), "register.sqlite:3: entry 3 does not follow from the entry before it"),
        (lambda rows: numbered([rows[1], rows[0], *rows[2:]]), "register.sqlite:1: entry 1 does not follow from the entry before it"),
        (lambda rows: numbered([*rows[:3], rows[2], *rows[3:]]), "register.sqlite:4: entry 4 does not follow from the entry before it"),
        (lambda rows: [rows[0]._replace(number=0), *rows], "register.sqlite:1: this is no entry of a register"),
        (lambda rows: [*rows[:2], rows[2]._replace(digest="{}"), *rows[3:]], "register.sqlite:3: this is no entry of a register"),
        (lambda rows: [*rows[:2], rows[2]._replace(salt=None), *rows[3:]], "register.sqlite:3: entry 3 does not say"),
        (lambda rows: rows[:-3], "checkpoints/7.json: it knows entry 7 of 20"),
        (lambda rows: rows[:0], "the register ends with entry 0: its end was cut off"),
        (rechained, "checkpoints/7.json: entry 7 is not the one of 20"),
    ],
)  # fmt: skip
def test_what_was_done_to_the_register_is_named(signed: Office, spoil: Spoil, said: str) -> None:
    assert "no faults" in signed.run("verify")
    rewrite(signed.desk.register, spoil)
    assert said in signed.run("verify", code=1)


def overwrite(path: Path, place: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(content)


CHANGED = "register.sqlite: the file is damaged, or was changed by another program: "


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b"not a database, and long enough to be looked at as one" * 99), "file is not a database"),
        (lambda path: overwrite(path, 4096, b"\xff" * 4096), "age 2"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "age 2"),
        (lambda path: change(path, "DROP TRIGGER entries_stay"), "its tables or triggers are not those of a register"),
        (lambda path: change(path, "CREATE TABLE notes (says)"), "its tables or triggers are not those of a register"),
        (lambda path: change(path, "CREATE INDEX of_people ON entries (person)"), "its tables or triggers are not those of a register"),
        (lambda path: change(path, "CREATE TRIGGER mine AFTER INSERT ON entries BEGIN SELECT 1; END"), "its tables or triggers are not"),
        (lambda path: change(path, "DROP TRIGGER entries_stay", "CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT 1; END"), "its tables or triggers are not"),
    ],
)  # fmt: skip
def test_what_was_done_to_the_file_is_named(signed: Office, spoil: Callable[[Path], object], said: str) -> None:
    spoil(signed.desk.register)
    told = signed.run("verify", code=1)
    assert CHANGED in told
    assert said in told
    assert "Nothing was written" in signed.issue("2025-12-31", code=1)


def test_no_byte_of_the_file_changes_what_is_read_unnoticed(signed: Office) -> None:
    path = signed.desk.register
    good, before = path.read_bytes(), list(read_entries(path))
    named = 0
    for place in (*range(0, 100, 3), *range(100, len(good), 61)):
        for bits in (1, 0xFF):
            path.write_bytes(good[:place] + bytes([good[place] ^ bits]) + good[place + 1 :])
            found = list(read_entries(path))
            faults = [*find_damage(path), *(one for one in found if isinstance(one, Fault))]
            assert faults or found == before, f"byte {place}"
            named += bool(faults)
    assert named > 150


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for statement in statements:
            base.execute(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE entries SET body = replace(body, '2025', '2026') WHERE number = 3", "an entry of the register stays as it is"),
        ("UPDATE entries SET salt = NULL, body = NULL WHERE number = 3", "an entry of the register stays as it is"),
        ("UPDATE entries SET number = 99 WHERE number = 3", "an entry of the register stays as it is"),
        ("DELETE FROM entries WHERE number = 8", "an entry of the register stays"),
        ("INSERT INTO entries (number, before, digest) VALUES (12, '', '')", "an entry comes at the end of the register"),
        ("INSERT OR REPLACE INTO entries (number, before, digest) VALUES (3, '', '')", "an entry comes at the end of the register"),
        ("UPDATE OR REPLACE entries SET number = 3 WHERE number = 4", "an entry of the register stays as it is"),
    ],
)  # fmt: skip
def test_a_hand_that_slips_changes_nothing(signed: Office, statement: str, said: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=said):
        change(signed.desk.register, statement)
    assert "no faults" in signed.run("verify")


def test_an_end_that_was_cut_off_shows_nowhere_without_a_checkpoint(office: Office) -> None:
    office.issue("2025-09-10")
    cut(office.desk.register, len(office.entries()) - 1)
    said = office.run("verify")
    assert "no signed checkpoint: no faults. Until there is a checkpoint" in said


def checkpoint_file(office: Office) -> Path:
    return office.desk.checkpoint_file(7)


def test_a_checkpoint_that_was_changed_or_forged_or_taken_away_is_named(signed: Office) -> None:
    path = checkpoint_file(signed)
    good = path.read_bytes()
    path.write_bytes(good.replace(b'"number":7', b'"number":5'))
    said = signed.run("verify", code=1)
    assert "7.json: this is the checkpoint of entry 5" in said
    assert "7.json: its signature does not fit" in said
    stranger = new_key()
    entry = next(one for one in read_entries(signed.desk.register) if isinstance(one, Entry) and one.number == 7)
    forged = Checkpoint(number=7, hash=entry.head.hash, at="2026-01-01T00:00:00Z", key=stranger.id)
    path.write_bytes(sign_checkpoint(forged, stranger))
    assert f"7.json: it is signed with the key {stranger.id}, which is none of ours" in signed.run("verify", code=1)
    (ours,) = signed.merged.keys
    path.write_bytes(sign_checkpoint(forged.model_copy(update={"key": ours.id}), stranger))
    assert "7.json: its signature does not fit" in signed.run("verify", code=1)
    path.write_bytes(b"{}")
    assert "7.json: this is no checkpoint" in signed.run("verify", code=1)
    path.unlink()
    assert "an entry says that this checkpoint was made, and it is gone" in signed.run("verify", code=1)


def test_a_register_forged_with_a_key_of_its_own_does_not_fit_the_handbook(signed: Office) -> None:
    stranger = new_key()
    facts = {"id": stranger.id, "public": stranger.public, "first": "2025-09-01"}
    (row,) = chained([Body(kind="key", at="2026-01-01T00:00:00Z", trust=TRUST, facts=facts)])
    rewrite(signed.desk.register, lambda _: [row])
    checkpoint_file(signed).unlink()
    head = Head(number=1, before=row.before, body=row.digest)
    forged = Checkpoint(number=1, hash=head.hash, at="2026-01-01T00:00:00Z", key=stranger.id)
    signed.desk.checkpoint_file(1).write_bytes(sign_checkpoint(forged, stranger))
    assert "which is none of ours" in signed.run("verify", code=1)


def test_the_desk_alone_vouches_for_itself_and_says_so(signed: Office) -> None:
    (signed.handbook_folder / "trusts" / TRUST / "keys.yml").unlink()
    assert "this desk vouched for itself" in signed.run("verify")


def test_a_purge_counts_where_hr_signed_it_or_a_checkpoint_covers_it(signed: Office) -> None:
    rewrite(signed.desk.register, emptied)
    signed.add(Body(kind="purged", at="2026-11-01T00:00:00Z", facts={"entries": [3]}, says="Left in 2019.", by="HR"))
    said = signed.run("verify", code=1)
    assert "register.sqlite:9: entry 9 says that entries were purged, and HR did not sign it" in said
    assert "entry 3 says nothing any more" in said
    signed.signing("checkpoint")  # earlier programs signed no purge: what HR's key covers since then counts
    assert "no faults. 1 were purged, as entries say." in signed.run("verify")


def test_nothing_is_added_to_a_register_that_does_not_hold(signed: Office) -> None:
    rewrite(signed.desk.register, edited)
    before = bytes_of(signed.desk.register)
    said = signed.issue("2025-12-31", code=1)
    assert "register.sqlite:3: entry 3 does not say" in said
    assert "Nothing was written" in said
    assert bytes_of(signed.desk.register) == before


def test_a_second_checkpoint_of_the_same_state_is_not_made(signed: Office) -> None:
    before = bytes_of(signed.desk.register)
    assert "Nothing was added since" in signed.signing("checkpoint")
    assert bytes_of(signed.desk.register) == before


def test_verify_says_how_far_the_newest_checkpoint_reaches(signed: Office) -> None:
    assert signed.run("verify") == "8 entries, 1 signed checkpoint: no faults.\n"
    signed.acknowledged("E101", "2025-09", "2025-09-13")
    assert "The newest checkpoint covers the first 7." in signed.run("verify")


def test_verify_makes_no_desk(bare_office: Office) -> None:
    assert "there is no desk at" in bare_office.run("verify", code=2)
    assert not bare_office.desk.root.exists()
