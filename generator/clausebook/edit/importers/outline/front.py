"""What a document says of itself before its text begins: its title, and tables or lines with its version, dates, owner and approval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausebook.edit.importers.blocks import Block
from clausebook.edit.importers.outline.draft import rows_in_words
from clausebook.model.text import as_read

FIELDS: Mapping[str, re.Pattern[str]] = {
    "version": re.compile(r"(?:policy |document |current )?(?:version|issue|revision|edition)(?: (?:no\.?|number))?", re.IGNORECASE),
    "approved": re.compile(r"(?:date (?:of )?(?:approval|approved|ratified|ratification|adopted|adoption|agreed)|(?:approved|ratified|adopted|agreed)(?: on| date)?|approval date|(?:date )?(?:approved|ratified|adopted|agreed) by (?:the )?(?:governors|trustees|board|governing body|trust board)(?: on)?|date approved by .{3,40})", re.IGNORECASE),
    "approved_by": re.compile(r"(?:approved|ratified|adopted|authorised|agreed)(?: and \w+)? by|approv(?:er|ing body)|approval (?:body|level)|approving committee|committee", re.IGNORECASE),
    "published": re.compile(r"(?:date (?:of )?(?:publication|published|issue|issued)|publi(?:shed|cation date)(?: on)?|issue date|date of issue|issued(?: on)?)", re.IGNORECASE),
    "effective": re.compile(r"(?:effective|implementation|commencement)(?: date| from)?|date (?:effective|of implementation|implemented)(?: from)?|(?:valid|in force) from", re.IGNORECASE),
    "review_due": re.compile(r"(?:next |date (?:of|for) (?:next )?|policy |due for )?review(?:ed)?(?: (?:date|due|by|on))?(?: date)?|next review(?: is)?(?: due)?(?: date)?|date (?:of|for) (?:next )?review|to be reviewed(?: by)?|renewal date", re.IGNORECASE),
    "owner": re.compile(r"(?:policy |document )?(?:owner|lead|author|holder)(?:\(s\)|s)?|(?:person|member of staff|officer|postholder) responsible|responsib(?:le (?:person|officer|member of staff)|ility)|written by|prepared by|lead (?:person|officer|member of staff)|originator|reviewed by", re.IGNORECASE),
    "titled": re.compile(r"(?:policy |document )?date(?: of (?:policy|document))?|created(?: on)?|last (?:reviewed|updated|review)(?: (?:date|on))?|(?:date )?(?:last )?(?:updated|amended)(?: on)?|date of last review", re.IGNORECASE),
    "other": re.compile(r"(?:policy |document )?(?:name|title|type|status|ref(?:erence)?(?: (?:no|number))?\.?|category|number|scope|location|audience|applies to|distribution|statutory|source|format|classification|signed(?: by)?|chair(?: of (?:governors|trustees))?|signature|print name|related (?:policies|documents)|linked (?:policies|documents)|review (?:cycle|period|frequency|interval)|frequency of review|website|contact)", re.IGNORECASE),
}  # fmt: skip
HISTORY = re.compile(
    r"(?:version|date|revision|author|change|amendment|summary|comment|reason|detail|descri)", re.IGNORECASE
)
HISTORY_HEADING = re.compile(
    r"(?:version|document|change|amendment|revision|review)s?(?: and \w+)? (?:history|control|log|record|table|information|status|details)|history of .{3,30}|document (?:management|properties)",
    re.IGNORECASE,
)
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH}),?\s+(?P<year>(?:19|20)\d\d)|(?P<month2>{MONTH}),?\s+(?P<year2>(?:19|20)\d\d)"
    r"|(?P<d3>\d{1,2})[/.-](?P<m3>\d{1,2})[/.-](?P<y3>(?:19|20)?\d\d)(?!\d)|(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)(?:-(?P<d4>\d\d))?|\b(?P<y5>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
SPRING, TERMS = 3, {"autumn": 9, "spring": 1, "summer": 4}
SEVERAL = re.compile(r"\n|\t+|(?<=[.;|])\s+(?=[A-Z][^.;|:]{2,40}:)|\s*\|\s*")
"""Where one label with its value ends and the next begins, on one line."""
MOST_LABEL_WORDS, MOST_VALUE_WORDS = 7, 14
MOST_EARLY = 25  # blocks within which a document names itself


@dataclass(frozen=True)
class Fact:
    """Something that a document says of itself, with the block that says it."""

    name: str
    value: str
    block: Block


def read_date(text: str) -> str | None:
    """The first date of a text as YYYY, YYYY-MM or YYYY-MM-DD, as exact as it is given; the day stands before the month, as in England."""
    found = DATE.search(text)
    if not found:
        return None
    if found["y5"]:
        return found["y5"]
    if found["y4"]:
        parts = (int(found["y4"]), int(found["m4"]), int(found["d4"] or 0))
    elif found["y3"]:
        year = int(found["y3"])
        parts = (year if year > 99 else 2000 + year, int(found["m3"]), int(found["d3"]))
    else:
        month = MONTHS[(found["month"] or found["month2"])[:3].lower()]
        parts = (int(found["year"] or found["year2"]), month, int(found["day"] or 0))
    year, month, day = parts
    if not 1 <= month <= 12 or day > 31:
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def is_control_table(block: Block) -> bool:
    """Whether a table says what the document is, and not what it rules: most labels of its first column, or of its head, are such."""
    if block.kind != "table":
        return False
    rows = [[as_read(cell) for cell in row] for row in rows_in_words(block.rows)]
    labels = [row[0] for row in rows if row and row[0]]
    labels += [cell for row in rows for cell in row[2::2] if cell and len(cell.split()) <= MOST_LABEL_WORDS]
    first = [row[0] for row in rows if row and row[0]]
    told = sum(1 for label in first if field_of(label))
    if first and told * 2 > len(first):
        return True
    head = [cell for cell in rows[0] if cell] if rows else []
    return (
        len(head) > 1
        and len(rows) > 1
        and sum(1 for cell in head if field_of(cell) or (HISTORY.search(cell) and len(cell.split()) <= 4)) == len(head)
        and any(re.search(r"version|date|author|revision", cell, re.IGNORECASE) for cell in head)
    )


def field_of(label: str) -> str | None:
    """The fact that a label names, as a field of a revision."""
    words = as_read(label).strip().rstrip(":?").strip()
    if not words or len(words.split()) > MOST_LABEL_WORDS:
        return None
    return next((name for name, pattern in FIELDS.items() if pattern.fullmatch(words)), None)


def is_control_line(block: Block) -> bool:
    """Whether a line is a label with its value, such as `Review date: May 2027` or `Effective from 1 May 2026`."""
    found = _label_and_value(block.text)
    return block.kind == "paragraph" and found is not None and len(found[1].split()) <= MOST_VALUE_WORDS


def _label_and_value(text: str) -> tuple[str, str] | None:
    words = as_read(text)
    label, colon, value = words.partition(":")
    if colon and field_of(label):
        return label, value.strip().rstrip(".;")
    dated = DATE.search(words)
    if dated and re.fullmatch(r"[ .]*(?: by (?:\S+ ?){1,6})?", words[dated.end() :]):
        label = words[: dated.start()].strip(" -–,")
        return (label, dated[0]) if field_of(label) else None
    return None


def facts_of(blocks: Sequence[Block]) -> list[Fact]:
    """What tables and lines outside the text say of the document."""
    found: list[Fact] = []
    for block in blocks:
        for label, value in _pairs(block):
            if (name := field_of(label)) and value and name != "other":
                found.append(Fact(name, value, block))
    return found


def _pairs(block: Block) -> Iterator[tuple[str, str]]:
    if block.kind == "table":
        rows = [[as_read(cell) for cell in row] for row in rows_in_words(block.rows)]
        if len(rows) == 2 and len(rows[0]) > 2 and all(field_of(cell) for cell in rows[0] if cell):
            yield from zip(rows[0], rows[1], strict=False)
            return
        for row in rows:
            yield from zip(row[::2], row[1::2], strict=False)
    else:
        for part in SEVERAL.split(block.text):
            if found := _label_and_value(part):
                yield found


@dataclass(frozen=True)
class Entry:
    """A row of a table of versions."""

    revision: str | None
    date: str | None
    author: str | None
    says: str


def history_of(blocks: Sequence[Block]) -> list[Entry]:
    """The rows of the document's own list of changes, as it has them."""
    entries: list[Entry] = []
    for block in blocks:
        rows = [[as_read(cell) for cell in row] for row in rows_in_words(block.rows)] if block.kind == "table" else []
        head = [cell.lower() for cell in rows[0]] if rows else []
        says = next(
            (
                i
                for i, cell in enumerate(head)
                if re.search(r"change|amendment|summary|comment|reason|detail|descri|note", cell)
            ),
            None,
        )
        if says is None or not re.search(r"version|date|revision|author", " ".join(head)):
            continue
        place = {name: next((i for i, cell in enumerate(head) if i != says and re.search(pattern, cell)), None)
                 for name, pattern in (("revision", "version|revision|issue"), ("date", "date"), ("author", "author|by|who|name"))}  # fmt: skip
        for row in rows[1:]:
            value = {name: row[i] if i is not None else "" for name, i in place.items()}
            if row[says]:
                entries.append(
                    Entry(value["revision"] or None, read_date(value["date"]), value["author"] or None, row[says])
                )
    return entries


