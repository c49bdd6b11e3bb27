"""Where a policy departs from the model that it was made from: the changes between both, by the engine that tells revisions apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from clausebook.compare.revisions.changesets import changeset_between
from clausebook.compare.revisions.clause_diffs import ClauseDiff
from clausebook.compare.revisions.in_words import name_of
from clausebook.model.clause import Clause
from clausebook.model.dates import count
from clausebook.model.handbook import Handbook, Revision, Trust
from clausebook.model.labels import DEPARTURE
from clausebook.model.model_policy import NamedModel, find_model

DepartureKind = Literal["tightened", "loosened", "added", "left-out", "reworded", "names-filled-in"]
KINDS: tuple[DepartureKind, ...] = get_args(DepartureKind)
STRICTER, LOOSER = frozenset({"stricter", "binds-more"}), frozenset({"looser", "binds-fewer"})
NO_DEPARTURE = frozenset({"title", "editorial", "moved", "renumbered"})
"""A trust gives its document its own title and its own numbers; neither changes what anybody must do."""
LONGEST_NAME = 12  # words: what fills a blank in is a name or a number, no rule
BLANK = re.compile(
    r"\[[^\]]{1,80}\](?!\()|\{\{?[^{}]{1,80}\}\}?|<[A-Za-z][^<>]{0,80}>|_{3,}|…{3,}|\.{6,}"
    r"|(?P<ours>\b(?:[Tt]he|[Oo]ur|[Tt]his) (?:school|academy|trust|college|employer|organisation|governing (?:body|board))\b)"
)
"""What a model leaves to be filled in, and its own words for whoever adopts it."""


@dataclass(frozen=True)
class Departure:
    """A clause of a policy that is not as its model has it."""

    kind: DepartureKind
    diff: ClauseDiff
    why: str | None
    """The reason that somebody gave; None where there is none."""

    @property
    def clause(self) -> str:
        """Its id, in the policy, or in the model where it was left out."""
        return self.diff.clause

    @property
    def place(self) -> Clause:
        return self.diff.place

    @property
    def in_brief(self) -> str:
        """What it is about, in a few words: `clause 4.2`, `clause 2.4 of the model`."""
        name = name_of(self.place)
        brief = name.rstrip(",").partition(", “")[0] if self.place.number else name
        return f"{brief[:1].lower()}{brief[1:]}" + (" of the model" if self.kind == "left-out" else "")

    @property
    def before(self) -> str:
        """The words of the model; nothing where it has no such clause."""
        return "".join(run.text for run in self.diff.runs if run.kind != "added")

    @property
    def after(self) -> str:
        """The words of the policy; nothing where it leaves the clause out."""
        return "".join(run.text for run in self.diff.runs if run.kind != "removed")

    def in_words(self, roles: Mapping[str, str] | None = None) -> str:
        """One plain sentence or two; `roles` has each role's label by its id."""
        if self.kind in ("added", "left-out"):
            is_heading = self.place.id == self.place.section.id
            what = f"The section “{self.place.text}”" if is_heading else name_of(self.place)
            return f"{what} is not in the model." if self.kind == "added" else f"{what} of the model was left out."
        if self.kind == "names-filled-in":
            return f"{name_of(self.place)} fills in what the model leaves open, and changes nothing else."
        told = (change for change in self.diff.changes if change.kind not in NO_DEPARTURE)
        return " ".join(change.in_words(roles) for change in told)

    @property
    def names(self) -> tuple[str, ...]:
        """What a reason may call it: `reworded:no-contact-with-pupils`."""
        return tuple(change.id for change in self.diff.changes)


@dataclass(frozen=True)
class Departures:
    """How a policy stands to the model that it was made from."""

    model: NamedModel
    ours: Revision
    all: tuple[Departure, ...]
    """In the order of the policy."""
    only_placed: int
    """How many clauses differ in their number, their place or their typing, and in nothing else."""

    @property
    def counts(self) -> dict[DepartureKind, int]:
        """How many there are of each kind that there is, in the order of the kinds."""
        found = Counter(one.kind for one in self.all)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for one in self.all for name in one.names)

    @property
    def in_words(self) -> str:
        """How many there are, by kind: `2 departures: 1 tightened, 1 left out`."""
        if not self.all:
            return "no departures"
        kinds = ", ".join(f"{number} {DEPARTURE[kind].lower()}" for kind, number in self.counts.items())
        return f"{count(len(self.all), 'departure')}: {kinds}"

    @property
    def unchanged(self) -> int:
        """How many clauses of the policy say what the model says."""
        return len(self.ours.clauses) - len(self._departed)

    @property
    def _departed(self) -> set[str]:
        """The clauses of the policy that a departure touches."""
        sides = (clause for one in self.all for change in one.diff.changes for clause in change.after)
        return {clause.id for clause in sides} & set(self.ours.by_id)

    def of_clause(self, clause: str) -> Departure | None:
        """The departure of a clause; None where it says what the model says."""
        return next(
            (one for one in self.all if any(clause == now.id for change in one.diff.changes for now in change.after)),
            None,
        )


