"""How a Word file of ours names what it was made from: a bookmark at each clause, and the revision itself in a part that Word keeps.

Measured: point bookmarks live through every edit in Word and LibreOffice, and so do custom XML parts and properties; content controls,
paragraph ids and styles do not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from clausebook.model.handbook import Revision
from clausebook.model.outline import outline_of_record
from clausebook.model.revision import RevisionRecord
from clausebook.model.text import Medium

NAMESPACE = "urn:clausebook:revision:1"
"""Of the one element in the custom XML part; its text is JSON."""
PROPERTY = "Clausebook digest"
"""The custom property that holds the digest of the revision's text."""
PREFIX = "cb_"
FACTS, HISTORY = "cb-facts", "cb-history"
"""The tables before the text: no clause may have an id that begins so (P207)."""


def bookmark_of(name: str) -> str:
    """The bookmark of a section, clause or item: Word wants a letter first, no hyphen, and 40 signs at most."""
    return PREFIX + hashlib.sha256(name.encode()).hexdigest()[:12]


def word_medium(address: str | None, policy: str) -> Medium:
    """Where links lead from a Word file: it shows the whole policy, and leads to the site of its trust where that has an address."""
    return Medium(address, f"{address}{policy}/files/" if address else None, is_whole=True)


def names_by_bookmark(records: Iterable[RevisionRecord]) -> dict[str, str]:
    """What each bookmark stands for; of several revisions all that any of them has."""
    own = (part.of for record in records for part in outline_of_record(record) if part.is_anchored)
    return {bookmark_of(name): name for name in (FACTS, HISTORY, *own)}


class ExportedRevision(BaseModel):
    """A revision as it was when a Word file was made of it."""

    model_config = ConfigDict(frozen=True)

    trust: str
    policy: str
    revision: str
    digest: str
    record: RevisionRecord
    fingerprints: dict[str, str]
    """Of each clause and item."""
    academy: str | None = None
    """Of which academy it is the text, where it is not the trust's own."""


@dataclass(frozen=True)
class Exported:
    """What a Word file was made of: a revision, and of a comparison also the one that it was compared with."""

    revision: ExportedRevision
    before: ExportedRevision | None = None

    @property
    def records(self) -> tuple[RevisionRecord, ...]:
        return (self.revision.record, *((self.before.record,) if self.before else ()))


def render_exported(revision: Revision, before: Revision | None = None) -> str:
    """The JSON that goes into the file."""
    told = {"revision": _told(revision)} | ({"before": _told(before)} if before else {})
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def read_exported(text: str) -> Exported | None:
    """What `render_exported` wrote; None where it is something else, or of a later form than this one."""
    try:
        told = json.loads(text)
        before = told.get("before")
        return Exported(
            ExportedRevision.model_validate(told["revision"]), before and ExportedRevision.model_validate(before)
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError):
        return None


def _told(revision: Revision) -> dict[str, Any]:
    return {
        "trust": revision.trust, "policy": revision.policy, "revision": revision.id, "digest": revision.digest,
        "record": _written(revision.record.model_dump(exclude_defaults=True)),
        "fingerprints": {clause.id: clause.fingerprint for clause in revision.clauses},
    } | ({"academy": revision.academy} if revision.academy else {})  # fmt: skip


def _written(value: Any, name: str = "") -> Any:
    """As an author writes it: lines of a source as `117-140`."""
    if name == "lines" and isinstance(value, tuple):
        return f"{value[0]}-{value[1]}"
    if isinstance(value, dict):
        return {key: _written(one, key) for key, one in value.items()}
    return [_written(one) for one in value] if isinstance(value, list | tuple) else value
