"""What changed from one revision of a policy to another, and what happened to each clause over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from clausebook.compare.revisions import NEVER_MATERIAL, TITLE, Change, find_changes
from clausebook.compare.revisions.clause_diffs import ClauseDiff, addresses_in_words, count_addresses, diff_clauses
from clausebook.compare.revisions.materiality import is_material
from clausebook.model.dates import count
from clausebook.model.handbook import Policy, Revision
from clausebook.model.labels import CHANGE
from clausebook.model.values import DRAFTS

TOLD_FIRST = ("added", "removed", "stricter", "looser", "binds-more", "binds-fewer", "split", "joined", "reworded",
              "heading", "title", "moved", "renumbered", "editorial")  # fmt: skip

PLACES = {"moved", "renumbered"}


@dataclass(frozen=True)
class Changeset:
    """From one revision to another: what changed, clause by clause."""

    old: Revision
    new: Revision
    diffs: tuple[ClauseDiff, ...]
    addresses: int
    """How many clauses have nothing new but their address."""

    @property
    def path(self) -> str:
        """Its folder below the policy's."""
        return f"changes/{self.old.id}_{self.new.id}"

    @property
    def is_first(self) -> bool:
        """Whether `new` is the first text of its policy, so that all of it is new."""
        return not self.old.sections

    @property
    def material(self) -> int:
        """How many clauses ask for a new acknowledgement."""
        return sum(1 for diff in self.diffs if diff.material)

    @property
    def to_discuss(self) -> tuple[ClauseDiff, ...]:
        """What somebody may agree to or not: changes of the words, or of whom they bind."""
        return tuple(diff for diff in self.diffs if set(diff.kinds) - PLACES)

    @property
    def only_placed(self) -> tuple[ClauseDiff, ...]:
        """The clauses that say the same as before at another place or under another number."""
        return tuple(diff for diff in self.diffs if not set(diff.kinds) - PLACES)

    @property
    def summary(self) -> str:
        """The changeset in a sentence: how many clauses changed, and in which way."""
        if self.is_first:
            return f"A new policy of {count(len(self.new.clauses), 'clause')}: there is no earlier text to compare it with."
        kinds = Counter(kind for diff in self.diffs for kind in diff.kinds)
        told = [f"{kinds[kind]} {CHANGE[kind].lower()}" for kind in TOLD_FIRST if kinds[kind]]
        if not told:
            return f"No clause changed. {addresses_in_words(self.addresses)}".rstrip()
        clauses = f"{len(self.diffs)} clause{'s' if len(self.diffs) > 1 else ''} changed: {', '.join(told)}."
        would = "would ask" if self.new.record.status in DRAFTS else ""
        asks = {0: f"None of them {would or 'asks'}", 1: f"One of them {would or 'asks'}"}.get(
            self.material, f"{self.material} of them {would or 'ask'}"
        )
        several = " A clause can have changed in more than one way." if sum(kinds.values()) > len(self.diffs) else ""
        return f"{clauses}{several} {asks} for a new acknowledgement. {addresses_in_words(self.addresses)}".rstrip()


@dataclass(frozen=True)
class Told:
    """What happened to a clause when a revision came, in words."""

    revision: str
    says: str


@lru_cache(maxsize=512)
def changeset_between(old: Revision, new: Revision, between: tuple[Revision, ...] = ()) -> Changeset:
    """The changeset from `old` to `new`. Over several revisions a change asks again where one of the changesets did.

    `between` are the revisions from the one after `old` to `new`, in their order, where they are not neighbours.
    """
    changes = find_changes(old, new)
    diffs = diff_clauses(changes, new)
    if len(between) > 1:
        asking = _asking((old, *between))
        diffs = tuple(replace(diff, material=_asks(diff, asking), because=None) for diff in diffs)
    return Changeset(old, new, diffs, count_addresses(changes))


def first_changeset(draft: Revision) -> Changeset:
    """The changeset of a policy's first text, from nothing: each of its clauses is added."""
    return changeset_between(replace(draft, sections=()), draft)


def _asks(diff: ClauseDiff, asking: set[str]) -> bool:
    clauses = {clause.id for change in diff.changes for clause in (change.after or change.before)}
    return bool(clauses & asking) and any(change.kind not in NEVER_MATERIAL for change in diff.changes)


def _asking(chain: tuple[Revision, ...]) -> set[str]:
    """The clauses that some changeset of the chain asks to acknowledge: by their last ids, or all that they had where they are gone."""
    names = {one: {one} for one in _ids(chain[0])}  # every id that a clause of this revision has had
    asking: set[str] = set()
    gone: set[str] = set()
    for revision, other in pairwise(chain):
        came = {now: set(names.get(now, ())) for now in _ids(other)}
        asked = {clause for clause in asking if clause in came}
        for change in find_changes(revision, other):
            before = {clause.id for clause in change.before}
            if is_material(change, other.record.changes) or before & asking:
                asked |= {clause.id for clause in change.after}
                gone |= set() if change.after else {name for clause in before for name in names[clause]}
            for clause in change.after:
                came[clause.id] |= {name for earlier in before for name in names[earlier]}
        names, asking = {clause: {clause, *had} for clause, had in came.items()}, asked
    return asking | gone


def _ids(revision: Revision) -> list[str]:
    """What a change can be of: clauses, headings, the title."""
    return [TITLE, *(part.record.id for part in revision.sections), *(clause.id for clause in revision.clauses)]


def neighbour_changesets(policy: Policy) -> tuple[Changeset, ...]:
    """Each changeset between neighbours, the newest first."""
    return tuple(changeset_between(old, new) for new, old in pairwise(policy.revisions))


def changesets_of(policy: Policy) -> tuple[Changeset, ...]:
    """Each changeset between neighbours, the newest first, then from each older revision to the one in force."""
    revisions = policy.revisions
    longer = (
        changeset_between(revisions[place], revisions[0], tuple(reversed(revisions[:place])))
        for place in range(2, len(revisions))
    )
    return (*neighbour_changesets(policy), *longer)


def changesets_to_now(policy: Policy) -> tuple[Changeset, ...]:
    """The changeset from each older revision to the one in force, from the newest one of them; none where none is in force."""
    return tuple(changeset for changeset in changesets_of(policy) if changeset.new is policy.in_force)


def clause_histories(policy: Policy, roles: Mapping[str, str]) -> dict[str, list[Told]]:
    """What happened to each clause in force since it first stood, the newest first, by its id."""
    histories: dict[str, list[Told]] = {clause.id: [] for clause in policy.current.clauses}
    names = {clause: clause for clause in histories}  # the id that a clause in force had, going back
    for new, old in pairwise(policy.revisions):
        earlier: dict[str, str] = {}
        by_clause: dict[str, list[Change]] = {}
        for change in find_changes(old, new):
            for clause in change.after:
                by_clause.setdefault(clause.id, []).append(change)
                ids = [before.id for before in change.before]
                if ids and clause.id not in earlier:
                    earlier[clause.id] = clause.id if clause.id in ids else ids[0]
        for now, name in list(names.items()):
            for change in by_clause.get(name, []):
                histories[now].append(Told(new.id, change.in_words(roles)))
            if any(change.kind == "added" for change in by_clause.get(name, [])):
                del names[now]
            else:
                names[now] = earlier.get(name, name)
    return histories
