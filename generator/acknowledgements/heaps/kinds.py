"""What a file is: told by its first bytes, and by its name only where these do not say."""

from __future__ import annotations

import re
from typing import Literal

from generator.acknowledgements.heaps.tables import looks_like_table
from generator.acknowledgements.heaps.texts import decode_text

Kind = Literal["mbox", "mail", "pdf", "picture", "zip", "table", "json", "text", "office", "other"]
HEAD = 8192
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .msg of Outlook, .xls and .doc
OUTLOOK_PART = b"\x78\x9f\x3e\x22"  # winmail.dat
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
    if head.startswith(PICTURES):
        return "picture"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith((OLD_OFFICE, OUTLOOK_PART)):
        return "office"
    return BY_NAME.get(_suffix(name)) or _by_look(head)


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
