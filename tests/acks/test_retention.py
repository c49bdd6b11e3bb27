"""Keeping and forgetting: what is purged is gone from everywhere on the desk, what is not stays, and the chain holds."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from acks.registers import bytes_of, replace_text, rewrite
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import read_people, write_people
from clausebook.acknowledgements.privacy.purge import Expired, expired_by, find_expired, purge_expired
from clausebook.acknowledgements.register.entries import BrokenRegisterError, Entry, Fault, open_register, read_entries
from clausebook.acknowledgements.register.purges import Purge
from clausebook.acknowledgements.register.verify import verify_desk
from faults import each_step, killed_at
from larkhill import write_larkhill

from .made_desks import NOW, PASSPHRASE, TRUST, MadeDesk, term_of_2025, trust

Clausebook = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def made(tmp_path: Path) -> MadeDesk:
    """Gus left on 15 October 2025; Ann, who had acknowledged, left in 2019 by what the last roster says."""
    made = term_of_2025(tmp_path / "desk")
    made.people["Ann"] = made.people["Ann"].model_copy(update={"leaves": "2025-12-31"})
    write_people(made.desk, made.people.values())
    made.by_hand("left", "Ann", "2025-12-31", by="the roster", says="The roster gives this last day.")
    made.checkpoint()
    return made


def find(made: MadeDesk, day: date) -> tuple[Expired, ...]:
    return find_expired(made.desk, TRUST, expired_by(trust(), day))


def purge(made: MadeDesk, day: date) -> tuple[Expired, ...]:
    decision = Purge("HR manager", "The period for keeping is over.", NOW, made.key)
    return purge_expired(made.desk, TRUST, expired_by(trust(), day), decision)


def held_on(made: MadeDesk, name: str) -> list[int]:
    person = made.people[name].id
    return [one.number for one in read_entries(made.desk.register) if isinstance(one, Entry) and one.body and one.body.person == person]  # fmt: skip


def verdict(made: MadeDesk) -> list[str]:
    found = verify_desk(made.desk, {made.key.id: made.key.public})
    return [one.what for one in (*found.faults, *found.checkpoint_faults)]


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2031, 10, 15), []),
        (date(2031, 10, 16), ["Gus"]),
        (date(2031, 12, 31), ["Gus"]),
        (date(2032, 1, 1), ["Gus", "Ann"]),
    ],
)
def test_nobody_goes_before_the_period_is_over(made: MadeDesk, day: date, names: list[str]) -> None:
    found = find(made, day)
    assert [one.known.name.split()[0] for one in found if one.known] == names
    assert [list(one.entries) for one in found] == [held_on(made, name) for name in names]


def test_what_is_purged_is_gone_and_the_rest_holds(made: MadeDesk) -> None:
    before = {name: held_on(made, name) for name in made.people}
    lines = made.lines()
    receipt = next(line["body"]["receipt"] for line in lines if line["head"]["number"] in before["Ann"] and line["body"].get("receipt"))  # fmt: skip
    assert made.desk.receipt_file(receipt).is_file()
    purge(made, date(2032, 1, 1))
    after = made.lines()
    gone = {*before["Ann"], *before["Gus"]}
    assert [line["head"] for line in after[: len(lines)]] == [line["head"] for line in lines]
    assert {line["head"]["number"] for line in after if "body" not in line} == gone
    assert all(set(line) == {"head"} for line in after if "body" not in line)
    assert [line for line in after[: len(lines)] if "body" in line] == [
        line for line in lines if line["head"]["number"] not in gone
    ]
    told = after[len(lines)]["body"]
    assert (told["kind"], told["by"], told["says"]) == ("purged", "HR manager", "The period for keeping is over.")
    assert told["facts"]["people"] == 2
    assert told["facts"]["entries"] == sorted(gone)
    kinds = {line["head"]["number"]: line["body"]["kind"] for line in lines}
    assert told["facts"]["kinds"] == [kinds[number] for number in sorted(gone)]
    assert made.people["Ann"].id not in json.dumps(told)
    assert after[-1]["body"]["kind"] == "people"
    assert not made.desk.receipt_file(receipt).exists()
    assert {one.name.split()[0] for one in read_people(made.desk)} == set(made.people) - {"Ann", "Gus"}
    everything = b"".join(path.read_bytes() for path in made.desk.root.rglob("*") if path.is_file())
    for person in (made.people["Ann"], made.people["Gus"]):
        assert person.id.encode() not in everything
        assert person.name.encode() not in everything
    assert not [one for one in read_entries(made.desk.register) if isinstance(one, Fault)]
    assert verdict(made) == []
    assert made.desk.register.stat().st_mode & 0o077 == 0


def test_afterwards_the_register_goes_on(made: MadeDesk) -> None:
    purge(made, date(2032, 1, 1))
    length = len(made.lines())
    assert purge(made, date(2032, 1, 1)) == ()
    assert len(made.lines()) == length
    made.by_hand("exempt", "Cat", "2032-01-02", campaign="2025-26")
    made.checkpoint()
    assert verdict(made) == []


def test_a_hand_that_purges_without_saying_so_is_found(made: MadeDesk) -> None:
    lines = made.lines()
    rewrite(made.desk.register, lambda rows: [*rows[:15], rows[15]._replace(salt=None, body=None), *rows[16:]])
    assert verdict(made) == [f"entry {lines[15]['head']['number']} says nothing any more, and no entry says that it was purged"]  # fmt: skip


def test_whoever_came_back_is_kept(made: MadeDesk) -> None:
    made.issue("Gus", "2026-09-15", "2026-10-31")
    assert [one.known.name for one in find(made, date(2040, 1, 1)) if one.known] == ["Ann Example"]


def test_a_receipt_that_another_entry_names_is_kept(made: MadeDesk) -> None:
    """One line that came twice, for two people: it is evidence of both."""
    line = next(line["body"] for line in made.lines() if line["body"].get("receipt") and line["body"]["person"] == made.people["Ann"].id)  # fmt: skip
    made.add(
        made.body("held", "Cat", received="2025-11-18", channel="mail", says="Another name.", receipt=line["receipt"])
    )
    purge(made, date(2032, 1, 1))
    assert made.desk.receipt_file(line["receipt"]).is_file()


def test_nothing_is_purged_from_a_broken_register(made: MadeDesk) -> None:
    replace_text(made.desk.register, "Broken arm", "Broken leg")
    before = bytes_of(made.desk.register)
    with pytest.raises(BrokenRegisterError):
        purge(made, date(2032, 1, 1))
    assert bytes_of(made.desk.register) == before
    assert len(read_people(made.desk)) == len(made.people)


@pytest.mark.parametrize("step", ["_remove", "_take_out", "write_people"])
def test_a_crash_at_any_step_is_made_good(made: MadeDesk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    from clausebook.acknowledgements.privacy import purge as purge_room

    class PowerCutError(Exception):
        pass

    def cut(*_: object) -> None:
        raise PowerCutError

    with monkeypatch.context() as patch:
        patch.setattr(purge_room, step, cut)
        with pytest.raises(PowerCutError):
            purge(made, date(2032, 1, 1))
    assert verdict(made) == []  # at no moment is there a register that does not hold
    assert len(purge(made, date(2032, 1, 1))) == 2
    assert verdict(made) == []
    everything = b"".join(path.read_bytes() for path in made.desk.root.rglob("*") if path.is_file())
    assert made.people["Ann"].id.encode() not in everything
    assert b"Ann Example" not in everything
    assert [line["body"]["kind"] for line in made.lines() if "body" in line].count("purged") == 1


def test_killed_at_each_step_of_a_purge_the_next_one_finishes_it(made: MadeDesk, tmp_path: Path) -> None:
    whole, gone_then = len(made.lines()), set()
    for step in each_step():
        copy = replace(made, desk=Desk(Path(shutil.copytree(made.desk.root, tmp_path / "copy"))))
        killed = killed_at(step, lambda copy=copy: purge(copy, date(2032, 1, 1)))
        assert verdict(copy) == []
        gone_then.add(sum("body" not in line for line in copy.lines()))
        purge(copy, date(2032, 1, 1))
        assert verdict(copy) == []
        kinds = [line["body"]["kind"] for line in copy.lines()[whole:]]
        assert kinds.count("purged") == 1
        assert set(kinds) == {"purged", "people"}
        everything = b"".join(path.read_bytes() for path in copy.desk.root.rglob("*") if path.is_file())
        assert made.people["Ann"].id.encode() not in everything
        assert b"Ann Example" not in everything
        shutil.rmtree(copy.desk.root)
        if not killed:
            break
    assert step > 10
    assert len(gone_then) == 2, "all of the bodies are there, or none of them"


@pytest.fixture
def place(made: MadeDesk, tmp_path: Path) -> Path:
    write_larkhill(tmp_path / "handbook")
    key = made.public_key
    (tmp_path / "handbook/trusts" / TRUST / "keys.yml").write_text(f'keys:\n  - {{id: "{key.id}", public: "{key.public}", first: {key.first}}}\n')  # fmt: skip
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    return tmp_path


YES = ("--yes", "--by", "HR manager", "--why", "The period for keeping is over.", "--passphrase-file")


def run(clausebook: Clausebook, place: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return clausebook("acks", *arguments, "--desk", place / "desk", "--handbook", place / "handbook")


def test_the_command_lists_and_takes_out_only_when_told(clausebook: Clausebook, place: Path, made: MadeDesk) -> None:
    before = bytes_of(made.desk.register)
    done = run(clausebook, place, "purge", TRUST, "--as-of", "2032-01-01")
    assert done.returncode == 0, done.stderr
    assert "Gus Example" in done.stdout
    assert "Would be purged: 2 people" in done.stdout
    assert bytes_of(made.desk.register) == before
    done = run(clausebook, place, "purge", TRUST, "--as-of", "2032-01-01", *YES, place / "passphrase")
    assert "Purged: 2 people" in done.stdout
    assert "backups are not touched" in done.stdout
    assert len(read_people(made.desk)) == len(made.people) - 2
    done = run(clausebook, place, "purge", TRUST, "--as-of", "2032-01-01", *YES, place / "passphrase")
    assert "No one: what is held is kept for 6 years" in done.stdout


def test_the_period_is_the_campaigns(clausebook: Clausebook, place: Path) -> None:
    path = place / "handbook/trusts" / TRUST / "acknowledgements.yml"
    path.write_text(path.read_text().replace("    quiz: learn", "    keep_years: 1\n    quiz: learn"))
    done = run(clausebook, place, "purge", TRUST, "--as-of", "2026-10-16")
    assert "Gus Example" in done.stdout
    assert "Ann Example" not in done.stdout


def test_another_command_at_the_register_is_waited_for(clausebook: Clausebook, place: Path, made: MadeDesk) -> None:
    with open_register(made.desk.register):
        done = run(clausebook, place, "purge", TRUST, "--as-of", "2032-01-01", *YES, place / "passphrase")
    assert done.returncode == 2
    assert "another command" in done.stderr


def test_one_person_gets_all_that_is_held_on_them(clausebook: Clausebook, place: Path, made: MadeDesk) -> None:
    out = made.desk.root / "out/2025-09-15-issue"
    (out / "mails").mkdir(parents=True)
    (out / "mails/004.eml").write_text("To: someone")
    (out / "mails/005.eml").write_text("To: someone else")
    (out / "links.csv").write_text("004,Dan Example,dan@example.org")
    (out / "other.csv").write_text("nobody")
    done = run(clausebook, place, "subject-access", "004", "--out", place / "told")
    assert done.returncode == 0, done.stderr
    told = json.loads((place / "told/subject.json").read_text())
    assert told["person"]["name"] == "Dan Example"
    assert [one["kind"] for one in told["entries"]] == ["issued", "not-understood"]
    assert [one["number"] for one in told["entries"]] == held_on(made, "Dan")
    (receipt,) = told["receipts"]
    assert receipt["says"]["policies"][0]["question"] == "Is my niece a relative?"
    assert receipt["line"] == made.receipts["Dan"]
    assert told["files"] == ["2025-09-15-issue/links.csv", "2025-09-15-issue/mails/004.eml"]
    text = (place / "told/subject.txt").read_text()
    for words in (
        "Staff number: 004",
        "22 October 2025: You said that you do not understand something",
        "Is my niece a relative?",
        "as “Dan Example”",
    ):
        assert words in text
    assert "Ann" not in text
    assert (place / "told/subject.txt").stat().st_mode & 0o077 == 0


def test_what_hr_decided_on_a_person_is_told_with_who_and_why(
    clausebook: Clausebook, place: Path, made: MadeDesk
) -> None:
    run(clausebook, place, "subject-access", "011", "--out", place / "told")
    text = (place / "told/subject.txt").read_text()
    assert "An earlier entry was declared void" in text
    assert "by: R. Ward, HR" in text
    assert "Sent by a colleague in her name." in text


def test_a_number_that_nobody_has_is_said(clausebook: Clausebook, place: Path) -> None:
    done = run(clausebook, place, "subject-access", "0111")
    assert done.returncode == 2
    assert "no one in people.json has the staff number 0111; did you mean 011?" in done.stderr


def test_after_a_purge_nothing_is_held(clausebook: Clausebook, place: Path) -> None:
    run(clausebook, place, "purge", TRUST, "--as-of", "2032-01-01", *YES, place / "passphrase")
    assert run(clausebook, place, "subject-access", "007").returncode == 2