def find_title(blocks: Sequence[Block], headings: Mapping[int, object]) -> int | None:
    """The place of the block that names the document: in a title's style, or what stands out most before the text begins."""
    early = [
        (i, block)
        for i, block in enumerate(blocks[:MOST_EARLY])
        if block.kind in ("paragraph", "heading") and as_read(block.text)
    ]
    for index, block in early:
        if (block.look.style or "").casefold() in ("title", "titel") and len(block.text.split()) <= 20:
            return index
    levels = [(i, block.level) for i, block in enumerate(blocks) if block.kind == "heading" and block.level is not None]
    if (
        len(levels) > 1
        and levels[0][0] < MOST_EARLY
        and not blocks[levels[0][0]].mark
        and all(level > levels[0][1] for _, level in levels[1:])
    ):
        return levels[0][0]
    first = next(
        (
            i
            for i in sorted(headings)
            if re.match(
                r"(?:\W*1\b|introduction|purpose|aims?|scope|policy statement)",
                f"{blocks[i].mark} {as_read(blocks[i].text)}".strip(),
                re.IGNORECASE,
            )
        ),
        None,
    )
    told = [
        (i, block) for i, block in early
        if (first is None or i < first) and not block.mark and 1 < len(block.text.split()) <= 16 and not is_control_line(block) and re.search(r"policy|procedure|code of|guidance|guidelines|agreement|handbook|statement|protocol|terms of|notice|scheme|framework|plan\b", block.text, re.IGNORECASE)
        and not as_read(block.text).endswith((".", ":"))
    ]  # fmt: skip
    if told:
        return max(told, key=lambda one: (one[1].look.size or 0, one[1].look.bold, -one[0]))[0]
    big = [
        (i, block)
        for i, block in early
        if (first is None or i < first) and block.look.size and not block.mark and len(block.text.split()) <= 16
    ]
    body = sorted(block.look.size for block in blocks if block.look.size)
    middle = body[len(body) // 2] if body else 0
    best = max(big, key=lambda one: (one[1].look.size or 0, -one[0]), default=None)
    return best[0] if best and (best[1].look.size or 0) > middle + 1 else None
