"""Every row of the issue's table of bad input, each with a receipt that a real browser made."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from acks.registers import bytes_of, rewrite
from clausebook.acknowledgements.register.database import Row
from clausebook.acknowledgements.signing.keys import SigningKey, new_key, read_key
from clausebook.acknowledgements.signing.links import Link, write_link
from clausebook.model.identity import canonical_json
from clock import NOW, TODAY
from receipts_made import changed

from .conftest import EARLY, PASSPHRASE, PEOPLE, TRUST, Hr, Office, Staff, mail, mail_of, run


def says(line: str) -> dict[str, Any]:
    payload = line.split(".")[1]
    return json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def written(record: dict[str, Any]) -> str:
    """The record as a line, with a check that fits: whoever holds a receipt can write another."""
    begun = "ackr2." + urlsafe_b64encode(canonical_json(record)).decode().rstrip("=")
    return f"{begun}.{hashlib.sha256(begun.encode()).hexdigest()[:16]}"


def link_says(link: str) -> dict[str, Any]:
    return says(link)


def signing_key(hr: Hr) -> SigningKey:
    return read_key(next((hr.desk / "keys").glob("*.pem")).read_bytes(), PASSPHRASE)


@pytest.fixture(scope="session")
def adopted(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook after the next revision came into force."""
    folder = tmp_path_factory.mktemp("adopted") / "handbook"
    shutil.copytree(office.handbook_folder, folder, ignore=shutil.ignore_patterns("site"))
    run("confirm-changes", TRUST, "social-media", "--handbook", folder)
    run("adopt", TRUST, "social-media", "--effective", TODAY, "--answers-read", "--handbook", folder)
    run("quiz", "review", TRUST, "social-media", "--yes", "--handbook", folder)
    return folder


def test_a_receipt_is_accepted_once_and_then_a_duplicate(hr: Hr, staff: Staff) -> None:
    hr.put("1.eml", mail(staff.receipt("1001"), f"Zoë <{mail_of('1001').upper()}>"))
    row = hr.only()
    assert (row["Decision"], row["Who"]) == ("accept", "Zoë O’Connor-Łukasz, 1001")
    assert hr.code == 0
    body = hr.bodies()[0]
    assert (body["kind"], body["assurance"], body["channel"]) == ("acknowledged", "link and sender", "mail")
    assert body["facts"]["score"].split(" of ")[0] == body["facts"]["score"].split(" of ")[1]
    assert (hr.desk / f"receipts/{body['receipt']}.txt").read_text().strip() == staff.receipt("1001")
    assert "Zoë".encode() not in bytes_of(hr.desk / "register.sqlite")

    again = hr.only()
    assert (again["Decision"], hr.code) == ("duplicate", 0)
    assert again["Reason"].startswith(f"entry {row['Entry']} holds it since")
    assert hr.kinds() == ["acknowledged"], "the same heap again adds nothing"


def test_a_replay_from_somebody_else_stays_the_first_persons(hr: Hr, staff: Staff) -> None:
    line = staff.receipt("1001")
    hr.put("1.eml", mail(line, mail_of("1001")))
    hr.collect()
    hr.put("2.eml", mail(line, mail_of("1004")))
    assert [row["Decision"] for row in hr.collect()] == ["duplicate", "duplicate"]
    assert hr.kinds() == ["acknowledged", "duplicate"]


