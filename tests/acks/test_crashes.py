"""kill -9 at any moment: what was accepted stays, nothing is there twice, and no link is out that the register does not know."""

from __future__ import annotations

import csv
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from acks.conftest import Office
from clausebook.acknowledgements.campaigns import issue
from clausebook.acknowledgements.campaigns.issue import Issuing, issue_links
from clausebook.acknowledgements.campaigns.outbox import write_outgoing
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.desk.roster_row import Row
from clausebook.acknowledgements.register import entries
from clausebook.acknowledgements.register.database import Database
from clausebook.acknowledgements.register.entries import Body, Entry, Fault, read_entries
from clausebook.acknowledgements.register.trust_keys import open_key
from clausebook.looks import Looks
from faults import each_step, killed_at
from sqlite_faults import Step, replace_steps

PEOPLE, CRASHES = 120, 20
DAY, AT = date(2025, 9, 10), "2025-09-10T09:00:00Z"
ROWS = tuple(Row(n + 2, f"E{n}", f"Person {n}", "", "", "", "staff", "", "", "") for n in range(PEOPLE))


def drip(do: Step, half: Step) -> int:
    """A slow disk, so that a kill falls into the middle of a write."""
    half()
    time.sleep(0.003)
    return do()


def killed(work: Callable[[], object], is_time: Callable[[], bool]) -> bool:
    """Do `work` in a process of its own and kill it when it is time; whether it was still at it."""
    child = os.fork()
    if child == 0:
        try:
            replace_steps(drip)
            issue.BATCH = 7
            work()
        finally:
            os._exit(0)
    while not is_time():
        done, _ = os.waitpid(child, os.WNOHANG)
        if done:
            return False
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def moments(desk: Desk, chance: random.Random) -> Iterator[Callable[[], bool]]:
    """By turns: when so much was written of what the register gets, and when some time is over, wherever the work then is."""
    for crash in range(CRASHES):
        size, end = (
            chance.randint(1, 60_000),
            time.monotonic() + chance.uniform(0.005, 0.1),
        )
        yield ((lambda size=size: beside(desk) >= size) if crash % 2 else (lambda end=end: time.monotonic() >= end))


def beside(desk: Desk) -> int:
    """How much lies in the file of what was written last."""
    try:
        return desk.register.with_name("register.sqlite-wal").stat().st_size
    except FileNotFoundError:
        return 0


def accepted(desk: Desk) -> list[Entry]:
    found = list(read_entries(desk.register))
    assert not [one for one in found if isinstance(one, Fault)]
    return [one for one in found if isinstance(one, Entry)]


