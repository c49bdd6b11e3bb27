"""Links: who gets one, what it says, and that nobody gets two."""

from __future__ import annotations

import email
import email.policy
import re
from pathlib import Path

import pytest

from acks.conftest import HEAD, POLICY, SITE, STAFF, TRUST, Office, edit, refs
from acks.registers import bytes_of
from clausebook.acknowledgements.desk.people import read_people
from clausebook.acknowledgements.signing.links import Link, read_link

PAGE = f"{SITE}/{TRUST}/{POLICY}/acknowledge/index.html#"


def link_in(office: Office, address: str) -> Link:
    assert address.startswith(PAGE)
    link = read_link(address.removeprefix(PAGE), {one.id: one.public for one in office.merged.keys})
    assert isinstance(link, Link), link
    return link


def test_a_link_says_what_the_register_says(office: Office) -> None:
    said = office.issue("2025-09-10")
    assert "issued 4 · already holding 0" in said
    assert "not asked 1" in said
    assert "Without an email address, so only in links.csv and on paper: E103" in said
    rows = office.links("2025-09-10-issue")
    assert [row["Staff number"] for row in rows] == ["E100", "E101", "E102", "E103"]
    for row, entry in zip(rows, office.entries("issued"), strict=True):
        link, body = link_in(office, row["Link"]), entry.body
        assert body
        said_there = {name: body.facts[name] for name in ("due", "issued", "expires", "quiz", "quizzes", "key")}
        asked = {
            "policy": body.policy,
            "revision": body.revision,
            "digest": body.digest[:16],
            "since": body.facts["since"],
        }
        same = ("ref", "trust", "campaign")
        assert link.model_dump() == said_there | {name: getattr(body, name) for name in same} | {"policies": [asked]}
        assert body.person == office.person(row["Staff number"]).id
        assert body.person.startswith("p-")
    due = {row["Staff number"]: row["Due"] for row in rows}
    assert due == {"E100": "2025-10-31", "E101": "2025-10-31", "E102": "2025-10-31", "E103": "2025-11-08"}


def test_no_name_stands_in_the_register_or_in_a_link(office: Office) -> None:
    office.issue("2025-09-10")
    register = bytes_of(office.desk.register).decode("utf-8", "replace")
    for person in read_people(office.desk):
        for word in (person.name, person.number, person.mail):
            assert not word or word not in register


def test_a_second_run_issues_nothing_twice(office: Office) -> None:
    office.issue("2025-09-10")
    before = bytes_of(office.desk.register)
    said = office.issue("2025-09-10")
    assert "issued 0 · already holding 4" in said
    assert "No link to hand out" in said
    assert bytes_of(office.desk.register) == before


def test_a_newer_roster_asks_only_those_who_are_new(office: Office) -> None:
    office.issue("2025-09-10")
    said = office.issue(
        "2025-09-20", roster=STAFF.replace("Sam Lee", "Sam Lee-Park") + "E200,Kit Noor,k@example.org,North,,staff,,,\n"
    )
    assert "issued 1 · already holding 4" in said
    assert "6 people, 1 new, 1 changed" in said
    assert office.person("E102").aliases == ("Sam Lee",)
    assert [row["Staff number"] for row in office.links("2025-09-20-issue")] == ["E200"]


def test_an_expired_link_is_replaced_and_stays_due_when_it_was(office: Office) -> None:
    office.issue("2025-09-10")
    assert "issued 0" in office.issue("2025-12-30")
    said = office.issue("2025-12-31")
    assert "issued 3 · already holding 1" in said
    first, last = office.standing("E100").asked
    assert (first.due, last.due) == ("2025-10-31", "2025-10-31")
    assert last.expires == "2026-03-01"


def test_whoever_is_first_asked_late_is_not_overdue_on_that_day(office: Office) -> None:
    office.issue("2026-01-10")
    assert office.standing("E100").asked[0].due == "2026-01-24"


def test_whoever_signed_left_or_is_exempt_gets_no_link(office: Office) -> None:
    office.issue("2025-09-10", roster="\n".join(STAFF.splitlines()[:2]) + "\n")
    office.acknowledged("E100", "2025-09", "2025-09-12")
    roster = STAFF.replace("2015-09-01,,", "2015-09-01,2025-09-30,")
    said = office.issue("2025-10-01", roster=roster)
    assert "issued 2 · already holding 0 · acknowledged 1 · carried forward 0 · left 1" in said
    (left,) = office.entries("left")
    assert left.body
    assert (left.body.person, left.body.received, left.body.by) == (
        office.person("E101").id,
        "2025-09-30",
        "the roster",
    )
    office.run("note", TRUST, "exempt", "E102", "--policy", POLICY, "--by", "HR", "--why", "On leave all year.")
    assert "exempt 1" in office.issue("2026-03-01", roster=roster)


