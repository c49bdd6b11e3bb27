"""A desk that lies encrypted: every command does on it what it does on a plain one, and nobody is named in clear but in out/."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from acks.conftest import POLICY, STAFF, TRUST, Office
from acks.made_desks import PASSPHRASE
from acks.test_crashes import killed
from clausebook.acknowledgements.desk.encryption import is_encrypted
from clausebook.acknowledgements.desk.paths import Desk, LockedDeskError, UnreadableFileError, unlock
from clausebook.acknowledgements.desk.people import read_people, write_people
from clausebook.acknowledgements.register import encrypt_desk as converting
from clausebook.acknowledgements.register.encrypt_desk import decrypt_desk, encrypt_desk
from clausebook.acknowledgements.signing.links import Link, read_link
from clausebook.acknowledgements.signing.receipts import write_receipt
from clausebook.cli import cli
from receipts_made import receipt_on

DAY = "2025-09-20"
REPORT = "Learner,Email address,Course,Status,Score,Completed on\nSam Lee,sam@example.org,Social media policy,Completed,100,2025-09-19\n"
NAMED = [word for row in STAFF.splitlines()[1:] for word in row.split(",")[1:3] if word] + [
    "Eve Byrne",
    "Someone Else",
]
SAYS = ("--by", "HR", "--why", "As she asked.")


@pytest.fixture
def asked(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Links were issued, and what three people sent lies in the inbox, with a platform's report."""
    monkeypatch.setenv("CLAUSEBOOK_NOW", f"{DAY}T09:00:00+00:00")
    office.issue("2025-09-10")
    (office.folder / "inbox").mkdir()
    for number, name, more in (
        ("E100", "Aoife Ní Bhriain", {}),
        ("E101", "José Álvarez", {"outcome": "not-understood", "unclear": ["relatives"], "question": "Is my niece meant?"}),
        ("E102", "Someone Else", {}),
    ):  # fmt: skip
        (office.folder / "inbox" / f"{number}.txt").write_text(receipt(office, number, name, **more) + "\n")
    (office.folder / "report.csv").write_text(REPORT)
    return office


def receipt(office: Office, number: str, name: str, **more: object) -> str:
    """The line that the page makes for the holder of a link."""
    address = next(row["Link"] for row in office.links("2025-09-10-issue") if row["Staff number"] == number)
    written = address.split("#")[1]
    link = read_link(written, {one.id: one.public for one in office.merged.keys})
    assert isinstance(link, Link)
    asked, named = link.policies[0], written.rsplit(".", 1)[1]
    says = {
        "link": f"r1.{link.ref}.{named}", "trust": TRUST, "policy": POLICY, "revision": asked.revision,
        "digest": office.merged.policies[0].by_id[asked.revision].digest, "statement": office.merged.campaigns[0].statement,
        "name": name, "opened": f"{DAY}T08:00:00Z", "signed": f"{DAY}T08:10:00Z",
    }  # fmt: skip
    return write_receipt(receipt_on(says | more))


def copied(office: Office, name: str) -> Office:
    folder = office.folder.with_name(f"{office.folder.name}-{name}")
    shutil.copytree(office.folder, folder)
    return Office(folder, office.clausebook)


def in_clear(desk: Desk) -> list[str]:
    """The files outside out/ in which somebody is named."""
    return [
        f"{path.name}: {word}"
        for path in sorted(desk.root.rglob("*"))
        if path.is_file() and "out" not in path.relative_to(desk.root).parts
        for word in NAMED
        if word.encode() in path.read_bytes() or word.lower() in path.name.lower()
    ]


