"""What a heap is made of: mails of every make, exports, scans and reports; each with a receipt that a browser made."""

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pypdfium2
import pytest
import xlsxwriter
from PIL import Image, ImageFilter

from clock import TODAY

from .conftest import EARLY, Hr, Staff, mail, mail_of


def folded(line: str, width: int = 70, lead: str = "") -> str:
    return "\r\n".join(lead + line[start : start + width] for start in range(0, len(line), width))


def raw_mail(body: bytes, encoding: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    head = f"From: {mail_of('1003')}\r\nReceived: from x by y; Sat, 21 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    return f"{head}Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


MAILS = {
    "quoted-printable": lambda line: raw_mail(quopri.encodestring(line.encode()), "quoted-printable"),
    "quoted-printable that no one told": lambda line: raw_mail(quopri.encodestring(line.encode()), "7bit"),
    "base64": lambda line: raw_mail(base64.encodebytes(f"Hello\n{line}\n".encode()), "base64"),
    "wrapped": lambda line: raw_mail(folded(line).encode(), "7bit"),
    "flowed": lambda line: raw_mail(folded(line, 70).replace("\r\n", " \r\n").encode(), "7bit", "text/plain; charset=utf-8; format=flowed; delsp=yes"),
    "quoted": lambda line: raw_mail(b"On Monday I wrote:\r\n" + folded(line, 70, "> ").encode(), "7bit"),
    "html": lambda line: raw_mail(f"<html><p>Hello</p><div>{line[:300]}<wbr>{line[300:]}</div><p>Bye</p>".encode(), "8bit", "text/html; charset=utf-8"),
    "utf-16": lambda line: raw_mail(base64.encodebytes(line.encode("utf-16")), "base64", "text/plain; charset=utf-16"),
    "an unknown charset": lambda line: raw_mail(line.encode(), "8bit", "text/plain; charset=x-nobody-knows"),
}  # fmt: skip


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_of_any_make(hr: Hr, staff: Staff, kind: str) -> None:
    hr.put("1.eml", MAILS[kind](staff.receipt("1003")))
    row = hr.only()
    assert (row["Decision"], row["Place"]) == ("accept", "receipt 1"), row
    assert hr.bodies()[0]["assurance"] == "link and sender"


def test_plain_words_and_html_say_it_once(hr: Hr, staff: Staff) -> None:
    """The plain form is cut off, as some programs do; the HTML form has all of it."""
    line = staff.receipt("1003")
    message = EmailMessage(policy=SMTP)
    message["From"] = mail_of("1003")
    message.set_content(line[:500])
    message.add_alternative(f"<p>{line}</p>", subtype="html")
    hr.put("1.eml", message.as_bytes())
    assert [row["Decision"] for row in hr.collect()] == ["accept"]


def test_attachments_and_forwarded_mails(hr: Hr, staff: Staff) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "manager@larkhill.example.org"
    message["Received"] = "from x by mx.larkhill.example.org; Sat, 21 Nov 2026 07:00:00 +0000"
    message.set_content("Here they are.")
    message.add_attachment(staff.receipt("1001").encode(), maintype="text", subtype="plain", filename="receipt.txt")
    message.add_attachment(f"Who;Line\nx;{staff.receipt('1003')}\n".encode(), maintype="application", subtype="octet-stream", filename="form.csv")  # fmt: skip
    inner = EmailMessage(policy=SMTP)
    inner["From"] = f"Priya <{mail_of('1004')}>"
    inner.set_content(staff.receipt("1004"))
    message.add_attachment(inner)
    logo = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(logo, "PNG")
    message.add_attachment(logo.getvalue(), maintype="image", subtype="png", filename="logo.png")
    hr.put("1.eml", message.as_bytes())
    rows = hr.collect()
    assert [row["Decision"] for row in rows] == ["accept"] * 3, rows
    assert [body["assurance"] for body in hr.bodies()] == ["link only"] * 3, "the outermost mail is the manager's"
    assert {body["received"] for body in hr.bodies()} == {"2026-11-21T07:00:00Z"}


def test_an_mbox(hr: Hr, staff: Staff) -> None:
    mails = [
        mail(staff.receipt(number), mail_of(number)).replace(b"\r\n", b"\n") for number in ("1001", "1003", "1004")
    ]
    junk = b"From: news@example.org\nSubject: Offers\n\n>From here on only junk\n"
    hr.put("inbox", b"\n".join(b"From x@example.org Sat Nov 21 10:00:00 2026\n" + one for one in (*mails, junk)))
    rows = hr.collect()
    assert [row["Decision"] for row in rows] == ["accept"] * 3 + ["reject"]
    assert rows[3]["Reason"].startswith("no receipt")
    assert hr.kinds() == ["acknowledged"] * 3, "what is no receipt is none of the register's business"


CSVS = {
    "comma": ("Timestamp,Email Address,Receipt\n", '{day},{mail},"{line}"\n', "utf-8"),
    "semicolon, from Excel": ("sep=;\nDate;Mail;Text\n", "{day};{mail};{line}\n", "utf-16"),
    "tab": ("Completion time\tEmail\tName\tReceipt\n", "{day} 00:00:01\t{mail}\tZoë\t{line}\n", "cp1252"),
    "pipe": ("Submitted|E-mail|Receipt\n", "{day}|{mail}|{line}\n", "utf-8-sig"),
}


@pytest.mark.parametrize("kind", CSVS)
def test_csv_of_any_make(hr: Hr, staff: Staff, kind: str) -> None:
    head, row, encoding = CSVS[kind]
    told = head + row.format(day=TODAY, mail=mail_of("1003"), line=staff.receipt("1003"))
    assert [row["Decision"] for row in hr.fetched("form.csv", told.encode(encoding))] == ["accept"]
    body = hr.bodies()[0]
    assert (body["received"], body["channel"], body["assurance"]) == (str(TODAY), "csv", "link and sender")


def test_a_table_that_hr_did_not_fetch_itself_dates_and_proves_nothing(hr: Hr, staff: Staff) -> None:
    hr.put("form.csv", f"Completion time,Email,Receipt\n{EARLY},{mail_of('1003')},{staff.receipt('1003')}\n")
    assert hr.only()["Decision"] == "accept"
    body = hr.bodies()[0]
    assert (body["received"], body["channel"], body["assurance"]) == (str(TODAY), "csv", "link only")


def test_csv_with_formulas_stays_words(hr: Hr, staff: Staff) -> None:
    name = '=HYPERLINK("http://evil.example")'
    hr.put(
        "form.csv",
        f'Name,Receipt\n"{name.replace(chr(34), chr(34) * 2)}","=cmd|\' /C calc\'!A0"\n@SUM(1),{staff.receipt("1004", name)}\n',
    )
    hr.acks("collect", hr.heap, "--format", "csv")
    assert "the typed name is not the person's" in hr.said
    assert "\n=" not in hr.said
    assert ",=" not in hr.said


def workbook(rows: list[list[str]], formula: str = "") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Form1")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    if formula:
        sheet.write_formula(len(rows), 0, '=HYPERLINK("http://evil.example")', None, formula)
    book.close()
    return out.getvalue()


def test_xlsx_gives_values_and_never_formulas(hr: Hr, staff: Staff) -> None:
    rows = [["Completion time", "Email", "Receipt"], [f"{TODAY}T08:00:00", mail_of("1003"), staff.receipt("1003")]]
    found = hr.fetched("form.xlsx", workbook(rows, formula=staff.receipt("1004")))
    assert [(row["Decision"], row["Place"]) for row in found] == [
        ("accept", "sheet Form1, row 2, column 3, receipt 1"),
        ("accept", "sheet Form1, row 3, column 1, receipt 1"),
    ]
    assert [body["assurance"] for body in hr.bodies()] == ["link and sender", "link only"]


def test_json_of_any_shape(hr: Hr, staff: Staff) -> None:
    import json

    records = [{"submitted": f"{TODAY}T08:00:00+00:00", "email": mail_of("1003"), "text": staff.receipt("1003")}]
    path = hr.put("a.json", json.dumps({"responses": records}))
    hr.put("b.json", json.dumps({"a": [{"b": {"c": ["x", staff.receipt("1004")]}}], "n": 1.5, "z": None}))
    assert [row["Decision"] for row in hr.collect("--fetched", path)] == ["accept", "accept"]
    assert [body["assurance"] for body in hr.bodies()] == ["link and sender", "link only"]


def bomb(member: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", member)
        packed.writestr("xl/worksheets/sheet1.xml", member + b" " * 300_000_000)
    return out.getvalue()


def test_a_zip_bomb_is_not_unpacked(hr: Hr, staff: Staff) -> None:
    hr.put("form.xlsx", bomb(staff.receipt("1003").encode()))
    row = hr.only()
    assert row["Decision"] == "reject"
    assert "unpacked it would be" in row["Reason"]
    assert hr.kinds() == []


def test_an_xlsx_whose_xml_is_a_bomb(hr: Hr, staff: Staff) -> None:
    good = workbook([["Receipt"], [staff.receipt("1003")]])
    out = io.BytesIO()
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    laugh = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/sharedStrings.xml":
                text = text.replace("<sst", f"{laugh}<sst", 1).replace("ackr2", "&a11;ackr2")
            new.writestr(name, text)
    hr.put("form.xlsx", out.getvalue())
    assert hr.only()["Decision"] in ("reject", "accept")


def form_pictures(hr: Hr, dpi: int) -> list[Image.Image]:
    return [
        pypdfium2.PdfDocument(path)[0].render(scale=dpi / 72, grayscale=True).to_pil()
        for path in sorted(hr.office.forms.glob("*.pdf"))
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 183])
def test_a_scan_whichever_way_up(hr: Hr, turn: int) -> None:
    first, second = (one.rotate(turn, expand=True, fillcolor=255) for one in form_pictures(hr, 120))
    both = io.BytesIO()
    first.filter(ImageFilter.GaussianBlur(0.7)).save(both, "PDF", save_all=True, append_images=[second], resolution=120)
    hr.put("scan.pdf", both.getvalue())
    rows = hr.collect()
    assert [row["Decision"] for row in rows] == ["hold", "hold"]
    assert [row["Who"] for row in rows] == ["Pat Paper, 1800", "Quill Inkwell, 1801"]
    assert hr.acks("review", rows[0]["Entry"], "--accept", "--by", "J. Okafor", "--why", "Seen.") == ""
    assert "--witness" in hr.said
    hr.acks("review", rows[0]["Entry"], "--accept", "--by", "J. Okafor", "--why", "Seen.", "--witness", "A. Head")
    assert hr.bodies()[-1]["assurance"] == "paper with witness"
    assert [row["Decision"] for row in hr.collect()] == ["duplicate", "hold"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_of_a_form_at_low_resolution(hr: Hr, kind: str) -> None:
    out = io.BytesIO()
    first, second = form_pictures(hr, 100)
    pages = {"save_all": True, "append_images": [second]} if kind == "TIFF" else {}
    first.rotate(180).save(out, kind, **pages)
    hr.put(f"scan.{kind.lower()}", out.getvalue())
    assert [row["Decision"] for row in hr.collect()] == ["hold"] * (2 if kind == "TIFF" else 1)


def test_several_forms_on_one_page(hr: Hr) -> None:
    first, second = form_pictures(hr, 100)
    page = Image.new("L", (first.width + second.width, first.height), 255)
    page.paste(first, (0, 0))
    page.paste(second.rotate(180), (first.width, 0))
    out = io.BytesIO()
    page.save(out, "PNG")
    hr.put("copy.png", out.getvalue())
    assert {row["Who"] for row in hr.collect()} == {"Pat Paper, 1800", "Quill Inkwell, 1801"}


def test_a_receipt_that_was_printed_as_pdf(hr: Hr, staff: Staff, tmp_path: Path) -> None:
    from weasyprint import HTML

    pdf = HTML(string=f"<p style='overflow-wrap: anywhere'>{staff.receipt('1003')}</p>").write_pdf()
    hr.put("receipt.pdf", pdf)
    assert hr.only()["Decision"] == "accept"


REPORT = """Course,First name,Surname,Email address,Status,Score,Completed on
LET: Social media policy,John,Smith,{john},Passed,90,{day}
LET: Social media policy,Priya,Shah,{priya},Not attempted,,
LET: Social media policy,Some,Body,nobody@example.org,Completed,,{day}
Fire safety,Lee,Chen,{lee},Completed,,{day}
LET: Social media policy,Wrong,Person,{mary},Completed,,{day}
LET: Social media policy,Anna,Nowak,{anna},Well done,,{day}
"""


def test_a_learning_platforms_report(hr: Hr) -> None:
    mails = {"john": "1003", "priya": "1004", "lee": "1005", "mary": "1006", "anna": "1002"}
    report = REPORT.format(day=TODAY, **{name: mail_of(number) for name, number in mails.items()})
    rows = hr.fetched("report.csv", report)
    assert [row["Decision"] for row in rows] == ["accept", "reject", "hold", "reject", "hold", "hold"], rows
    assert [body["assurance"] for body in hr.bodies() if body["kind"] == "acknowledged"] == ["signed-in channel"]
    assert "the platform says: not attempted" in rows[1]["Reason"]
    assert "on a policy of this handbook" in rows[3]["Reason"]
    assert hr.kinds() == ["acknowledged", "held", "held", "held"]
    assert "reported: Some Body" in hr.acks("review", "--format", "csv")
    assert {row["Decision"] for row in hr.fetched("report.csv", report)} == {"duplicate", "reject", "hold"}
    assert len(hr.kinds()) == 4


MOODLE = {
    "activity completion": ',"Email address","Social media policy, revision 2025-09",""\n"John Smith",{john},Completed,"{day} 07:00:00"\n"Lee Chen",{lee},"Not completed",""\n',
    "course completion": 'ID,Name,"Email address","Social media policy 2025-09","Social media policy 2025-09 - Completion date","Course complete"\n5,"John Smith",{john},"Completed (achieved pass grade)","{day} 07:00:00",\n6,"Lee Chen",{lee},"Not completed",,\n',
    "written by hand": "Full name,Email address,Course,Status,Completion date\nJohn Smith,{john},Social media policy 2025-09,Completed,{day} 07:00:00\nLee Chen,{lee},Social media policy 2025-09,Not completed,\n",
    "two activities": ',"Email address","Fire safety","","Social media policy 2025-09",""\n"John Smith",{john},"Not completed","",Completed,"Saturday, 21 November 2026, 7:00 AM"\n',
}  # fmt: skip


@pytest.mark.parametrize("kind", MOODLE)
def test_what_moodle_reports_itself(hr: Hr, kind: str) -> None:
    rows = hr.fetched("report.csv", MOODLE[kind].format(day=TODAY, john=mail_of("1003"), lee=mail_of("1005")))
    assert [row["Decision"] for row in rows if "Fire" not in row["Reason"]].count("accept") == 1, rows
    assert {row["Decision"] for row in rows} == {"accept", "reject"}
    body = hr.bodies()[0]
    assert (body["received"], body["assurance"], len(hr.bodies())) == (str(TODAY), "signed-in channel", 1)


MARKS_ONLY = {
    "grades.csv": '"First name","Last name","Email address","SCORM package: Social media policy (Real)","Last downloaded from this course"\nJohn,Smith,{john},100.00,1795960513\n',
    "scorm.txt": 'Name\t"Email address"\tAttempt\t"Started on"\t"Last accessed on"\tScore\n"John Smith"\t{john}\t1\t"Sunday, 29 November 2026, 1:54 PM"\t"Sunday, 29 November 2026, 1:54 PM"\t100\n',
}  # fmt: skip


@pytest.mark.parametrize("name", MARKS_ONLY)
def test_a_report_without_results_says_which_one_has_them(hr: Hr, name: str) -> None:
    rows = hr.fetched(name, MARKS_ONLY[name].format(john=mail_of("1003")))
    assert [row["Decision"] for row in rows] == ["reject"]
    assert "does not say who completed what" in rows[0]["Reason"]
    assert "Activity completion" in rows[0]["Next step"]


def test_a_report_with_a_status_that_a_teacher_set_waits(hr: Hr) -> None:
    report = f',"Email address","Social media policy 2025-09",""\n"John Smith",{mail_of("1003")},"Completed (set by A. Head)","{TODAY} 07:00:00"\n'
    rows = hr.fetched("report.csv", report)
    assert [row["Decision"] for row in rows] == ["hold"]
    assert "not certain what the platform means" in rows[0]["Reason"]


def test_files_that_nobody_can_read(hr: Hr) -> None:
    for name, content in {
        "a.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
        "b.pdf": b"%PDF-1.7\nnot one",
        "c.png": b"\x89PNG\r\n\x1a\nnot one",
        "d.xlsx": b"PK\x03\x04not one",
        "e.docx": workbook([]).replace(b"xl/", b"wo/"),
        "f.bin": bytes(range(256)) * 20,
        "g.txt": b"",
        "h.eml": b"From: x\n\n",
    }.items():
        hr.put(name, content)
    big = hr.heap / "i.csv"
    with big.open("wb") as file:
        file.truncate(200_000_001)
    rows = hr.collect()
    assert {row["Decision"] for row in rows} == {"reject"}
    assert len(rows) == 9
    assert all(row["Reason"] and row["Next step"] for row in rows)
    assert hr.kinds() == []
