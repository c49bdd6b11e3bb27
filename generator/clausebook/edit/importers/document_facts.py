"""What a document says of itself as fields of its revision: dates, version, owner, history, and what is in no clause."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Any

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.outline.draft import Draft, LeftOut
from clausebook.edit.importers.outline.front import Fact, facts_of, history_of, read_date
from clausebook.model.text import as_read, plain_words

MOST_SIGNS = 3900
OTHERS = re.compile(
    r"\b(?:appl(?:ies|y)|covers?) (?:to )?[^.]{0,200}\b(?:volunteer|governor|trustee|agency|contractor|consultant|visitor|casual|supply|supplier)",
    re.IGNORECASE,
)


def document_facts(draft: Draft) -> dict[str, Any]:
    """The fields that the document's own tables and lines give, with the doubts about them under `doubts`."""
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
        "doubts": [*doubts, *_others_covered(draft)],
    }


def _others_covered(draft: Draft) -> list[str]:
    """A doubt where the document covers more than staff: whom it applies to is taken for granted otherwise."""
    words = next((words for item in draft.all_items if OTHERS.search(words := as_read(item.text))), None)
    if words is None:
        return []
    return [
        f"It is taken to apply to staff alone, and it says “{textwrap.shorten(words, 120, placeholder=' …')}”: add the others, with [w] in the review."
    ]


def front_matter(draft: Draft) -> list[dict[str, Any]]:
    """What is about the document, as the revision lists it."""
    blocks = [*([draft.title_block] if draft.title_block else []), *draft.front]
    entries = []
    for block in sorted(blocks, key=lambda block: block.place.line):
        words = _all_words(block)
        parts = [words[i : i + MOST_SIGNS] for i in range(0, len(words), MOST_SIGNS)]
        entries += [{"lines": str(block.place.line), "says": part} for part in parts]
    return entries


def _all_words(block: Block) -> str:
    if block.rows:
        rows = (" · ".join(as_line(cell.text) for cell in row if cell.text) for row in block.rows)
        return "; ".join(filter(None, (as_line(block.text), *rows)))
    if block.picture:
        return f"A picture: {block.text or block.picture.alternative or 'without words'}."
    return as_line(block.in_full)


def as_line(text: str) -> str:
    """The words of a text, on one line."""
    return " ".join(plain_words(text).split())


def left_out(found: Sequence[LeftOut]) -> list[dict[str, Any]]:
    """What was left out, as the revision lists it: one entry a reason and words: a foot that stands on each page is told once.

    A picture is told once, too, wherever it stands.
    """
    entries: dict[tuple[str, str], list[int]] = {}
    told: dict[str, tuple[str, str]] = {}
    for one in found:
        words = _all_words(one.block)
        for part in [words[i : i + MOST_SIGNS] for i in range(0, len(words), MOST_SIGNS)]:
            entry = (one.why, part)
            if one.block.picture:
                entry = told.setdefault(one.block.picture.file, entry)
            entries.setdefault(entry, []).append(one.block.place.line)
    return [
        {
            "lines": str(min(lines)) if min(lines) == max(lines) else f"{min(lines)}-{max(lines)}",
            "says": says,
            "why": why,
        }
        for (why, says), lines in entries.items()
    ]
