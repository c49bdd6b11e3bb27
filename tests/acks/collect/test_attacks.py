"""What a stranger's email, or a link's holder who writes a receipt by hand, cannot do: each attack of the review, and its neighbours."""

from __future__ import annotations

import json
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from acks.registers import bytes_of
from clock import NOW, TODAY
from receipts_made import changed

from .conftest import Hr, Staff, mail, mail_of
from .test_bad_input import says, written

JOHN = mail_of("1003")
SUMMER = TODAY - timedelta(60)
RECEIVED = f"from x by mx.larkhill.example.org; {NOW:%a, %d %b %Y %H:%M:%S} +0000"


def stranger(text: str = "see attached", **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    for name, value in ({"Received": RECEIVED, "From": "attacker@evil.invalid"} | headers).items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


REPORT = f"Name,Email,Status,Course,Completed on\nJohn Smith,{JOHN},Completed,Social media policy 2025-09,{TODAY}\n"
RECORDS = [{"Name": "John Smith", "Email": JOHN, "Status": "Completed", "Course": "Social media policy 2025-09", "Completed on": str(TODAY)}]  # fmt: skip
FORGED = {
    "report.csv": REPORT.encode(), "report": REPORT.encode(), "report.txt": REPORT.replace(",", "\t").encode(),
    "report.json": json.dumps(RECORDS).encode(),
    "progress.csv": f',"Email address","Social media policy 2025-09",""\n"John Smith",{JOHN},Completed,"{TODAY}"\n'.encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
@pytest.mark.parametrize("forwarded", [False, True])
def test_a_report_that_came_by_email_signs_for_nobody(hr: Hr, name: str, forwarded: bool) -> None:
    message = stranger()
    message.add_attachment(FORGED[name], maintype="application", subtype="octet-stream", filename=name)
    outer = stranger("fw") if forwarded else message
    if forwarded:
        outer.add_attachment(message)
    path = hr.put("1.eml", outer.as_bytes())
    for options in ((), ("--fetched", path)):  # an email is no report, whatever HR calls it
        row = hr.only(*options)
        assert row["Decision"] == "reject"
        assert "fetched it from the platform yourself" in row["Reason"]
        assert "--fetched FILE" in row["Next step"]
    assert hr.kinds() == []


def test_a_report_that_was_saved_from_an_email_counts_only_once_hr_names_it(hr: Hr) -> None:
    path = hr.put("report.csv", REPORT)
    assert hr.only()["Decision"] == "reject"
    assert hr.kinds() == []
    assert hr.only("--fetched", path)["Decision"] == "accept"
    assert hr.bodies()[0]["assurance"] == "signed-in channel"


def test_the_assurance_of_a_sender_rests_on_the_outermost_mail(hr: Hr, staff: Staff) -> None:
    """An email attached as such, as a file, and a table with a column of addresses: each names the victim."""
    line, inner = staff.receipt("1003"), stranger(staff.receipt("1003"), From=JOHN)
    outers = [stranger() for _ in range(3)]
    outers[0].add_attachment(inner)
    outers[1].add_attachment(inner.as_bytes(), maintype="application", subtype="octet-stream", filename="it.eml")
    outers[2].add_attachment(f"Email,Receipt\n{JOHN},{line}\n".encode(), maintype="text", subtype="csv", filename="a.csv")  # fmt: skip
    for number, outer in enumerate(outers):
        hr.put(f"{number}.eml", outer.as_bytes())
    assert [row["Decision"] for row in hr.collect()] == ["accept", "duplicate", "duplicate"]
    assert {body.get("assurance", "") for body in hr.bodies()} <= {"", "link only"}


SENDERS = {
    "one": (f"From: {JOHN}", "link and sender"),
    "with a name": (f'From: "Smith, John" <{JOHN.upper()}>', "link and sender"),
    "two, the victim's first": (f"From: {JOHN}\nFrom: attacker@evil.invalid", "link only"),
    "a list": (f"From: {JOHN}, attacker@evil.invalid", "link only"),
    "a group": (f"From: staff: {JOHN};", "link only"),
    "an address as a name": (f"From: {JOHN} <attacker@evil.invalid>", "link only"),
    "an address as a quoted name": (f'From: "{JOHN}" <attacker@evil.invalid>', "link only"),
    "dmarc failed": (f"From: {JOHN}\nAuthentication-Results: mx.larkhill.example.org; spf=pass; dmarc=fail (p=none)", "link only"),
    "spf failed": (f"From: {JOHN}\nAuthentication-Results: mx.larkhill.example.org; spf=softfail; dkim=none", "link only"),
    "spf failed, in a header of its own": (f"From: {JOHN}\nReceived-SPF: Fail (mx.larkhill.example.org: no)", "link only"),
    "passed on, and good": (f"From: {JOHN}\nAuthentication-Results: mx.larkhill.example.org; spf=fail; dkim=pass; dmarc=pass", "link and sender"),
    "good": (f"From: {JOHN}\nAuthentication-Results: mx.larkhill.example.org; spf=pass; dkim=pass; dmarc=pass", "link and sender"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SENDERS)
def test_a_sender_is_one_address_that_no_server_doubts(hr: Hr, staff: Staff, kind: str) -> None:
    headers, assurance = SENDERS[kind]
    hr.put("1.eml", f"Received: {RECEIVED}\n{headers}\nSubject: x\n\n{staff.receipt('1003')}\n")
    assert hr.only()["Decision"] == "accept"
    assert hr.bodies()[0]["assurance"] == assurance


def test_a_name_that_two_people_may_mean_waits(hr: Hr, staff: Staff) -> None:
    """J Smith is John Smith's and Jane Smith's; John Smith is his own, whoever else is called Smith."""
    people = json.loads((hr.desk / "people.json").read_text())
    john = next(one for one in people["people"] if one["number"] == "1003")
    people["people"].append(
        john | {"id": "p-" + "a" * 16, "number": "1004b", "name": "Jane Smith", "mail": "jane@example.org"}
    )
    (hr.desk / "people.json").write_text(json.dumps(people))
    hr.put("1.txt", staff.receipt("1003", "J Smith"))
    row = hr.only()
    assert (row["Decision"], "more than one person" in row["Reason"]) == ("hold", True)
    assert "Jane Smith, 1004b" in row["Reason"]
    assert b"Jane" not in bytes_of(hr.desk / "register.sqlite")
    hr.put("1.txt", staff.receipt("1003", "smith, john"))
    assert hr.only()["Decision"] == "accept"
    hr.put("2.txt", staff.receipt("1006", "M. A. Evans"))
    assert [one["Decision"] for one in hr.collect()] == ["duplicate", "accept"], "no other Evans is known"


BACKDATED = {
    "a Date of summer and no Received": lambda line: f"From: {JOHN}\nDate: {SUMMER:%d %b %Y} 10:00:00 +0000\n\n{line}\n".encode(),
    "a table of summer": lambda line: _with(f"Completion time,Receipt\n{SUMMER},{line}\n", "a.csv"),
    "a record of summer": lambda line: _with(json.dumps([{"timestamp": str(SUMMER), "text": line}]), "a.json"),
    "a forwarded mail of summer": lambda line: _with(f"Received: x; {SUMMER:%d %b %Y} 10:00:00 +0000\nFrom: {JOHN}\n\n{line}\n", "a.eml"),
    "a draft without any day": lambda line: f"From: {JOHN}\nX-Unsent: 1\n\n{line}\n".encode(),
}  # fmt: skip


def _with(text: str, name: str) -> bytes:
    message = stranger()
    message.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize("kind", BACKDATED)
def test_an_expired_link_cannot_be_dated_back(hr: Hr, staff: Staff, kind: str) -> None:
    line = staff.receipt("1900", clock=NOW - timedelta(95))
    hr.put("1.eml", BACKDATED[kind](line))
    row = hr.only()
    assert row["Decision"] == "hold", row
    assert f"was received on {TODAY}" in row["Reason"]


def test_what_hrs_server_had_in_time_counts(hr: Hr, staff: Staff) -> None:
    line = staff.receipt("1900", clock=NOW - timedelta(95))
    hr.put("1.eml", mail(line, mail_of("1900"), NOW - timedelta(94)))
    assert hr.only()["Decision"] == "accept"
    assert hr.bodies()[0]["received"].startswith(str(TODAY - timedelta(94)))


def test_a_forged_report_cannot_be_dated_back(hr: Hr) -> None:
    hr.put("1.eml", _with(REPORT.replace(str(TODAY), str(SUMMER)), "report.csv"))
    assert hr.only()["Decision"] == "reject"


ODD: dict[str, dict[str, Any]] = {
    "opened at no time": {"opened": "9999-99-99T99:99:99Z"},
    "opened in Arabic digits": {"opened": "٢٠٢٦-١١-٢١T٠٧:٣٠:٠٠Z"},
    "signed at no time": {"signed": "2026-02-30T10:00:00Z"},
    "opened after it was signed": {"opened": f"{TODAY + timedelta(1)}T07:30:00Z"},
    "acknowledged and not understood": {"unclear": ["no-pupil-contact"]},
    "acknowledged with a question": {"question": "What?"},
    "not understood, and not what": {"outcome": "not-understood", "unclear": []},
    "a clause that is none": {"outcome": "not-understood", "unclear": ["john-smith-rings"]},
    "a clause twice": {"outcome": "not-understood", "unclear": ["no-pupil-contact"] * 2},
    "words in place of what was shown": {"shown": "John Smith, 12 High Street"},
    "nothing shown": {"shown": ""},
    "checked nothing": {"checked": []},
    "checked twice": {"checked": ["digest", "digest"]},
}


@pytest.mark.parametrize("kind", ODD)
def test_what_our_page_does_not_write_waits(hr: Hr, staff: Staff, kind: str) -> None:
    hr.put("1.txt", written(changed(says(staff.receipt("1003")), ODD[kind])))
    row = hr.only()
    assert row["Decision"] == "hold", row
    assert row["Reason"].startswith("our page writes no such receipt: ")
    assert b"High Street" not in bytes_of(hr.desk / "register.sqlite")


@pytest.mark.parametrize("end", ["\n", "\r\n", " ", "A"])
def test_a_link_with_something_behind_it_is_damaged(hr: Hr, staff: Staff, end: str) -> None:
    record = says(staff.receipt("1003"))
    for link in (record["link"], staff.office.links["1003"]):
        hr.put("1.txt", written(record | {"link": link + end}))
        row = hr.only()
        assert (row["Decision"], "the link is damaged" in row["Reason"]) == ("reject", True), row


def test_the_quiz_of_another_person(hr: Hr, staff: Staff) -> None:
    taken = says(staff.receipt("1003"))["policies"][0]["quiz"]
    hr.put("1.txt", staff.receipt("1003"))
    hr.put("2.txt", written(changed(says(staff.receipt("1004")), {"quiz": taken})))
    rows = hr.collect()
    assert [row["Decision"] for row in rows] == ["accept", "hold"]
    assert "another person took" in rows[1]["Reason"]
    hr.put("2.txt", staff.receipt("1004"))
    assert [row["Decision"] for row in hr.collect()] == ["duplicate", "accept"]


def test_the_last_receipt_of_a_mail_with_too_many_parts(hr: Hr, staff: Staff) -> None:
    parts = (
        "--x\nContent-Type: text/plain\n\nh\n" * 2_100
        + f"--x\nContent-Type: text/plain\n\n{staff.receipt('1003')}\n--x--\n"
    )
    hr.put("1.eml", f"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n{parts}")
    row = hr.only()
    assert (row["Decision"], "not read whole" in row["Reason"]) == ("reject", True)


def test_one_mail_leaves_no_thousands_of_entries(hr: Hr, staff: Staff) -> None:
    junk = "\n\n".join(f"ackr2.{number:040}" for number in range(5_000))
    hr.put("1.eml", mail(f"{junk}\n\n{staff.receipt('1003')}", JOHN))
    rows = hr.collect()
    assert len(rows) == 501
    assert [row["Decision"] for row in rows].count("accept") == 1, "what is whole goes first"
    assert "not read whole" in rows[-1]["Reason"]
    assert len(hr.bodies()) == 500


def test_a_signature_a_day_before_by_another_clock(hr: Hr, staff: Staff) -> None:
    """It is yesterday in UTC where the wall says that it is the day of issue already."""
    hr.put("1.txt", staff.receipt("1003", clock=NOW - timedelta(hours=12)))
    assert hr.only()["Decision"] == "accept"
    hr.put("2.txt", staff.receipt("1004", clock=NOW - timedelta(hours=47)))
    assert hr.collect()[1]["Decision"] == "hold"


def test_the_last_hours_of_a_link_in_another_zone(hr: Hr, staff: Staff) -> None:
    expires = says(staff.office.links["1900"])["expires"]
    line = staff.receipt("1900", clock=NOW - timedelta(95))
    hr.put(
        "1.eml", mail(line, mail_of("1900"), NOW.replace(hour=5) - (TODAY - date.fromisoformat(expires)) + timedelta(1))
    )
    assert hr.only()["Decision"] == "accept"
