"""The lists that all trusts of a handbook share, such as its subjects: the handbook's own files, and the engine's where it has none."""

from __future__ import annotations

from collections.abc import Iterable

from clausebook import model
from clausebook.load.names import stands
from clausebook.load.reader import Authored, HandbookReader
from clausebook.looks import CHECKLISTS, ENGINE, SUBJECTS

Kinds = Authored[model.Kinds] | None


def read_subjects(
    reader: HandbookReader, kinds: Kinds, policies: Iterable[Authored[model.PolicyRecord]]
) -> dict[str, Authored[model.SubjectRecord]]:
    """The handbook's own subjects, and those of the engine that a kind or a policy names and that it has not.

    A handbook that compares by subjects of its own need not know of ours: their ids may be the same.
    """
    own = reader.read_all(SUBJECTS, model.SubjectRecord)
    named = {name for kind in kinds.record.kinds for name in kind.subjects} if kinds else set()
    named |= {name for policy in policies for name in policy.record.subjects}
    engines = (f"{SUBJECTS}/{name}.yml" for name in sorted(named) if not stands(reader.root / SUBJECTS / f"{name}.yml"))
    read = {
        name.removeprefix(f"{SUBJECTS}/").removesuffix(".yml"): reader.read_or_engines(name, model.SubjectRecord)
        for name in engines
        if (ENGINE / name).is_file()
    }
    return {
        name: subject for name, subject in read.items() if subject
    } | own  # an id that both have is told at the handbook's


def read_checklists(reader: HandbookReader, kinds: Kinds) -> dict[str, Authored[model.Checklist]]:
    """The handbook's own checklists; where it has no folder for them, those of the engine for kinds that it knows.

    Each is shown, so that a handbook which has its own shows no other.
    """
    if stands(reader.root / CHECKLISTS):
        return reader.read_all(CHECKLISTS, model.Checklist)
    known = {kind.id for kind in kinds.record.kinds} if kinds else set()
    read = {
        path.stem: reader.read_or_engines(f"{CHECKLISTS}/{path.name}", model.Checklist)
        for path in sorted((ENGINE / CHECKLISTS).glob("*.yml"))
    }
    return {name: one for name, one in read.items() if one and one.record.kind in known}
