"""A line that mail servers, programs and readers of PDFs have broken is read; one that lost a letter is not. What was not read is never called empty."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser

from clausebook.acknowledgements.inbox.readers.files import read_item
from clausebook.acknowledgements.inbox.readers.submission import Item, Origin
from clausebook.acknowledgements.signing.receipts import (
    FoundReceipt,
    find_receipts,
    write_receipt,
)
from clausebook.model.base64url import encode
from clausebook.quizzes.broken_lines import DamagedLine
from clausebook.quizzes.slips import Slip, find_slips
from clock import at_now
from receipts_made import receipt_on

from .conftest import Hr, mail_of

LINE = write_receipt(receipt_on({
    "link": "", "trust": "att", "policy": "social-media", "revision": "2018-09", "digest": "0" * 64, "statement": "I have read it. " * 60,
    "name": "Miss Siân O’Brien-Łuczak ÿþÿ", "opened": "2026-11-25T08:10:00Z", "signed": "2026-11-25T08:10:00Z", "checked": ["dates", "digest"],
}))  # fmt: skip


SLIP = "quiz1." + encode(json.dumps({
    "answers": {"one": ["a"], "two": ["b", "c"]}, "attempt": 0, "digest": "0" * 64, "finished": "2026-11-21T10:15Z", "mark": "0" * 12,
    "name": "Miss Siân O’Brien-Łuczak ÿþÿ" * 5, "policy": "social-media", "revision": "2018-09", "role": "", "seed": "x" * 90, "since": "", "trust": "att",
}, ensure_ascii=False).encode())  # fmt: skip


def cut(line: str, lead: str = "", end: str = "\r\n") -> str:
    return end.join(lead + line[start : start + 70] for start in range(0, len(line), 70))


WAYS: dict[str, Callable[[str], str]] = {
    "a mark and a line end after 990 signs": lambda line: f"{line[:990]}!\r\n {line[990:]}",
    "the same without the space": lambda line: f"{line[:990]}!\r\n{line[990:]}",
    "a space": lambda line: f"{line[:998]} {line[998:]}",
    "a space in its first word": lambda line: f"{line[:3]} {line[3:]}",
    "bars": lambda line: cut(line, "| "),
    "no-break spaces": lambda line: cut(line, "\u00a0\u00a0"),
    "initials": lambda line: cut(line, "AL> "),
    "zero-width spaces": lambda line: cut(line, end="\u200b"),
    "blank lines": lambda line: cut(line, end="\r\n\r\n"),
    "quoted three deep": lambda line: cut(line, "> > > "),
    "quoted three deep, and wrapped again each time": lambda line: cut(cut(line, "> ").replace("\r\n", "\r\n> "), "> "),
    "quoted by several programs": lambda line: cut(line, "| > AL> "),
    "hyphens of a PDF's lines": lambda line: line.replace("-", "\u0002"),
    "soft hyphens": lambda line: line.replace("-", "\u00ad"),
    "a word processor's dashes": lambda line: line.replace("--", "–").replace("-", "‐"),
    "tabs and spaces at the ends": lambda line: cut(line, "\t", " \t\n"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_receipt_that_was_broken_on_its_way(way: str) -> None:
    text = f"Hello,\r\n\r\n{WAYS[way](LINE)}\r\n\r\nBest wishes: Ann\r\n"
    assert [found.line for found in find_receipts(text) if isinstance(found, FoundReceipt)] == [LINE]


@pytest.mark.parametrize("way", WAYS)
def test_a_slip_that_was_broken_on_its_way(way: str) -> None:
    line = SLIP
    text = f"Hello,\r\n\r\n{WAYS[way](line)}\r\n\r\nBest wishes: Ann\r\n"
    assert list(find_slips(text)) == list(find_slips(line))
    assert [type(found) for found in find_slips(line)] == [Slip]


def test_what_is_no_whole_receipt_stays_damaged() -> None:
    changed = LINE[:200] + ("A" if LINE[200] != "A" else "B") + LINE[201:]
    text = f"{LINE}\n{LINE} with words behind it\n{changed}\n{LINE[:-30]}\n\nackr2. is how it begins\n{LINE}"
    found = list(find_receipts(text))
    assert [type(one) for one in found] == [FoundReceipt, FoundReceipt, DamagedLine, DamagedLine, FoundReceipt]
    assert "changed on its way" in found[2].reason  # type: ignore[union-attr]
    assert "cut off" in found[3].reason  # type: ignore[union-attr]


def test_a_receipt_that_chromium_printed(hr: Hr, browser: Browser) -> None:
    """A browser breaks a line after a hyphen, and a reader of PDFs then has a sign of its own in place of it."""
    page = at_now(browser.new_context()).new_page()
    page.set_content(f"<p style='font: 16px monospace; overflow-wrap: anywhere'>{LINE}</p>")
    pdf = page.pdf(format="A4")
    page.context.close()
    assert "-" in LINE
    hr.put("receipt.pdf", pdf)
    row = hr.only()
    assert (row["Decision"], "link none" in row["Reason"]) == ("hold", True)


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wrapped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A message that S/MIME signed, and one that it encrypted."""
    folder = tmp_path_factory.mktemp("smime")
    (folder / "inner.txt").write_text(f"Content-Type: text/plain\n\nHello\n{LINE}\n")
    openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem", "-subj", "/CN=Ann", "-days", "30")  # fmt: skip
    openssl(folder, "smime", "-sign", "-nodetach", "-in", "inner.txt", "-signer", "c.pem", "-inkey", "k.pem", "-outform", "DER", "-out", "signed")  # fmt: skip
    openssl(folder, "smime", "-encrypt", "-in", "inner.txt", "-outform", "DER", "-out", "encrypted", "c.pem")
    return {name: (folder / name).read_bytes() for name in ("signed", "encrypted")}