def play(office: Office) -> Iterator[str]:
    """The rest of the campaign: what each command says."""
    inbox = [office.folder / "inbox", "--fetched", office.folder / "report.csv", "--format", "csv"]
    yield office.signing("collect", *inbox, "--dry-run", code=1)
    yield office.signing("collect", *inbox, code=1)
    yield office.signing("collect", *inbox, code=1)  # now they are known
    yield office.signing("review", "--format", "csv")
    held = {one.body.says: one.number for one in office.entries("held") if one.body}
    for number in held.values():
        yield office.signing("review", number, "--reject", *SAYS)
    yield office.signing("note", TRUST, "exempt", "E104", "--policy", POLICY, *SAYS)
    yield office.signing("carry-forward", TRUST, POLICY)
    yield office.signing("reply")
    yield office.signing("remind", "--as-of", "2025-10-17")
    yield office.issue("2025-10-18", roster=STAFF.replace("Sam Lee,sam@", "Sam Leigh,leigh@"))
    yield office.signing("checkpoint")
    yield office.signing("report", TRUST, "--as-of", "2025-11-05", "--out", office.folder / "report")
    yield from (path.read_text() for path in sorted((office.folder / "report").rglob("*.csv")))
    yield (office.folder / "report/report.json").read_text()
    for who in ("E101", "Sam Lee", "sam@example.org"):
        yield office.signing("subject-access", who, "--out", office.folder / f"subject-{who}")
        yield (office.folder / f"subject-{who}/subject.txt").read_text()
    yield office.signing("purge", TRUST, "--as-of", "2036-01-01")
    yield office.signing("purge", TRUST, "--person", "E100", "--former-name", "Eve Byrne", "--yes", *SAYS)
    yield office.signing("purge", TRUST, "--person", "E101", "--yes", *SAYS)
    yield office.signing("checkpoint")
    yield office.signing("verify")
    yield office.signing("evidence", TRUST, "--out", office.folder / "pack.zip").split("\nSigned")[0]
    checked = office.clausebook("acks", "check", office.folder / "pack.zip")
    assert checked.returncode == 0, checked.stdout
    yield str(len(checked.stdout.splitlines()))


def test_every_command_does_on_it_what_it_does_on_a_plain_one(asked: Office) -> None:
    asked.desk.salt.write_bytes(bytes(range(32)))  # by which both name a delivery alike
    plain, locked = copied(asked, "plain"), copied(asked, "locked")
    assert "Encrypted 2 files" in locked.signing("encrypt")
    told = [[said.replace(str(office.folder), "") for said in play(office)] for office in (plain, locked)]
    for one, other in zip(*told, strict=True):
        assert without_hashes(one) == without_hashes(other)
    assert any("José Álvarez" in said for said in told[0])
    assert any("Is my niece meant?" in said for said in told[0])
    assert len(in_clear(plain.desk)) > 5
    assert in_clear(locked.desk) == []
    files = list(locked.desk.naming_files())
    assert len(files) > 3
    assert all(is_encrypted(path.read_bytes()) for path in files)
    assert {path.name for path in files} >= {path.name for path in plain.desk.naming_files()}

    said = locked.signing("encrypt", "--undo")
    assert f"decrypted {len(files)} files" in said
    assert not locked.desk.encryption_key.exists()
    assert [one.name for one in read_people(locked.desk)] == [one.name for one in read_people(plain.desk)]
    assert "no faults" in locked.run("verify")
    assert "not encrypted: nothing was done" in locked.run("encrypt", "--undo")


def without_hashes(said: str) -> str:
    """Salts of entries are random, and so are hashes and what is signed with them in it."""
    return re.sub(r"[\w.-]{40,}", "…", said)


@pytest.fixture
def locked(asked: Office) -> Office:
    """An encrypted desk that has collected."""
    asked.signing("collect", asked.folder / "inbox", code=1)
    asked.signing("encrypt")
    return asked


COMMANDS = [
    ["verify"], ["review"], ["subject-access", "E100"], ["report", TRUST], ["collect", "INBOX"], ["reply"], ["checkpoint"], ["purge", TRUST],
    ["note", TRUST, "exempt", "E104", "--policy", POLICY, *SAYS], ["carry-forward", TRUST, POLICY], ["remind"], ["encrypt"],
    ["encrypt", "--undo"], ["issue", TRUST, "ROSTER"], ["evidence", TRUST, "--out", "pack.zip"], ["keys", TRUST],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: "-".join(command[:2]))
