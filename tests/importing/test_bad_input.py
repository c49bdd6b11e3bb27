"""A file that cannot be brought in: each is told in a sentence with what to do, and nothing of it is run, fetched or followed."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from clausebook.edit.importers.blocks import UnreadableError
from clausebook.edit.importers.readers import read_document
from importing.documents import PNG, box, p, packed, part, word_file


def workbook(*rows: tuple[str, ...]) -> bytes:
    """A spreadsheet of these rows."""
    book, raw = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(raw)
    return raw.getvalue()


GOOD = word_file(p("Staff must ask."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def with_part(name: str, content: str | bytes) -> bytes:
    return word_file(p("Staff must ask."), parts={name: ("other", content)})


def instead(name: str, content: str | bytes) -> bytes:
    """A Word file in which one part is another."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    return packed(parts | {name: content})


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DOCUMENT = part("document", "<w:body>" + p("x") + "</w:body>")


def with_doctype(doctype: str, words: str) -> str:
    return DOCUMENT.replace("<w:document", doctype + "<w:document").replace(">x<", f">{words}<")


def password_flag(data: bytes) -> bytes:
    """The same zip, whose entries say that they are encrypted."""
    out = bytearray(data)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(sign)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", out, at + place)
            struct.pack_into("<H", out, at + place, flags | 1)
            at = out.find(sign, at + 4)
    return bytes(out)


def bent(data: bytes) -> bytes:
    """A zip whose main part is packed wrongly: three bytes behind its name."""
    at = data.index(b"word/document.xml") + len(b"word/document.xml")
    return data[:at] + b"\xff\xff\xff" + data[at + 3 :]


BAD = {
    "empty.docx": (b"", "the file is empty", "save it again"),
    "blank.txt": (b" \n\n\0", "the file is empty", "save it again"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password", "save a copy without one"),
    "locked-zip.docx": (password_flag(GOOD), "locked with a password", "save a copy without one"),
    "1997.doc": (OLE + "WordDocument".encode("utf-16-le"), "before 2007", "save it as a Word document (.docx)"),
    "1997-named.docx": (OLE + "WordDocument".encode("utf-16-le"), "before 2007", "save it as a Word document (.docx)"),
    "sheet.xls": (OLE + "Workbook".encode("utf-16-le"), "a spreadsheet", "save it as a Word document"),
    "half.docx": (GOOD[: len(GOOD) // 2], "damaged", "ask for a new copy"),
    "bent.docx": (bent(GOOD), "damaged", "ask for a new copy"),
    "no-xml.docx": (instead("word/document.xml", "<w:document"), "damaged", "ask for a new copy"),
    "no-body.docx": (instead("word/document.xml", part("document", "")), "damaged", "ask for a new copy"),
    "laughs.docx": (instead("word/document.xml", with_doctype(LAUGHS, "&b;")), "DOCTYPE", "save it under a new name"),
    "outside.docx": (instead("word/document.xml", with_doctype(OUTSIDE, "&a;")), "DOCTYPE", "save it under a new name"),
    "bomb.docx": (instead("word/document.xml", DOCUMENT.replace(">x<", f">{' ' * 40_000_000}<")), "unpacks to far more", "ask whoever sent it"),
    "letter.rtf": (b"{\\rtf1\\ansi Staff must ask.}", "Rich Text Format", "save it as a Word document"),
    "scan.docx": (PNG, "a picture", "ask for the document"),
    "policy.pages": (packed({"Index/Document.iwa": b"x", "preview.jpg": b"x"}), "Pages document", "Export To"),
    "policies.zip": (packed({"one.docx": GOOD}), "a zip of other files", "unpack it"),
    "sheet.xlsx": (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "damaged", "save it under a new name"),
    "accounts.xlsx": (workbook(("Month", "Sum"), ("May", "3")), "no column of the sheet holds texts", "call the column"),
    "bomb.xlsx": (packed({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a>" + " " * 80_000_000 + "</a>"}), "unpacks to far more", "ask whoever sent it"),
    "entities.xlsx": (packed({"[Content_Types].xml": "<a/>", "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}), "DOCTYPE", "ask whoever sent it"),
    "slides.odp": (packed({"mimetype": "application/vnd.oasis.opendocument.presentation"}), "no text", "copy its text"),
    "policies.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "an archive", "unpack it"),
    "policy.docx": (b"MZ" + bytes(range(256)), "a program", "tell whoever looks after your computers"),
    "letter.eml": (b"From: hr@example.org\r\nSubject: Policy\r\n\r\nSee below.", "an email", "save its attachment"),
    "unknown.dat": (bytes(range(256)) * 4, "a kind that is not known", "save it as a Word document"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(name: str, tmp_path: Path) -> None:
    data, what, fix = BAD[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableError) as told:
        read_document(tmp_path / name)
    assert what in told.value.what + told.value.why
    assert fix in told.value.fix


def test_a_file_of_500_mb_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.docx"
    with large.open("wb") as file:
        file.truncate(500_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(UnreadableError, match="the file is of 500 MB"):
        read_document(large)


def test_what_a_file_is_tells_its_content_and_not_its_name(tmp_path: Path) -> None:
    for name in ("policy.pdf", "policy.doc", "policy", "policy.txt"):
        (tmp_path / name).write_bytes(GOOD)
        assert read_document(tmp_path / name).format == "docx"


def test_macros_are_told_and_never_run_and_nothing_outside_is_fetched(tmp_path: Path) -> None:
    file = tmp_path / "policy.docm"
    file.write_bytes(
        word_file(
            p("Staff must ask."),
            parts={"vbaProject.bin": ("vbaProject", b"x"), "https://example.org/t.dotm": ("attachedTemplate", "")},
        )
    )
    document = read_document(file)
    assert [block.text for block in document.blocks] == ["Staff must ask."]
    assert document.warnings == (
        "The file holds macros. None was run, and none is in the draft.",
        "The file names something outside it (https://example.org/t.dotm). Nothing was fetched.",
    )


def test_a_part_with_too_many_levels_is_a_damaged_file(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + p("x") + "</w:sdtContent></w:sdt>" * 5_000
    (tmp_path / "deep.docx").write_bytes(word_file(deep))
    with pytest.raises(UnreadableError, match="damaged"):
        read_document(tmp_path / "deep.docx")


def test_a_template_of_text_boxes_is_read(tmp_path: Path) -> None:
    (tmp_path / "template.docx").write_bytes(word_file("".join(p(box(p(f"Box {number}"))) for number in range(20))))
    assert [block.text for block in read_document(tmp_path / "template.docx").blocks] == [
        f"Box {number}" for number in range(20)
    ]


@pytest.mark.parametrize("levels", [40, 100, 250])
def test_what_lies_deep_is_read_or_told_and_never_a_fault_of_ours(levels: int, tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * levels + p("x") + "</w:tc></w:tr></w:tbl>" * levels
    (tmp_path / "deep.docx").write_bytes(word_file(deep))
    try:
        found = [block.text for block in read_document(tmp_path / "deep.docx").all_blocks if block.text]
    except UnreadableError as told:
        found = [told.what]
    assert found in (["x"], ["the file is damaged"])
