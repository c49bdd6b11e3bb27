"""Files and folders into arrivals: each file by the module for its kind. Nothing that lies in a heap stops the reading of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from clausebook.acknowledgements.inbox.readers.csv import looks_like_table, read_table
from clausebook.acknowledgements.inbox.readers.file_types import HEAD, Kind, kind_of
from clausebook.acknowledgements.inbox.readers.json import read_object
from clausebook.acknowledgements.inbox.readers.mails import read_mail
from clausebook.acknowledgements.inbox.readers.mboxes import mails_in
from clausebook.acknowledgements.inbox.readers.submission import (
    Arrival,
    Channel,
    Item,
    Origin,
    Sought,
    digest,
    nothing,
    unreadable,
)
from clausebook.acknowledgements.inbox.readers.texts import ENCRYPTED, STARTS, decode_text, read_text
from clausebook.acknowledgements.inbox.readers.workbooks import read_workbook
from clausebook.acknowledgements.inbox.readers.zips import MOST_BYTES as MOST_UNPACKED
from clausebook.acknowledgements.inbox.readers.zips import names_in

MOST_BYTES = MOST_UNPACKED


def _read_pdf(item: Item) -> Iterator[Arrival]:
    from clausebook.acknowledgements.inbox.readers.pdf import read_scan  # noqa: PLC0415 — an extra that only scans need

    return read_scan(item)


def _read_picture(item: Item) -> Iterator[Arrival]:
    from clausebook.acknowledgements.inbox.readers.pictures import read_picture  # noqa: PLC0415 — see above

    return read_picture(item)


READERS: dict[Kind, Callable[[Item], Iterator[Arrival]]] = {
    "pdf": _read_pdf, "picture": _read_picture, "table": read_table, "json": read_object, "text": read_text,
}  # fmt: skip
Read = Callable[[Item], Iterator[Arrival]]
NO_SCANS = (
    "it is a scan, and what reads scans is not installed here",
    "run `pip install clausebook[scans]`, and collect it again",
)
TOO_LARGE = (
    "it was not read whole: reading it takes more memory than is allowed",
    "take it out of the folder, and ask whoever sent it for the line, the table or the scan alone",
)
UNREAD: dict[Kind, tuple[str, str]] = {
    "office": (
        "it is saved in a form of Outlook's or of old Office programs",
        "open it in that program: save an email as .eml or .txt, and a table as .xlsx or .csv",
    ),
    "outlook-part": (
        "Outlook has wrapped what was attached (winmail.dat)", "ask the person to send it again as plain text, or open it in Outlook and save what is attached",
    ),
    "signed": ("it is a signed email that wraps its words (S/MIME)", "open it in your email program, save its words as text, and collect that"),
    "encrypted": ENCRYPTED,
    "photo": ("it is a photo in a form that we do not read", "open it, save it as JPEG or PNG, and collect that"),
    "archive": ("it is an archive", "unpack it, and collect the folder"),
    "other": (
        "it is a file of a kind that we do not read", "open it in the program that it comes from; save words as text, a page as PDF, a picture as PNG",
    ),
}  # fmt: skip
TABLES: dict[Kind, Channel] = {"table": "csv", "json": "json"}


def read_heap(
    paths: Sequence[Path], fetched: Sequence[Path] = (), read: Read | None = None, sought: Sought = "receipt"
) -> Iterator[Arrival]:
    """What lies in files and folders, one file at a time; of folders all that is not hidden, by name. Raises nothing.

    `fetched` are those that HR took itself from a platform or a form; a file that stands in both counts as fetched.
    `read` reads a file's bytes; without it they are read in this process, as `read_item` does.
    """
    own = {file.resolve() for path in fetched for file in _files(path)}
    for path in (*fetched, *paths):
        for file in _files(path):
            if path in fetched or file.resolve() not in own:
                yield from read_file(file, read or read_item, sought, fetched=file.resolve() in own)


def read_file(path: Path, read: Read, sought: Sought = "receipt", *, fetched: bool = False) -> Iterator[Arrival]:
    """What a file holds; at least one arrival. Raises nothing."""
    origin = Origin(path.as_posix(), sought=sought)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            yield unreadable(
                replace(origin, source=f"{size}"), f"it has {size // 1_000_000:,} MB, and no more than {MOST_BYTES // 1_000_000} are read",
                "divide it, or export less at a time",
            )  # fmt: skip
            return
        with path.open("rb") as file:
            if kind_of(path.name, file.read(HEAD)) == "mbox":
                file.seek(0)
                yield from _mbox(mails_in(file), origin, read)
                return
            file.seek(0)
            raw = file.read(MOST_BYTES)
    except OSError as error:
        yield unreadable(
            origin, f"it cannot be opened: {error.strerror}", "close it elsewhere, or copy it where you may read it"
        )
        return
    yield from read(Item(path.name, raw, replace(origin, source=digest(raw)), fetched=fetched))


def read_item(item: Item) -> Iterator[Arrival]:
    """What a file with these bytes holds; at least one arrival. Raises nothing."""
    try:
        yield from _read(item)
    except MemoryError:
        yield unreadable(item.origin, *TOO_LARGE)
    except ModuleNotFoundError:
        yield unreadable(item.origin, *NO_SCANS)
    except Exception as error:  # noqa: BLE001 — whatever lies in a heap is somebody else's: it must not stop the rest
        yield unreadable(
            item.origin, f"it is damaged in a way that we do not know ({type(error).__name__})",
            "open it in the program that it comes from, and save it again",
        )  # fmt: skip


def _read(item: Item) -> Iterator[Arrival]:
    kind = kind_of(item.name, item.raw[:HEAD])
    if kind == "mail":
        yield from read_mail(item, read_item)
    elif kind == "mbox":
        yield from _mbox(mails_in(item.raw.splitlines(keepends=True)), item.origin, read_item, item.depth)
    elif kind == "zip":
        yield from _zip(item)
    elif kind in UNREAD:
        yield unreadable(item.origin, *UNREAD[kind])
    elif (
        kind == "text"
        and STARTS[item.origin.sought].encode() not in item.raw
        and looks_like_table(decode_text(item.raw[:HEAD]))
    ):
        yield from read_table(_as_table(item, "csv"))  # a platform that names its tables .txt
    else:
        yield from READERS[kind](_as_table(item, TABLES[kind]) if kind in TABLES else item)


def _as_table(item: Item, channel: Channel) -> Item:
    """Whoever mails an export is somebody else than those whose rows stand in it."""
    return replace(item, origin=replace(item.origin, channel=channel, sender=""))


def _zip(item: Item) -> Iterator[Arrival]:
    names = names_in(item.raw)
    if isinstance(names, str):
        yield unreadable(item.origin, names, "ask whoever sent it for the emails, the table or the scan as they are")
    elif "xl/workbook.xml" in names:
        yield from read_workbook(_as_table(item, "xlsx"))
    elif any(name.startswith(("word/", "ppt/")) or name == "mimetype" for name in names):
        yield unreadable(
            item.origin, "it is a document of an office program", "save it as text, as PDF, or a table as CSV"
        )
    else:
        yield unreadable(item.origin, "it is a zip", "unpack it, and collect the folder")


def _mbox(mails: Iterator[bytes], origin: Origin, read: Read, depth: int = 0) -> Iterator[Arrival]:
    number = 0
    for number, raw in enumerate(mails, 1):
        mail = Item(f"{number}.eml", raw, replace(origin.at(f"email {number}"), source=digest(raw)), depth)
        yield from read(mail)
    if not number:
        yield nothing(origin)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for below in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in below.relative_to(path).parts)
        if not hidden and below.is_file():
            yield below
