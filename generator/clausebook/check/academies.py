"""P451 to P459: what the academies of a trust fill in, add and adopt, where that cannot be.

An academy's text is the trust's with its fields and its appendix: what has no place there would be lost without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from clausebook.check.walk import clause_ids, walk_clauses, walk_sections
from clausebook.load import Loaded, LoadedAcademy, LoadedAppendix, LoadedRevision
from clausebook.load.merge_academies import fields_of
from clausebook.load.reader import Authored
from clausebook.model import AcademyField, RevisionRecord, TrustRecord
from clausebook.model.academy import WITH_APPENDIX, How
from clausebook.model.problems import Problem, nearest
from clausebook.model.text import fields_in
from clausebook.model.values import DRAFTS, PAST

EMAIL = re.compile(r"[^@\s,;?&]+@[^@\s,;?&]+\.[^@\s,;?&]+")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,18}[0-9](?: ?(?:ext\.?|x) ?[0-9]{1,6})?")
LOOKS_RIGHT: Mapping[str, tuple[Callable[[str], object], str, str]] = {
    "email": (EMAIL.fullmatch, "an email address", "write it as office@eastfield.example.org"),
    "phone": (PHONE.fullmatch, "a telephone number", "write its digits with spaces, as 01632 960001"),
}
IN_WORDS: Mapping[How, str] = {
    "unchanged": "`unchanged`: each academy uses the text as it is",
    "fields": "`fields`: each academy fills in its fields and adds nothing",
}


@dataclass(frozen=True)
class _Trust:
    """What the rules on the academies of one trust ask for."""

    id: str
    file: Authored[TrustRecord]
    academies: list[LoadedAcademy]
    revisions: list[LoadedRevision]
    loaded: Loaded

    @cached_property
    def in_force(self) -> dict[str, LoadedRevision]:
        return {one.policy: one for one in self.revisions if one.file.record.status == "in-force"}

    @cached_property
    def fields(self) -> dict[str, AcademyField]:
        return {field.id: field for field in self.file.record.fields}

    @cached_property
    def used(self) -> frozenset[str]:
        """The fields that some text uses that is in force or may come."""
        texts = {
            name for one in self.revisions if one.file.record.status not in PAST for name in fields_of(one.file.record)
        }
        own = (one for academy in self.academies for one in academy.appendices.values())
        return frozenset(texts.union(*(fields_of(one.file.record) for one in own)))

    def how(self, policy: str) -> How | None:
        """How a policy is adopted, as its policy.yml says; None where it says nothing."""
        written = self.loaded.policies.get((self.id, policy))
        return written.record.adoption.how if written and written.record.adoption else None

    @property
    def is_whole(self) -> bool:
        """Whether all its files could be read, so that what is not there is missing."""
        return not any(name.startswith(f"trusts/{self.id}/") for name in self.loaded.unread)


def check_academies(loaded: Loaded) -> Iterator[Problem]:
    for trust_id, file in loaded.trusts.items():
        revisions = [one for one in loaded.revisions if one.trust == trust_id]
        trust = _Trust(trust_id, file, loaded.academies_of(trust_id), revisions, loaded)
        yield from _names(trust)
        yield from _fields_of_trust(trust)
        for revision in revisions:
            yield from _defined(trust, revision)
        for academy in trust.academies:
            yield from _filled_in(trust, academy)
            yield from _adopted(trust, academy)
            for appendix in academy.appendices.values():
                yield from _defined(trust, appendix)
                yield from _appendix(trust, appendix)


def _names(trust: _Trust) -> Iterator[Problem]:
    """P451: two academies that a roster could not tell apart."""
    taken = {academy.id.casefold(): academy.id for academy in trust.academies}
    for academy in trust.academies:
        record = academy.file.record
        for field, name in (("name", record.name), ("short_name", record.short_name)):
            other = taken.setdefault(name.casefold(), academy.id) if name else academy.id
            if other != academy.id:
                yield from academy.file.problem(
                    (field,), "P451", f"the academy `{other}` is called “{name}” too", "a list of staff could not say which of the two is meant",
                    "give each its own name, as its staff call it",
                )  # fmt: skip


def _fields_of_trust(trust: _Trust) -> Iterator[Problem]:
    """P452, P453: a field that is there twice, or that no text uses."""
    seen = set[str]()
    for index, field in enumerate(trust.file.record.fields):
        path = ("fields", index, "id")
        if field.id in seen:
            yield from trust.file.problem(path, "P452", f"the field `{field.id}` is there already", "a text that names it would mean two things",
                                          "give it another id, or take it out")  # fmt: skip
        elif field.id not in trust.used and trust.is_whole:
            yield from trust.file.problem(path, "P453", f"no text in force, and no draft, uses the field `{field.id}`", "academies would be asked for what no one reads",
                                          f"write {{{field.id}}} where a text needs it, or take the field out")  # fmt: skip
        seen.add(field.id)


def _defined(trust: _Trust, text: LoadedRevision | LoadedAppendix) -> Iterator[Problem]:
    """P452: a field in a text that trust.yml does not name, or that the policy's adoption leaves no room for."""
    record = text.file.record
    if isinstance(record, RevisionRecord) and record.status in PAST:
        return
    places = [((*path, "heading"), section.heading) for path, section, _ in walk_sections(record)]
    places += [((*one.path, *way), words) for one in walk_clauses(record) for way, words in one.item.texts]
    for name in fields_in(record.title or ""):
        yield from text.file.problem_with(
            ("title",), f"{{{name}}}", "P452", f"the title holds the field `{{{name}}}`", "a policy has one title in all academies",
            "write the words themselves",
        )  # fmt: skip
    for path, words in places:
        for name in fields_in(words):
            if name not in trust.fields:
                near = nearest(name, trust.fields)
                yield from text.file.problem_with(
                    path, f"{{{name}}}", "P452", f"`{{{name}}}` is a field that is defined nowhere", "each academy fills in what stands in curly brackets, by the fields that the trust names",
                    f"write `{{{near}}}`" if near else f"name it under `fields:` of trusts/{trust.id}/trust.yml, or write the words themselves",
                )  # fmt: skip
            elif trust.how(text.policy) == "unchanged":
                yield from text.file.problem_with(
                    path, f"{{{name}}}", "P452", f"`{{{name}}}` is filled in by each academy, and all of them use this policy unchanged",
                    "staff would read different texts of what is said to be one", "write `adoption: {how: fields}` in its policy.yml, or the words themselves here",
                )  # fmt: skip


