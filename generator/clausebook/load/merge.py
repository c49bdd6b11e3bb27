"""What was loaded joined into one Handbook: here a clause gets all that it inherits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from clausebook import model
from clausebook.load import Loaded
from clausebook.load.merge_academies import AcademysOwn, merge_academy, with_fields_named
from clausebook.load.models import models_in_order
from clausebook.model.clause import Clause
from clausebook.model.handbook import Academy, Handbook, Policy, Revision, Section, Subject, Trust
from clausebook.model.model_policy import ModelProvider
from clausebook.model.structures import NONE, PolicyFile, files_named
from clausebook.model.values import DRAFTS

Files = Mapping[str, PolicyFile]


def merge_handbook(loaded: Loaded) -> Handbook:
    """Join what was loaded; call it only where loading and checking found no problem."""
    assert loaded.kinds
    assert loaded.roles
    assert loaded.references
    assert loaded.glossary
    assert loaded.everyday_words
    return Handbook(
        trusts=tuple(
            Trust(
                trust_id, trust.record, policies := _merge_policies(trust_id, loaded),
                loaded.acknowledgements[trust_id].record.campaigns if trust_id in loaded.acknowledgements else (),
                loaded.quizzes_of_trusts[trust_id].record.quizzes if trust_id in loaded.quizzes_of_trusts else (),
                loaded.keys_of_trusts[trust_id].record.keys if trust_id in loaded.keys_of_trusts else (),
                loaded.acknowledgements[trust_id].record.privacy if trust_id in loaded.acknowledgements else None,
                loaded.quizzes_of_trusts[trust_id].record.one_quiz if trust_id in loaded.quizzes_of_trusts else model.OneQuiz(),
                _merge_academies(trust_id, policies, loaded),
            )
            for trust_id, trust in sorted(loaded.trusts.items(), key=lambda one: (one[1].record.short_name.casefold(), one[0]))
        ),
        subjects=tuple(sorted(
            (Subject(name, subject.record) for name, subject in loaded.subjects.items()),
            key=lambda subject: (subject.is_any_policy, subject.record.label.casefold(), subject.id),
        )),
        kinds=loaded.kinds.record,
        roles=loaded.roles.record.roles,
        references=loaded.references.record.references,
        terms=loaded.glossary.record.terms,
        everyday_words=loaded.everyday_words.record.words,
        quizzes={policy: quiz.record for policy, quiz in loaded.quizzes.items()},
        checklists={name: checklist.record for name, checklist in loaded.checklists.items()},
        models=tuple(_merge_models(loaded)),
    )  # fmt: skip


def _merge_models(loaded: Loaded) -> Iterator[ModelProvider]:
    merged = [merge_revision(one.trust, one.policy, one.id, one.file.record) for one in loaded.models.revisions]
    for name, file in loaded.models.providers.items():
        yield ModelProvider(
            name, file.record, tuple(models_in_order(name, (one for one in merged if one.trust == name)))
        )


def _merge_policies(trust: str, loaded: Loaded) -> tuple[Policy, ...]:
    """Each policy with its revisions, by its id. `replaces` leads from each revision to the one before it."""
    by_policy: dict[str, dict[str, Revision]] = {policy: {} for owner, policy in loaded.policies if owner == trust}
    for one in loaded.revisions:
        if one.trust == trust:
            by_policy.setdefault(one.policy, {})[one.id] = merge_revision(
                trust, one.policy, one.id, one.file.record, one.files
            )
    return tuple(_merge_policy(trust, policy, by_policy[policy], loaded) for policy in sorted(by_policy))


def _merge_academies(trust: str, policies: tuple[Policy, ...], loaded: Loaded) -> tuple[Academy, ...]:
    """The academies of a trust, by their names."""
    in_force = {
        policy.id: (revision, partial(_merge_text, trust, policy.id, revision.id, files=loaded.policy_files.get((trust, policy.id), {})))
        for policy in policies if (revision := policy.in_force)
    }  # fmt: skip
    merged = (merge_academy(loaded.trusts[trust].record, academy, in_force) for academy in loaded.academies_of(trust))
    return tuple(sorted(merged, key=lambda academy: (academy.record.name.casefold(), academy.id)))


def _merge_policy(trust: str, policy: str, merged: dict[str, Revision], loaded: Loaded) -> Policy:
    draft = next((one for one in merged.values() if one.record.status in DRAFTS), None)
    replaced = {one.record.replaces for one in merged.values() if one is not draft}
    newest = next((one for one in merged.values() if one is not draft and one.id not in replaced), None)
    line = tuple(_with_those_before(newest, merged)) if newest else ()
    in_force = newest if newest and newest.record.status == "in-force" else None
    written = loaded.policies.get((trust, policy))
    record = written.record if written else model.PolicyRecord()
    file = loaded.policy_files[trust, policy].get(record.file) if record.file else None
    return Policy(policy, in_force, line[1:] if in_force else line, draft, record, file, loaded.kind_of(trust, policy))


def _with_those_before(revision: Revision, merged: dict[str, Revision]) -> Iterator[Revision]:
    yield revision
    while revision.record.replaces:
        revision = merged[revision.record.replaces]
        yield revision


def merge_revision(
    trust: str, policy: str, revision_id: str, record: model.RevisionRecord, files: Files = MappingProxyType({})
) -> Revision:
    """One revision with every clause filled in from what it inherits. `files` are those of the policy, by their names."""
    return _merge_text(trust, policy, revision_id, record, files=files)


NOBODYS = AcademysOwn("", frozenset(), {})


def _merge_text(
    trust: str, policy: str, revision_id: str, record: model.RevisionRecord, own: AcademysOwn = NOBODYS, *, files: Files
) -> Revision:
    """As `merge_revision`; `own` says what in the text is an academy's."""

    def merge_sections(within: Section | None, records: tuple[model.SectionRecord, ...]) -> Iterator[Section]:
        for record_of_section in records:
            place = _place_of(record_of_section, within)
            clauses = tuple(
                _merge_clause(
                    trust, policy, revision_id, record_of_section, clause, record.binds, None, files, place, own
                )
                for clause in record_of_section.clauses
            )
            depth, name = (within.depth + 1, within.record.id) if within else (1, None)
            section = Section(
                record_of_section, clauses, clauses, depth, name, place, record_of_section.id in own.sections
            )
            below = tuple(merge_sections(section, record_of_section.sections))
            yield replace(section, all_clauses=(*clauses, *(clause for part in below for clause in part.clauses)))
            yield from below

    sections = tuple(merge_sections(None, with_fields_named(record.sections)))
    return Revision(trust, policy, revision_id, record, sections, own.academy or None)


