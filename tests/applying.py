"""Changes applied to an old revision, each by no more than its kind says: what they leave out, the result lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from clausebook.compare.revisions import TITLE, Change
from clausebook.model.clause import Clause
from clausebook.model.handbook import Revision

Told = tuple[str, str | None, tuple[str, str], tuple[str, ...], str, str, tuple[str, ...], tuple[str, ...]]
Headings = dict[str, tuple[str, str]]
NEITHER = {"must": {"must-not", "should-not"}, "should": {"must-not", "should-not"}, "must-not": {"must", "should"},
           "should-not": {"must", "should"}, "may": {"states"}, "states": {"may"}}  # fmt: skip


def told(revision: Revision) -> list[Told]:
    """What the changes must give: all of a revision that they speak of."""
    return [_Row.of(clause).told() for clause in revision.clauses]


def apply_changes(old: Revision, changes: Sequence[Change]) -> list[Told]:
    headings = _headings(old, changes)
    changes = [change for change in changes if not _is_of_heading(change)]
    rows = [_Row.of(clause) for clause in old.clauses]
    by_id = {row.old_id: row for row in rows}
    replaced = {clause.id for change in changes if change.kind in ("split", "joined") for clause in change.before}
    for change in changes:
        if len(change.before) == len(change.after) == 1 and change.before[0].id not in replaced:
            _change(by_id[change.before[0].id], change)
    for row in rows:
        row.settle_force()
    carried = _lift(rows, changes)
    for change in changes:
        if change.kind in ("added", "split", "joined", "moved"):
            came = [by_id[change.before[0].id]] if change.kind == "moved" else [_Row.of(one) for one in change.after]
            with_them = [row for clause in change.before for row in carried[clause.id]]
            for row in (*came, *with_them):
                row.section = (change.after[0].section.id, change.after[0].section.heading)
            at = next(
                (n for n, row in enumerate(rows, 1) if row.id == change.follows), 0 if change.follows is None else None
            )
            assert at is not None, f"{change.id} follows {change.follows}, which is not there"
            rows[at:at] = [*came, *with_them]
    return [row.told(headings.get(row.section[0])) for row in rows]


def told_title(old: Revision, changes: Sequence[Change]) -> str:
    """The title that the changes give."""
    return next((change.after[0].text for change in changes if change.clause == TITLE), old.record.title)


def _is_of_heading(change: Change) -> bool:
    return any(clause.id == clause.section.id for clause in (*change.before, *change.after))


def _headings(old: Revision, changes: Sequence[Change]) -> Headings:
    """For each old section that has a new heading or id what it is now."""
    return {
        change.before[0].id: (change.after[0].id, change.after[0].text)
        for change in changes if _is_of_heading(change) and change.clause != TITLE
    }  # fmt: skip


def _lift(rows: list[_Row], changes: Sequence[Change]) -> dict[str, list[_Row]]:
    """Take out of `rows` whatever goes or goes elsewhere; items that stay under a moved lead-in are carried with it."""
    leaves = {
        clause.id: change.kind
        for change in changes
        if change.kind in ("removed", "split", "joined", "moved")
        for clause in change.before
    }
    carried: dict[str, list[_Row]] = {}
    for row in reversed(list(rows)):
        if row.old_id in leaves:
            items = [other for other in rows if row.old_id in other.above]
            carried[row.old_id] = items
            assert not (items and leaves[row.old_id] == "removed"), f"items of {row.old_id} stay without it"
            rows[:] = [other for other in rows if other is not row and other not in items]
    return carried


def _change(row: _Row, change: Change) -> None:
    one, other = change.before[0], change.after[0]
    row.id = other.id
    match change.kind:
        case "stricter" | "looser":
            assert other.modality not in NEITHER[one.modality]
            row.modality, row.forced = other.modality, other
        case "binds-more":
            row.binds |= set(other.binds) - set(one.binds)
        case "binds-fewer":
            row.binds -= set(one.binds) - set(other.binds)
        case "reworded" | "editorial":
            assert change.kind == "reworded" or _hard_words(one, other) == _hard_words(other, one)
            row.lead_in, row.text, row.beside, row.is_reworded = other.lead_in, other.text, _beside(other), True
            if change.kind == "reworded" and other.modality in NEITHER[one.modality]:
                row.modality = other.modality
        case "renumbered":
            row.number = other.number


def _hard_words(clause: Clause, beside: Clause) -> list[str]:
    """Numbers, negations and verbs of force; without what the force of both accounts for."""
    text = " ".join((*clause.lead_in, clause.said, *clause.goes_on)).lower()
    told = text if clause.modality == beside.modality else _without_force([text])[0]
    return re.findall(r"\b(?:not|no|never|unless|except|must|should|may|\w*\d\w*)\b", told)


@dataclass(eq=False)
class _Row:
    old_id: str
    id: str
    above: tuple[str, ...]
    number: str | None
    section: tuple[str, str]
    lead_in: tuple[str, ...]
    text: str
    modality: str
    binds: set[str]
    beside: tuple[str, ...]
    forced: Clause | None = field(default=None)
    is_reworded: bool = False

    @classmethod
    def of(cls, clause: Clause) -> _Row:
        return cls(
            clause.id, clause.id, clause.lead_in_ids, clause.number, (clause.section.id, clause.section.heading), clause.lead_in, clause.text,
            clause.modality, set(clause.binds), _beside(clause),
        )  # fmt: skip

    def settle_force(self) -> None:
        """A change of force alone also puts one modal verb for another, and no other word."""
        if self.forced and not self.is_reworded:
            assert _without_force((*self.lead_in, self.text)) == _without_force(
                (*self.forced.lead_in, self.forced.text)
            )
            self.lead_in, self.text = self.forced.lead_in, self.forced.text

    def told(self, section: tuple[str, str] | None = None) -> Told:
        return (
            self.id, self.number, section or self.section, self.lead_in, self.text, self.modality, tuple(sorted(self.binds)), self.beside,
        )  # fmt: skip


def _beside(clause: Clause) -> tuple[str, ...]:
    """What stands with it, and after the lists that it stands in."""
    return (json.dumps(clause.structures.canonical, sort_keys=True), *clause.goes_on)


def _without_force(pieces: Sequence[str]) -> list[str]:
    return [re.sub(r"\b(?:must|should|may)\b(?: not\b)?", "~", words) for words in pieces]
