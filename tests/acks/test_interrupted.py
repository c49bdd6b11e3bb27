"""Commands of HR that are stopped at a bad moment: the next run finishes them, and says so."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

import pytest

from acks.conftest import POLICY, TRUST, Office
from acks.registers import bytes_of, cut, lines_of, replace_text
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.inbox.held import Resolution, resolve
from clausebook.acknowledgements.register.entries import Body, open_register
from clausebook.acknowledgements.register.standings import TextKey
from clausebook.acknowledgements.signing.keys import fingerprint, in_groups, new_key, read_key, write_key
from faults import each_step
from sqlite_faults import full_disk, unwritable

PASSPHRASE = "correct horse battery staple"
NOTE = ("--policy", POLICY, "--by", "HR", "--why", "On leave all year.", "--date", "2026-01-15")


class StoppedError(BaseException):
    """The machine stops here."""


def stopped(*_: object, **__: object) -> None:
    raise StoppedError


@pytest.mark.parametrize("where", ["clausebook.cli.acks.keys.write_edits", "clausebook.cli.acks.keys._tell"])
def test_a_key_that_was_begun_is_finished(bare_office: Office, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(where, stopped)
        with pytest.raises(StoppedError):
            bare_office.signing("keys", TRUST, "--as-of", "2025-09-01")
    folder = bare_office.handbook_folder / "trusts" / TRUST
    assert not list(folder.glob("*.new"))
    assert bare_office.clausebook("check", "--handbook", bare_office.handbook_folder).returncode == 0
    said = bare_office.signing("keys", TRUST, "--as-of", "2025-09-02")
    made = [one.body.facts["id"] for one in bare_office.entries("key") if one.body]
    assert [one.id for one in bare_office.merged.keys] == made
    if "write_edits" in where:
        assert f"Finished what was begun: key {made[0]}" in said
        assert len(made) == 1
    assert "no faults" in bare_office.run("verify")


def test_what_another_passphrase_protects_is_not_taken_for_the_one_that_was_typed(
    bare_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("clausebook.cli.acks.keys.write_edits", stopped)
        with pytest.raises(StoppedError):
            bare_office.signing("keys", TRUST)
    (bare_office.folder / "passphrase").write_text("another long one\n")
    assert "this passphrase does not open" in bare_office.signing("keys", TRUST, code=2)


def test_a_key_that_another_command_made_meanwhile_stays(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once: the second had read the handbook before the first wrote it."""
    from clausebook.cli.acks import keys as acks_keys

    read, once = acks_keys.read_passphrase, []

    def typing(file: Path | None, *, new: bool = False) -> str:
        if not once:
            once.append(1)
            office.signing("keys", TRUST)
        return read(file, new=new)

    monkeypatch.setattr(acks_keys, "read_passphrase", typing)
    office.signing("keys", TRUST)
    made = [one.body.facts["id"] for one in office.entries("key") if one.body]
    assert len(made) == 3
    assert [one.id for one in office.merged.keys] == made
    assert [bool(one.last) for one in office.merged.keys] == [True, True, False]


def test_the_fingerprint_is_told_where_the_key_is_made_and_stands_in_the_handbook(bare_office: Office) -> None:
    said = bare_office.signing("keys", TRUST)
    (key,) = bare_office.merged.keys
    assert in_groups(fingerprint(key.public)) in said
    assert (
        in_groups(fingerprint(key.public)) in (bare_office.handbook_folder / "trusts" / TRUST / "keys.yml").read_text()
    )


def test_a_note_that_is_run_again_says_that_it_was_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.issue("2025-10-01")
    with monkeypatch.context() as patch:
        patch.setattr("clausebook.cli.acks.decisions.date_in_words", stopped)
        with pytest.raises(StoppedError):
            office.run("note", TRUST, "exempt", "E102", *NOTE)
    (entry,) = office.entries("exempt")
    assert f"Entry {entry.number} says so already: exempt of E102" in office.run("note", TRUST, "exempt", "E102", *NOTE)
    assert len(office.entries("exempt")) == 1
    other = [word.replace("all year", "until May") for word in NOTE]
    assert "is exempt from" in office.run("note", TRUST, "exempt", "E102", *other, code=2)


def test_voiding_twice_in_the_same_words_takes_back_one_acknowledgement(office: Office) -> None:
    office.issue("2025-10-01")
    office.acknowledged("E100", "2024-09", "2024-10-01")
    last = office.acknowledged("E100", "2025-09", "2025-10-02")
    words = [word.replace("On leave all year.", "Sent by someone else.") for word in NOTE]
    office.run("note", TRUST, "void", "E100", *words)
    assert "says so already" in office.run("note", TRUST, "void", "E100", *words)
    assert [one.body.about for one in office.entries("void") if one.body] == [last.number]


@pytest.fixture
def held(office: Office) -> tuple[Office, int]:
    office.issue("2025-10-01")
    link = next(
        one.body for one in office.entries("issued") if one.body and one.body.person == office.person("E101").id
    )
    body = link.model_copy(
        update={"kind": "held", "facts": {}, "received": "2025-10-03", "channel": "mail", "says": "Another name."}
    )
    return office, office.add(body)[0].number


ACCEPT = ("--accept", "--by", "HR", "--why", "She married.")


def test_a_decision_that_is_run_again_says_that_it_was_done(held: tuple[Office, int]) -> None:
    office, number = held
    assert "Wrote entry" in office.run("review", number, *ACCEPT)
    before = bytes_of(office.desk.register)
    assert "It was decided so already" in office.run("review", number, *ACCEPT)
    assert bytes_of(office.desk.register) == before
    assert "does not wait for a decision" in office.run(
        "review", number, "--reject", "--by", "HR", "--why", "No.", code=2
    )


