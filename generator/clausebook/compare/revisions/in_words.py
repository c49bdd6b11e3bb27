"""Each kind of change as a sentence that staff understand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from clausebook.compare.revisions.force import FORCE_CHANGES, is_opposite
from clausebook.model.citation import heading_of
from clausebook.model.clause import Clause
from clausebook.model.labels import FORCE
from clausebook.model.text import plain_words

Clauses = tuple[Clause, ...]
Roles = Mapping[str, str]

EMPLOYER = "employer"
QUOTED = 8  # how many words name a clause that its number does not


def name_of(clause: Clause) -> str:
    """`Clause 6.1`; where the number is missing, or is that of a whole list, with its first words."""
    if clause.id == clause.section.id:
        return f"The {'title' if clause.id == 'title' else 'heading'} “{clause.text}”"
    words = plain_words(clause.text).split()
    quote = f"“{' '.join(words[:QUOTED]).rstrip('.,:;')}{'…' if len(words) > QUOTED else ''}”"
    if clause.number is None:
        return f"The clause {quote}"
    return f"Clause {clause.number}, {quote}," if clause.lead_in else f"Clause {clause.number}"


def doubt(before: Clauses, after: Clauses, similarity: int | None) -> str:
    if len(before) == len(after) == 1 and before[0].id == after[0].id:
        return (
            f"Only the id `{after[0].id}` says that these are the same clause: their wording is {similarity}% alike. "
            "If it now means something else, give it a new id."
        )
    return (
        f"Matched by wording alone, and {similarity} of 100 words are alike. Please check that it is the same clause."
    )


def _added(_before: Clauses, after: Clauses, _roles: Roles) -> str:
    return f"{name_of(after[0])} is new."


def _removed(before: Clauses, _after: Clauses, _roles: Roles) -> str:
    return f"{name_of(before[0])} was removed."


def _split(before: Clauses, after: Clauses, _roles: Roles) -> str:
    return f"{name_of(before[0])} was split into {_numbers(after)}."


def _joined(before: Clauses, after: Clauses, _roles: Roles) -> str:
    return f"{_numbers(before, 'Clauses ')} were joined: {_lower(name_of(after[0]))} now says it all."


def _stricter(before: Clauses, after: Clauses, _roles: Roles) -> str:
    return f"{name_of(after[0])} is stricter{_on_whom(after[0])}: {_forces(before[0], after[0])}."


def _looser(before: Clauses, after: Clauses, _roles: Roles) -> str:
    return f"{name_of(after[0])} is less strict{_on_whom(after[0])}: {_forces(before[0], after[0])}."


def _binds_more(before: Clauses, after: Clauses, roles: Roles) -> str:
    return f"{name_of(after[0])} now also applies to {_people(set(after[0].binds) - set(before[0].binds), roles)}."


def _binds_fewer(before: Clauses, after: Clauses, roles: Roles) -> str:
    return f"{name_of(after[0])} no longer applies to {_people(set(before[0].binds) - set(after[0].binds), roles)}."


def _reworded(before: Clauses, after: Clauses, _roles: Roles) -> str:
    old, new = before[0], after[0]
    if is_opposite(old.modality, new.modality):
        return f"{name_of(new)} now asks the opposite{_on_whom(new)}: {_forces(old, new)}."
    if old.modality != new.modality and (old.modality, new.modality) not in FORCE_CHANGES:
        return f"{name_of(new)} is reworded: {_forces(old, new)}."
    if old.said == new.said and old.structures.files != new.structures.files:
        return f"{name_of(new)} has the same words, and a file that it shows or offers has changed."
    if old.said == new.said and old.goes_on != new.goes_on:
        return f"{name_of(new)} has the same words, and the words after its list have changed."
    if old.said == new.said:
        return f"{name_of(new)} has the same words, and the words before its list have changed."
    return f"{name_of(new)} is reworded."


def _editorial(before: Clauses, after: Clauses, _roles: Roles) -> str:
    if (before[0].lead_in, before[0].said) == (after[0].lead_in, after[0].said):
        return f"{name_of(after[0])} has a new address; its words are unchanged."
    return f"{name_of(after[0])} is tidied up: its typing has changed, and its meaning has not."


def _heading(before: Clauses, after: Clauses, _roles: Roles) -> str:
    count = sum(1 for clause in after[0].items for _ in clause.walk())
    over = "one clause" if count == 1 else f"{count} clauses"
    return f"The heading “{before[0].text}” is now “{after[0].text}”. It is over {over}."


def _title(before: Clauses, after: Clauses, _roles: Roles) -> str:
    return f"The policy was called “{before[0].text}”. It is now called “{after[0].text}”."


def _moved(before: Clauses, after: Clauses, _roles: Roles) -> str:
    old, new = heading_of(before[0]), heading_of(after[0])
    is_elsewhere = old != new and before[0].section.id != after[0].section.id
    where = f"moved from “{old}” to “{new}”" if is_elsewhere else f"is in another place of “{new}”"
    return f"{name_of(after[0])} {where}."


def _renumbered(before: Clauses, after: Clauses, _roles: Roles) -> str:
    if after[0].number is None:
        return f"{name_of(before[0])} no longer has a number."
    if before[0].number is None:
        return f"{name_of(before[0])} is now numbered {after[0].number}."
    return f"{name_of(before[0])} is now {after[0].number}."


SENTENCES: dict[str, Callable[[Clauses, Clauses, Roles], str]] = {
    "added": _added,
    "removed": _removed,
    "split": _split,
    "joined": _joined,
    "stricter": _stricter,
    "looser": _looser,
    "binds-more": _binds_more,
    "binds-fewer": _binds_fewer,
    "reworded": _reworded,
    "heading": _heading,
    "title": _title,
    "editorial": _editorial,
    "moved": _moved,
    "renumbered": _renumbered,
}


def _numbers(clauses: Clauses, named: str = "") -> str:
    """`6.1 and 6.2`; only how many where their numbers do not tell them apart."""
    numbers = [clause.number for clause in clauses if clause.number]
    return f"{named}{_listed(numbers)}" if len(set(numbers)) == len(clauses) else f"{len(clauses)} clauses"


def _on_whom(clause: Clause) -> str:
    """A stricter duty of the employer is no stricter for staff."""
    return " on the trust as employer" if set(clause.binds) == {EMPLOYER} else ""


def _forces(old: Clause, new: Clause) -> str:
    before, after = (
        "a statement" if clause.modality == "states" else f"“{FORCE[clause.modality].lower()}”" for clause in (old, new)
    )
    return f"{before} became {after}"


def _people(ids: set[str], roles: Roles) -> str:
    return _listed([_lower(roles.get(role, role.replace("-", " "))) for role in sorted(ids)])


def _lower(label: str) -> str:
    """`All staff` within a sentence; `HR` stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