def _filled_in(trust: _Trust, academy: LoadedAcademy) -> Iterator[Problem]:
    """P454, P455: a value for no field or of another type, and a field without a value."""
    own = academy.file.record.fields
    for name, value in own.items():
        field = trust.fields.get(name)
        if field is None:
            near = nearest(name, trust.fields)
            yield from academy.file.problem(
                ("fields", name), "P454", f"`{name}` is not a field of this trust", f"they are listed in trusts/{trust.id}/trust.yml",
                f"write `{near}`" if near else "take it out, or define it there", at_key=True,
            )  # fmt: skip
        elif field.type in LOOKS_RIGHT and not LOOKS_RIGHT[field.type][0](value):
            _, noun, fix = LOOKS_RIGHT[field.type]
            yield from academy.file.problem(
                ("fields", name), "P454", f"this is not {noun}", f"“{field.label}” is a field of that type", fix
            )
        elif any(True for _ in fields_in(value)):
            yield from academy.file.problem(
                ("fields", name),
                "P454",
                "a field is filled in with another field",
                "staff would read the brackets: what an academy fills in is not filled in again",
                "write the words that staff are to read",
            )
    if trust.file.record.unfilled == "problem":
        wanted = {name for one in trust.in_force.values() for name in fields_of(one.file.record)}
        for appendix in academy.appendices.values():
            wanted |= fields_of(appendix.file.record)
        for name in sorted(wanted & trust.fields.keys() - own.keys()):
            field = trust.fields[name]
            yield from academy.file.problem(
                ("fields",), "P455", f"{academy.file.record.name} has not filled in `{name}` ({field.label})", "its staff would read a text with a gap in it",
                f"write `{name}: …` under `fields:`; or write `unfilled: ask` in trusts/{trust.id}/trust.yml: its pages then say “ask your academy office” until it has",
            )  # fmt: skip