def departures_of(revision: Revision, handbook: Handbook) -> Departures | None:
    """Where `revision` departs from the model that it names; None where it names none."""
    model = find_model(handbook.models, revision.record.model)
    if model is None:
        return None
    return departures_from(model, revision, names_of(handbook.trust(revision.trust)))


def departure_kinds(revision: Revision, handbook: Handbook) -> dict[str, DepartureKind]:
    """How each clause departs from the model that its text was made from, by its id; those that say what the model says are not there."""
    found = departures_of(revision, handbook)
    each = (
        ((now.id, one.kind) for one in found.all for change in one.diff.changes for now in change.after)
        if found
        else ()
    )
    return dict(each)


def names_of(trust: Trust) -> tuple[str, ...]:
    """What a trust calls itself."""
    return (trust.record.name, trust.record.short_name)


@lru_cache(maxsize=512)
def departures_from(model: NamedModel, revision: Revision, names: tuple[str, ...]) -> Departures:
    """The same from any revision of a model; `names` is what the trust calls itself."""
    diffs = changeset_between(model.revision, revision).diffs
    reasons = {one.change: one.why for one in revision.record.departures}
    found = tuple(
        Departure(_kind(diff, names), diff, next((reasons[one.id] for one in diff.changes if one.id in reasons), None))
        for diff in diffs
        if not _says_the_same(diff)
    )
    placed = sum(1 for diff in diffs if _says_the_same(diff) and diff.kinds != ("title",))
    return Departures(model, revision, found, placed)


def _says_the_same(diff: ClauseDiff) -> bool:
    """Whether a reader is told nothing else: a link of the trust's own leads elsewhere, and its words are the same."""
    kinds = set(diff.kinds) - NO_DEPARTURE
    if kinds != {"reworded"}:
        return not kinds
    sides = [(change.before, change.after) for change in diff.changes if change.kind == "reworded"]
    return all(run.kind == "same" for run in diff.runs) and all(
        [_beside_its_words(one) for one in before] == [_beside_its_words(one) for one in after]
        for before, after in sides
    )


def _beside_its_words(clause: Clause) -> tuple[object, ...]:
    return clause.modality, clause.binds, clause.structures.canonical


def _kind(diff: ClauseDiff, names: tuple[str, ...]) -> DepartureKind:
    """What weakens a rule is told first: it is what a reader must not miss."""
    kinds = set(diff.kinds)
    if "added" in kinds:
        return "added"
    if "removed" in kinds:
        return "left-out"
    if kinds & LOOSER:
        return "loosened"
    if kinds & STRICTER:
        return "tightened"
    reworded = [change for change in diff.changes if change.kind in ("reworded", "heading")]
    one_to_one = all(len(change.before) == len(change.after) == 1 for change in reworded)
    if kinds & {"split", "joined"} or not one_to_one:
        return "reworded"
    filled = all(fills(change.before[0], change.after[0], names) is not None for change in reworded)
    return "names-filled-in" if filled else "reworded"


def fills(model: Clause, ours: Clause, names: tuple[str, ...]) -> Mapping[str, str] | None:
    """What each blank of the model was filled in with, where nothing else differs; else None.

    Blanks are placeholders such as `[name of the lead]`, and the model's words for the school, for which `names` may stand.
    """
    if model.modality != ours.modality or model.structures.canonical.get("files") != ours.structures.canonical.get(
        "files"
    ):
        return None
    before, after = (" ".join((*one.lead_in, one.said, *one.goes_on)) for one in (model, ours))
    blanks = list(BLANK.finditer(before))
    pattern, at = "", 0
    for blank in blanks:
        pattern += re.escape(before[at : blank.start()]) + f"({_filling(blank, names)})"
        at = blank.end()
    found = re.fullmatch(pattern + re.escape(before[at:]), after)
    return {blank[0]: words for blank, words in zip(blanks, found.groups(), strict=True)} if blanks and found else None


def _filling(blank: re.Match[str], names: tuple[str, ...]) -> str:
    """What may stand in the place of a blank, as a pattern without groups."""
    if blank["ours"]:
        ours = (
            r"(?:[Tt]he|[Oo]ur|[Tt]his) (?:school|academy|trust|college|employer|organisation|governing (?:body|board))"
        )
        return "|".join((*(rf"(?:[Tt]he )?{re.escape(name)}" for name in names), ours))
    return rf"\S+(?: \S+){{0,{LONGEST_NAME - 1}}}?"


def all_departures(handbook: Handbook) -> Iterator[Departures]:
    """Of each policy in force that was made from a model, in the order of the trusts."""
    return (found for revision in handbook.in_force if (found := departures_of(revision, handbook)))