def attached(raw: bytes, kind: str, name: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = mail_of("1003")
    message.set_content("Signed form attached")
    message.add_attachment(raw, maintype=kind.split("/", maxsplit=1)[0], subtype=kind.split("/")[1], filename=name)
    return message.as_bytes()


HEIC = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(range(256)) * 12
PGP = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA1234567890ABAQf/\n=abcd\n-----END PGP MESSAGE-----\n"
UNREAD = {
    "HEIC": ("IMG_0412.HEIC", HEIC, "save it as JPEG or PNG"),
    "HEIC in a mail": ("1.eml", attached(HEIC, "image/heic", "IMG_0412.HEIC"), "save it as JPEG or PNG"),
    "PGP in a mail": ("1.eml", b"From: a@b.example\n\n" + PGP, "save its words as text"),
    "PGP as a file": ("message.asc", PGP, "save its words as text"),
    "PGP as it is attached": ("1.eml", attached(PGP, "application/octet-stream", "encrypted.asc"), "save its words as text"),
    "an archive": ("forms.7z", b"7z\xbc\xaf\x27\x1c" + bytes(200), "unpack it"),
    "a film": ("a.mp4", b"\0\0\0\x18ftypmp42" + bytes(range(256)), "open it in the program"),
    "winmail.dat": ("1.eml", attached(b"\x78\x9f\x3e\x22" + bytes(99), "application/ms-tnef", "winmail.dat"), "as plain text"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNREAD)
def test_what_could_not_be_read_is_not_called_empty(kind: str) -> None:
    name, raw, next_step = UNREAD[kind]
    found = list(read_item(Item(name, raw, Origin(name))))
    assert [one.content.kind for one in found] == ["unreadable"]  # type: ignore[union-attr]
    assert next_step in found[0].content.next_step  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["signed", "encrypted"])
def test_a_mail_that_smime_wraps(wrapped: dict[str, bytes], kind: str) -> None:
    raw = attached(wrapped[kind], "application/pkcs7-mime", "smime.p7m")
    found = list(read_item(Item("1.eml", raw, Origin("1.eml"))))
    assert [one.content.kind for one in found] == ["unreadable"]  # type: ignore[union-attr]
    assert kind in found[0].content.reason  # type: ignore[union-attr]
    assert "save its words as text" in found[0].content.next_step  # type: ignore[union-attr]


def test_a_signature_beside_the_words_hides_nothing(wrapped: dict[str, bytes]) -> None:
    raw = attached(wrapped["signed"], "application/pkcs7-signature", "smime.p7s").replace(
        b"Signed form attached", LINE.encode()
    )
    assert [type(one.content) for one in read_item(Item("1.eml", raw, Origin("1.eml")))] == [FoundReceipt]


@pytest.mark.parametrize("form", ["WEBP", "GIF", "BMP", "AVIF", "PNG"])
def test_pictures_of_every_form_are_looked_at(hr: Hr, form: str) -> None:
    out = io.BytesIO()
    path = next(hr.office.forms.glob("*.pdf"))
    pypdfium2.PdfDocument(path)[0].render(scale=2, grayscale=True).to_pil().save(out, form)
    hr.put(f"photo.{form.lower()}", out.getvalue())
    assert hr.only()["Decision"] == "hold"


def test_a_picture_without_a_code_is_empty() -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "WEBP")
    found = list(read_item(Item("photo.webp", out.getvalue(), Origin("photo.webp"))))
    assert [one.content.kind for one in found] == ["nothing"]  # type: ignore[union-attr]
