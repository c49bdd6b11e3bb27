"""What HR's commands write into a revision's file: text in, text out; every line that is not changed stays, comments and all.

Where a field is written anew, such as the dates, it is written from the record.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clausebook.compare.revisions import find_changes
from clausebook.compare.revisions.materiality import is_material, mark_of, to_confirm
from clausebook.edit.field_lines import Edit, FieldLines, NotInFieldsError
from clausebook.model import Approval, Confirmation, Dates, RevisionRecord
from clausebook.model.handbook import Revision

FACTS = ("version", "approved_by", "owner")
DATES = tuple(Dates.model_fields)
OF_ONE_REVISION = ("replaces", "digest", "consultation", "changes")  # what a new draft does not take over
OF_AN_APPROVAL = ("version", "approved_by")  # what a draft cannot have yet
GONE: Sequence[str] = ()


@dataclass(frozen=True)
class Decided:
    """A line of the list of changes: what HR decided, with the change in words as a comment above it."""

    confirmation: Confirmation
    words: str


def decide_changes(old: Revision, new: Revision, roles: Mapping[str, str]) -> list[Decided]:
    """What is decided of each change: as before where the wording is the same, else by its kind. `roles` are their labels by id."""
    kept = {(one.change, one.seen): one for one in new.record.changes}
    return [
        Decided(kept.get((change.id, mark_of(change))) or Confirmation(change=change.id, material=is_material(change, ()), seen=mark_of(change)),
                f"{change.in_words(roles)} {change.doubt_in_words()}")
        for change in to_confirm(find_changes(old, new))
    ]  # fmt: skip


def begin_draft(text: str, record: RevisionRecord, old_id: str, new_id: str, day: date) -> str:
    """The text of a draft that follows `revision`, whose text is given. `day` is when it is begun. Raises NotInFieldsError, as all here.

    Clauses, ids, positions and comments stay. Dates, version and approval of the old one become comments, because none of
    them holds for the new one; a new id that is a date is taken for the date on the document. The history gets a line to
    fill in, as a comment.
    """
    titled = new_id if re.fullmatch(r"\d{4}(-\d{2}){0,2}", new_id) else None
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
    file = FieldLines(text)
    not_stated = {"not_stated": [f"not_stated: [{', '.join(missing)}]"]} if missing or record.not_stated else {}
    return _written(file, dict.fromkeys((*OF_ONE_REVISION, *OF_AN_APPROVAL), GONE) | {
        "dates": _dates(record, titled), **not_stated,
        "history": _history(file, record, f"{{date: {day}, says: {_quoted(f'Draft begun from {old_id}.')}}}"),
        "status": ["status: draft", f"replaces: {old_id}"],
    })  # fmt: skip


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
    return _written(FieldLines(text), {"changes": lines if len(lines) > 1 else ["changes: []"]}, after="sections")


def put_in_force(
    text: str, record: RevisionRecord, digest: str, effective: date | None, approval: Approval | None = None
) -> str:
    """The text of a draft, whose record is given, as the revision in force, with the digest of its clauses and who approved it."""
    file = FieldLines(text)
    fields: dict[str, Sequence[str]] = {"consultation": GONE}
    given = {"effective": effective.isoformat()} if effective else {}
    if approval:
        given["approved"] = approval.date
        fields["approved_by"] = [f"approved_by: {_quoted(record.approved_by or approval.by)}"]
    if given:
        dates = {**record.dates.model_dump(exclude_none=True), **given}
        below = file.below("dates") if file.has("dates") else ()
        comments = [line for line in below if line.lstrip().startswith("#")]
        fields["dates"] = ["dates:", *(f"  {name}: {dates[name]}" for name in DATES if name in dates), *comments]
        if record.not_stated:
            missing = [name for name in record.not_stated if name not in (*given, *fields)]
            fields["not_stated"] = [f"not_stated: [{', '.join(missing)}]"]
    digested = {"digest": GONE, "status": ["status: in-force", _digest(digest)]}
    return _written(file, fields | digested)


def supersede(text: str, digest: str) -> str:
    """The text of a revision that has been replaced, with the digest that it had."""
    return _written(FieldLines(text), {"digest": [_digest(digest)], "status": ["status: superseded"]})


def write_digest(text: str, digest: str) -> str:
    """The text of a revision with the digest that holds it to what it says."""
    return _written(FieldLines(text), {"digest": [_digest(digest)]})


def _digest(digest: str) -> str:
    return f"digest: {_quoted(digest)}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _written(file: FieldLines, fields: Mapping[str, Sequence[str]], after: str = "status") -> str:
    """The text with these lines for these fields, each in its place or behind the field `after`; a comment beside a status stays."""
    edits: list[Edit] = []
    for name, new in fields.items():
        first, end = file.lines_of(name) if file.has(name) else (file.lines_of(after)[1],) * 2
        if name == "status":
            value = file.document.spot(name).value
            beside = file.document.lines[first][value.column - 1 + value.length :]
            edits.append(((first, end), [new[0] + beside, *new[1:]]))
        else:
            edits.append(((first, end), new))
    return file.written(edits)


def _dates(record: RevisionRecord, titled: str | None) -> list[str]:
    hint = "in the revision before; give the new one when it is known"
    old = [f"  # {name}: {value} {hint}" for name, value in record.dates.model_dump(exclude_none=True).items()]
    approval = [f"# {name}: {value} {hint}" for name in OF_AN_APPROVAL if (value := getattr(record, name))]
    return [*(["dates:", f"  titled: {titled}"] if titled else ["dates: {}"]), *old, *approval]


def _history(file: FieldLines, record: RevisionRecord, entry: str) -> list[str]:
    """The entries that there are, under one to fill in."""
    comment = f"# - {entry}   (say what this revision changes, and take the sign away)"
    if not record.history:
        return ["history: []", f"  {comment}"]
    try:
        return ["history:", f"{file.lead('history', 0).partition('-')[0]}{comment}", *file.below("history")]
    except NotInFieldsError:
        entries = (one.model_dump(exclude_none=True) for one in record.history)
        return [
            "history:",
            f"  {comment}",
            *(f"  - {{{', '.join(f'{name}: {_quoted(value)}' for name, value in one.items())}}}" for one in entries),
        ]
