"""Which pages tell of a policy's other revisions: what changed, each past text, the draft, and which text held when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.calendar_dates import in_words
from generator.merge import Handbook, Library, Policy, Series
from generator.pages import Page, place_gaps, roles_bound
from generator.steps import TOLD_FIRST, Step, steps_of
from generator.words import STATUS


def revision_pages(handbook: Handbook, series: Series, library: Library) -> Iterator[Page]:
    """The pages of what is past and what changed; none for a policy with one revision."""
    if not series.past:
        return
    policy, steps = series.in_force, steps_of(series)
    shared: dict[str, Any] = {"handbook": handbook, "policy": policy, "library": library, "series": series}
    newest, *others = steps
    yield Page(f"{policy.id}/changes", "What changed", "trust/changes.md", _changes(shared, newest, others))
    for step in steps:
        if step is not newest:
            yield Page(
                f"{policy.id}/{step.path}",
                _between(step),
                "trust/changes.md",
                _changes(shared, step, []),
                in_search=False,
                in_nav=False,
            )
    yield Page(
        f"{policy.id}/revisions",
        "All revisions",
        "trust/revisions.md",
        {**shared, "periods": _periods(series), "steps": steps},
    )
    for newer, past in pairwise(series.revisions):
        yield Page(f"{policy.id}/{past.revision_id}", f"{past.revision.title}, {past.revision_id}", "trust/policy.md",
                   _text(shared, past, library), _replaced(past, newer), in_search=False, in_nav=False, banner_word="Superseded")  # fmt: skip


def _changes(shared: dict[str, Any], step: Step, others: list[Step]) -> dict[str, Any]:
    bound = {role for diff in step.diffs for role in diff.roles}
    return {
        **shared, "step": step, "others": others, "roles": [role for role in shared["library"].roles if role.id in bound],
        "kinds": [kind for kind in TOLD_FIRST if any(kind in diff.kinds for diff in step.diffs)],
    }  # fmt: skip


def _between(step: Step) -> str:
    return f"What changed from {step.old.revision_id} to {step.new.revision_id}"


def _text(shared: dict[str, Any], policy: Policy, library: Library) -> dict[str, Any]:
    """What the page of a whole text is filled with, without comparisons and notes."""
    return {
        **shared, "policy": policy, "findings": (), "notes": {}, "answered_by": {}, "roles": roles_bound(policy, library),
        "gaps_after": place_gaps(policy), "nearest": {}, "histories": {},
    }  # fmt: skip


def _replaced(past: Policy, newer: Policy) -> str:
    starts = newer.revision.dates.starts
    when = (
        f" on {in_words(starts[1])}"
        if starts and len(starts[1]) == len("2026-09-01")
        else f" in {in_words(starts[1])}"
        if starts
        else ""
    )
    return f"This is the revision {past.revision_id}. {newer.revision_id} replaced it{when}."


@dataclass(frozen=True)
class Period:
    """When a revision held, as exactly as its dates say; nothing where they do not."""

    policy: Policy
    state: str
    starts: str | None
    ends: str | None


def _periods(series: Series) -> tuple[Period, ...]:
    starts = [(one.revision.dates.starts or (None, None))[1] for one in series.revisions]
    return tuple(
        Period(policy, STATUS[policy.revision.status], start, end)
        for policy, start, end in zip(series.revisions, starts, (None, *starts), strict=False)
    )
