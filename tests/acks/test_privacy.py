"""What is kept on people is told to them, found when they ask, and gone when its time is over, whoever they are."""

from __future__ import annotations

import email
import email.policy
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from acks.conftest import TRUST, Office, edit
from acks.registers import bytes_of
from clausebook.acknowledgements.desk.people import read_people, write_people
from clausebook.acknowledgements.evidence.gathered import known_ids
from clausebook.acknowledgements.evidence.redaction import is_free_of_names, without_names
from clausebook.acknowledgements.inbox.questions import with_questions
from clausebook.acknowledgements.privacy.purge import everything_on, expired_by, find_expired, purge_expired
from clausebook.acknowledgements.privacy.subject_access import gather_subject, seek
from clausebook.acknowledgements.privacy.written import files_that_name, old_folders
from clausebook.acknowledgements.register.entries import Body, read_register, read_whole
from clausebook.acknowledgements.register.purges import Purge
from clausebook.acknowledgements.register.standings import Standings
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.acknowledgements.register.verify import verify_desk
from clausebook.pages.privacy import privacy_in_brief, privacy_notice

from .made_desks import NOW, POLICY, MadeDesk, term_of_2025, trust

NOBODY = Standings({}, {}, (), frozenset(), {})

OLD = "2019-03-01T09:00:00Z"


@pytest.fixture
def made(tmp_path: Path) -> MadeDesk:
    return term_of_2025(tmp_path / "desk")


def stray(made: MadeDesk, name: str, at: str = OLD, **more: object) -> tuple[int, str]:
    """A receipt that was made without a link, as `collect` holds it."""
    receipt = made.store(made.receipt("Ann", "2025-10-01", link="", name=name))
    return made.add(Body(kind="held", at=at, receipt=receipt, channel="mail", says="link none", **more)), receipt  # type: ignore[arg-type]


def purge(made: MadeDesk) -> Purge:
    return Purge("HR manager", "The period is over.", NOW, made.key)


def test_what_came_from_nobody_who_is_known_goes_by_its_age(made: MadeDesk) -> None:
    made.acknowledge("Ann", "2025-10-01")
    old, receipt = stray(made, "Someone Unknown")
    new, kept = stray(made, "Someone Else", NOW)
    choose = expired_by(trust(), date(2026, 1, 1))
    assert [one.entries for one in find_expired(made.desk, TRUST, choose) if not one.person] == [(old,)]
    purge_expired(made.desk, TRUST, choose, purge(made))
    assert not made.desk.receipt_file(receipt).exists()
    assert made.desk.receipt_file(kept).exists()
    assert "body" not in made.lines()[old - 1]
    assert "body" in made.lines()[new - 1]
    verdict = verify_desk(made.desk, {made.key.id: made.key.public})
    assert verdict.holds, verdict


def held_for_two_policies(made: MadeDesk) -> tuple[list[int], str]:
    """A receipt without a link that speaks of two policies: an entry waits for each."""
    first, receipt = stray(made, "Someone Unknown", policy="social-media")
    return [first, made.add(Body(kind="held", at=OLD, receipt=receipt, channel="mail", says="link none", policy="other"))], receipt  # fmt: skip


def test_a_receipt_goes_with_the_last_entry_that_rests_on_it(made: MadeDesk) -> None:
    numbers, receipt = held_for_two_policies(made)
    choose = expired_by(trust(), date(2026, 1, 1))
    found = [one for one in find_expired(made.desk, TRUST, choose) if not one.person]
    assert [(one.entries, one.receipts) for one in found] == [((numbers[0],), (receipt,)), ((numbers[1],), ())]
    purge_expired(made.desk, TRUST, lambda *held: choose(*held)[:-1], purge(made))
    assert made.desk.receipt_file(receipt).is_file(), "an entry rests on it that stays"
    assert verify_desk(made.desk, {made.key.id: made.key.public}).holds
    purge_expired(made.desk, TRUST, choose, purge(made))
    assert not made.desk.receipt_file(receipt).exists()
    assert verify_desk(made.desk, {made.key.id: made.key.public}).holds


