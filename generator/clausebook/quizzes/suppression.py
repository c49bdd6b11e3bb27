"""Which counts of people may be shown: none under five, and none from which one under five could be worked out.

A table shows the parts of a total, such as how many chose each answer out of all who answered. A part under five is hidden
(`fewer than 5`). Whoever sees the total and the other parts could work it out, so further parts are hidden (`not shown`), the
smallest first and equal ones together, until three values or more fit each part under five. What fits is judged by all that
the table gives away: the sum of the hidden parts, which is the total less those that are shown; that what is `fewer than 5`
lies between 0 and 4; and that what is `not shown` is 5 or more, and less than all that are shown.

Where hiding every part is not enough the total is hidden as well. A count that stands in a row and in a column is shown only
where both allow it. Two reports on nearly the same people, laid side by side, can still tell of those by whom they differ.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

FEW = 5
ROOM = 2  # between the least and the most that fits; with 1, whoever knows this rule could tell some from what else is hidden
TOO_FEW = f"fewer than {FEW}"
NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Hidden:
    """Which parts of a total are hidden, by their places, and whether the total is."""

    parts: frozenset[int]
    total: bool = False


def hide_parts(parts: Sequence[int], also: Collection[int] = ()) -> Hidden:
    """What to hide of these parts of a total that is shown. `also` are places that are hidden for another reason."""
    hidden = {place for place, count in enumerate(parts) if count < FEW or place in also}
    while hidden and _can_be_worked_out(parts, hidden):
        shown = [place for place in range(len(parts)) if place not in hidden]
        if not shown:
            return Hidden(frozenset(hidden), total=True)
        smallest = min(parts[place] for place in shown)
        hidden |= {place for place in shown if parts[place] == smallest}
    return Hidden(frozenset(hidden), total=sum(parts) < FEW)


def shown_count(count: int, *, hidden: bool) -> str:
    """The count as a table shows it."""
    if not hidden:
        return str(count)
    return TOO_FEW if count < FEW else NOT_SHOWN


def shown_share(part: int, total: int, *, hidden: bool, total_hidden: bool) -> str:
    """The share in per cent. Of a hidden part only what the words beside it say: that it, or the rest, is under five."""
    if total_hidden or not total:
        return NOT_SHOWN
    if not hidden:
        return f"{percent(part, total)}%"
    most = -(-100 * (FEW - 1) // total)
    if part < FEW:
        return f"{min(100, most)}% or less"
    return f"{max(0, 100 - most)}% or more" if total - part < FEW else NOT_SHOWN


def percent(part: int, total: int) -> int:
    """Rounded to whole per cent, half up."""
    return (200 * part + total) // (2 * total)


def _can_be_worked_out(parts: Sequence[int], hidden: Collection[int]) -> bool:
    """Whether a count under five can have one value only, for whoever knows the sum and what the words for each say."""
    counts = [parts[place] for place in hidden]
    most = min((count - 1 for place, count in enumerate(parts) if place not in hidden), default=sum(counts))
    if max(counts) > most:  # it is hidden for another reason, and then anything may be
        most = sum(counts)
    bounds = [(0, FEW - 1) if count < FEW else (FEW, most) for count in counts]
    lows, highs, total = sum(low for low, _ in bounds), sum(high for _, high in bounds), sum(counts)
    return any(
        max(low, total - (highs - high)) + ROOM > min(high, total - (lows - low))
        for count, (low, high) in zip(counts, bounds, strict=True)
        if count < FEW
    )
