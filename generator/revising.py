"""What HR's commands write into a revision's file: text in, text out, and every comment and line that is not changed stays.

A file reads as fields at the start of a line, each followed by what is indented below it; only these are looked for here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Confirmation, Revision

FIELD = re.compile(r"^([a-z_]+):(?=\s|$)")
DATES = ("titled", "approved", "published", "effective", "review_due")
OF_ONE_REVISION = ("replaces", "digest", "consultation", "changes")  # what a new draft does not take over


@dataclass(frozen=True)
class Decided:
    """A line of the list of changes: what HR decided, with the change in words as a comment above it."""

    confirmation: Confirmation
    words: str


class NotInFieldsError(Exception):
    """The file is not written as fields at the start of a line, so that it cannot be edited without being rewritten."""


def begin_draft(text: str, revision: Revision, old_id: str, new_id: str, day: date) -> str:
    """The text of a draft that follows `revision`, whose text is given. `day` is when it is begun.

    Clauses, ids, positions and comments stay. The dates of the old one become comments, because none of them holds for the
    new one; a new id that is a date is taken for the date on the document.
    """
    titled = new_id if re.fullmatch(r"\d{4}(-\d{2}){0,2}", new_id) else None
    lines = _without(text.splitlines(), OF_ONE_REVISION)
    lines = _set(lines, "status", ["status: draft", f"replaces: {old_id}"])
    if revision.dates != type(revision.dates)():
        lines = _set(lines, "dates", _dates(revision, titled))
    given = {name for name in ("version", "approved_by", "owner") if getattr(revision, name)}
    if revision.wording == "restated":
        missing = [
            name
            for name in (*DATES, "version", "approved_by", "owner")
            if name not in given | ({"titled"} if titled else set())
        ]
        if "title" in revision.not_stated:
            missing.insert(0, "title")
        lines = _set(lines, "not_stated", [f"not_stated: [{', '.join(missing)}]"], after="replaces")
    lines = _set(lines, "history", ["history:", f"  - {{date: {day}, says: {_quoted(f'Draft begun from {old_id}.')}}}", *_history(lines, revision)],
                 after="replaces")  # fmt: skip
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


def put_in_force(text: str, effective: date | None) -> str:
    """The text of a draft as the revision in force."""
    lines = _set(_without(text.splitlines(), ("consultation",)), "status", ["status: in-force"])
    if effective:
        lines = _add_to_dates(lines, "effective", effective.isoformat())
        lines = [line.replace("effective, ", "").replace(", effective]", "]").replace("[effective]", "[]")
                 if line.startswith("not_stated:") else line for line in lines]  # fmt: skip
    return "\n".join(lines) + "\n"


def supersede(text: str, digest: str) -> str:
    """The text of a revision that has been replaced, with the digest that it had."""
    lines = _set(text.splitlines(), "status", ["status: superseded"])
    return "\n".join(_set(lines, "digest", [f"digest: {_quoted(digest)}"], after="status")) + "\n"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _blocks(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """From which line to before which each field goes. Comments and blank lines before a field belong to it."""
    starts = [(found[1], number) for number, line in enumerate(lines) if (found := FIELD.match(line))]
    if not starts:
        raise NotInFieldsError
    ends = [_first_comment(lines, number) for _, number in starts[1:]] + [len(lines)]
    return {name: (number, end) for (name, number), end in zip(starts, ends, strict=True)}


def _first_comment(lines: Sequence[str], number: int) -> int:
    while number and re.match(r"#|\s*$", lines[number - 1]):
        number -= 1
    return number


def _without(lines: list[str], names: Iterable[str]) -> list[str]:
    for name in names:
        blocks = _blocks(lines)
        if name in blocks:
            first, end = blocks[name]
            lines = lines[: _first_comment(lines, first)] + lines[end:]
    return lines


def _set(lines: list[str], name: str, new: list[str], after: str = "status") -> list[str]:
    """The lines with `new` for the field `name`, or after another field; a comment beside a value of one line stays."""
    blocks = _blocks(lines)
    if name not in blocks:
        place = blocks[after][1]
        return lines[:place] + new + lines[place:]
    first, end = blocks[name]
    comment = re.search(r"(\s+#.*)$", lines[first]) if end - first == 1 else None
    return [*lines[:first], new[0] + (comment[1] if comment else ""), *new[1:], *lines[end:]]


def _dates(revision: Revision, titled: str | None) -> list[str]:
    old = [
        f"  # {name}: {value} in {_what(name)}" for name, value in revision.dates.model_dump(exclude_none=True).items()
    ]
    return [*(["dates:", f"  titled: {titled}"] if titled else ["dates: {}"]), *old]


def _what(name: str) -> str:
    return "the revision before; give the new one when it is known" if name != "titled" else "the revision before"


def _history(lines: list[str], revision: Revision) -> list[str]:
    """The entries as they are written; those of a list in brackets one to a line."""
    blocks = _blocks(lines)
    if "history" not in blocks:
        return []
    first, end = blocks["history"]
    if end - first > 1 and "[" not in lines[first]:
        return lines[first + 1 : end]
    entries = (entry.model_dump(exclude_none=True) for entry in revision.history)
    return [f"  - {{{', '.join(f'{name}: {_quoted(value)}' for name, value in entry.items())}}}" for entry in entries]


def _add_to_dates(lines: list[str], name: str, value: str) -> list[str]:
    blocks = _blocks(lines)
    if "dates" not in blocks:
        return _set(lines, "dates", ["dates:", f"  {name}: {value}"])
    first, end = blocks["dates"]
    inner = re.sub(r"^dates:\s*\{(.*)\}\s*$", r"\1", lines[first]).strip()
    block = [f"  {part.strip()}" for part in inner.split(",") if part.strip()] if "{" in lines[first] else []
    rest = [line for line in lines[first + 1 : end] if not re.match(rf"\s+{name}:", line)]
    block = [line for line in block if not line.strip().startswith(f"{name}:")]
    return [*lines[:first], "dates:", *block, f"  {name}: {value}", *rest, *lines[end:]]
