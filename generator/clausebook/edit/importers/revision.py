"""A draft as the fields of a revision's file, with what is suggested and what is doubtful marked as such."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from clausebook.edit.importers.blocks import Block, Document, Place
from clausebook.edit.importers.document_facts import MOST_SIGNS, document_facts, front_matter, left_out
from clausebook.edit.importers.ids import fresh_id
from clausebook.edit.importers.outline.draft import Draft, DraftItem, DraftSection, DraftTable
from clausebook.edit.importers.pictures import figure_of
from clausebook.edit.importers.suggestions.force import forces_of, guess_force, guess_whom, last_sentence
from clausebook.edit.importers.suggestions.topics import TopicFinder, find_evidence
from clausebook.model import Question
from clausebook.model.labels import FORCE
from clausebook.model.text import find_phrase

DEFINES = re.compile(
    r"[“\"‘'*]{1,3}(?P<word>[^“”\"‘’*]{2,60}?)[”\"’'*]{1,3}\s*(?:,? as used in this policy,?\s*)?(?:means?|refers? to|is defined as|includes)\b"
)
FORM_TITLE = "To fill in"  # the clause's own words are above it
NO_HEADER = "(no heading)"
NO_WORDS = "(no words in the document)"
MUST_KNOW = 10
LONGEST = 80  # signs of an id


@dataclass(frozen=True)
class Suggester:
    """What suggestions rest on."""

    topics: TopicFinder
    roles: frozenset[str]
    about_pupils: frozenset[str]
    questions: tuple[Question, ...]
    core: frozenset[str] = frozenset()


@dataclass
class _Making:
    suggester: Suggester
    taken: set[str] = field(default_factory=set)
    defined: set[str] = field(default_factory=set)
    pictures: dict[str, bytes] = field(default_factory=dict)
    must_know: int = 0
    told: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    ids: dict[Place, list[str]] = field(default_factory=dict)
    """The clauses and sections that the block at a place went into."""

    def went(self, block: Block, name: str) -> None:
        """Note that a block, and what stands in its cells, is in the clause or section of this id."""
        for one in block.walk():
            self.ids.setdefault(one.place, []).append(name)


@dataclass(frozen=True)
class Made:
    """A revision's file, and what goes with it."""

    fields: dict[str, Any]
    pictures: dict[str, bytes]
    """By their names in the policy's folder files/."""
    ids: Mapping[Place, Sequence[str]]
    """The ids of the clauses and sections that the block at a place went into."""


def make_revision(draft: Draft, document: Document, suggester: Suggester, source: Mapping[str, Any]) -> Made:
    """The fields of a draft revision in the trust's own words; `source` tells of the file."""
    making = _Making(suggester)
    fields: dict[str, Any] = {"title": draft.title[:MOST_SIGNS], **document_facts(draft)}
    sections = [_section(section, making) for section in draft.sections]
    fields |= {
        "source": dict(source),
        "front_matter": front_matter(draft),
        "left_out": left_out(draft.left_out),
        "doubts": [doubt.says for doubt in draft.doubts] + fields.pop("doubts", []) + _of_document(document),
        "sections": sections,
        "evidence": {name: list(ids) for name, ids in find_evidence(suggester.questions, making.told).items()},
    }
    return Made(
        {name: value for name, value in fields.items() if value not in ([], {}, None)}, making.pictures, making.ids
    )


def _of_document(document: Document) -> list[str]:
    told = []
    if document.changes:
        told.append(
            f"The file holds {len(document.changes)} tracked changes: they are taken as accepted, and listed in the report."
        )
    if document.comments:
        told.append(
            f"The file holds {len(document.comments)} comments: they are listed in the report, and in no clause."
        )
    return told + [f"Taken out, because no one sees it: {words}." for words in document.hidden]


def _section(section: DraftSection, making: _Making) -> dict[str, Any]:
    name = _given_id(section.block.given if section.block else {}, making) or fresh_id(
        section.heading, making.taken, "section"
    )
    making.taken.add(name)
    if section.block is not None:
        making.went(section.block, name)
    fields: dict[str, Any] = {"id": name}
    if section.number:
        fields["number"] = section.number[:20]
    fields["heading"] = section.heading[:MOST_SIGNS]
    if section.block is None:
        fields["heading_lost"] = True
    if section.doubts:
        fields["doubts"] = [doubt.says for doubt in section.doubts]
    fields["clauses"] = [_clause(item, section, making) for item in section.clauses]
    if section.sections:
        fields["sections"] = [_section(below, making) for below in section.sections]
        if not fields["clauses"]:
            del fields["clauses"]
    return fields


