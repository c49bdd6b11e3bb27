"""Which changes of items come from their lead-in: what was done once is shown, and confirmed, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clausebook.compare.revisions.change import Change, Kind
from clausebook.compare.revisions.wording import is_same_but_for_typing
from clausebook.model.clause import Clause


def find_reasons(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes of items with the lead-in whose like change brought them about."""
    index = {_sides(change): change for change in changes}
    reasons: dict[str, Change] = {}
    for change in sorted(changes, key=lambda change: len((change.after or change.before)[0].lead_in_ids)):
        above = index.get((change.kind, _above(change.before), _above(change.after)))
        if above and _brings_about(above, change):
            reasons[change.id] = reasons.get(above.id, above)
    return tuple(
        replace(change, through=reasons[change.id].clause, through_id=reasons[change.id].id)
        if change.id in reasons
        else change
        for change in changes
    )


def _sides(change: Change) -> tuple[Kind, str | None, str | None]:
    before, after = (side[0].id if len(side) == 1 else None for side in (change.before, change.after))
    return change.kind, before, after


def _above(side: tuple[Clause, ...]) -> str | None:
    return side[0].lead_in_ids[-1] if len(side) == 1 and side[0].lead_in_ids else None


def _brings_about(above: Change, change: Change) -> bool:
    """Whether the change of a lead-in accounts for a change of the same kind in one of its items."""
    if change.kind in ("added", "removed"):
        return True
    (up, now_up), (one, other) = (above.before[0], above.after[0]), (change.before[0], change.after[0])
    if change.kind in ("stricter", "looser"):
        return (up.modality, now_up.modality) == (one.modality, other.modality)
    if change.kind in ("binds-more", "binds-fewer"):
        more, fewer = set(now_up.binds) - set(up.binds), set(up.binds) - set(now_up.binds)
        return (set(other.binds) - set(one.binds), set(one.binds) - set(other.binds)) == (more, fewer)
    if change.kind == "renumbered":
        return (up.number, now_up.number) == (one.number, other.number)
    return (
        change.kind in ("reworded", "editorial")
        and is_same_but_for_typing(one.said, other.said)
        and (one.lead_in != other.lead_in or one.goes_on != other.goes_on or one.modality != other.modality)
        and (one.modality == other.modality or (one.modality, other.modality) == (up.modality, now_up.modality))
    )
