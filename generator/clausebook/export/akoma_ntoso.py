"""A revision as Akoma Ntoso 3.0 (OASIS LegalDocML), for systems that hold laws and rules: a document with sections, paragraphs, lists and tables.

The standard has no element for a clause's force or topics: they stand in a `proprietary` part of the metadata, by the clause's `eId`.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from clausebook.model.handbook import Handbook, Revision
from clausebook.model.revision import Item, SectionRecord
from clausebook.model.structures import Table, blocks_in_words
from clausebook.model.text import paragraphs_of, plain_words

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
TRUST = "cb-trust"  # no clause has an id that begins so
OWN = "urn:clausebook:clauses:1"
NO_DATE = "0001-01-01"  # the standard wants a date; a policy may bear none


def render_akoma_ntoso(revision: Revision, handbook: Handbook) -> bytes:
    """The XML, the same bytes for the same input."""
    register_namespace("", AKN)
    register_namespace("cb", OWN)
    root = Element(_tag("akomaNtoso"))
    document = SubElement(root, _tag("doc"), {"name": "policy"})
    _meta(document, revision, handbook)
    preface = SubElement(document, _tag("preface"))
    title = SubElement(preface, _tag("p"))
    SubElement(title, _tag("docTitle")).text = plain_words(revision.record.title)
    body = SubElement(document, _tag("mainBody"))
    for section in revision.record.sections:
        _section(body, section)
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _tag(name: str) -> str:
    return f"{{{AKN}}}{name}"


def _meta(document: Element, revision: Revision, handbook: Handbook) -> None:
    meta = SubElement(document, _tag("meta"))
    identification = SubElement(meta, _tag("identification"), {"source": f"#{TRUST}"})
    work = f"/akn/gb/doc/policy/{revision.trust}/{revision.policy}"
    starts = revision.record.dates.starts
    day = _whole(starts[1]) if starts else NO_DATE
    for level, address in (
        ("FRBRWork", work),
        ("FRBRExpression", f"{work}/eng@{revision.id}"),
        ("FRBRManifestation", f"{work}/eng@{revision.id}.xml"),
    ):
        part = SubElement(identification, _tag(level))
        SubElement(part, _tag("FRBRthis"), {"value": address})
        SubElement(part, _tag("FRBRuri"), {"value": address})
        SubElement(part, _tag("FRBRdate"), {"date": day, "name": starts[0] if starts else "not-stated"})
        SubElement(part, _tag("FRBRauthor"), {"href": f"#{TRUST}"})
        if level == "FRBRWork":
            SubElement(part, _tag("FRBRcountry"), {"value": "gb"})
        if level == "FRBRExpression":
            SubElement(part, _tag("FRBRlanguage"), {"language": "eng"})
    references = SubElement(meta, _tag("references"), {"source": f"#{TRUST}"})
    name = handbook.trust(revision.trust).record.name
    SubElement(
        references,
        _tag("TLCOrganization"),
        {"eId": TRUST, "href": f"/ontology/organization/{revision.trust}", "showAs": name},
    )
    own = SubElement(meta, _tag("proprietary"), {"source": f"#{TRUST}"})
    for clause in revision.clauses:
        told = {
            "eId": clause.id,
            "force": clause.modality,
            "binds": " ".join(clause.binds),
            "topics": " ".join(clause.topics),
        }
        SubElement(own, f"{{{OWN}}}clause", told)


def _whole(date: str) -> str:
    """A date that is as exact as a document gives it, as the standard wants it: the first day of the month or year."""
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def _section(above: Element, section: SectionRecord) -> None:
    element = SubElement(above, _tag("section"), {"eId": section.id})
    if section.number:
        SubElement(element, _tag("num")).text = section.number
    SubElement(element, _tag("heading")).text = plain_words(section.heading)
    for clause in section.clauses:
        _item(element, clause, "paragraph")
    for below in section.sections:
        _section(element, below)
    if not section.clauses and not section.sections:
        _paragraphs(SubElement(element, _tag("content")), [])


def _item(above: Element, item: Item, name: str) -> None:
    element = SubElement(above, _tag(name), {"eId": item.id})
    if item.number:
        SubElement(element, _tag("num")).text = item.number
    if item.items:
        held = SubElement(element, _tag("list"))
        _paragraphs(SubElement(held, _tag("intro")), _words(item.text))
        for below in item.items:
            _item(held, below, "point")
        after = [*_words(item.after), *blocks_in_words(item.structures), *_note(item)]
        if after:
            _paragraphs(SubElement(held, _tag("wrapUp")), after)
        return
    content = SubElement(element, _tag("content"))
    _paragraphs(content, _words(item.text))
    if item.table:
        _table(content, item.table)
    rest = item.structures if not item.table else item.model_copy(update={"table": None}).structures
    more = [*blocks_in_words(rest), *_words(item.after), *_note(item)]
    if more:
        _paragraphs(content, more)


def _note(item: Item) -> list[str]:
    return [f"Footnote: {plain_words(item.note)}"] if item.note else []


def _words(text: str | None) -> list[str]:
    return [plain_words(paragraph) for paragraph in paragraphs_of(text)] if text else []


def _paragraphs(above: Element, texts: Iterable[str]) -> None:
    for text in list(texts) or [""]:
        SubElement(above, _tag("p")).text = text


def _table(above: Element, table: Table) -> None:
    element = SubElement(above, _tag("table"))
    if table.caption:
        SubElement(element, _tag("caption")).text = plain_words(table.caption)
    for row, cell in ((table.header, "th"), *((one, "td") for one in table.rows)):
        line = SubElement(element, _tag("tr"))
        for words in row:
            _paragraphs(SubElement(line, _tag(cell)), _words(words))
