"""What HR's commands wrote to the desk's out/: the files that name somebody, and the folders that have had their time."""

from __future__ import annotations

import email
import html
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from clausebook.acknowledgements.campaigns.outbox import file_name

OUT_DAYS = 400  # by then a campaign is over, with its reminders, which are counted by what lies in out/


def old_folders(out: Path, day: date, days: int = OUT_DAYS) -> list[Path]:
    """The folders that were written more than so many days ago, by the day that begins their name."""
    before = (day - timedelta(days=days)).isoformat()
    return [path for path in sorted(out.glob("[0-9]*")) if path.is_dir() and path.name[:10] < before]


def files_that_name(out: Path, names: Sequence[str], number: str) -> Iterator[str]:
    """By their names, or by one of `names`, which may be mail addresses, in what they say; PDFs are not searched."""
    words = [" ".join(name.split()).casefold() for name in names if name]
    for path in sorted(out.rglob("*")):
        if path.is_file() and (_is_named(path, number) or any(word in _text(path) for word in words)):
            yield path.relative_to(out).as_posix()


def _is_named(path: Path, number: str) -> bool:
    name = file_name(number)
    return bool(number) and (path.stem == name or path.stem.startswith(f"{name}-"))


def _text(path: Path) -> str:
    """What a file says, however its format writes an apostrophe, an ampersand or a quote, on one line in small letters."""
    raw = path.read_bytes()
    read = {".html": _of_html, ".json": _of_json, ".csv": _of_csv, ".eml": _of_mail, ".xlsx": _of_workbook}.get(
        path.suffix
    )
    if read is None and path.suffix != ".txt":
        return ""
    return " ".join((read or _of_text)(raw).split()).casefold()


def _of_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _of_html(raw: bytes) -> str:
    return html.unescape(_of_text(raw))


def _of_json(raw: bytes) -> str:
    try:
        return " ".join(_strings(json.loads(raw)))
    except (ValueError, RecursionError):
        return _of_text(raw)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    parts = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _strings(part)


def _of_csv(raw: bytes) -> str:
    return _of_text(raw).replace('""', '"')


def _of_mail(raw: bytes) -> str:
    mail = email.message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain", "html"))
    return " ".join([*map(str, mail.values()), str(body.get_content()) if body else ""])


def _of_workbook(raw: bytes) -> str:
    """The cells' text lies in one part of the zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return html.unescape(_of_text(archive.read("xl/sharedStrings.xml")))
    except (KeyError, zipfile.BadZipFile):
        return ""
