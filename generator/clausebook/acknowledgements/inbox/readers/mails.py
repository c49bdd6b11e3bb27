"""One mail: its words and what is attached to it, other mails included, with who sent it and when."""

from __future__ import annotations

import email
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email.message import Message

from clausebook.acknowledgements.inbox.readers.dates import read_mail_date
from clausebook.acknowledgements.inbox.readers.senders import sender_of
from clausebook.acknowledgements.inbox.readers.submission import Arrival, Item, Origin, digest, nothing, unreadable
from clausebook.acknowledgements.inbox.readers.texts import (
    ENCRYPTED,
    decode_text,
    is_encrypted,
    lines_in,
    text_of_html,
)
from clausebook.acknowledgements.signing.receipts import FoundReceipt
from clausebook.quizzes.slips import AnySlip

DEEPEST = 10  # mails within mails
MOST_PARTS = 2_000
MOST_ARRIVALS = 500  # of one mail: a manager passes on no more receipts
DIVIDE = "ask the person for an email with their own receipt and nothing else, or divide this one"
SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
Read = Callable[[Item], Iterator[Arrival]]


@dataclass
class _Parts:
    """The parts of one mail, of the mails within it not the parts."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    attached: list[Item] = field(default_factory=list)


def read_mail(item: Item, read: Read) -> Iterator[Arrival]:
    """What stands in a mail, each receipt once; `read` reads what is attached."""
    message: Message[str, str] = email.message_from_bytes(item.raw)
    origin = _origin(message, item)
    if item.depth > DEEPEST:
        yield unreadable(origin, f"it is an email within {DEEPEST} others", "take it out, and collect it by itself")
        return
    parts = _Parts()
    whole = _divide(message, item, origin, parts)
    arrivals = [*_words(parts, origin), *(arrival for part in parts.attached for arrival in read(part))]
    told = [arrival for arrival in arrivals if getattr(arrival.content, "kind", "") != "nothing"]
    if not whole:
        told.append(unreadable(origin, f"it was not read whole: it has more than {MOST_PARTS:,} parts", DIVIDE))
    once = list(reversed({arrival.content.id: arrival for arrival in reversed(told)}.values()))
    yield from _at_most(once, origin) if once else (nothing(origin),)


def _at_most(arrivals: list[Arrival], origin: Origin) -> Iterator[Arrival]:
    """One mail leaves no more than so many entries in the register; what is whole goes before what is damaged."""
    if len(arrivals) > MOST_ARRIVALS:
        arrivals.sort(key=lambda arrival: not _whole(arrival))
        arrivals[MOST_ARRIVALS:] = [
            unreadable(origin, f"it was not read whole: more than {MOST_ARRIVALS} things stand in it", DIVIDE)
        ]
    yield from arrivals


def _origin(message: Message[str, str], item: Item) -> Origin:
    """Of the outermost mail: who sent it, and when a server of HR's had it. What is within another mail has that one's."""
    if item.depth:
        return replace(item.origin, channel="mail", source=digest(item.raw))
    return replace(
        item.origin, channel="mail", sender=sender_of(message), source=digest(item.raw),
        received=read_mail_date(str(message.get("Received", ""))),  # the topmost is of the last server; Date is what the sender says
    )  # fmt: skip


def _divide(message: Message[str, str], item: Item, origin: Origin, parts: _Parts) -> bool:
    """Sort the leaves of a mail into words and attachments; false where there are too many of them."""
    waiting, met = [message], 0
    while waiting and met < MOST_PARTS:
        part, met = waiting.pop(0), met + 1
        payload = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            name = f"email {len(parts.attached) + 1}"
            parts.attached += [
                Item(f"{name}.eml", one.as_bytes(), origin.at(name), item.depth + 1)
                for one in payload
                if isinstance(one, Message)
            ]
        elif isinstance(payload, list):
            waiting[:0] = [one for one in payload if isinstance(one, Message)]
        else:
            _sort(part, item, origin, parts)
    return not waiting


def _sort(part: Message[str, str], item: Item, origin: Origin, parts: _Parts) -> None:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return
    kind, name = part.get_content_type(), _name(part)
    if kind in SIGNATURES:
        return  # it wraps nothing
    if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
        place = origin.at(f"attachment {len(parts.attached) + 1}{f' ({name[:60]})' if name else ''}")
        parts.attached.append(Item(name or f"part.{kind.rpartition('/')[2]}", raw, place, item.depth + 1))
    elif kind == "text/html":
        parts.html.append(text_of_html(_text(part, raw)))
    else:
        parts.plain.append(_text(part, raw))


def _name(part: Message[str, str]) -> str:
    try:
        return str(part.get_filename() or "").replace("\n", " ").strip()
    except (ValueError, TypeError, LookupError, AttributeError):
        return "attachment"


def _text(part: Message[str, str], raw: bytes) -> str:
    try:
        return raw.decode(str(part.get_content_charset() or "utf-8"))
    except (LookupError, ValueError):
        return decode_text(raw)


def _words(parts: _Parts, origin: Origin) -> Iterator[Arrival]:
    """Plain words and HTML say the same: damage counts only where it stands in the better of the two."""
    read = [list(lines_in("\n\n".join(texts), origin)) for texts in (parts.plain, parts.html) if texts]
    read.sort(key=lambda arrivals: (-sum(map(_whole, arrivals)), len(arrivals)))
    for rank, arrivals in enumerate(read):
        yield from (arrival for arrival in arrivals if rank == 0 or _whole(arrival))
    if any(map(is_encrypted, parts.plain)):
        yield unreadable(origin, *ENCRYPTED)


def _whole(arrival: Arrival) -> bool:
    return isinstance(arrival.content, FoundReceipt | AnySlip)