def _clause(item: DraftItem, section: DraftSection, making: _Making) -> dict[str, Any]:
    whole = _whole(item)
    topics = making.suggester.topics.find(whole, section.heading) or making.suggester.topics.topics[:1]
    force = (
        guess_force(last_sentence(item.text) if item.items else item.text)
        or guess_force(item.text)
        or guess_force(section.heading)
        or "states"
    )
    fields = _item(item, making, is_clause=True)
    name = fields["id"]
    suggested = ["modality", "topics"]
    given = item.blocks[0].given if item.blocks else {}
    binds = guess_whom(item.text, making.suggester.roles)
    must_know = (
        force in ("must", "must-not")
        and not binds
        and bool(set(topics) & making.suggester.about_pupils)
        and making.must_know < MUST_KNOW
    )
    more: dict[str, Any] = {"modality": force, "topics": list(topics)}
    if binds:
        more["binds"] = [binds]
        suggested.append("binds")
    if must_know:
        more["must_know"] = True
        making.must_know += 1
        suggested.append("must_know")
    if "defines" in fields:
        suggested.append("defines")
    doubts = fields.pop("doubts", [])
    forces = forces_of(item.text)
    if len(forces) > 1:
        doubts.append(
            f"Its sentences have different forces ({', '.join(sorted(one.replace('-', ' ') for one in forces))}): check the force, or split it."
        )
    making.told.append((name, whole, topics))
    more, suggested = _as_given(given, more, suggested, making.suggester)
    head: dict[str, Any] = {key: fields.pop(key) for key in ("id", "number") if key in fields}
    return {
        **head,
        **more,
        **({"suggested": suggested} if suggested else {}),
        **({"doubts": doubts} if doubts else {}),
        **fields,
    }


def _as_given(
    given: Mapping[str, str], more: dict[str, Any], suggested: list[str], suggester: Suggester
) -> tuple[dict[str, Any], list[str]]:
    """What the format says itself in place of what would be suggested."""
    found = dict(more)
    if given.get("force") in FORCE:
        found["modality"] = given["force"]
    topics, roles = given.get("topics", "").split(), given.get("binds", "").split()
    if topics and set(topics) <= set(suggester.topics.topics):
        found["topics"] = topics
    if roles and set(roles) <= suggester.roles:
        found["binds"] = roles
    if "force" in given or topics:
        found.pop("must_know", None)
    if given.get("must_know", "").lower() in ("yes", "true", "x"):
        found["must_know"] = True
    said = {"modality": "force", "topics": "topics", "binds": "binds", "must_know": "force"}
    return found, [name for name in suggested if name in found and not (name in said and given.get(said[name]))]


def _given_id(given: Mapping[str, str], making: _Making) -> str | None:
    name = given.get("id", "")
    return (
        name
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= LONGEST and name not in making.taken
        else None
    )


def _whole(item: DraftItem) -> str:
    return " ".join((item.text, *(_whole(below) for below in item.items), item.after))


def _item(item: DraftItem, making: _Making, *, is_clause: bool = False) -> dict[str, Any]:
    given = item.blocks[0].given if item.blocks else {}
    name = _given_id(given, making) or fresh_id(item.text, making.taken)
    making.taken.add(name)
    for block in item.blocks:
        making.went(block, name)
    fields: dict[str, Any] = {"id": name}
    if item.number:
        fields["number"] = item.number[:20]
    suggested = []
    if not is_clause and (force := _force_of_item(item, given)):
        fields["modality"] = force
        suggested += [] if "force" in given else ["modality"]
    if (word := _defined(item, making)) is not None:
        fields["defines"] = word
        suggested.append("defines")
    if suggested and not is_clause:
        fields["suggested"] = suggested
    if item.doubts:
        fields["doubts"] = [doubt.says for doubt in item.doubts]
    fields["text"] = item.text or NO_WORDS
    fields |= _structures(item, making)
    if item.items:
        fields["items"] = [_item(below, making) for below in item.items]
    if item.after:
        fields["after"] = item.after
    if item.note:
        fields["note"] = item.note
    return fields


def _force_of_item(item: DraftItem, given: Mapping[str, str]) -> str | None:
    """What the format says itself; else the item's own words, where they state a force; a row without a force has that of its clause."""
    if given:
        return given.get("force") if given.get("force") in FORCE else None
    return guess_force(item.text)


def _defined(item: DraftItem, making: _Making) -> str | None:
    found = DEFINES.match(item.text)
    word = found["word"].strip() if found else None
    if not word or word.casefold() in making.defined or not find_phrase(word, item.text):
        return None
    making.defined.add(word.casefold())
    return word


def _structures(item: DraftItem, making: _Making) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if item.table:
        fields["table"] = _table(item.table)
    if item.picture:
        making.pictures[item.picture.file] = item.picture.data
        fields["figure"] = figure_of(item.picture, item.caption)
    if item.form:
        fields["form"] = {"title": FORM_TITLE, "fields": [_form_field(label) for label in item.form]}
    return fields


def _table(table: DraftTable) -> dict[str, Any]:
    header, *rows = table.rows
    caption = {"caption": table.caption} if table.caption else {}
    return {**caption, "header": [cell or NO_HEADER for cell in header], "rows": [list(row) for row in rows]}


def _form_field(label: str) -> dict[str, Any]:
    words = label.lower()
    kind = next(
        (kind for kind, pattern in (("signature", r"\bsign"), ("date", r"\bdate")) if re.search(pattern, words)), "text"
    )
    return {"label": label, **({"kind": kind} if kind != "text" else {})}


def source_of(name: str, digest: str, document: Document, title: str) -> dict[str, Any]:
    """What the revision says of the file that it was brought in from."""
    lines = max((block.place.line for block in document.all_blocks), default=1)
    return {"title": title, "file": PurePath(name).name, "sha256": digest, "lines": str(lines)}