def test_what_came_in_one_receipt_came_from_one_person(made: MadeDesk) -> None:
    numbers, receipt = held_for_two_policies(made)
    made.add(Body(kind="resolved", at=OLD, about=numbers[0], by="HR", says="It is Cat.", facts={"outcome": "accepted"}))
    made.add(made.body("acknowledged", "Cat", received="2019-03-01", channel="mail", receipt=receipt, about=numbers[0], by="HR", says="It is Cat."))  # fmt: skip
    (cat,) = seek(read_people(made.desk), "Cat Example", None)
    subject = gather_subject(made.desk, cat, read_people(made.desk))
    assert set(numbers) <= {number for number, _ in subject.entries}
    assert [one for one, _ in subject.receipts].count(receipt) == 1
    everything = everything_on(made.people["Cat"], date(2026, 1, 1))
    purge_expired(made.desk, TRUST, everything, purge(made))
    assert not made.desk.receipt_file(receipt).exists()
    assert verify_desk(made.desk, {made.key.id: made.key.public}).holds


def test_a_stray_that_hr_found_the_owner_of_is_theirs(made: MadeDesk) -> None:
    held, receipt = stray(made, "Cat Example")
    made.add(Body(kind="resolved", at=OLD, about=held, by="HR", says="It is Cat.", facts={"outcome": "accepted"}))
    made.add(made.body("acknowledged", "Cat", received="2019-03-01", channel="mail", receipt=receipt, about=held, by="HR", says="It is Cat."))  # fmt: skip
    assert not [one for one in find_expired(made.desk, TRUST, expired_by(trust(), date(2026, 1, 1))) if not one.person]
    (cat,) = seek(read_people(made.desk), "Cat Example", None)
    subject = gather_subject(made.desk, cat, read_people(made.desk))
    assert {held, held + 1, held + 2} <= {number for number, _ in subject.entries}
    assert subject.perhaps == ()


@pytest.mark.parametrize("who", ["Dan O’Hara", "dan o'hara", "Dan O'Hara"])
def test_somebody_whom_no_list_names_is_found_by_their_name(made: MadeDesk, who: str) -> None:
    number, receipt = stray(made, "Dan O'Hara")
    (sought,) = seek(read_people(made.desk), who, None)
    subject = gather_subject(made.desk, sought, read_people(made.desk))
    assert sought.person is None
    assert [one for one, _ in subject.perhaps] == [number]
    assert [one for one, _ in subject.receipts] == [receipt]


def test_a_row_of_a_report_is_found_by_its_address_and_by_no_other(made: MadeDesk) -> None:
    row = '{"course":"x","finished":"","mail":"pat@example.net","name":"","score":"","statuses":["passed"]}'
    number = made.add(
        Body(kind="held", at=OLD, receipt=made.store(row), channel="platform", says="No one has this address.")
    )
    people = read_people(made.desk)
    for who, found in (("Pat@example.net", [number]), ("pat@example.org", [])):
        (sought,) = seek(people, who, None)
        assert [one for one, _ in gather_subject(made.desk, sought, people).perhaps] == found


def test_a_person_is_found_by_number_address_and_earlier_name(made: MadeDesk) -> None:
    made.people["Cat"] = made.people["Cat"].model_copy(update={"aliases": ("Cat Former",)})
    write_people(made.desk, made.people.values())
    people = read_people(made.desk)
    assert [
        one.person.number
        for who in ("003", "CAT@example.org", "Former, Cat")
        for one in seek(people, who, None)
        if one.person
    ] == ["003"] * 3


@pytest.mark.parametrize("name", ["Sinéad O'Brien", "Tom & Jo Smith", 'Ann "Annie" Lee', "José Álvarez"])
def test_a_name_is_found_however_a_format_writes_it(tmp_path: Path, name: str) -> None:
    import csv
    import html
    from email.message import EmailMessage

    import xlsxwriter

    mail = EmailMessage()
    mail["To"] = "somebody@example.org"
    mail.set_content(f"Dear {name},\n\nplease read it.", cte="quoted-printable")
    (tmp_path / "report.html").write_text(f"<p>{html.escape(name)}</p>")
    (tmp_path / "report.json").write_text(json.dumps({"people": [{"name": name}]}))
    (tmp_path / "mail.eml").write_bytes(bytes(mail))
    with (tmp_path / "links.csv").open("w", newline="") as file:
        csv.writer(file).writerow(["1", name])
    book = xlsxwriter.Workbook(tmp_path / "report.xlsx")
    book.add_worksheet().write_string(0, 0, name)
    book.close()
    (tmp_path / "other.txt").write_text("No one of that name.")
    found = set(files_that_name(tmp_path, (name,), ""))
    assert found == {"report.html", "report.json", "mail.eml", "links.csv", "report.xlsx"}