def test_each_command_asks_once_and_refuses_another_passphrase(locked: Office, command: list[str]) -> None:
    places = {"INBOX": locked.folder / "inbox", "ROSTER": locked.folder / "roster.csv"}
    line = [
        "acks",
        *(str(places.get(word, word)) for word in command),
        "--desk",
        str(locked.desk.root),
        "--handbook",
        str(locked.handbook_folder),
    ]
    before = {path: path.read_bytes() for path in locked.desk.root.rglob("*") if path.is_file()}
    done = CliRunner().invoke(cli, line, input="not the passphrase\n")
    assert (done.exit_code, done.output.count("Passphrase of the ")) == (2, 1), done.output
    assert "this passphrase does not open the desk" in done.output
    assert {path: path.read_bytes() for path in locked.desk.root.rglob("*") if path.is_file()} == before
    if "--out" not in command:
        done = CliRunner().invoke(cli, line, input=f"{PASSPHRASE}\n")
        assert done.output.count("Passphrase of the ") == 1, done.output
        assert done.exit_code in (0, 1), done.output


def test_a_key_with_a_passphrase_of_its_own_is_asked_for_as_well(locked: Office) -> None:
    locked.signing("encrypt", "--undo")
    ours = locked.folder / "passphrase"
    ours.write_text("another one that is long\n")
    locked.signing("encrypt")
    assert "this passphrase does not open" in locked.signing("checkpoint", code=2)
    ours.write_text(f"another one that is long\n{PASSPHRASE}\n")
    assert "Wrote" in locked.signing("checkpoint")
    line = ["acks", "reply", "--desk", str(locked.desk.root), "--handbook", str(locked.handbook_folder)]
    done = CliRunner().invoke(cli, line, input=f"another one that is long\n{PASSPHRASE}\n")
    assert (done.exit_code, done.output.count("Passphrase of the ")) == (0, 2), done.output


def test_a_new_passphrase_is_asked_for_twice_and_is_no_short_one(asked: Office) -> None:
    line = ["acks", "encrypt", "--desk", str(asked.desk.root), "--handbook", str(asked.handbook_folder)]
    short = CliRunner().invoke(cli, line, input="short\nshort\n")
    assert (short.exit_code, asked.desk.is_encrypted) == (2, False)
    assert "fewer than 8 characters" in short.output
    done = CliRunner().invoke(cli, line, input=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert (done.exit_code, asked.desk.is_encrypted) == (0, True), done.output


def test_a_key_that_is_gone_or_damaged_is_told_and_no_other_is_made(locked: Office) -> None:
    path = locked.desk.encryption_key
    key = path.read_bytes()
    for damaged in (
        key[:-10],
        key.replace(b"scrypt 3", b"scrypt 4"),
        b"",
        key[:90] + (b"B" if key[90:91] == b"A" else b"A") + key[91:],
    ):
        path.write_bytes(damaged)
        assert "this is not the key that encrypted the desk" in locked.signing("subject-access", "E100", code=1)
        assert "this is not the key that encrypted the desk" in locked.signing("encrypt", "--undo", code=1)
    path.unlink()
    for command in (["subject-access", "E100"], ["encrypt"], ["encrypt", "--undo"], ["verify"], ["report", TRUST]):
        said = locked.signing(*command, code=1)
        assert "encryption.key is gone: put back the copy of that file that you have" in said
    assert not path.exists()
    path.write_bytes(key)
    assert "no faults" in locked.signing("verify")


def test_a_file_that_was_changed_is_named(locked: Office) -> None:
    people, salt, first, second, *_ = locked.desk.naming_files()
    for path in (people, salt, first):
        good = path.read_bytes()
        path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        name = path.relative_to(locked.desk.root).as_posix()
        assert f"{name}: it was changed after it was encrypted" in locked.signing("verify", code=1)
        assert f"{path}: it was changed after it was encrypted" in locked.signing("encrypt", "--undo", code=1)
        assert locked.desk.is_encrypted
        path.write_bytes(good)
        locked.signing("encrypt")
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)  # each whole, under the other's name
    assert locked.signing("verify", code=1).count("it was changed after it was encrypted") == 2


