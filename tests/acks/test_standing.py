"""How people stand at a date: first dates stay, and whoever need not sign has an entry that says why."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from acks.conftest import POLICY, TRUST, Office
from acks.registers import standings_of_register
from clausebook.acknowledgements.register.entries import Body
from clausebook.acknowledgements.register.standings import Owed, find_owed


def owed(office: Office, number: str, day: str) -> Owed | None:
    return find_owed(office.standing(number, day), date.fromisoformat(day))


def note(office: Office, kind: str, number: str, *more: object, code: int = 0) -> str:
    return office.run(
        "note", TRUST, kind, number, "--policy", POLICY, "--by", "J. Okafor", "--why", "As agreed.", *more, code=code
    )


@pytest.fixture
def asked(office: Office) -> Office:
    office.issue("2025-09-10")
    return office


def test_what_is_owed_from_the_day_of_the_link_to_the_day_of_the_receipt(asked: Office) -> None:
    asked.acknowledged("E100", "2025-09", "2025-11-05T08:30:00Z")
    assert owed(asked, "E100", "2025-09-09") is None
    for day, overdue in (("2025-09-10", 0), ("2025-10-31", 0), ("2025-11-01", 1), ("2025-11-04", 4)):
        found = owed(asked, "E100", day)
        assert found
        assert (found.revision, found.since, found.due, found.overdue) == ("2025-09", "", "2025-10-31", overdue)
    assert owed(asked, "E100", "2025-11-05") is None


def test_the_first_date_is_never_overwritten(asked: Office) -> None:
    first = asked.acknowledged("E100", "2025-09", "2025-09-12")
    asked.acknowledged("E100", "2025-09", "2025-10-20")
    (signed,) = asked.standing("E100").signed
    assert (signed.day, signed.entry, signed.assurance) == ("2025-09-12", first.number, "link and sender")


def test_a_mail_that_is_found_late_counts_from_when_it_came(asked: Office) -> None:
    asked.acknowledged("E100", "2025-09", "2025-10-20")
    asked.acknowledged("E100", "2025-09", "2025-09-30")
    (signed,) = asked.standing("E100").signed
    assert signed.day == "2025-09-30"


def test_a_void_acknowledgement_is_owed_again_and_a_void_void_is_not(asked: Office) -> None:
    entry = asked.acknowledged("E100", "2025-09", "2025-09-12")
    assert f"about entry {entry.number}" in note(asked, "void", "E100", "--date", "2025-10-01")
    assert asked.standing("E100", "2025-09-30").signed
    assert owed(asked, "E100", "2025-10-01")
    assert "has acknowledged no revision" in note(asked, "void", "E100", code=2)
    assert "is void already" in note(asked, "void", "E100", "--entry", entry.number, code=2)
    (void,) = asked.entries("void")
    note(asked, "void", "E100", "--entry", void.number)
    assert owed(asked, "E100", "2026-11-30") is None


def test_nobody_voids_an_entry_of_somebody_else(asked: Office) -> None:
    entry = asked.acknowledged("E100", "2025-09", "2025-09-12")
    assert "is none of E101's" in note(asked, "void", "E101", "--entry", entry.number, code=2)
    assert "is none of E100's" in note(asked, "void", "E100", "--entry", 1, code=2)
    assert "there is no entry 99" in note(asked, "void", "E100", "--entry", 99, code=2)


def test_whoever_left_owes_nothing_from_the_day_after(asked: Office) -> None:
    note(asked, "left", "E100", "--date", "2025-10-15")
    assert owed(asked, "E100", "2025-10-15")
    assert owed(asked, "E100", "2025-10-16") is None
    (entry,) = asked.entries("left")
    assert entry.body
    assert (entry.body.by, entry.body.says, entry.body.received) == ("J. Okafor", "As agreed.", "2025-10-15")
    assert "says already that E100 left" in note(asked, "left", "E100", code=2)


def test_exempt_holds_for_the_campaign(asked: Office) -> None:
    note(asked, "exempt", "E100", "--date", "2025-10-15")
    assert owed(asked, "E100", "2025-10-14")
    assert owed(asked, "E100", "2025-10-15") is None
    assert asked.standing("E100").is_exempt("2025-26")
    assert not asked.standing("E100").is_exempt("2026-27")
    assert "exempt from 2025-26 already" in note(asked, "exempt", "E100", code=2)


def test_on_behalf_counts_with_its_own_assurance(asked: Office) -> None:
    note(asked, "on-behalf", "E103", "--date", "2025-10-15")
    (signed,) = asked.standing("E103").signed
    assert (signed.day, signed.how, signed.assurance) == ("2025-10-15", "on-behalf", "on behalf")
    assert owed(asked, "E103", "2025-11-20") is None
    assert "the first date stays" in note(asked, "on-behalf", "E103", code=2)


def test_unknown_people_are_told_with_the_nearest(asked: Office) -> None:
    assert "there is no staff number 'E1O1' at this desk; did you mean E101?" in note(asked, "left", "E1O1", code=2)


def test_what_was_not_understood_is_open_until_it_is_answered(asked: Office) -> None:
    link = asked.standing("E100").asked[0]
    facts = {"unclear": ["private-life"], "question": "What about my band?"}
    (unclear,) = asked.add(
        Body(
            kind="not-understood",
            at="2025-09-20T09:00:00Z",
            ref=link.ref,
            policy=POLICY,
            revision="2025-09",
            facts=facts,
        )
    )
    (open_one,) = asked.standing("E100").unclear
    assert (open_one.clauses, open_one.question, open_one.answered) == (("private-life",), "What about my band?", False)
    asked.add(Body(kind="replied", at="2025-09-22T09:00:00Z", ref=link.ref, policy=POLICY, about=unclear.number))
    assert asked.standing("E100").unclear[0].answered
    assert not asked.standing("E100", "2025-09-21").unclear[0].answered
    assert owed(asked, "E100", "2025-11-20")


def test_what_is_held_waits_until_it_is_resolved(asked: Office) -> None:
    (held,) = asked.add(Body(kind="held", at="2025-09-20T09:00:00Z", ref="unknown", says="No one has this link."))
    (waiting,) = standings_of_register(asked.desk.register).held
    assert (waiting.entry, waiting.person, waiting.says) == (held.number, "", "No one has this link.")
    asked.add(Body(kind="resolved", at="2025-09-22T09:00:00Z", about=held.number, by="HR", says="A test."))
    assert standings_of_register(asked.desk.register).held == ()


def test_the_register_answers_queries_of_hr(asked: Office) -> None:
    asked.acknowledged("E100", "2025-09", "2025-09-12")
    with closing(sqlite3.connect(asked.desk.register)) as base:
        told = base.execute("SELECT number, kind, person, policy, received FROM entries ORDER BY number").fetchall()
    assert told == [
        (one.number, one.body.kind, one.body.person or None, one.body.policy or None, one.body.received or None)
        for one in asked.entries() if one.body
    ]  # fmt: skip
    assert told[-1][1:] == ("acknowledged", asked.person("E100").id, POLICY, "2025-09-12")