@pytest.mark.long
@pytest.mark.parametrize("seed", [1])
def test_a_crash_loses_nothing_and_doubles_nothing(office: Office, seed: int) -> None:
    desk, chance = office.desk, random.Random(seed)
    trust = office.merged
    key = open_key(desk, trust.keys[0].id, "correct horse battery staple")

    def rows_now(people: int) -> Issuing:
        return Issuing(trust, trust.campaigns, ROWS[:people], DAY, AT, key)

    before: list[Entry] = accepted(desk)
    kills = left_behind = 0
    for crash, is_time in enumerate(moments(desk, chance), 1):
        issuing = rows_now(PEOPLE * crash // CRASHES)  # each time some more are to be asked

        def work(issuing: Issuing = issuing) -> None:
            write_outgoing(desk, DAY, issue_links(desk, issuing).asks, None, Looks(Path(__file__).parents[2]))

        kills += killed(work, is_time)
        left_behind += beside(desk) > 0
        after = accepted(desk)
        assert after[: len(before)] == before
        assert len({person.id for person in read_people(desk)}) == len(read_people(desk))
        before = after
    assert kills > CRASHES // 2
    assert left_behind, "no kill fell into what was written: let it drip more slowly"
    for _ in range(2):
        issue_links(desk, rows_now(PEOPLE))
    asked = Counter(one.body.person for one in accepted(desk) if one.body and one.body.kind == "issued")
    assert set(asked) == {person.id for person in read_people(desk)}
    assert set(asked.values()) == {1}
    assert len(asked) == PEOPLE
    known = {one.body.ref for one in accepted(desk) if one.body}
    for folder in (desk.root / "out").glob("[0-9]*") if (desk.root / "out").is_dir() else ():
        for row in office.links(folder.name):
            assert office.merged.campaigns[0].site in row["Link"]
            assert link_ref(row["Link"]) in known
    assert "no faults" in office.run("verify")


def test_killed_at_each_step_of_writing_it_loses_nothing_and_doubles_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issue, "BATCH", 2)
    trust = office.merged
    key = open_key(office.desk, trust.keys[0].id, "correct horse battery staple")
    issuing = Issuing(trust, trust.campaigns, ROWS[:3], DAY, AT, key)
    looks = Looks(Path(__file__).parents[2])
    before, work, asked_then = accepted(office.desk), tmp_path / "work", set[int]()
    for step in each_step():
        desk = Desk(Path(shutil.copytree(office.desk.root, work)))
        killed = killed_at(
            step, lambda desk=desk: write_outgoing(desk, DAY, issue_links(desk, issuing).asks, None, looks)
        )
        after = accepted(desk)
        assert after[: len(before)] == before
        asked_then.add(sum(one.body.kind == "issued" for one in after if one.body))
        for _ in range(2):
            issue_links(desk, issuing)
        asked = Counter(one.body.person for one in accepted(desk) if one.body and one.body.kind == "issued")
        assert asked == dict.fromkeys((person.id for person in read_people(desk)), 1)
        assert len(asked) == 3
        known = {one.body.ref for one in accepted(desk) if one.body}
        for links in (desk.root / "out").glob("[0-9]*/links.csv"):
            assert {link_ref(row["Link"]) for row in csv.DictReader(links.read_text("utf-8-sig").splitlines())} <= known
        shutil.rmtree(work)
        if not killed:
            break
    assert step > 20
    assert asked_then == {0, 2, 3}, "of its two batches, of two and of one, each is there whole or not at all"


def link_ref(address: str) -> str:
    import json

    from clausebook.model.base64url import decode

    return json.loads(decode(address.split("#a2.")[1].split(".", maxsplit=1)[0]))["ref"]


def test_after_a_crash_between_register_and_files_again_writes_them(office: Office) -> None:
    trust = office.merged
    key = open_key(office.desk, trust.keys[0].id, "correct horse battery staple")
    issue_links(office.desk, Issuing(trust, trust.campaigns, ROWS[:3], DAY, AT, key))
    roster = "staff_number,name,mail,academy,manager,roles,starts,leaves,aliases\n"
    roster += "".join(f"{row.staff_number},{row.name},,,,staff,,,\n" for row in ROWS[:3])
    office.issue("2025-09-10", "--again", roster=roster)
    assert [row["Staff number"] for row in office.links("2025-09-10-issue")] == ["E0", "E1", "E2"]


def test_two_commands_never_write_at_once(office: Office) -> None:
    with entries.open_register(office.desk.register):
        assert "another command is writing" in office.issue("2025-09-10", code=2)


def test_a_command_that_came_in_between_two_writes_stops_the_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two transactions of a command the file is free for a moment."""
    take, came = Database._take, []  # noqa: SLF001 — the moment that is meant

    def taken_late(self: Database, last: object) -> None:
        if not came:
            came.append(1)
            office.issue("2025-09-10")
        take(self, last)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "_take", taken_late)
    with entries.open_register(office.desk.register) as register:
        register.add([Body(kind="rejected", at=AT)])
        with pytest.raises(entries.RegisterInUseError):
            register.add([Body(kind="rejected", at=AT)])
    assert [one.body.kind for one in accepted(office.desk) if one.body].count("rejected") == 1
    assert "no faults" in office.run("verify")


def test_reading_goes_on_while_a_command_writes(office: Office) -> None:
    office.issue("2025-09-10")
    before = accepted(office.desk)
    with entries.open_register(office.desk.register) as register:
        register.add([Body(kind="rejected", at=AT)])
        assert "no faults" in office.run("verify")
        assert accepted(office.desk)[:-1] == before
    assert len(accepted(office.desk)) == len(before) + 1
    assert not beside(office.desk), "a copy of the one file is a copy of the register"
