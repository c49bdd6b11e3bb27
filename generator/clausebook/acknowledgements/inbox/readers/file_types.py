"""What a file is: told by its first bytes, and by its name only where these do not say."""

from __future__ import annotations

import re
from typing import Literal

from clausebook.acknowledgements.inbox.readers.csv import looks_like_table
from clausebook.acknowledgements.inbox.readers.texts import decode_text

Kind = Literal[
    "mbox", "mail", "pdf", "picture", "zip", "table", "json", "text",
    "office", "outlook-part", "signed", "encrypted", "photo", "archive", "other",
]  # fmt: skip
HEAD = 8192
BEGINS: tuple[tuple[Kind, tuple[bytes, ...]], ...] = (
    ("picture", (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")),
    ("zip", (b"PK\x03\x04", b"PK\x05\x06")),
    ("office", (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)),  # .msg of Outlook, .xls and .doc
    ("outlook-part", (b"\x78\x9f\x3e\x22",)),  # winmail.dat
    ("photo", (b"\xff\x0a", b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  ", b"8BPS")),
    ("archive", (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")),
)
BITMAP = re.compile(rb"(?s)BM....\0\0\0\0")
BRANDS = re.compile(rb"(?s)....ftyp(....)")  # ISO/IEC 14496-12: the photos of phones, and films
READ_BRANDS = (b"avif", b"avis")
PHOTO_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
# RFC 5652: the object identifier of a wrapped message, whose last number says of what kind it is.
WRAPPED = re.compile(rb"(?s)\x30[\x80-\x84].{0,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07(.)")
SIGNED = b"\x02"
HEADER = re.compile(
    rb"(?im)^(From|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Subject|X-[A-Za-z-]+|Date|To): ?\S"
)
FIELD = re.compile(rb"\A(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){2,}")
MBOX = re.compile(rb"\AFrom \S+.*\d{4}")
BY_NAME: dict[str, Kind] = {
    ".eml": "mail", ".mbox": "mbox", ".csv": "table", ".tsv": "table", ".json": "json", ".txt": "text", ".html": "text", ".htm": "text",
}  # fmt: skip


def kind_of(name: str, head: bytes) -> Kind:
    """The kind of a file by its first bytes, of which HEAD are enough."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for kind, begins in BEGINS:
        if head.startswith(begins):
            return kind
    return _by_shape(head) or BY_NAME.get(_suffix(name)) or _by_look(head)


def _by_shape(head: bytes) -> Kind | None:
    """What is told by bytes that do not stand at the very beginning."""
    if BITMAP.match(head) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "picture"
    if brand := BRANDS.match(head):
        return "picture" if brand[1] in READ_BRANDS else "photo" if brand[1] in PHOTO_BRANDS else "other"
    if wrapped := WRAPPED.match(head):
        return "signed" if wrapped[1] == SIGNED else "encrypted"
    return None


def _suffix(name: str) -> str:
    return "." + name.lower().rpartition(".")[2]


def _by_look(head: bytes) -> Kind:
    if MBOX.match(head):
        return "mbox"
    if FIELD.match(head) and HEADER.search(head):
        return "mail"
    text = decode_text(head[: len(head) // 2 * 2])
    if text.lstrip()[:1] in ("{", "["):
        return "json"
    if looks_like_table(text):
        return "table"
    unseen = sum(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)
    return "other" if unseen > len(text) // 50 else "text"