def _place_of(section: model.SectionRecord, within: Section | None) -> str:
    """Several sections may have parts of one name, such as “Timescales”: only the number, or the way to it, tells which is meant."""
    if within is None:
        return section.heading
    return f"{section.number} {section.heading}" if section.number else f"{within.place} › {section.heading}"


def _merge_clause(
    trust: str, policy: str, revision_id: str, section: model.SectionRecord, own: model.Item,
    binds: tuple[str, ...], above: Clause | None, files: Files, place: str, academys: AcademysOwn,
) -> Clause:  # fmt: skip
    merged = Clause(
        trust=trust, policy=policy, revision=revision_id, section=section, id=own.id,
        number=own.number or (above.number if above else None),
        number_inferred=own.number_inferred if own.number or not above else above.number_inferred,
        lead_in=(*above.lead_in, above.text) if above else (),
        lead_in_ids=(*above.lead_in_ids, above.id) if above else (),
        text=own.text or "",
        modality=own.modality or (above.modality if above else "states"),
        binds=own.binds or binds,
        topics=own.topics or (above.topics if above else ()),
        lines=own.lines or (above.lines if above else None),
        must_know=own.must_know,
        items=(),
        structures=replace(own.structures, files=tuple(files[name] for name in files_named(own.text, own.structures) if name in files)) or NONE,
        goes_on=_goes_on(above) if above else (),
        defines=own.defines,
        of_academy=section.id in academys.sections,
        filled_in=academys.filled_in.get(own.id, ()),
        place=place,
    )  # fmt: skip
    items = (
        _merge_clause(trust, policy, revision_id, section, item, merged.binds, merged, files, place, academys)
        for item in own.items
    )
    return replace(merged, items=tuple(items))


def _goes_on(above: Clause) -> tuple[str, ...]:
    return (*((above.structures.after,) if above.structures.after else ()), *above.goes_on)