def test_half_of_it_in_clear_is_read_and_told(locked: Office) -> None:
    opened = unlock(locked.desk, PASSPHRASE)
    for path in list(locked.desk.naming_files())[::2]:
        path.write_bytes(opened.read(path))
    (locked.desk.root / ".people.json.new").write_bytes(opened.read(locked.desk.people))  # a command was stopped once
    assert "Wrote" in locked.signing("subject-access", "E100")
    said = locked.signing("verify", code=1)
    assert "people.json: it lies in clear on a desk that is encrypted: run clausebook acks encrypt again" in said
    locked.signing("encrypt")
    assert in_clear(locked.desk) == []
    assert "no faults" in locked.signing("verify")


def test_a_command_that_began_before_writes_nothing_that_nobody_can_read(locked: Office) -> None:
    """Nor anything in clear."""
    opened, closed = unlock(locked.desk, PASSPHRASE), locked.desk
    people = read_people(opened)
    with pytest.raises(LockedDeskError, match="since this command began"):
        write_people(closed, people)
    decrypt_desk(closed, PASSPHRASE)
    with pytest.raises(LockedDeskError, match="since this command began"):
        write_people(opened, people)
    encrypt_desk(closed, "a new passphrase")  # another key
    with pytest.raises(LockedDeskError, match="since this command began"):
        write_people(opened, people)
    with pytest.raises(UnreadableFileError):
        read_people(opened)


def test_it_may_be_killed_at_any_moment(asked: Office) -> None:
    """Whatever moment that is, nothing is lost, and the next run finishes."""
    desk, chance = asked.desk, random.Random(7)
    lines = [f"What {number} of {NAMED[0]} said." for number in range(60)]
    desk.receipts.mkdir()
    for number, line in enumerate(lines):
        desk.receipt_file(f"{number:064}").write_text(line)
    good = {path: path.read_bytes() for path in desk.naming_files()}
    outcomes = set()
    for work, encrypts in ((encrypt_desk, True), (decrypt_desk, False)):
        for _ in range(8):
            if desk.is_encrypted == encrypts and all(is_encrypted(path.read_bytes()) == encrypts for path in good):
                break
            there = killed(in_small_steps(work, desk), moment(desk, good, chance, encrypts=encrypts))
            opened = unlock(desk, PASSPHRASE) if desk.is_encrypted else desk
            assert {path: opened.read(path) for path in good} == good
            some = {is_encrypted(path.read_bytes()) for path in good}
            outcomes.add((encrypts, there, len(some)))
        work(desk, PASSPHRASE) if desk.is_encrypted or encrypts else None
        assert desk.is_encrypted == encrypts
        assert {is_encrypted(path.read_bytes()) for path in good} == {encrypts}
        assert bool(in_clear(desk)) != encrypts
    assert {path: path.read_bytes() for path in desk.naming_files()} == good
    assert {(True, True, 2), (False, True, 2)} <= outcomes, "no kill fell between two files"


def in_small_steps(work: Callable[[Desk, str], int], desk: Desk) -> Callable[[], None]:
    def step_by_step() -> None:
        converting.BATCH = 3
        work(desk, PASSPHRASE)

    return step_by_step


def moment(desk: Desk, files: dict[Path, bytes], chance: random.Random, *, encrypts: bool) -> Callable[[], bool]:
    """When some more of the files are done."""
    done = sum(is_encrypted(path.read_bytes()) == encrypts for path in files)
    wanted = done + chance.randint(0, 15)
    end = time.monotonic() + 60

    def is_time() -> bool:
        now = sum(is_encrypted(path.read_bytes()) == encrypts for path in files)
        return (desk.is_encrypted and now >= wanted) or time.monotonic() > end

    return is_time
