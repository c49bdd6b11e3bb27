"""What binds the staff of one academy: the trust's text with the academy's fields filled in and its appendix at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clausebook import model
from clausebook.load.academies import LoadedAcademy
from clausebook.model.merged import Academy, Revision
from clausebook.model.revision import Item, SectionRecord
from clausebook.model.text import fields_in, fill_in, name_fields
from clausebook.model.values import Record

LINKS: dict[str, Callable[[str], str]] = {
    "email": lambda value: f"[{value}](mailto:{value})",
    "phone": lambda value: f"[{value}](tel:{''.join(sign for sign in value if sign.isdigit() or sign == '+')})",
}
"""How a value of these types is written so that a reader can use it."""


@dataclass(frozen=True)
class AcademysOwn:
    """What in a text is an academy's own."""

    academy: str
    sections: frozenset[str]
    """Those of its appendix, by their ids."""
    filled_in: Mapping[str, tuple[str, ...]]
    """The fields in the words of a clause, by its id."""


Merge = Callable[[model.RevisionRecord, AcademysOwn], Revision]
"""What makes a revision of a record, for one policy in force of the trust."""


class Fields:
    """What one academy has filled in, and what its readers see where it has not."""

    def __init__(self, trust: model.TrustRecord, academy: model.AcademyRecord) -> None:
        self.known = {field.id: field for field in trust.fields}
        own = {name: academy.fields[name] for name in self.known if name in academy.fields}
        asked = {
            name: f"[{field.label}: ask your academy office]" for name, field in self.known.items() if name not in own
        }
        self._values = own | asked
        self._links = {
            name: LINKS[field.type](own[name])
            for name, field in self.known.items()
            if name in own and field.type in LINKS
        }
        self._missing = frozenset(asked)

    def missing_in(self, *texts: model.RevisionRecord | model.AppendixRecord | None) -> tuple[model.AcademyField, ...]:
        used = frozenset(name for text in texts if text for name in fields_of(text))
        return tuple(self.known[name] for name in sorted(used & self._missing))

    def fill(self, text: str) -> str:
        return fill_in(text, self._values, self._links)


def merge_academy(
    trust: model.TrustRecord, academy: LoadedAcademy, in_force: Mapping[str, tuple[Revision, Merge]]
) -> Academy:
    """One academy with its text of each policy in force: those of its trust, each with what makes a revision of a record."""
    fields, texts, missing = Fields(trust, academy.file.record), {}, {}
    appendices = {policy: appendix.file.record for policy, appendix in academy.appendices.items()}
    for policy, (revision, merge) in in_force.items():
        record, appendix = revision.record, appendices.get(policy)
        missing[policy] = fields.missing_in(record, appendix)
        if appendix is None and not fields_of(record):
            texts[policy] = revision
        else:
            texts[policy] = merge(_of_academy(record, fields, appendix), _own(academy.id, record, appendix))
    return Academy(academy.trust, academy.id, academy.file.record, texts, appendices, missing)


def fields_of(record: model.RevisionRecord | model.AppendixRecord) -> frozenset[str]:
    """The fields that a text uses, by their ids."""
    return frozenset(name for section in record.sections for name in _of_section(section))


def fields_of_item(item: Item) -> frozenset[str]:
    """Those in the words of one clause or item, without its items."""
    return frozenset(name for _, words in item.texts for name in fields_in(words))


def _of_section(section: SectionRecord) -> Iterator[str]:
    for one in _sections_of(section):
        yield from fields_in(one.heading)
    for item in _items_of(section):
        yield from fields_of_item(item)


def _of_academy(
    record: model.RevisionRecord, fields: Fields, appendix: model.AppendixRecord | None
) -> model.RevisionRecord:
    filled: dict[str, object] = {}
    if fields_of(record):
        filled = {
            "sections": tuple(_filled(one, fields) for one in record.sections),
        }
    if appendix:
        own = tuple(_binding(one, appendix.binds) for one in appendix.sections)
        filled["sections"] = (*(filled.get("sections") or record.sections), *(_filled(one, fields) for one in own))  # type: ignore[misc]
    return record.model_copy(update=filled)


def _own(academy: str, record: model.RevisionRecord, appendix: model.AppendixRecord | None) -> AcademysOwn:
    parts = (*record.sections, *(appendix.sections if appendix else ()))
    filled_in = {
        item.id: tuple(sorted(used)) for part in parts for item in _items_of(part) if (used := fields_of_item(item))
    }
    sections = frozenset(one.id for part in (appendix.sections if appendix else ()) for one in _sections_of(part))
    return AcademysOwn(academy, sections, filled_in)


def _sections_of(section: SectionRecord) -> Iterator[SectionRecord]:
    yield section
    for below in section.sections:
        yield from _sections_of(below)


def _items_of(section: SectionRecord) -> Iterator[Item]:
    for one in _sections_of(section):
        waiting: list[Item] = list(one.clauses)
        while waiting:
            item = waiting.pop()
            yield item
            waiting += item.items


def _binding(section: SectionRecord, binds: tuple[str, ...] | None) -> SectionRecord:
    """The section, with `binds` of the appendix in each clause that names nobody."""
    if binds is None:
        return section
    return section.model_copy(update={
        "clauses": tuple(one if one.binds else one.model_copy(update={"binds": binds}) for one in section.clauses),
        "sections": tuple(_binding(one, binds) for one in section.sections),
    })  # fmt: skip


def _filled(record: SectionRecord, fields: Fields) -> SectionRecord:
    if next(_of_section(record), None) is None:
        return record
    filled: SectionRecord = _with_text(record, fields.fill)
    return filled


def with_fields_named(sections: tuple[SectionRecord, ...]) -> tuple[SectionRecord, ...]:
    """The sections as they read where no academy has filled in their fields."""
    return tuple(_with_text(one, name_fields) if next(_of_section(one), None) else one for one in sections)


def _with_text(value: Any, fill: Callable[[str], str]) -> Any:
    """A record with `fill` done to every text in it; what has no field stays the very object that it is."""
    if isinstance(value, str):
        return fill(value) if "{" in value else value
    if isinstance(value, Record):
        own = {name: getattr(value, name) for name in type(value).model_fields}
        new = {name: _with_text(one, fill) for name, one in own.items()}
        return value.model_copy(update={name: one for name, one in new.items() if one is not own[name]})
    if type(value) is tuple:
        return tuple(_with_text(one, fill) for one in value)
    return value