def _adopted(trust: _Trust, academy: LoadedAcademy) -> Iterator[Problem]:
    """P459: an adoption of what the trust does not have."""
    revisions: dict[str, list[str]] = {}
    for one in trust.revisions:
        if one.file.record.status not in DRAFTS:
            revisions.setdefault(one.policy, []).append(one.id)
    for policy, adopted in academy.file.record.adopted.items():
        if policy not in revisions:
            near = nearest(policy, revisions)
            yield from academy.file.problem(
                ("adopted", policy), "P459", f"`{policy}` is not a policy of this trust that has a published text here", "an academy adopts a text of its trust",
                f"write `{near}`" if near else "take it out", at_key=True,
            )  # fmt: skip
        elif adopted.revision not in revisions[policy]:
            yield from academy.file.problem(
                ("adopted", policy, "revision"), "P459", f"`{adopted.revision}` is not a published revision of `{policy}`", "this says which text of the trust the academy adopted",
                f"write one of: {', '.join(sorted(revisions[policy]))}",
            )  # fmt: skip


def _appendix(trust: _Trust, appendix: LoadedAppendix) -> Iterator[Problem]:
    """P456, P457, P458: an appendix that may not be there, whose ids are taken, or that bears on what is gone."""
    base, how = trust.in_force.get(appendix.policy), trust.how(appendix.policy)
    if base is None:
        if trust.is_whole:
            near = nearest(appendix.policy, trust.in_force)
            yield from appendix.file.problem(
                (), "P456", f"`{appendix.policy}` is not a policy in force of this trust", "an appendix adds to a text of the trust",
                f"rename the file to {near}.yml" if near else "rename the file, or take it out",
            )  # fmt: skip
        return
    if how not in WITH_APPENDIX:
        said = IN_WORDS[how] if how else "nothing says that it may, so each academy uses the text as it is"
        yield from appendix.file.problem(
            (), "P456", f"an academy may not add to `{appendix.policy}`", f"its adoption is {said}" if how else said,
            f"take the appendix out; or, where the trust allows it, write `adoption: {{how: appendix}}` in trusts/{trust.id}/{appendix.policy}/policy.yml",
        )  # fmt: skip
    yield from _own_ids(base, appendix)
    yield from _bearings(base, appendix)


def _own_ids(base: LoadedRevision, appendix: LoadedAppendix) -> Iterator[Problem]:
    record = appendix.file.record
    taken = {
        *clause_ids(base.file.record),
        *(section.id for _, section, _ in walk_sections(base.file.record)),
        *(gap.id for gap in base.file.record.gaps),
    }
    own = [((*path, "id"), section.id) for path, section, _ in walk_sections(record)]
    own += [((*one.path, "id"), one.item.id) for one in walk_clauses(record)]
    for path, name in own:
        if name in taken:
            yield from appendix.file.problem(
                path, "P457", f"the trust's text has the id `{name}` already", "both are on one page, and an id is one address there",
                f"give this one an id of its own, such as {appendix.academy}-{name}",
            )  # fmt: skip


def _bearings(base: LoadedRevision, appendix: LoadedAppendix) -> Iterator[Problem]:
    own, theirs = clause_ids(appendix.file.record), clause_ids(base.file.record)
    for index, bearing in enumerate(appendix.file.record.bears_on):
        for field, name, known, what in (
            ("clause", bearing.clause, own, "clause of this appendix"),
            ("target", bearing.target, theirs, f"clause of {base.file.document.file}, which is in force"),
        ):
            if name not in known:
                near = nearest(name, known)
                yield from appendix.file.problem(
                    ("bears_on", index, field), "P458", f"`{name}` is not a {what}", "when a clause of the trust changes, the academy's clause is to be read again",
                    f"write `{near}`" if near else "read the appendix beside the trust's text again: name the clause that is meant now, or take this out",
                )  # fmt: skip
        if bearing.ruling and bearing.how != "loosens":
            yield from appendix.file.problem(
                ("bears_on", index, "ruling"), "P458", "here is a ruling, and the clause does not loosen the trust's text", "the trust rules only on what asks for less than its own text",
                "take the ruling out, or write `how: loosens`", at_key=True,
            )  # fmt: skip
