"""What people ask who do not understand something: it stands in their receipts, and not in the register, which holds no free text of staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.inbox.collect import read_stored
from clausebook.acknowledgements.register.entries import Entry, Fault


def with_questions(desk: Desk, entries: Iterable[Entry | Fault]) -> Iterator[Entry | Fault]:
    """The entries of a register, those of `not-understood` with the question from their receipt, as long as the desk has it."""
    for entry in entries:
        yield _with_question(desk, entry) if isinstance(entry, Entry) else entry


def _with_question(desk: Desk, entry: Entry) -> Entry:
    body = entry.body
    if not body or body.kind != "not-understood" or "question" in body.facts:
        return entry
    stored = read_stored(desk, body.receipt)
    part = stored.receipt.part(body.policy) if stored else None
    if not part or not part.question:
        return entry
    return replace(entry, body=body.model_copy(update={"facts": body.facts | {"question": part.question}}))
