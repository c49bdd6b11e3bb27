"""A file brought in as the draft of a policy: read, outlined, suggested, accounted for. Writes nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from clausebook.edit.importers.account import Accounted, account_for
from clausebook.edit.importers.blocks import Document, Place, UnreadableError
from clausebook.edit.importers.document_facts import left_out
from clausebook.edit.importers.ids import fresh_id
from clausebook.edit.importers.outline.build import build_draft
from clausebook.edit.importers.outline.draft import Draft, LeftOut
from clausebook.edit.importers.readers import read_document
from clausebook.edit.importers.revision import Suggester, make_revision, source_of
from clausebook.edit.importers.suggestions.topics import subjects_for, topic_finder
from clausebook.edit.importers.written import written
from clausebook.load import Loaded
from clausebook.model import PolicyKind, RevisionRecord
from clausebook.model.text import as_read

SURE = 80  # of 100: how like a kind's label a title must be
NO_PLACE = "the importer found no place for it: put it where it belongs"
HEAD_OF = "Brought in from {}. What a program suggested is under `suggested`, what it was not sure of under `doubts`:\nclausebook review goes through them. A draft is not published."
NO_TEXT = UnreadableError("there are no words in it that could be a clause", "all of it is empty, or page heads and feet", "open it and look; a scan must go through text recognition first")  # fmt: skip


@dataclass(frozen=True)
class Brought:
    """What a file becomes, before it is written."""

    name: str
    """Of the file."""
    policy: str
    revision: str
    kind: str | None
    document: Document
    draft: Draft
    record: RevisionRecord
    text: str
    """Of the revision's file."""
    pictures: Mapping[str, bytes]
    accounted: Sequence[Accounted]

    @property
    def lost(self) -> list[Accounted]:
        return [one for one in self.accounted if one.where == "lost"]


def bring_in(
    path: Path, loaded: Loaded, *, trust: str, policy: str | None, kind: str | None, revision: str | None, today: date
) -> Brought:
    """Read a file, and make a draft of it. Raises UnreadableError. What is not said is found: the policy, its kind, the revision's id."""
    document = read_document(path)
    draft = build_draft(document, _name_of(path))
    if not draft.sections:
        raise NO_TEXT
    kinds = _kinds(loaded)
    guessed = guess_kind(draft.title, kinds)
    chosen = policy or kind or guessed or fresh_id(draft.title, ())
    known = loaded.kind_of(trust, chosen)
    found = kind or (known.id if known else guessed)
    source = source_of(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), document, draft.title)
    suggester = _suggester(loaded, next((one for one in kinds if one.id == found), None))
    made = make_revision(draft, document, suggester, source)
    name = revision or _dated(made.fields.get("dates", {}), today)
    before = [one for one in loaded.revisions if (one.trust, one.policy) == (trust, chosen)]
    replaced = next(
        (one.id for one in before if one.file.record.status == "in-force"),
        max((one.id for one in before), default=None),
    )
    is_guessed = found is not None and found not in (kind, policy) and (trust, chosen) not in loaded.policies
    told = {**made.fields, "suggested": [*made.fields.get("suggested", ()), *(["kind"] if is_guessed else [])]}
    fields = _with_lost(_ordered(told, replaced), document, draft, made.ids)
    record = RevisionRecord.model_validate(fields)
    return Brought(
        path.name, chosen, name, found, document, draft, record, written(fields, HEAD_OF.format(path.name).split("\n")), made.pictures | draft.kept_pictures,
        account_for(document, draft, record, made.ids),
    )  # fmt: skip


def _dated(dates: Mapping[str, str], today: date) -> str:
    """What a revision is called: by the month of the date that its document bears."""
    told = next((dates[name] for name in ("titled", "effective", "approved", "published") if name in dates), None)
    return told[:7] if told else f"{today:%Y-%m}"


def _ordered(fields: Mapping[str, Any], replaces: str | None) -> dict[str, Any]:
    head = {name: fields[name] for name in ("title", "version", "status", "wording") if name in fields}
    return head | ({"replaces": replaces} if replaces else {}) | dict(fields)


def _with_lost(
    fields: dict[str, Any], document: Document, draft: Draft, ids: Mapping[Place, Sequence[str]]
) -> dict[str, Any]:
    """The fields, with words that found no place listed as left out: they are not lost, and everybody sees that they are missing."""
    accounted = account_for(document, draft, RevisionRecord.model_validate(fields), ids)
    lost = [LeftOut(one.block, NO_PLACE) for one in accounted if one.where == "lost"]
    if not lost:
        return fields
    draft.left_out += lost
    doubts = [
        *fields.get("doubts", []),
        f"{len(lost)} blocks of the document found no place: they are listed under `left_out`. Put each where it belongs.",
    ]
    return {**fields, "left_out": left_out(draft.left_out), "doubts": doubts}


def guess_kind(title: str, kinds: Sequence[PolicyKind]) -> str | None:
    """The kind of policy that a title names, where one is named clearly."""
    words = re.sub(r"\b(?:policy|procedure|staff|school|trust|academy|and)\b", " ", as_read(title).lower())
    scored = [
        (fuzz.token_set_ratio(re.sub(r"\b(?:policy|procedure|staff|and)\b", " ", kind.label.lower()), words), kind.id)
        for kind in kinds
    ]
    best = max(scored, default=(0, None))
    return best[1] if best[0] >= SURE else None


def _kinds(loaded: Loaded) -> Sequence[PolicyKind]:
    return loaded.kinds.record.kinds if loaded.kinds else ()


def _name_of(path: Path) -> str:
    return re.sub(r"[-_]+", " ", path.stem).strip().capitalize() or "Policy"


def _suggester(loaded: Loaded, kind: PolicyKind | None) -> Suggester:
    subjects = subjects_for(loaded, kind).values()
    return Suggester(
        topics=topic_finder(loaded, kind),
        roles=frozenset(role.id for role in loaded.roles.record.roles) if loaded.roles else frozenset(),
        about_pupils=frozenset(
            topic.id for one in subjects for group in one.groups for topic in group.topics if topic.pupils
        ),
        questions=tuple(question for one in subjects for question in one.questions),
    )