def test_somebody_who_comes_back_is_asked_again(office: Office) -> None:
    office.issue("2025-10-01", roster=f"{HEAD}\nE1,A B,,,,staff,,2025-09-30,\n")
    assert "issued 1" in office.issue("2025-10-02", roster=f"{HEAD}\nE1,A B,,,,staff,,,\n")
    assert [one.body.kind for one in office.entries() if one.body] == [
        "key",
        "people",
        "left",
        "people",
        "void",
        "issued",
    ]


def test_whoever_is_gone_from_the_roster_is_named_and_kept(office: Office) -> None:
    office.issue("2025-09-10")
    said = office.issue("2025-09-11", roster="\n".join(STAFF.splitlines()[:3]) + "\n")
    assert "No longer in the roster, and nothing says that they left: E102, E103, E104" in said
    assert len(read_people(office.desk)) == 5


def test_again_writes_the_very_links_of_an_interrupted_run(office: Office) -> None:
    office.issue("2025-09-10")
    before = bytes_of(office.desk.register)
    office.issue("2025-09-10", "--again")
    assert office.links("2025-09-10-issue-2") == office.links("2025-09-10-issue")
    assert bytes_of(office.desk.register) == before
    assert "No link" in office.issue("2025-09-11", "--again")


def test_a_void_link_is_replaced(office: Office) -> None:
    office.issue("2025-09-10")
    entry = office.entries("issued")[0]
    office.run(
        "note", TRUST, "void", "E100", "--policy", POLICY, "--by", "HR", "--why", "Forwarded.", "--entry", entry.number
    )
    assert "issued 1 · already holding 3" in office.issue("2025-09-11")
    assert len(set(refs(office.entries("issued")))) == 5


def test_the_mail_says_what_it_must_in_plain_words(office: Office) -> None:
    office.issue("2025-09-10")
    folder = office.desk.root / "out/2025-09-10-issue/mails"
    assert sorted(path.name for path in folder.iterdir()) == ["E100.eml", "E101.eml", "E102.eml"]
    mail = email.message_from_bytes((folder / "E100.eml").read_bytes(), policy=email.policy.default)
    assert mail["To"] == "Aoife Ní Bhriain <aoife@example.org>"
    assert mail["From"] == "hr@larkhill.example.org"
    assert mail.get_content_type() == "text/plain"
    text = mail.get_content()
    (address,) = re.findall(r"^https://\S+", text, re.MULTILINE)
    assert address == office.links("2025-09-10-issue")[0]["Link"]
    for words in (
        "31 October 2025",
        "for you alone",
        "not pass it on",
        "No law asks",
        "hr@larkhill.example.org",
        "30 December 2025",
    ):
        assert words in text


def test_cells_that_a_spreadsheet_would_obey_are_made_harmless(office: Office) -> None:
    office.issue("2025-09-10", roster=f'{HEAD}\n=1+1,@SUM(A1),,,,staff,,,\n-2,"=HYPERLINK(""x"")",,,,staff,,,\n')
    rows = office.links("2025-09-10-issue")
    assert [row["Staff number"] for row in rows] == ["'=1+1", "'-2"]
    assert [row["Name"] for row in rows] == ["'@SUM(A1)", '\'=HYPERLINK("x")']


def test_a_mistake_in_the_roster_writes_nothing(office: Office) -> None:
    before = bytes_of(office.desk.register)
    said = office.issue("2025-09-10", roster=STAFF.replace("volunteers", "volunters"), code=1)
    assert "roster.csv:4:41: R110 `volunters` is not a role" in said
    assert "fix: write `volunteers`" in said
    assert "Nothing was issued or written." in said
    assert bytes_of(office.desk.register) == before
    assert not office.desk.people.exists()


@pytest.mark.parametrize("where", ["handbook", "handbook/desk", ".", "site/desk"])
def test_a_desk_in_what_is_published_is_refused(bare_office: Office, where: str) -> None:
    (bare_office.folder / "site/assets/stylesheets").mkdir(parents=True)
    (bare_office.folder / "site/assets/stylesheets/clausebook.css").touch()
    done = bare_office.clausebook(
        "acks", "keys", TRUST, "--desk", bare_office.folder / where, "--handbook", bare_office.handbook_folder,
        "--passphrase-file", bare_office.folder / "passphrase",
    )  # fmt: skip
    assert done.returncode == 2
    assert not list(bare_office.folder.rglob("*.pem"))


