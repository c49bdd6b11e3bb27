"""What a newer revision of a model means for a policy that was made from an older one, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from clausebook.compare.departures import BLANK, Departure, Departures, departures_of, fills, names_of
from clausebook.compare.revisions.changesets import changeset_between
from clausebook.compare.revisions.clause_diffs import ClauseDiff, say_all
from clausebook.model.clause import Clause
from clausebook.model.dates import count
from clausebook.model.handbook import Handbook, Revision

State = Literal["take", "choose", "same"]
"""take: our text is the model's, so the new words can be taken; choose: both changed it; same: ours says it already."""
OF_THE_MODEL_ALONE = frozenset({"title", "moved", "renumbered"})


@dataclass(frozen=True)
class ModelMove:
    """One change of the model, and how our text stands to it."""

    state: State
    diff: ClauseDiff
    """From the model that our text was made from to the newer one."""
    ours: tuple[Clause, ...]
    """The clauses of our text that it is about; none where we left it out, or never had it."""
    departure: Departure | None
    """Where our text is not as the older model has it."""

    def in_words(self, roles: Mapping[str, str]) -> str:
        return say_all(self.diff, roles)

    @property
    def then(self) -> str:
        """The words of the older model; nothing where the clause is new."""
        return "".join(run.text for run in self.diff.runs if run.kind != "added")

    @property
    def now(self) -> str:
        """The words of the newer model; nothing where the clause is gone."""
        return "".join(run.text for run in self.diff.runs if run.kind != "removed")

    @property
    def our_words(self) -> str:
        return " ".join(clause.in_full for clause in self.ours)


@dataclass(frozen=True)
class ThreeWay:
    """The model then, the model now, and our text."""

    departures: Departures
    now: Revision
    moves: tuple[ModelMove, ...]
    """In the order of the newer model."""
    filled_in: Mapping[str, str]
    """What our text has for each blank of the older model."""

    @property
    def newer_name(self) -> str:
        """As a text names the newer model: `provider/kind/revision`."""
        return f"{self.departures.model.provider.id}/{self.departures.model.policy.kind}/{self.now.id}"

    @property
    def in_words(self) -> str:
        """How many changes there are: `4 changes: 2 can be taken over, 1 to decide, 1 already in the policy`."""
        words = {"take": "can be taken over", "choose": "to decide", "same": "already in the policy"}
        told = (f"{len(moves)} {words[state]}" for state in get_args(State) if (moves := self.in_state(state)))
        return f"{count(len(self.moves), 'change')}{': ' if self.moves else ''}{', '.join(told)}"

    def in_state(self, state: State) -> tuple[ModelMove, ...]:
        return tuple(move for move in self.moves if move.state == state)


def compare_three(revision: Revision, handbook: Handbook) -> ThreeWay | None:
    """What is to be said of a text whose model has moved on; None where it names no model, or the newest."""
    departures = departures_of(revision, handbook)
    if departures is None or departures.model.newer is None:
        return None
    names = names_of(handbook.trust(revision.trust))
    now = departures.model.newer
    filled_in = _filled_in(departures, names)
    return ThreeWay(departures, now, tuple(_moves(departures, now, filled_in)), filled_in)


def _moves(departures: Departures, now: Revision, filled_in: Mapping[str, str]) -> Iterator[ModelMove]:
    departed = {
        clause.id: one
        for one in departures.all
        for change in one.diff.changes
        for clause in (*change.before, *change.after)
    }
    for diff in changeset_between(departures.model.revision, now).diffs:
        if set(diff.kinds) <= OF_THE_MODEL_ALONE:
            continue
        before = {clause.id: clause for change in diff.changes for clause in change.before}
        after = {clause.id: clause for change in diff.changes for clause in change.after}
        known = departures.ours.by_id
        ours = tuple(known[name] for name in {**before, **after} if name in known)
        departure = next((departed[name] for name in {**before, **after} if name in departed), None)
        state = _state(departures.ours, before, after, departure, filled_in)
        yield ModelMove(state, diff, ours, departure)


def _state(
    ours: Revision, before: Mapping[str, Clause], after: Mapping[str, Clause], departure: Departure | None,
    filled_in: Mapping[str, str],
) -> State:  # fmt: skip
    known = ours.by_id
    gone = any(name in known for name in before if name not in after)
    if not gone and all(name in known and _says(known[name], clause) for name, clause in after.items()):
        return "same"
    if departure is None:
        return "take"
    can_take = departure.kind == "names-filled-in" and all(can_fill(one.said, filled_in) for one in after.values())
    return "take" if can_take else "choose"


def _says(ours: Clause, model: Clause) -> bool:
    return (ours.lead_in, ours.said, ours.modality, ours.binds) == (
        model.lead_in,
        model.said,
        model.modality,
        model.binds,
    )


def can_fill(text: str, filled_in: Mapping[str, str]) -> bool:
    """Whether our text has something for each blank in `text`; the model's words for the school can stay."""
    return all(blank["ours"] or blank[0] in filled_in for blank in BLANK.finditer(text))


def fill(text: str, filled_in: Mapping[str, str]) -> str:
    """`text` with what our text has for each blank."""
    return BLANK.sub(lambda blank: filled_in.get(blank[0], blank[0]), text)


def _filled_in(departures: Departures, names: tuple[str, ...]) -> dict[str, str]:
    """Where two clauses fill a blank in differently, neither is what is meant."""
    found: dict[str, set[str]] = {}
    for one in departures.all:
        for change in one.diff.changes:
            if one.kind == "names-filled-in" and len(change.before) == len(change.after) == 1:
                for blank, words in (fills(change.before[0], change.after[0], names) or {}).items():
                    found.setdefault(blank, set()).add(words)
    return {blank: words.pop() for blank, words in found.items() if len(words) == 1}
