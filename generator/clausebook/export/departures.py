"""Where policies depart from the models that they were made from, to take away, as a table or as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clausebook.compare.departures import DepartureKind, Departures, all_departures
from clausebook.compare.model_moves import State, ThreeWay, compare_three
from clausebook.export.published import Published
from clausebook.export.tables import Sheet
from clausebook.findings.find import Finding
from clausebook.model.citation import number_of
from clausebook.model.clause import Clause
from clausebook.model.handbook import Handbook
from clausebook.model.labels import DEPARTURE, MOVE
from clausebook.model.model_policy import all_models
from clausebook.model.text import plain_words


class ModelRecord(Published):
    model: str
    """provider/kind/revision, as a policy names the model that it was made from."""
    provider: str
    provider_name: str
    kind: str
    """What it is a model of: an id of content/kinds.yml."""
    revision: str
    title: str
    newest: bool
    """false where its provider has published a newer revision of it."""
    made_from: str | None
    """The model that this one was made from; null where it names none."""
    clauses: int


class DepartureRecord(Published):
    """A clause of a policy in force that is not as its model has it."""

    trust: str
    policy: str
    revision: str
    model: str
    """provider/kind/revision"""
    kind: DepartureKind
    clause: str
    """Its id, in the policy; in the model where the policy leaves it out."""
    changes: list[str]
    """What a reason may call it, as `clausebook departures` prints it."""
    before: str | None
    """The words of the model; null where it has no such clause."""
    after: str | None
    """The words of the policy; null where it leaves the clause out."""
    why: str | None
    """The trust's own reason."""


class ModelMoveRecord(Published):
    """A change of a newer model, and how a policy that was made from an older one stands to it."""

    trust: str
    policy: str
    revision: str
    model: str
    """The model that the policy was made from: provider/kind/revision."""
    newer_model: str
    state: State
    """take: the policy says what the older model said; choose: both changed; same: the policy says it already."""
    clause: str
    then: str | None
    now: str | None
    ours: str | None


def model_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[ModelRecord]:
    return (
        ModelRecord(
            model=one.name, provider=one.provider.id, provider_name=one.provider.record.name, kind=one.policy.kind, revision=one.revision.id,
            title=one.revision.record.title, newest=one.newer is None, made_from=one.revision.record.model, clauses=len(one.revision.clauses),
        )
        for one in all_models(handbook.models)
    )  # fmt: skip


def departure_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[DepartureRecord]:
    return (
        DepartureRecord(
            trust=found.ours.trust, policy=found.ours.policy, revision=found.ours.id, model=found.model.name, kind=one.kind, clause=one.clause,
            changes=list(one.names), before=one.before or None, after=one.after or None, why=one.why,
        )
        for found in all_departures(handbook) for one in found.all
    )  # fmt: skip


def model_move_records(handbook: Handbook, _: Sequence[Finding]) -> Iterator[ModelMoveRecord]:
    return (
        ModelMoveRecord(
            trust=revision.trust, policy=revision.policy, revision=revision.id, model=three.departures.model.name,
            newer_model=three.newer_name, state=move.state, clause=move.diff.clause, then=move.then or None, now=move.now or None,
            ours=move.our_words or None,
        )
        for revision in handbook.in_force if (three := compare_three(revision, handbook)) for move in three.moves
    )  # fmt: skip


def departures_sheet(found: Departures, roles: dict[str, str]) -> Sheet:
    """A row for each departure."""
    rows = tuple(
        (DEPARTURE[one.kind], _number(one.place), one.in_words(roles), one.why or "", one.names[0], plain_words(one.before), plain_words(one.after))
        for one in found.all
    )  # fmt: skip
    return Sheet("Departures", ("Kind", "Clause", "What", "Why", "Name", "The model", "The policy"), rows)


def moves_sheet(three: ThreeWay, roles: dict[str, str]) -> Sheet:
    """A row for each change of the newer model."""
    rows = tuple(
        (MOVE[move.state], _number(move.diff.place), move.in_words(roles), plain_words(move.then), plain_words(move.now), move.our_words)
        for move in three.moves
    )  # fmt: skip
    return Sheet("Newer model", ("State", "Clause", "What the model changes", "Model then", "Model now", "Ours"), rows)


def _number(clause: Clause) -> str:
    return "" if clause.id == clause.section.id else number_of(clause)