def test_a_folder_that_holds_something_else_is_no_desk(bare_office: Office) -> None:
    bare_office.desk.root.mkdir()
    (bare_office.desk.root / "diary.txt").touch()
    assert "holds something else" in bare_office.signing("keys", TRUST, code=2)


def test_without_an_address_of_the_site_nothing_is_issued(office: Office) -> None:
    edit(office.handbook_folder / "trusts" / TRUST / "acknowledgements.yml", (r"\n    site: \S+", ""))
    said = " ".join(office.issue("2025-09-10", code=2).split())
    assert "does not say where its site is published" in said
    assert office.entries("issued") == []
    assert not office.desk.people.exists()


def test_all_that_names_people_is_for_its_owner_alone(office: Office) -> None:
    office.issue("2025-09-10")
    for path in (office.desk.root, *office.desk.root.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_link_of_another_trusts_person_with_the_same_number_is_their_own(office: Office, tmp_path: Path) -> None:
    """Two trusts at one desk: a staff number is only one person's within a trust."""
    from clausebook.acknowledgements.desk.people import merge_people
    from clausebook.acknowledgements.desk.roster_row import Row

    row = Row(2, "E100", "Other Person", "", "", "", "staff", "", "", "")
    office.issue("2025-09-10")
    merged = merge_people(read_people(office.desk), "another", [row])
    assert len(merged.people) == 6
    assert merged.gone == ()


KNOWN = f"""{HEAD}
00417,Ann Lee,ann.lee@example.org,North,,staff,2019-09-01,,
00522,Siân Owen,sian.owen@example.org,North,,staff,2019-09-01,,
"""


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("417,Ann Lee,ann.lee@example.org,North,,staff,,,", "417 has the name and email address of 00417"),
        ("417,Ann Leigh,ann.lee@example.org,North,,staff,,,", "417 has the email address of 00417"),
        ("417,LEE Ann,,North,,staff,,,", "417 has the name of 00417"),
        ("X9,Ann Lee,Ann.Lee@example.org,North,,staff,,,", "X9 has the name and email address of 00417"),
    ],
)
def test_nobody_is_known_under_two_numbers(office: Office, row: str, told: str) -> None:
    office.issue("2025-09-10", roster=KNOWN)
    before = bytes_of(office.desk.register), office.desk.people.read_bytes()
    said = office.issue(
        "2025-09-11", roster=f"{HEAD}\n{row}\n00522,Siân Owen,sian.owen@example.org,North,,staff,,,\n", code=1
    )
    assert f"roster.csv:2:1: R115 {told}, who is known" in said
    assert "write `00417`" in said
    assert "Nothing was issued or written." in said
    assert (bytes_of(office.desk.register), office.desk.people.read_bytes()) == before


@pytest.mark.parametrize(
    "row",
    [
        "418,Ann Lee,ann.lee2@example.org,North,,staff,,,",  # of the same name
        "417,Bo Quill,bo@example.org,North,,staff,,,",  # somebody else altogether
        "00417,Ann Leigh,ann.leigh@example.org,North,,staff,,,",  # a new name and address
    ],
)
def test_somebody_else_may_have_a_number_or_a_name_like_it(office: Office, row: str) -> None:
    office.issue("2025-09-10", roster=KNOWN)
    office.issue("2025-09-11", roster=f"{HEAD}\n{row}\n00522,Siân Owen,sian.owen@example.org,North,,staff,,,\n")


def test_two_of_a_name_and_address_who_both_stand_in_the_roster_are_known_already(office: Office) -> None:
    office.issue("2025-09-10", roster=KNOWN)
    said = office.issue("2025-09-11", roster=f"{KNOWN}417,Ann Lee,ann.lee@example.org,North,,staff,,,\n", code=1)
    assert "R113" in said


def test_who_left_may_come_back_under_a_new_number(office: Office) -> None:
    office.issue("2025-09-10", roster=KNOWN.replace("2019-09-01,,\n00522", "2019-09-01,2025-08-31,\n00522"))
    office.issue(
        "2026-09-11",
        roster=f"{HEAD}\nB100,Ann Lee,ann.lee@example.org,North,,staff,,,\n00522,Siân Owen,sian.owen@example.org,North,,staff,,,\n",
    )