def test_somebody_who_should_never_have_been_listed_is_taken_out(made: MadeDesk) -> None:
    person = made.people["Ben"]
    purge_expired(made.desk, TRUST, everything_on(person, date(2025, 11, 20)), purge(made))
    everything = b"".join(path.read_bytes() for path in made.desk.root.rglob("*") if path.is_file())
    assert person.id.encode() not in everything
    assert b"Ben Example" not in everything
    assert made.people["Ann"].id.encode() in everything
    assert verify_desk(made.desk, {made.key.id: made.key.public}).holds


def test_an_earlier_name_is_taken_out_and_stays_out(office: Office) -> None:
    office.issue("2025-09-10")
    said = office.run("purge", TRUST, "--person", "E100", "--former-name", "Eve Byrne")
    assert "Would take out the name Eve Byrne of E100." in said
    assert office.person("E100").aliases == ("Eve Byrne",)
    decision = ("--yes", "--by", "HR", "--why", "She asked for it.")
    assert "Took out the name Eve Byrne of E100." in office.run(
        "purge", TRUST, "--person", "E100", "--former-name", "Eve Byrne", *decision
    )
    assert office.person("E100").aliases == ()
    assert "no earlier name of E100" in office.run(
        "purge", TRUST, "--person", "E100", "--former-name", "Nobody", code=2
    )
    assert "no faults" in office.run("verify")


def test_folders_of_out_go_by_their_age(office: Office) -> None:
    office.issue("2025-09-10")
    out = office.desk.root / "out"
    (out / "mine").mkdir()
    assert old_folders(out, date(2026, 10, 15)) == []
    assert [one.name for one in old_folders(out, date(2026, 10, 16))] == ["2025-09-10-issue"]
    assert "1 folder of out/" in office.run("purge", TRUST, "--as-of", "2026-10-16")
    office.run("purge", TRUST, "--as-of", "2026-10-16", "--yes", "--by", "HR", "--why", "Over.")
    assert [path.name for path in out.iterdir()] == ["mine"]


def test_a_purge_wants_who_and_why(office: Office) -> None:
    assert "--yes needs --by and --why" in office.run("purge", TRUST, "--yes", code=2)


def body(**more: object) -> dict[str, object]:
    return {
        "kind": "acknowledged",
        "at": NOW,
        "person": "p-annaaaaaaaaaaaaa",
        "trust": TRUST,
        "policy": POLICY,
        "receipt": "1" * 64,
        "channel": "mail",
        **more,
    }


@pytest.mark.parametrize(
    ("raw", "free"),
    [
        (body(facts={"signed": NOW, "shown": "whole"}), True),
        (body(facts={"shown": "2024-09"}), True),
        (body(facts={"shown": "Jo Bloggs, 07700 900000"}), False),
        (body(kind="not-understood", says="does not understand Jo", facts={"unclear": ["jo-bloggs"]}), False),
        (body(kind="not-understood", says="does not understand relatives", facts={"unclear": ["relatives"]}), True),
        (body(facts={"way": "0123456789abcdef"}), False),
        (body(facts={"delivery": "0123456789abcdef"}), True),
        (body(facts={"score": "Jo Bloggs"}), False),
        (body(channel="platform"), False),
        (body(by="R. Ward"), False),
    ],
)  # fmt: skip
def test_only_what_says_nothing_of_anybody_stays_in_a_pack_without_names(raw: dict[str, object], free: bool) -> None:
    known = known_ids(trust())
    assert is_free_of_names(Body.model_validate(raw), known) == free
    told = json.dumps(without_names(raw, known))
    for words in ("Bloggs", "07700", "Jo", "R. Ward", "jo-bloggs", '"way"'):
        assert words not in told
    assert ("1" * 64 in told) == (raw["channel"] != "platform")