def test_truncated(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1001")[:-40])
    row = hr.only()
    assert (row["Decision"], hr.code) == ("reject", 1)
    assert "cut off" in row["Reason"]
    assert "again" in row["Next step"]
    assert hr.kinds() == ["rejected"]
    hr.collect()
    assert hr.kinds() == ["rejected"]


def test_one_character_changed(hr: Hr, staff: Staff) -> None:
    line = staff.receipt("1001")
    place = len(line) // 2
    hr.put("1.txt", line[:place] + ("A" if line[place] != "A" else "B") + line[place + 1 :])
    row = hr.only()
    assert (row["Decision"], row["Reason"]) == ("reject", "the receipt was changed on its way: its check does not fit")


def test_a_forged_key(hr: Hr, staff: Staff) -> None:
    """The holder of a link has the page name it with a signature by a key of their own."""
    real = staff.office.links["1003"]
    forged = write_link(Link.model_validate(link_says(real)), new_key())
    named = f"r1.{link_says(real)['ref']}.{forged.rsplit('.', 1)[1]}"
    hr.put("1.txt", staff.receipt("1003", edits=(('"link":"[^"]*"', f'"link":"{named}"'),)))
    row = hr.only()
    assert (row["Decision"], "its signature does not fit" in row["Reason"]) == ("reject", True)


def test_no_link(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1003", edits=(('"link":"[^"]*"', '"link":""'),)))
    row = hr.only()
    assert (row["Decision"], row["Who"]) == ("hold", "typed: John Smith")
    assert "link none" in row["Reason"]
    assert f"review {row['Entry']} --accept --for STAFF_NUMBER" in row["Next step"]
    assert hr.acks("review", row["Entry"], "--accept", "--by", "J. Okafor", "--why", "Rang.") == ""
    assert "--for STAFF_NUMBER" in hr.said
    hr.acks("review", row["Entry"], "--accept", "--by", "J. Okafor", "--why", "Rang.", "--for", "1003")
    assert hr.code == 0, hr.said
    body = hr.bodies()[-1]
    assert (body["kind"], body["assurance"], body["by"]) == ("acknowledged", "on behalf", "J. Okafor")
    assert hr.kinds() == ["held", "resolved", "acknowledged"]


def test_an_old_revision_still_counts_for_what_it_was(hr: Hr, staff: Staff, adopted: Path) -> None:
    line = staff.receipt("1001")
    hr.handbook_folder = adopted
    hr.put("1.txt", line)
    row = hr.only()
    assert (row["Decision"], row["Reason"]) == (
        "accept",
        "acknowledges revision 2025-09, which is not in force any more (link only)",
    )
    assert "2026-09 is in force" in row["Next step"]
    assert hr.bodies()[0]["revision"] == "2025-09"


def test_expired(hr: Hr, staff: Staff) -> None:
    signed = datetime.combine(EARLY + timedelta(5), datetime.min.time(), UTC)
    hr.put("1.txt", staff.receipt("1900", clock=signed))
    row = hr.only("--dry-run")
    assert row["Decision"] == "hold"
    assert re.search(r"the link expired on \d{4}-\d\d-\d\d, and it was received on", row["Reason"])
    assert "acks issue" in row["Next step"]
    assert hr.kinds() == []
    assert hr.only("--received", EARLY + timedelta(6))["Decision"] == "accept"


def test_another_persons_name(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1004", "John Smith"))
    row = hr.only()
    assert row["Decision"] == "hold"
    assert "the typed name is another person's" in row["Reason"]
    assert "John Smith, 1003" in row["Reason"]
    assert b"John" not in bytes_of(hr.desk / "register.sqlite")


def test_a_name_that_is_nobodys(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1004", "Bugs Bunny"))
    assert hr.only()["Reason"].startswith("the typed name is not the person's")


@pytest.mark.parametrize(
    ("number", "typed"),
    [
        ("1001", "zoe oconnor lukasz"), ("1001", "O'CONNOR-LUKASZ, Zoë"), ("1002", "Anna Nowak"), ("1002", "Anna Kowalska"),
        ("1006", "M. A. Evans"), ("1006", "Mrs Mary-Ann Evans"),
    ],
)  # fmt: skip
def test_a_name_in_another_spelling_fits(hr: Hr, staff: Staff, number: str, typed: str) -> None:
    """Accents, case, order, hyphens, initials, a title, and the maiden name of the alias list."""
    hr.put("1.txt", staff.receipt(number, typed))
    row = hr.only()
    assert row["Decision"] == "accept", row


def test_a_name_that_is_near_waits_for_its_alias(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1004", "Priya Patel"))
    row = hr.only()
    assert (row["Decision"], "near" in row["Reason"]) == ("hold", True)
    people = json.loads((hr.desk / "people.json").read_text())
    next(one for one in people["people"] if one["number"] == "1004")["aliases"] = ["Priya Patel"]
    (hr.desk / "people.json").write_text(json.dumps(people))
    assert hr.only()["Decision"] == "accept"
    assert hr.kinds() == ["held", "resolved", "acknowledged"]
    assert hr.acks("review") == "Nothing is held.\n"


def test_a_leaver(hr: Hr, staff: Staff) -> None:
    last = TODAY - timedelta(3)
    hr.acks(
        "note", TRUST, "left", "1005", "--policy", "social-media", "--by", "J. Okafor", "--why", "Left.", "--date", last
    )
    assert hr.code == 0, hr.said
    hr.put("1.txt", staff.receipt("1005"))
    row = hr.only()
    assert (row["Decision"], row["Reason"]) == ("hold", f"the person's last day was {last}, before it was signed")


def test_an_unknown_reference(hr: Hr, staff: Staff) -> None:
    """A link with HR's own signature that is not in the register."""
    link = write_link(Link.model_validate(link_says(staff.office.links["1003"]) | {"ref": "Z" * 22}), signing_key(hr))
    hr.put("1.txt", staff.receipt("1003", link=link))
    row = hr.only()
    assert (row["Decision"], row["Reason"]) == ("reject", "the link was not issued by this desk")


def test_a_link_that_says_something_else_than_was_issued(hr: Hr, staff: Staff) -> None:
    later = str(TODAY + timedelta(300))
    link = write_link(Link.model_validate(link_says(staff.office.links["1003"]) | {"expires": later}), signing_key(hr))
    line = staff.receipt("1003", link=link)
    hr.put("1.txt", line)
    assert hr.only()["Reason"] == "the link was changed after it was issued: its signature does not fit"
    hr.put("1.txt", written(says(line) | {"link": link}))
    assert hr.only()["Reason"].startswith("the link is damaged"), "a receipt names its link, and does not hold it"


def test_the_name_of_another_persons_link_proves_nothing(hr: Hr, staff: Staff) -> None:
    """The reference stands on paper forms too: without the signature that was made for it, it is no proof."""
    own, other = says(staff.receipt("1003"))["link"], says(staff.receipt("1004"))["link"]
    forged = f"r1.{other.split('.')[1]}.{own.split('.')[2]}"
    hr.put("1.txt", written(says(staff.receipt("1003")) | {"link": forged}))
    row = hr.only()
    assert (row["Decision"], "its signature does not fit" in row["Reason"]) == ("reject", True)


def test_a_clock_that_is_ahead(hr: Hr, staff: Staff) -> None:
    hr.put("1.eml", mail(staff.receipt("1003", clock=NOW + timedelta(3)), mail_of("1003")))
    row = hr.only()
    assert row["Decision"] == "hold"
    assert "after HR received it" in row["Reason"]
    hr.put("1.eml", mail(staff.receipt("1003", clock=NOW + timedelta(hours=20)), mail_of("1003")))
    assert hr.only()["Decision"] == "accept"


def test_signed_before_it_was_issued(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1003", clock=NOW - timedelta(4)))
    row = hr.only()
    assert row["Decision"] == "hold"
    assert "before the link was issued" in row["Reason"]


def test_answers_that_were_edited(hr: Hr, staff: Staff) -> None:
    record = says(staff.receipt("1003"))
    quiz = record["policies"][0]["quiz"]
    wrong: dict[str, list[str]] = {name: [] for name in quiz["answers"]}
    edited = written(changed(record, {"quiz": quiz | {"answers": wrong}}))
    hr.put("1.txt", edited)
    row = hr.only()
    assert row["Decision"] == "hold"
    assert re.match(r"did not pass the quiz: 0 of \d+", row["Reason"])
    hr.put("1.txt", written(changed(record, {"quiz": quiz | {"answers": {"no-such-question": ["a"]}}})))
    assert "the quiz cannot be marked" in hr.only()["Reason"]
    hr.put("1.txt", written(changed(record, {"quiz": None})))
    assert "no answers" in hr.only()["Reason"]
    hr.put("1.txt", staff.receipt("1003"))
    assert hr.only()["Decision"] == "accept"
    hr.put("1.txt", written(changed(record, {"quiz": quiz | {"answers": wrong}})))
    row = hr.only()
    assert (row["Decision"], "with other answers" in row["Reason"]) == ("hold", True)
    hr.put("1.txt", written(changed(record, {"quiz": quiz | {"seed": "another", "answers": wrong}})))
    assert hr.only()["Decision"] == "duplicate", "taken again: the first stays"


def test_a_statement_that_was_edited(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", written(says(staff.receipt("1003")) | {"statement": "I have not read it."}))
    row = hr.only()
    assert (row["Decision"], "statement" in row["Reason"]) == ("hold", True)


def test_signed_twice_the_first_stays(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1003"))
    hr.collect()
    hr.put("1.txt", staff.receipt("1003", "john SMITH", clock=NOW + timedelta(hours=1)))
    row = hr.only()
    assert (row["Decision"], "signed before" in row["Reason"]) == ("duplicate", True)


def test_something_not_understood_is_answered_and_then_signed(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1003", unclear="no-pupil-contact"))
    row = hr.only()
    assert (row["Decision"], hr.code) == ("accept", 0)
    assert "does not understand no-pupil-contact (link only; Does this hold for my niece?)" in row["Reason"]
    assert hr.kinds() == ["not-understood"]
    assert "no-pupil-contact" in hr.acks("review", "--format", "csv")
    hr.acks("review", row["Entry"], "--accept", "--by", "J. Okafor", "--why", "Explained on the phone.")
    assert hr.acks("review") == "Nothing is held.\n"
    hr.put("2.txt", staff.receipt("1003"))
    assert [one["Decision"] for one in hr.collect()] == ["duplicate", "accept"]


def test_the_same_receipt_by_three_channels(hr: Hr, staff: Staff) -> None:
    line = staff.receipt("1002")
    hr.put("a.txt", line)
    hr.put("b.csv", f"Timestamp,Email,Receipt\n2026-01-02,{mail_of('1002')},{line}\n")
    hr.put("c.eml", mail(line, mail_of("1002")))
    assert [row["Decision"] for row in hr.collect()] == ["accept", "duplicate", "duplicate"]
    assert hr.kinds() == ["acknowledged", "duplicate", "duplicate"]
    hr.collect()
    assert hr.kinds() == ["acknowledged", "duplicate", "duplicate"]


def test_a_mail_with_twenty_receipts_and_junk_between(hr: Hr, staff: Staff) -> None:
    lines = [staff.receipt(number) for number in PEOPLE if number.startswith("2")]
    assert len(lines) == 20
    junk = "\n\nackr2. is how it begins\n> On Monday someone wrote: =3D=3D ackr2.abc.def\n\n"
    hr.put("1.eml", mail(junk.join(lines), "manager@larkhill.example.org"))
    rows = hr.collect()
    assert [row["Decision"] for row in rows] == ["accept"] * 20
    assert {body["assurance"] for body in hr.bodies()} == {"link only"}


def test_a_register_that_was_edited_is_not_added_to(hr: Hr, staff: Staff) -> None:
    path = hr.desk / "register.sqlite"
    good = path.read_bytes()
    spoils: list[Callable[[list[Row]], list[Row]]] = [
        lambda rows: [rows[0]._replace(body=str(rows[0].body).replace('"key"', '"void"', 1)), *rows[1:]],
        lambda rows: [*rows[:2], *rows[3:]],
        lambda rows: [rows[1]._replace(number=1), rows[0]._replace(number=2), *rows[2:]],
    ]
    for spoil in spoils:
        path.write_bytes(good)
        rewrite(path, spoil)
        broken = path.read_bytes()
        hr.put("1.txt", staff.receipt("1003"))
        assert hr.collect() == []
        assert hr.code == 1
        assert "Nothing was written" in hr.said
        assert bytes_of(path) == broken


def test_a_key_that_was_rotated_still_holds_until_its_last_day(hr: Hr, staff: Staff, tmp_path: Path) -> None:
    handbook_folder = shutil.copytree(hr.handbook_folder, tmp_path / "handbook", ignore=shutil.ignore_patterns("site"))
    keys = handbook_folder / f"trusts/{TRUST}/keys.yml"
    hr.handbook_folder, text = handbook_folder, keys.read_text().rstrip("\n")
    hr.put("1.txt", staff.receipt("1003"))
    keys.write_text(f"{text}\n    last: {TODAY - timedelta(1)}\n")
    row = hr.only()
    assert row["Decision"] == "reject"
    assert "its key signed from" in row["Reason"]
    keys.write_text(f"{text}\n    last: {TODAY}\n")
    assert hr.only()["Decision"] == "accept", "what was rejected for want of a key is taken in once the key is known"