def test_half_a_decision_still_waits_and_is_finished(held: tuple[Office, int]) -> None:
    """As a machine leaves it that stops between two entries."""
    office, number = held
    office.run("review", number, *ACCEPT)
    cut(office.desk.register, len(office.entries()) - 1)
    assert str(number) in office.run("review", "--format", "csv")
    office.run("review", number, *ACCEPT)
    assert [one.body.kind for one in office.entries() if one.body][-2:] == ["resolved", "acknowledged"]
    assert "Nothing is held." in office.run("review")
    assert office.standing("E101").signed_of(TextKey("2025-09"))


def test_a_full_disk_takes_back_what_it_took(held: tuple[Office, int]) -> None:
    office, number = held
    before, people = lines_of(office.desk.register), read_people(office.desk)
    decision = Resolution(number, accept=True, by="HR", why="x", at="2026-01-01T00:00:00Z")
    refused = 0
    for step in each_step():
        with full_disk(step) as met, suppress(OSError):
            resolve(office.desk, people, decision)
        assert lines_of(office.desk.register)[: len(before)] == before
        assert len(lines_of(office.desk.register)) in (len(before), len(before) + 2)
        refused += len(lines_of(office.desk.register)) == len(before)
        if not met:
            break
    assert refused, "no write of the two entries met the full disk"
    assert [one.body.kind for one in office.entries() if one.body][-2:] == ["resolved", "acknowledged"]
    assert "no faults" in office.run("verify")


def test_what_looks_like_a_desk_and_is_none_is_left_alone(office: Office, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for name in ("keys", "out", "Documents"):
        (home / name).mkdir(parents=True)
    home.chmod(0o755)
    done = office.clausebook("acks", "keys", TRUST, "--desk", home, "--handbook", office.handbook_folder)
    assert done.returncode == 2
    assert "holds something else than a desk of ours" in done.stderr
    assert home.stat().st_mode & 0o777 == 0o755


def test_a_copy_of_a_desk_without_its_hidden_mark_is_one(office: Office) -> None:
    (office.desk.root / ".clausebook-desk").unlink()
    assert "no faults" in office.run("verify")
    assert (office.desk.root / ".clausebook-desk").is_file()


def test_a_key_that_was_made_before_it_was_stretched_still_opens() -> None:
    from cryptography.hazmat.primitives import serialization

    key = new_key()
    old = key.private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(PASSPHRASE.encode()),
    )
    assert read_key(old, PASSPHRASE).id == key.id
    now = write_key(key, PASSPHRASE)
    assert now.startswith(b"scrypt 32768 8 3 ")
    assert read_key(now, PASSPHRASE).id == key.id


def test_an_entry_is_read_in_one_form_only(office: Office) -> None:
    office.add(Body(kind="rejected", at="2026-01-01T00:00:00Z", facts={"people": 40}))
    good = office.desk.register.read_bytes()
    for old, new in (
        ('"people":40', '"people":40.0'), ('"people":40', '"people":4e1'), ('"kind":"rejected"', '"kind":"held","kind":"rejected"'),
        ('"people":40', '"people": 40'), ('{"at"', ' {"at"'), ('"kind":"rejected"', '"by":"","kind":"rejected"'), ('"}', '"}\n'),
    ):  # fmt: skip
        assert old in str(office.entries()[-1].text)
        replace_text(office.desk.register, old, new)
        assert "it was edited" in office.run("verify", code=1), new
        office.desk.register.write_bytes(good)
    assert "no faults" in office.run("verify")


def test_receipts_and_people_are_held_by_their_digests(office: Office) -> None:
    office.issue("2025-10-01")
    entry = office.acknowledged("E100", "2025-09", "2025-10-02")
    assert entry.body
    path = office.desk.receipt_file(entry.body.receipt)
    receipt, people = path.read_bytes(), office.desk.people.read_bytes()
    path.write_bytes(receipt.replace(b"E100", b"E101"))
    assert f"receipts/{path.name}: it was edited: entry {entry.number}" in office.run("verify", code=1)
    path.unlink()
    assert f"receipts/{path.name}: it is gone: entry {entry.number} rests on it" in office.run("verify", code=1)
    path.write_bytes(receipt)
    one, two = (office.person(number).id.encode() for number in ("E100", "E101"))
    office.desk.people.write_bytes(people.replace(one, b"?").replace(two, one).replace(b"?", two))
    assert "people.json: it was changed by something else than our commands" in office.run("verify", code=1)
    assert "it was changed by something else" in office.issue("2025-10-03", code=1)
    office.desk.people.unlink()
    assert "people.json: it is gone" in office.run("verify", code=1)
    office.desk.people.write_bytes(people)
    assert "no faults" in office.run("verify")


@pytest.mark.parametrize("name", ["HR #1", "100% ?mode=ro", "Łódź & Söhne;"])
def test_a_desk_may_have_any_name(tmp_path: Path, name: str) -> None:
    register = tmp_path / name / "register.sqlite"
    with open_register(register) as opened:
        opened.add([Body(kind="rejected", at="2026-01-01T00:00:00Z")])
    assert len(lines_of(register)) == 1
    with unwritable():
        assert len(lines_of(register)) == 1
    assert [path.name for path in tmp_path.rglob("*")] == [name, "register.sqlite"]


def test_a_copy_of_a_desk_that_can_only_be_read_is_checked(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.issue("2025-10-01")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("clausebook.acknowledgements.desk.paths.write_mark", refuse)
    with unwritable():
        assert "no faults" in office.run("verify")
    assert not list(office.desk.root.glob("register.sqlite-*"))
