"""What HR's commands write into a revision's file: text in, text out; every line that is not changed stays, comments and all.

A file reads as fields at the start of a line, each followed by what is indented below it; only these are looked for here.
Where a field is written anew, such as the dates, it is written from the record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.model import Confirmation, Dates, RevisionRecord

FIELD = re.compile(r"""^(["']?)([a-z_]+)\1\s*:(?=\s|$)""")
FACTS = ("version", "approved_by", "owner")
DATES = tuple(Dates.model_fields)
OF_ONE_REVISION = ("replaces", "digest", "consultation", "changes")  # what a new draft does not take over
OF_AN_APPROVAL = ("version", "approved_by")  # what a draft cannot have yet


@dataclass(frozen=True)
class Decided:
    """A line of the list of changes: what HR decided, with the change in words as a comment above it."""

    confirmation: Confirmation
    words: str


class NotInFieldsError(Exception):
    """The file is not written as fields at the start of a line, so that it cannot be edited without being rewritten."""


def require_fields(text: str, record: RevisionRecord) -> None:
    """Raises NotInFieldsError where the fields that are found in `text` are not those of the record that was read from it."""
    if set(_blocks(text.splitlines())) != record.model_fields_set:
        raise NotInFieldsError


def begin_draft(text: str, record: RevisionRecord, old_id: str, new_id: str, day: date) -> str:
    """The text of a draft that follows `revision`, whose text is given. `day` is when it is begun.

    Clauses, ids, positions and comments stay. Dates, version and approval of the old one become comments, because none of
    them holds for the new one; a new id that is a date is taken for the date on the document. The history gets a line to
    fill in, as a comment.
    """
    titled = new_id if re.fullmatch(r"\d{4}(-\d{2}){0,2}", new_id) else None
    lines = _without(text.splitlines(), (*OF_ONE_REVISION, *OF_AN_APPROVAL))
    lines = _set(lines, "status", ["status: draft", f"replaces: {old_id}"])
    lines = _set(lines, "dates", _dates(record, titled), after="replaces")
    given = {name for name in FACTS if getattr(record, name) and name not in OF_AN_APPROVAL} | (
        {"titled"} if titled else set()
    )
    if record.wording == "restated":
        missing = [
            name
            for name in ("title", *DATES, *FACTS)
            if name not in given and (name != "title" or name in record.not_stated)
        ]
    else:
        missing = [name for name in record.not_stated if name not in given]
    if missing or record.not_stated:
        lines = _set(lines, "not_stated", [f"not_stated: [{', '.join(missing)}]"], after="replaces")
    lines = _set(
        lines,
        "history",
        _history(lines, record, f"{{date: {day}, says: {_quoted(f'Draft begun from {old_id}.')}}}"),
        after="replaces",
    )
    return "\n".join(lines) + "\n"


def write_confirmations(text: str, decided: Iterable[Decided]) -> str:
    """The text with this list of changes in place of the one that it had."""
    lines = ["changes:"]
    for one in decided:
        confirmation = one.confirmation
        because = f", because: {_quoted(confirmation.because)}" if confirmation.because else ""
        lines += [
            f"  # {' '.join(one.words.split())}",
            f"  - {{change: {_quoted(confirmation.change)}, material: {str(confirmation.material).lower()}, seen: {_quoted(confirmation.seen)}{because}}}",
        ]
    return (
        "\n".join(_set(text.splitlines(), "changes", lines if len(lines) > 1 else ["changes: []"], after="sections"))
        + "\n"
    )


def put_in_force(text: str, record: RevisionRecord, digest: str, effective: date | None) -> str:
    """The text of a draft, whose record is given, as the revision in force, with the digest of its clauses."""
    lines = _set(_without(text.splitlines(), ("consultation", "digest")), "status", ["status: in-force"])
    lines = _set(lines, "digest", [f"digest: {_quoted(digest)}"])
    if effective:
        dates = {**record.dates.model_dump(exclude_none=True), "effective": effective.isoformat()}
        comments = [line for line in _inside(lines, "dates") if line.lstrip().startswith("#")]
        lines = _set(
            lines, "dates", ["dates:", *(f"  {name}: {dates[name]}" for name in DATES if name in dates), *comments]
        )
        if record.not_stated:
            missing = [name for name in record.not_stated if name != "effective"]
            lines = _set(lines, "not_stated", [f"not_stated: [{', '.join(missing)}]"])
    return "\n".join(lines) + "\n"


def supersede(text: str, digest: str) -> str:
    """The text of a revision that has been replaced, with the digest that it had."""
    lines = _set(text.splitlines(), "status", ["status: superseded"])
    return "\n".join(_set(lines, "digest", [f"digest: {_quoted(digest)}"], after="status")) + "\n"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _blocks(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """From which line to before which each field goes. Comments and blank lines before a field belong to none."""
    starts = [(found[2], number) for number, line in enumerate(lines) if (found := FIELD.match(line))]
    if not starts:
        raise NotInFieldsError
    ends = [_first_comment(lines, number) for _, number in starts[1:]] + [len(lines)]
    return {name: (number, end) for (name, number), end in zip(starts, ends, strict=True)}


def _first_comment(lines: Sequence[str], number: int) -> int:
    while number and re.match(r"#|\s*$", lines[number - 1]):
        number -= 1
    return number


def _inside(lines: Sequence[str], name: str) -> list[str]:
    """The lines of a field below its first."""
    first, end = _blocks(lines).get(name, (0, 0))
    return list(lines[first + 1 : end])


def _without(lines: list[str], names: Iterable[str]) -> list[str]:
    for name in names:
        if name in (blocks := _blocks(lines)):
            first, end = blocks[name]
            lines = lines[:first] + lines[end:]
    return lines


def _set(lines: list[str], name: str, new: list[str], after: str = "status") -> list[str]:
    """The lines with `new` for the field `name`, or after another field; a comment beside a status stays."""
    blocks = _blocks(lines)
    if name not in blocks:
        place = blocks[after][1]
        return lines[:place] + new + lines[place:]
    first, end = blocks[name]
    comment = re.search(r"(\s+#.*)$", lines[first]) if name == "status" else None
    return [*lines[:first], new[0] + (comment[1] if comment else ""), *new[1:], *lines[end:]]


def _dates(record: RevisionRecord, titled: str | None) -> list[str]:
    hint = "in the revision before; give the new one when it is known"
    old = [f"  # {name}: {value} {hint}" for name, value in record.dates.model_dump(exclude_none=True).items()]
    approval = [f"# {name}: {value} {hint}" for name in OF_AN_APPROVAL if (value := getattr(record, name))]
    return [*(["dates:", f"  titled: {titled}"] if titled else ["dates: {}"]), *old, *approval]


def _history(lines: list[str], record: RevisionRecord, entry: str) -> list[str]:
    """The entries that there are, under one to fill in."""
    comment = f"  # - {entry}   (say what this revision changes, and take the sign away)"
    inside = _inside(lines, "history")
    if not record.history:
        return ["history: []", comment]
    if inside and all(re.match(r"  (- |  |#)|\s*$", line) for line in inside):
        return ["history:", comment, *inside]
    entries = (one.model_dump(exclude_none=True) for one in record.history)
    return [
        "history:",
        comment,
        *(f"  - {{{', '.join(f'{name}: {_quoted(value)}' for name, value in one.items())}}}" for one in entries),
    ]
