"""A draft as the fields of a revision's file, with what is suggested and what is doubtful marked as such."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from clausebook.edit.importers.blocks import Block, Document, Picture, Place
from clausebook.edit.importers.ids import fresh_id
from clausebook.edit.importers.outline.draft import Draft, DraftItem, DraftSection, DraftTable, LeftOut
from clausebook.edit.importers.outline.front import Fact, facts_of, history_of, read_date
from clausebook.edit.importers.suggestions.force import forces_of, guess_force, guess_whom, last_sentence
from clausebook.edit.importers.suggestions.topics import TopicFinder, find_evidence
from clausebook.model import Question
from clausebook.model.text import find_phrase, plain_words

DEFINES = re.compile(
    r"[“\"‘'*]{1,3}(?P<word>[^“”\"‘’*]{2,60}?)[”\"’'*]{1,3}\s*(?:,? as used in this policy,?\s*)?(?:means?|refers? to|is defined as|includes)\b"
)
MOST_SIGNS = 3900
NO_ALTERNATIVE = "To be written: what this picture says."
NO_HEADER = "(no heading)"
PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
MUST_KNOW = 10


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
    fields: dict[str, Any] = {"title": draft.title[:MOST_SIGNS], **_facts(draft)}
    sections = [_section(section, making) for section in draft.sections]
    fields |= {
        "source": dict(source),
        "front_matter": _front(draft),
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
    return told + [f"Taken out, because nobody sees it: {words}." for words in document.hidden]


# What the document says of itself


def _facts(draft: Draft) -> dict[str, Any]:
    found: dict[str, Fact] = {}
    doubts = []
    for fact in facts_of(draft.front):
        name, value = fact.name, fact.value
        if name == "approved_by" and read_date(value) and len(value.split()) <= 4:
            name = "approved"
        if name not in ("version", "approved_by", "owner"):
            dated = read_date(value)
            if dated is None:
                continue
            value = dated
        if name in found and found[name].value != value:
            doubts.append(
                f"The document gives `{name}` twice, as “{found[name].value}” and “{value}”: the first is taken."
            )
        found.setdefault(name, Fact(name, value[:20] if name == "version" else value, fact.block))
    dates = {
        name: found[name].value
        for name in ("titled", "approved", "published", "effective", "review_due")
        if name in found
    }
    for early in ("titled", "approved", "published", "effective"):
        if early in dates and "review_due" in dates and dates[early][: len(dates["review_due"])] > dates["review_due"]:
            doubts.append(
                f"The document gives {dates[early]} for `{early}`, which is later than its review, {dates['review_due']}: left out."
            )
            del dates[early]
    if dates.get("published", "9999")[:7] < dates.get("approved", "")[:7]:
        doubts.append(f"The document was published on {dates.pop('published')}, before it was approved: left out.")
    history = [
        {
            name: value
            for name, value in (
                ("revision", one.revision),
                ("date", one.date),
                ("author", one.author),
                ("says", one.says),
            )
            if value
        }
        for one in history_of(draft.front)
    ]
    texts: dict[str, Any] = {name: found[name].value for name in ("version", "approved_by", "owner") if name in found}
    suggested = ["title", *texts, *dates, *(["history"] if history else [])]
    head: dict[str, Any] = {"version": texts.pop("version")} if "version" in texts else {}
    return {
        **head,
        "status": "draft",
        "wording": "verbatim",
        "dates": dates,
        **texts,
        "binds": ["staff"],
        "history": history,
        "suggested": suggested,
        "doubts": doubts,
    }


def _front(draft: Draft) -> list[dict[str, Any]]:
    blocks = [*([draft.title_block] if draft.title_block else []), *draft.front]
    entries = []
    for block in sorted(blocks, key=lambda block: block.place.line):
        words = _all_words(block)
        parts = [words[i : i + MOST_SIGNS] for i in range(0, len(words), MOST_SIGNS)]
        entries += [{"lines": str(block.place.line), "says": part} for part in parts]
    return entries


def _all_words(block: Block) -> str:
    if block.rows:
        return "; ".join(" · ".join(as_line(cell.text) for cell in row if cell.text) for row in block.rows)
    if block.picture:
        return f"A picture: {block.text or block.picture.alternative or 'without words'}."
    return as_line(block.in_full)


def as_line(text: str) -> str:
    return " ".join(plain_words(text).split())


def left_out(found: Sequence[LeftOut]) -> list[dict[str, Any]]:
    """What was left out, as the revision lists it: one entry a reason and words: a foot that stands on each page is told once."""
    entries: dict[tuple[str, str], list[int]] = {}
    for one in found:
        words = _all_words(one.block)
        for part in [words[i : i + MOST_SIGNS] for i in range(0, len(words), MOST_SIGNS)]:
            entries.setdefault((one.why, part), []).append(one.block.place.line)
    return [
        {
            "lines": str(min(lines)) if min(lines) == max(lines) else f"{min(lines)}-{max(lines)}",
            "says": says,
            "why": why,
        }
        for (why, says), lines in entries.items()
    ]


# The text


def _section(section: DraftSection, making: _Making) -> dict[str, Any]:
    name = fresh_id(section.heading, making.taken, "section")
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
    head: dict[str, Any] = {key: fields.pop(key) for key in ("id", "number") if key in fields}
    return {**head, **more, "suggested": suggested, **({"doubts": doubts} if doubts else {}), **fields}


def _whole(item: DraftItem) -> str:
    return " ".join((item.text, *(_whole(below) for below in item.items), item.after))


def _item(item: DraftItem, making: _Making, *, is_clause: bool = False) -> dict[str, Any]:
    name = fresh_id(item.text, making.taken)
    making.taken.add(name)
    for block in item.blocks:
        making.went(block, name)
    fields: dict[str, Any] = {"id": name}
    if item.number:
        fields["number"] = item.number[:20]
    suggested = []
    if not is_clause and (force := guess_force(item.text)):
        fields["modality"] = force
        suggested.append("modality")
    if (word := _defined(item, making)) is not None:
        fields["defines"] = word
        suggested.append("defines")
    if suggested and not is_clause:
        fields["suggested"] = suggested
    if item.doubts:
        fields["doubts"] = [doubt.says for doubt in item.doubts]
    fields["text"] = item.text
    fields |= _structures(item, making)
    if item.items:
        fields["items"] = [_item(below, making) for below in item.items]
    if item.after:
        fields["after"] = item.after
    if item.note:
        fields["note"] = item.note
    return fields


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
        kept = _picture(item, item.picture, making)
        if kept:
            fields["figure"] = kept
    if item.form:
        fields["form"] = {
            "title": as_line(item.text)[:200] or "Form",
            "fields": [_form_field(label) for label in item.form],
        }
    return fields


def _table(table: DraftTable) -> dict[str, Any]:
    header, *rows = table.rows
    caption = {"caption": table.caption} if table.caption else {}
    return {**caption, "header": [cell or NO_HEADER for cell in header], "rows": [list(row) for row in rows]}


def _picture(item: DraftItem, picture: Picture, making: _Making) -> dict[str, Any] | None:
    ending = next((ending for magic, ending in PICTURES.items() if picture.data.startswith(magic)), None)
    if ending is None:
        return None
    name = f"picture-{hashlib.sha256(picture.data).hexdigest()[:12]}.{ending}"
    making.pictures[name] = picture.data
    return {
        "file": name,
        "alternative": picture.alternative or NO_ALTERNATIVE,
        **({"caption": item.caption} if item.caption else {}),
    }


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
