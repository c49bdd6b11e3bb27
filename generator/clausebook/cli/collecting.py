"""Slips gathered from files, folders and standard input, and what was lost on the way."""

from __future__ import annotations

import email
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import click

from clausebook.quizzes.marking import Refused
from clausebook.quizzes.slips import Slip, find_slips

MOST_BYTES = 20_000_000  # of a file; a slip has about a thousand
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # as Excel saves “Unicode text”
AS_MADE = "ask for the line again, copied whole or as the saved file"


@dataclass(frozen=True)
class Collected:
    """The slips in the order of the paths, and a sentence for whatever could not be read."""

    slips: tuple[Slip, ...]
    lost: tuple[str, ...]


def collect(paths: Sequence[str]) -> Collected:
    """Every slip below `paths`. Raises UsageError where a path leads nowhere."""
    slips: list[Slip] = []
    lost: list[str] = []
    for name, raw in _files(paths):
        if raw is None:
            lost.append(f"{name}: larger than {MOST_BYTES // 1_000_000} MB, and not read. Take the slips out of it.")
            continue
        for text in _texts(name, raw):
            for found in find_slips(text):
                if isinstance(found, Slip):
                    slips.append(found)
                else:
                    lost.append(
                        f"{name}, line {found.line}: {found.begins} cannot be read: {found.reason}. Next: {AS_MADE}."
                    )
    if not slips and not lost:
        lost.append(
            f"No slip stands in {', '.join(paths)}. A slip is a line that begins with quiz1. and comes from the page of the quiz."
        )
    return Collected(tuple(slips), tuple(dict.fromkeys(lost)))


def tell_lost(collected: Collected, refused: Sequence[Refused]) -> bool:
    """Say on standard error what could not be read or marked, with the next step; whether there was any such thing."""
    marks = [
        f"{one.slip.name or 'A slip without a name'}, finished {one.slip.finished}: cannot be marked, because {one.reason}. Next: {one.next_step}."
        for one in refused
    ]
    for sentence in (*collected.lost, *marks):
        click.echo(sentence, err=True)
    return bool(collected.lost or marks)


def _files(paths: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    for name in paths:
        path = Path(name)
        if name == "-":
            yield "standard input", sys.stdin.buffer.read(MOST_BYTES)
        elif path.is_dir():
            for below in sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith(".")):
                yield str(below), _bytes(below)
        elif path.is_file():
            yield name, _bytes(path)
        else:
            raise click.UsageError(f"there is no file or folder {name}")


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.stat().st_size <= MOST_BYTES else None


def _texts(name: str, raw: bytes) -> Iterator[str]:
    if name.endswith(".eml"):
        yield from _of_mail(raw)
    else:
        yield _decoded(raw)


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-16" if raw.startswith(UTF_16) else "utf-8", "replace")


def _of_mail(raw: bytes) -> Iterator[str]:
    """The texts of a mail and of the text files attached to it; the HTML form only where there is no plain one."""
    message: Message[str, str] = email.message_from_bytes(raw)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    plain = [part for part in parts if part.get_content_subtype() != "html"]
    for part in plain or parts:
        content = part.get_payload(decode=True)
        yield _decoded(content) if isinstance(content, bytes) else str(content)