def test_the_notice_answers_what_article_13_asks() -> None:
    told = dict(privacy_notice(trust()))
    assert set(told) == {"Who is responsible", "What", "Why", "Who sees it", "How long", "Your rights"}
    assert "Larkhill Example Trust" in told["Who is responsible"]
    assert "6 years after your last day at work" in told["How long"]
    assert "dpo@larkhill.example.org" in told["Your rights"]
    assert "Information Commissioner" in told["Your rights"]
    assert "privacy notice for staff says on what legal basis" in told["Why"]
    assert "dpo@larkhill.example.org" in privacy_in_brief(trust())


def test_the_notice_is_in_the_email_and_follows_the_trusts_own_words(office: Office) -> None:
    path = office.handbook_folder / "trusts" / TRUST / "acknowledgements.yml"
    edit(
        path,
        (
            "contact: Data protection officer, dpo@larkhill.example.org",
            "contact: Jo in the office\n  basis: Your contract of employment.",
        ),
        ("    receipts:", "    keep_years: 1\n    receipts:"),
    )
    office.issue("2025-09-10")
    mails = sorted((office.desk.root / "out").rglob("*.eml"))
    said = " ".join(email.message_from_bytes(mails[0].read_bytes(), policy=email.policy.default).get_content().split())
    assert "What is kept about you: Larkhill Example Trust" in said
    assert "Jo in the office." in said
    assert "deleted 1 year after your last day at work" in said
    assert "The legal basis: Your contract of employment." in dict(privacy_notice(office.merged))["Why"]


def test_a_trust_that_names_nobody_for_data_is_asked_by_its_first_contact(office: Office) -> None:
    path = office.handbook_folder / "trusts" / TRUST / "acknowledgements.yml"
    path.write_text(path.read_text().split("privacy:")[0])
    first = office.merged.record.contacts[0]
    assert first.role in dict(privacy_notice(office.merged))["Your rights"]


def test_what_somebody_asks_stands_in_their_receipt_alone_and_in_the_report(made: MadeDesk) -> None:
    line = made.receipt(
        "Ben", "2025-11-06", outcome="not-understood", unclear=["relatives"], question="My sister Jo is a pupil?"
    )
    number = made.add(made.body("not-understood", "Ben", received="2025-11-06", channel="mail", receipt=made.store(line), facts={"unclear": ["relatives"]}))  # fmt: skip
    assert b"My sister Jo" not in bytes_of(made.desk.register)
    assert asked_of(made)[number] == "My sister Jo is a pupil?"
    (entry,) = [one for one in read_whole(made.desk.register) if one.number == number]
    assert entry.body
    made.desk.receipt_file(entry.body.receipt).unlink()
    assert asked_of(made)[number] == ""


def asked_of(made: MadeDesk) -> dict[int, str]:
    """What somebody asked who did not understand something, by the entry that says so."""
    with read_register(made.desk.register) as register:
        standings = with_questions(made.desk, register, read_standings(register))
    return {one.entry: one.question for standing in standings for one in standing.unclear}


def test_a_delivery_is_known_again_and_tells_nobody_whose_it_was() -> None:
    from clausebook.acknowledgements.inbox.rules.register_index import Known, RegisterIndex

    delivery = "1" * 64 + " mail 2025-10-01 ann@example.org"
    unsalted = hashlib.sha256(delivery.encode()).hexdigest()[:16]
    memory = RegisterIndex()
    known = Known(memory, NOBODY, (), salt=b"of this desk")
    assert known.delivery_key(delivery) not in (
        unsalted,
        Known(memory, NOBODY, (), salt=b"of another").delivery_key(delivery),
    )
    assert not known.has_come(delivery)
    memory.note(1, Body(kind="duplicate", at=NOW, facts={"delivery": known.delivery_key(delivery)}))
    assert known.has_come(delivery)
    older = RegisterIndex()
    older.note(1, Body(kind="duplicate", at=NOW, facts={"way": unsalted}))
    assert Known(older, NOBODY, (), salt=b"of this desk").has_come(delivery)
