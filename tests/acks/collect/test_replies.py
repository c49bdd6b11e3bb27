"""What HR sends back: a countersigned line for each acknowledgement, and reminders on the days on which they fall due."""

from __future__ import annotations

import email
import re
from datetime import date, timedelta
from email import policy

import pytest

from acks.registers import bytes_of
from clausebook.acknowledgements.campaigns.reminders import Rhythm
from clausebook.acknowledgements.register.countersignatures import Countersigned
from clausebook.acknowledgements.signing.tokens import read_token, record_in

from .conftest import LATE, PEOPLE, TODAY, Hr, Staff, mail, mail_of


def words_of(raw: bytes) -> str:
    return email.message_from_bytes(raw, policy=policy.default).get_content()


def public_keys(hr: Hr) -> dict[str, str]:
    text = next(hr.handbook_folder.glob("trusts/*/keys.yml")).read_text()
    return dict(zip(re.findall(r'id: "(.*)"', text), re.findall(r'public: "(.*)"', text), strict=True))


def read_countersigned(line: str, hr: Hr) -> Countersigned | None:
    """What a line confirms; None where it was changed, or signed with a key that is not HR's."""
    token = read_token(line, "ackc1")
    told = record_in(Countersigned, token.payload) if token else None
    return told if token and told and token.is_signed_by(public_keys(hr)[told.key]) else None


def test_a_reply_proves_what_hr_has(hr: Hr, staff: Staff) -> None:
    for number in ("1001", "1003"):
        hr.put(f"{number}.eml", mail(staff.receipt(number), mail_of(number)))
    hr.put("x.txt", staff.receipt("1004", unclear="no-pupil-contact"))
    rows = {row["Who"]: row for row in hr.collect()}
    hr.acks("reply", "--passphrase-file", hr.office.passphrase)
    assert "2 replies. Nothing was sent." in hr.said
    mails = sorted(hr.desk.glob("out/*-reply/mails/*.eml"))
    assert [one.name.split("-")[0] for one in mails] == ["1001", "1003"]
    message = email.message_from_bytes(mails[0].read_bytes(), policy=policy.default)
    assert (message["To"], message["From"]) == (f"Zoë O’Connor-Łukasz <{mail_of('1001')}>", "hr@larkhill.example.org")
    line = re.search(r"ackc1\.\S+", message.get_content())[0]
    told = read_countersigned(line, hr)
    assert told
    assert told.entry == int(rows["Zoë O’Connor-Łukasz, 1001"]["Entry"])
    assert told.receipt == hr.bodies()[0]["receipt"]
    another_end = "AA" if line[-2:] != "AA" else "BA"  # one signature in 256 ends in AA itself
    assert read_countersigned(line[:-2] + another_end, hr) is None
    assert read_countersigned(line.replace("ackc1.e", "ackc1.f"), hr) is None

    assert hr.kinds().count("replied") == 2
    hr.acks("reply", "--passphrase-file", hr.office.passphrase)
    assert hr.said == "Every acknowledgement has its reply.\n"
    assert hr.kinds().count("replied") == 2
    assert "no-pupil-contact" in hr.acks("review", "--format", "csv"), "a reply is no answer to a question"


def test_reminders_fall_due_and_are_never_written_twice(hr: Hr, staff: Staff) -> None:
    """Links of today are due in 14 days; the late one has been overdue for 86, and got a new link today."""
    signed = ("--passphrase-file", hr.office.passphrase)
    hr.put("1.eml", mail(staff.receipt("1001"), mail_of("1001")))
    hr.collect()
    hr.acks("remind", *signed)
    assert hr.said == "No reminder is due.\n", "everybody got their link today"

    soon = TODAY + timedelta(12)  # nobody ran it on the eleventh day; its reminders are made up for
    hr.acks("remind", *signed, "--as-of", soon)
    written = {one.name.split("-")[0] for one in hr.desk.glob(f"out/{soon}-remind/mails/*")}
    assert written == {*PEOPLE, *LATE, "1800", "1801"} - {"1001"}
    mail_1003 = next(hr.desk.glob(f"out/{soon}-remind/mails/1003-*")).read_bytes()
    assert hr.office.links["1003"] in words_of(mail_1003)
    assert "asks you to acknowledge" in words_of(mail_1003)
    assert "no law does" in words_of(mail_1003)
    late = next(hr.desk.glob(f"out/{soon}-remind/mails/1900-*")).read_bytes()
    assert "asked you to acknowledge" in words_of(late)
    hr.acks("remind", *signed, "--as-of", soon + timedelta(1))
    assert hr.said == "No reminder is due.\n"
    hr.acks("remind", *signed, "--as-of", soon + timedelta(2))
    assert f"{len(written) - 1} reminders" in hr.said, "all but the late one, who is reminded weekly"
    assert [body["kind"] for body in hr.bodies()] == ["acknowledged"], "the register is not written to"


DUE = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("today", "last"),
    [(-20, None), (-14, -14), (-10, -14), (-3, -3), (-1, -3), (0, 0), (6, 0), (7, 7), (13, 7), (30, 28)],
)
def test_the_rhythm(today: int, last: int | None) -> None:
    found = Rhythm().last_day(DUE, DUE + timedelta(today))
    assert found == (None if last is None else DUE + timedelta(last))


def test_no_rhythm_that_nobody_could_keep(hr: Hr) -> None:
    hr.acks("remind", "--before", "two weeks")
    assert hr.code == 2
    assert "--before wants days" in hr.said
    hr.acks("review", "1", "--accept")
    assert (hr.code, "--by WHO" in hr.said) == (2, True)
    hr.acks("review", "1", "--accept", "--by", "x", "--why", "y")
    assert (hr.code, "does not wait for a decision" in hr.said) == (2, True)
    hr.acks("collect", hr.heap, "--received", str(TODAY + timedelta(5)))
    assert (hr.code, "a day to come" in hr.said) == (2, True)


def test_a_hold_that_is_rejected_stays_so(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1004", "Bugs Bunny"))
    entry = hr.only()["Entry"]
    hr.acks("review", entry, "--reject", "--by", "J. Okafor", "--why", "Someone used the link.")
    assert hr.code == 0, hr.said
    row = hr.only()
    assert (row["Decision"], hr.code) == ("duplicate", 0)
    assert "does not count" in row["Reason"]
    assert hr.kinds() == ["held", "resolved"]


def test_what_is_void_does_not_come_back_with_the_next_heap(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1004"))
    entry = hr.only()["Entry"]
    hr.acks("note", "larkhill-example", "void", "1004", "--policy", "social-media", "--entry", entry, "--by", "J. Okafor", "--why", "Not theirs.")  # fmt: skip
    assert hr.code == 0, hr.said
    row = hr.only()
    assert (row["Decision"], "does not count" in row["Reason"]) == ("duplicate", True)
    hr.acks("reply", "--passphrase-file", hr.office.passphrase)
    assert hr.said == "Every acknowledgement has its reply.\n"


def test_a_dry_run_tells_the_same_and_writes_nothing(hr: Hr, staff: Staff) -> None:
    hr.put("1.txt", staff.receipt("1001") + "\n" + staff.receipt("1004", "Bugs Bunny"))
    before = bytes_of(hr.desk / "register.sqlite")
    dry = [(row["Decision"], row["Reason"]) for row in hr.collect("--dry-run")]
    assert bytes_of(hr.desk / "register.sqlite") == before
    assert not (hr.desk / "receipts").exists()
    assert dry == [(row["Decision"], row["Reason"]) for row in hr.collect()]
