"""Text of any encoding, and the receipts or slips in it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from clausebook.acknowledgements.inbox.readers.submission import (
    Arrival,
    Item,
    Origin,
    Sought,
    damaged,
    or_nothing,
    unreadable,
)
from clausebook.acknowledgements.signing.receipts import FoundReceipt, find_receipts
from clausebook.quizzes.broken_lines import DamagedLine
from clausebook.quizzes.slips import AnySlip, find_slips

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SAMPLE = 4000
LINE_END = re.compile(r"(?i)<(?:br|/p|/div|/tr|/td|/li|/h\d|/pre|/blockquote)\b[^<>]*>")
TAG = re.compile(r"<[^<>]*>")
ARMOURED = re.compile(r"(?m)^-----BEGIN (?:PGP MESSAGE|PKCS7|CMS)-----")
ENCRYPTED = ("it is encrypted", "open it in your email program, save its words as text, and collect that")
STARTS: dict[Sought, str] = {"receipt": "ackr2", "slip": "quiz1"}
FINDERS: dict[Sought, Callable[[str], Iterator[FoundReceipt | AnySlip | DamagedLine]]] = {
    "receipt": find_receipts,
    "slip": find_slips,
}
UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")


def decode_text(raw: bytes) -> str:
    """The text of any bytes: UTF-8 or UTF-16 where they are that, Windows-1252 otherwise."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    if wide := _wide(raw[:SAMPLE]):
        return raw.decode(wide, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _wide(sample: bytes) -> str | None:
    """UTF-16 without its mark shows by every second byte of plain words, which is 0."""
    half = len(sample) // 2
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if half and sample[first::2].count(0) > half * 0.7 and sample[1 - first :: 2].count(0) < half * 0.3:
            return encoding
    return None


def text_of_html(text: str) -> str:
    """What a reader sees of HTML, near enough to find a receipt in it."""
    seen = html.unescape(TAG.sub("", LINE_END.sub("\n", text)))
    return UNSEEN.sub("", seen).replace("\u00a0", " ")


def may_hold_lines(text: str, origin: Origin) -> bool:
    """Whether a look at the lines in a text is worth while."""
    return STARTS[origin.sought] in text


def lines_in(text: str, origin: Origin) -> Iterator[Arrival]:
    """Every receipt in a text, or every slip where these are sought, whole or damaged."""
    for number, found in enumerate(FINDERS[origin.sought](text), 1):
        if isinstance(found, DamagedLine):
            yield damaged(origin.at(f"line {found.line}"), found)
        else:
            yield Arrival(origin.at(f"{origin.sought} {number}"), found)


def is_encrypted(text: str) -> bool:
    """Whether it is a message of PGP's or S/MIME's in the armour of a text (RFC 9580, RFC 7468)."""
    return bool(ARMOURED.search(text))


def read_text(item: Item) -> Iterator[Arrival]:
    """A text file; of HTML what a reader sees."""
    text = decode_text(item.raw)
    if item.name.lower().endswith((".html", ".htm")):
        text = text_of_html(text)
    if is_encrypted(text):
        return iter((unreadable(item.origin, *ENCRYPTED),))
    return or_nothing(item.origin, lines_in(text, item.origin))
