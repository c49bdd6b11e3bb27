"""Everything that the sites show, as data: the files of site/data/, and the JSON Schema of each.

The records here are a promise to whoever builds on them. A field is added with a new record, never renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any

from pydantic import ConfigDict, TypeAdapter

from clausebook import model
from clausebook.compare.departures import DepartureKind, departure_kinds
from clausebook.compare.matrix import policy_answer
from clausebook.compare.revisions import find_changes
from clausebook.compare.revisions.materiality import is_material
from clausebook.export.academies import AcademyRecord, academy_records
from clausebook.export.departures import (
    DepartureRecord,
    ModelMoveRecord,
    ModelRecord,
    departure_records,
    model_move_records,
    model_records,
)
from clausebook.export.policy_register import RegisteredPolicyRecord, policy_records
from clausebook.export.provenance import ProvenanceRecord, provenance_records
from clausebook.export.published import Published
from clausebook.export.structures import StructuresRecord, structures_record
from clausebook.export.tables import stream_array
from clausebook.findings.find import Finding, Kind
from clausebook.model.handbook import Handbook, Revision
from clausebook.model.schemas import DIALECT, render_schema
from clausebook.model.verdicts import Verdict, advice, verdict


class PolicyOfTrust(Published):
    policy: str
    """The policy's id, the same in every trust."""
    title: str
    revision: str
    """The id of the revision in force."""
    status: model.Status
    wording: model.Wording
    """restated: in our own words; verbatim: the trust's own text."""
    dates: dict[str, str]
    """Only what the document gives, each as exact as it gives it: a year, month or day."""
    digest: str
    """SHA-256 over the revision's title and clauses in RFC 8785 form, as the page on the data says."""
    clauses: int
    """How many records of clauses.json are this revision's."""


class TrustRecord(Published):
    id: str
    name: str
    short_name: str
    policies: list[PolicyOfTrust]


class SectionRecord(Published):
    id: str
    number: str | None
    """As the source prints it; null where it prints none."""
    heading: str
    within: str | None
    """The id of the section that this one stands in; null where it stands in none."""


class ClauseRecord(Published):
    trust: str
    policy: str
    revision: str
    id: str
    """Its address is <trust>/<policy>/index.html#<id>, for good."""
    number: str | None
    number_inferred: bool
    """true where only counting paragraphs gives the number."""
    section: SectionRecord
    lead_in: list[str]
    """The words that this item hangs from, outermost first. Never show the text without them."""
    text: str
    """A text that ends in a colon is itself a lead-in."""
    structures: StructuresRecord | None
    """What stands with it: a table, a figure, a form, a file, the words after its list, a footnote; null where nothing does."""
    goes_on: list[str]
    """The words after the lists that this item stands in, innermost first. Like the lead-in, they belong to it."""
    modality: model.Modality
    binds: list[str]
    topics: list[str]
    lines: list[int] | None
    """First and last line of the source, counted from 1."""
    model: str | None
    """The model policy that its text was made from, as provider/kind/revision; null where it names none."""
    departure: DepartureKind | None
    """How it departs from that model; null where it says what the model says, and where there is no model."""
    fingerprint: str
    """SHA-256 over lead-ins, text, modality and binds in RFC 8785 form; with structures or goes_on over these too, and `form: 2`."""


class PositionRecord(Published):
    trust: str
    policy: str
    revision: str
    question: str
    answer: model.Answer
    """How strongly the policy puts it."""
    verdict: Verdict
    """What the answer comes to, by what the question asks: required is a yes to “must I”, prohibited a no."""
    advice: str
    """What a member of staff should do, in a sentence."""
    conflict: bool
    """true where clauses of the policy disagree; `clauses` then names both sides."""
    because: str | None
    clauses: list[str]
    front_matter: list[list[int]]
    """Lines of the source before its clauses that give the answer where no clause does, each run as first and last."""
    searched: list[str]
    """For `silent`: the words that were searched for."""


class TopicRecord(Published):
    id: str
    label: str
    about: str
    group: str
    group_label: str
    subject: str


class QuestionRecord(Published):
    id: str
    ask: str
    asks: model.Asks
    """What a yes would be: a duty or a leave of staff, what the trust must or may do, or a fact."""
    asked_by: str
    topic: str
    subject: str


class FindingRecord(Published):
    """The kinds were stale, overdue, conflict and gap at first; due, doubtful, policies-differ, conflict-by-rule and newer-model have joined them, then those of academies, and more may."""

    trust: str
    policy: str
    revision: str
    """Empty of a policy that stands elsewhere: see policies.json."""
    kind: Kind
    """due: the review falls within 90 days; conflict: a person saw it; conflict-by-rule: a rule found it in the words."""
    clauses: list[str]
    lines: list[list[int]]
    """Runs of lines of the source, each as first and last."""
    what: str
    now: str | None
    since: str | None
    academy: str
    """The id of the academy that it is about; empty where it is about the trust's own text."""


class ChangeRecord(Published):
    policy: str
    trust: str
    from_: str
    to: str
    clause: str
    kind: str
    material: bool
    before: str | None
    after: str | None

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=lambda name: name.rstrip("_"), populate_by_name=True
    )


def trust_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[TrustRecord]:
    return (
        TrustRecord(
            id=trust.id, name=trust.record.name, short_name=trust.record.short_name,
            policies=[_policy_of_trust(revision) for revision in trust.in_force],
        )
        for trust in handbook.trusts
    )  # fmt: skip


def _policy_of_trust(revision: Revision) -> PolicyOfTrust:
    record = revision.record
    return PolicyOfTrust(
        policy=revision.policy, title=record.title, revision=revision.id, status=record.status, wording=record.wording,
        dates=record.dates.model_dump(exclude_none=True), digest=revision.digest, clauses=len(revision.clauses),
    )  # fmt: skip


