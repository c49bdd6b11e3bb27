"""All that is held on one person, for a subject access request: as data, and as a text that they can read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clausebook.acknowledgements.desk.names import compare_names, name_key
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person
from clausebook.acknowledgements.privacy.held_on_people import Holdings
from clausebook.acknowledgements.privacy.written import files_that_name
from clausebook.acknowledgements.register.entries import Body, read_whole
from clausebook.acknowledgements.signing.receipts import FoundReceipt, read_receipt
from clausebook.model.dates import in_words

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
class Sought:
    """Who is asked about: somebody of people.json, or anybody by a name or a mail address."""

    person: Person | None
    names: tuple[str, ...]
    mail: str

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.names, self.mail)


@dataclass(frozen=True)
class Subject:
    """What is held on one person."""

    sought: Sought
    entries: tuple[tuple[int, Body], ...]
    perhaps: tuple[tuple[int, Body], ...]
    """What came from nobody who is known, under that name or from that address: HR must see whether it was this person."""
    receipts: tuple[tuple[str, str], ...]
    """The id of each line that they sent, and the line."""
    files: tuple[str, ...]
    """What HR's commands wrote that names them and still lies in out/."""
    manages: int
    """How many others the roster lists with them as their manager."""


def seek(people: Sequence[Person], who: str, trust: str | None) -> list[Sought]:
    """Everybody in people.json whose staff number, mail address or name it is, in that order; else whoever it may be."""
    ours = [person for person in people if trust in (None, person.trust)]
    found = (
        [one for one in ours if one.number.casefold() == who.casefold()]
        or [one for one in ours if one.mail and one.mail.casefold() == who.casefold()]
        or [one for one in ours if name_key(who) in {name_key(name) for name in (one.name, *one.aliases)}]
    )
    if found:
        return [Sought(person, (person.name, *person.aliases), person.mail) for person in found]
    return [Sought(None, (), who) if "@" in who else Sought(None, (who,), "")]


def gather_subject(desk: Desk, sought: Sought, people: Sequence[Person]) -> Subject:
    """Raises BrokenRegisterError, UnreadableFileError."""
    person, holdings, bodies = sought.person, Holdings(sought.person.trust if sought.person else ""), {}
    for entry in read_whole(desk.register):
        holdings.apply(entry)
        bodies[entry.number] = entry.body
    own = holdings.entries.get(person.id, []) if person else []
    perhaps = [number for number, stray in holdings.strays.items() if _may_be(desk, stray.receipt, sought)]
    entries, others = (
        tuple((one, body) for one in sorted(numbers) if (body := bodies[one])) for numbers in (own, perhaps)
    )
    receipts = tuple(
        (one, desk.read(desk.receipt_file(one)).decode().rstrip("\n"))
        for one in dict.fromkeys(body.receipt for _, body in (*entries, *others) if body.receipt)
        if desk.receipt_file(one).is_file()
    )
    names = {person.number.casefold(), person.name.casefold()} if person else set()
    manages = sum(one.manager.casefold() in names for one in people if person and one.trust == person.trust)
    files = files_that_name(desk.root / "out", sought.words, person.number if person else "")
    return Subject(sought, entries, others, receipts, tuple(files), manages)


def _may_be(desk: Desk, receipt: str, sought: Sought) -> bool:
    """Whether what lies under that receipt gives the name or the address that is sought."""
    path = desk.receipt_file(receipt)
    says = _says(desk.read(path).decode().rstrip("\n")) if receipt and path.is_file() else None
    if not isinstance(says, dict):
        return False
    name, mail = str(says.get("name", "")), str(says.get("mail", ""))
    return bool(mail and mail.casefold() == sought.mail.casefold()) or bool(
        name and compare_names(name, sought.names) == "fits"
    )


def render_json(subject: Subject) -> str:
    told = {
        "person": subject.sought.person.model_dump(mode="json") if subject.sought.person else None,
        "manager_of": subject.manages,
        "entries": [{"number": number, **body.model_dump(exclude_defaults=True)} for number, body in subject.entries],
        "perhaps": [{"number": number, **body.model_dump(exclude_defaults=True)} for number, body in subject.perhaps],
        "receipts": [{"id": one, "line": line, "says": _says(line)} for one, line in subject.receipts],
        "files": list(subject.files),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _says(line: str) -> object:
    """What a receipt, or a row of a platform's report, holds."""
    found = read_receipt(line)
    if isinstance(found, FoundReceipt):
        return found.receipt.model_dump(mode="json")
    try:
        return json.loads(line) if line.startswith("{") else None
    except ValueError:
        return None


def render_text(subject: Subject) -> str:
    """In words for the person."""
    lines = ["WHAT IS HELD ON YOU", "", "From the lists of staff that HR read:", "", *_of_lists(subject)]
    lines += ["", "From the register of acknowledgements:", ""]
    lines += [line for number, body in subject.entries for line in _told(number, body)] or ["  Nothing."]
    if subject.perhaps:
        lines += ["", "Came without a link of yours, under your name or from your address:", ""]
        lines += [line for number, body in subject.perhaps for line in _told(number, body)]
    lines += ["", "What you sent (subject.json has each line in full):", ""]
    lines += [f"  {_sent(line)} ({one[:12]}…)" for one, line in subject.receipts] or ["  Nothing."]
    lines += ["", "Files that HR's commands wrote and that name you; PDFs were not searched:", ""]
    lines += [f"  {one}" for one in subject.files] or ["  None."]
    return "\n".join(lines) + "\n"


def _of_lists(subject: Subject) -> list[str]:
    if subject.sought.person is None:
        return [f"  Nothing: no list names {' '.join(filter(None, subject.sought.words))}."]
    person = subject.sought.person.model_dump()
    shown = ((label, person[name]) for name, label in FIELDS.items())
    lines = [
        f"  {label}: {', '.join(value) if isinstance(value, tuple) else value or 'not given'}" for label, value in shown
    ]
    return [*lines, f"  You are named as the manager of {subject.manages}."] if subject.manages else lines


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
    told = "; ".join(f"{part.policy} {part.revision}: {part.outcome}" for part in receipt.policies)
    return f"{told}; as “{receipt.name}”, signed {receipt.signed} by the clock of your device"
