"""All that is held on one person, for a subject access request: as data, and as a text that they can read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.acknowledgements.desk import Desk
from generator.acknowledgements.outgoing import file_name
from generator.acknowledgements.people import Person
from generator.acknowledgements.receipts import FoundReceipt, read_receipt
from generator.acknowledgements.register import Body, read_whole
from generator.calendar_dates import in_words

SEARCHED = (".csv", ".json", ".html", ".txt", ".eml")  # what HR's commands wrote that is text
KINDS = {
    "issued": "A personal link was issued to you",
    "acknowledged": "Your acknowledgement was received",
    "not-understood": "You said that you do not understand something",
    "duplicate": "The same receipt came again",
    "held": "A receipt was held until HR decided on it",
    "rejected": "A receipt was not accepted",
    "resolved": "HR decided on what was held",
    "void": "An earlier entry was declared void",
    "left": "Your last day at work was written down",
    "exempt": "You were exempted",
    "on-behalf": "HR recorded your acknowledgement for you",
    "carried": "Your earlier acknowledgement was carried forward to a new revision",
    "replied": "HR confirmed your acknowledgement to you",
}
FIELDS = {
    "number": "Staff number", "name": "Name", "aliases": "Other names", "mail": "Mail", "academy": "Academy", "manager": "Manager",
    "roles": "Roles", "starts": "First day at work", "leaves": "Last day at work", "trust": "Trust", "id": "Id in the register",
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """What is held on one person."""

    person: Person
    entries: tuple[tuple[int, Body], ...]
    receipts: tuple[tuple[str, str], ...]
    """The id of each line that they sent, and the line."""
    files: tuple[str, ...]
    """What HR's commands wrote that names them and still lies in out/."""
    manages: int
    """How many others the roster lists with them as their manager."""


def gather_subject(desk: Desk, person: Person, people: tuple[Person, ...]) -> Subject:
    """Raises BrokenRegisterError."""
    entries = tuple(_entries(desk, person))
    receipts = tuple(
        (one, desk.receipt_file(one).read_text(encoding="utf-8").rstrip("\n"))
        for one in dict.fromkeys(body.receipt for _, body in entries if body.receipt)
        if desk.receipt_file(one).is_file()
    )
    names = {person.number.casefold(), person.name.casefold()}
    manages = sum(one.manager.casefold() in names for one in people if one.trust == person.trust)
    return Subject(person, entries, receipts, tuple(_files(desk.root / "out", person)), manages)


def _entries(desk: Desk, person: Person) -> Iterator[tuple[int, Body]]:
    refs: set[str] = set()
    numbers: set[int | None] = set()
    for entry in read_whole(desk.register):
        body = entry.body
        if (
            body
            and body.kind != "checkpoint"
            and (body.person == person.id or body.ref in refs or body.about in numbers)
        ):
            refs |= {body.ref} if body.ref else set()
            numbers.add(entry.number)
            yield entry.number, body


def _files(out: Path, person: Person) -> Iterator[str]:
    """By their names, or by the person's name or mail address in them; workbooks and PDFs are not searched."""
    return (
        path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if path.is_file() and _names(path, person)
    )


def _names(path: Path, person: Person) -> bool:
    number, words = file_name(person.number), [one.encode() for one in (person.name, person.mail) if one]
    if path.stem == number or path.stem.startswith(f"{number}-"):
        return True
    return path.suffix in SEARCHED and any(word in path.read_bytes() for word in words)


def render_json(subject: Subject) -> str:
    told = {
        "person": subject.person.model_dump(mode="json"),
        "manager_of": subject.manages,
        "entries": [{"number": number, **body.model_dump(exclude_defaults=True)} for number, body in subject.entries],
        "receipts": [{"id": one, "line": line, "says": _says(line)} for one, line in subject.receipts],
        "files": list(subject.files),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _says(line: str) -> object:
    """What a receipt, or a row of a platform's report, holds."""
    found = read_receipt(line)
    if isinstance(found, FoundReceipt):
        return found.receipt.model_dump(mode="json")
    return json.loads(line) if line.startswith("{") else None


def render_text(subject: Subject) -> str:
    """In words for the person."""
    person = subject.person.model_dump()
    shown = ((label, person[name]) for name, label in FIELDS.items())
    lines = ["WHAT IS HELD ON YOU", "", "From the lists of staff that HR read:", ""]
    lines += [
        f"  {label}: {', '.join(value) if isinstance(value, tuple) else value or 'not given'}" for label, value in shown
    ]
    lines += [f"  You are named as the manager of {subject.manages}."] if subject.manages else []
    lines += ["", "From the register of acknowledgements:", ""]
    lines += [line for number, body in subject.entries for line in _told(number, body)] or ["  Nothing."]
    lines += ["", "What you sent (subject.json has each line in full):", ""]
    lines += [f"  {_sent(line)} ({one[:12]}…)" for one, line in subject.receipts] or ["  Nothing."]
    lines += ["", "Files that HR's commands wrote and that name you; workbooks and PDFs were not searched:", ""]
    lines += [f"  {one}" for one in subject.files] or ["  None."]
    return "\n".join(lines) + "\n"


def _told(number: int, body: Body) -> Iterator[str]:
    day = in_words((body.received or str(body.facts.get("issued", "")) or body.at)[:10])
    what = " ".join(one for one in (body.policy, body.revision) if one)
    yield f"  {number}. {day}: {KINDS.get(body.kind, body.kind)}{f' ({what})' if what else ''}."
    facts = {"by": body.by, "why": body.says, "how sure": body.assurance, "way": body.channel}
    facts |= {
        name: ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in body.facts.items()
    }
    if told := "; ".join(f"{name}: {value}" for name, value in facts.items() if value):
        yield f"     {told}"


def _sent(line: str) -> str:
    found = read_receipt(line)
    if not isinstance(found, FoundReceipt):
        return "A row of a learning platform's report"
    receipt = found.receipt
    return f"{receipt.outcome}, {receipt.policy} {receipt.revision}, as “{receipt.name}”, signed {receipt.signed} by the clock of your device"