def clause_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[ClauseRecord]:
    return (
        ClauseRecord(
            trust=clause.trust, policy=clause.policy, revision=clause.revision, id=clause.id, number=clause.number,
            number_inferred=clause.number_inferred,
            section=SectionRecord(id=part.record.id, number=part.record.number, heading=part.record.heading, within=part.within),
            lead_in=list(clause.lead_in), text=clause.text, modality=clause.modality, binds=list(clause.binds),
            structures=structures_record(clause.structures), goes_on=list(clause.goes_on),
            topics=list(clause.topics), lines=list(clause.lines) if clause.lines else None, fingerprint=clause.fingerprint,
            model=revision.record.model, departure=departed.get(clause.id),
        )
        for revision in handbook.in_force for departed in (departure_kinds(revision, handbook),)
        for part in revision.sections for first in part.clauses for clause in first.walk()
    )  # fmt: skip


def position_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[PositionRecord]:
    return (
        PositionRecord(
            trust=revision.trust, policy=revision.policy, revision=revision.id, question=question.id, answer=answer.position.answer,
            verdict=verdict(question, answer.position.answer),
            advice=advice(question, answer.position.answer, pupils=handbook.topics[question.topic].pupils),
            conflict=answer.position.conflict, because=answer.position.because, clauses=list(answer.position.clauses),
            front_matter=[list(part.lines) for part in answer.front_matter], searched=list(answer.position.searched),
        )
        for revision in handbook.in_force for question in handbook.questions
        if (answer := policy_answer(revision, question))
    )  # fmt: skip


def topic_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[TopicRecord]:
    return (
        TopicRecord(id=topic.id, label=topic.label, about=topic.about, group=group.id, group_label=group.label, subject=subject.id)
        for subject in handbook.subjects for group in subject.record.groups for topic in group.topics
    )  # fmt: skip


def question_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[QuestionRecord]:
    return (
        QuestionRecord(id=q.id, ask=q.ask, asks=q.asks, asked_by=q.asked_by, topic=q.topic, subject=subject.id)
        for subject in handbook.subjects for q in subject.record.questions
    )  # fmt: skip


def finding_records(_: Handbook, findings: Sequence[Finding]) -> Iterator[FindingRecord]:
    return (
        FindingRecord(
            trust=found.trust, policy=found.policy, revision=found.revision, kind=found.kind, clauses=list(found.clauses),
            lines=[list(lines) for lines in found.lines], what=found.what, now=found.now, since=found.since, academy=found.academy,
        )
        for found in findings
    )  # fmt: skip


def change_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[ChangeRecord]:
    return (
        ChangeRecord(
            policy=new.policy, trust=new.trust, from_=old.id, to=new.id, clause=change.clause, kind=change.kind,
            material=is_material(change, new.record.changes), before=change.text_before or None, after=change.text_after or None,
        )
        for trust in handbook.trusts for policy in trust.policies for new, old in pairwise(policy.revisions)
        for change in find_changes(old, new)
    )  # fmt: skip


Export = Callable[[Handbook, Sequence[Finding]], Iterator[Published]]
EXPORTS: dict[str, tuple[type[Published], str, Export]] = {
    "trusts": (TrustRecord, "The trusts, with their policies in force.", trust_records),
    "policies": (RegisteredPolicyRecord, "The register of policies of each trust: owners, approvals and reviews.", policy_records),
    "academies": (AcademyRecord, "The academies of each trust, with each policy in force: what they adopted, filled in and added.", academy_records),
    "clauses": (ClauseRecord, "Every clause of every policy in force, in the order of the documents.", clause_records),
    "positions": (PositionRecord, "Each policy's answer to each key question.", position_records),
    "topics": (TopicRecord, "What clauses are compared by.", topic_records),
    "questions": (QuestionRecord, "The key questions.", question_records),
    "findings": (FindingRecord, "Reviews that are due or overdue, apparent conflicts, stale references, gaps in the source, and what academies have still to do.", finding_records),
    "changes": (ChangeRecord, "What changed between neighbouring revisions of a policy.", change_records),
    "provenance": (ProvenanceRecord, "Whose each clause in force is, the trust's or an academy's, and since when.", provenance_records),
    "models": (ModelRecord, "The model policies that trusts adopt, with every revision here.", model_records),
    "departures": (DepartureRecord, "Where policies in force depart from the models that they were made from.", departure_records),
    "model-moves": (ModelMoveRecord, "What newer models change, and how policies made from older ones stand to it.", model_move_records),
}  # fmt: skip


def export_data(handbook: Handbook, findings: Sequence[Finding]) -> Iterator[tuple[str, Iterable[str]]]:
    """The files of site/data/, each with its name, a piece at a time: one array of records a file, and one schema each."""
    for name, (record, _, export) in EXPORTS.items():
        rows = (row.model_dump(mode="json", by_alias=True) for row in export(handbook, findings))
        yield f"{name}.json", chain(stream_array(rows, sort_keys=True), ["\n"])
        yield f"schemas/{name}.schema.json", [render_schema(data_schema(name, record))]


def data_files() -> dict[str, tuple[str, dict[str, Any]]]:
    """Each file of site/data/ by its name: what it holds, in a sentence, and its schema."""
    return {name: (about, data_schema(name, record)) for name, (record, about, _) in EXPORTS.items()}


def data_schema(name: str, record: type[Published]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one file of site/data/."""
    schema = TypeAdapter(list[record]).json_schema(mode="serialization", by_alias=True)  # type: ignore[valid-type]
    return {"$schema": DIALECT, "title": f"{name}.json", **schema}
