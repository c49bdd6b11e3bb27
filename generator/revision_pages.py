"""Which pages tell of a policy's other revisions: what changed, each past text, the draft, and which text held when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urlencode

from generator.calendar_dates import in_words
from generator.merge import Clause, Handbook, Library, Policy, Series
from generator.model import Consultation
from generator.pages import Page, place_gaps, roles_bound
from generator.steps import TOLD_FIRST, Step, step_between, steps_of
from generator.words import STATUS

QUOTED = 400  # characters of a clause in a mail: mail programs take about 2,000 in a link, and an accent counts for six


def revision_pages(handbook: Handbook, series: Series, library: Library) -> Iterator[Page]:
    """The pages of what is past and what changed; none for a policy with one revision."""
    if not series.past:
        return
    policy, steps = series.in_force, steps_of(series)
    shared: dict[str, Any] = {"handbook": handbook, "policy": policy, "library": library, "series": series}
    newest, *others = steps
    yield Page(f"{policy.id}/changes", "What changed", "trust/changes.md", _changes(shared, newest, others))
    for step in steps:
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
        in_nav=False,
    )
    for newer, past in pairwise(series.revisions):
        yield Page(f"{policy.id}/{past.revision_id}", f"{past.revision.title}, {past.revision_id}", "trust/policy.md",
                   _text(shared, past, library), _replaced(past, newer), in_search=False, in_nav=False, banner_word="Superseded")  # fmt: skip


def draft_pages(handbook: Handbook, series: Series, library: Library) -> Iterator[Page]:
    """The draft in full, and what it would change; none where there is no draft."""
    draft = series.draft
    if draft is None:
        return
    shared: dict[str, Any] = {"handbook": handbook, "policy": series.in_force, "library": library, "series": series}
    banner = "It is not in force and binds nobody."
    title = "Consultation" if draft.revision.consultation else "Draft"
    yield Page(f"{draft.id}/consultation", title, "trust/consultation.md", {**shared, "step": step_between(series.in_force, draft)},
               banner, hide=("navigation", "toc"), banner_word="Draft", in_search=False)  # fmt: skip
    yield Page(f"{draft.id}/{draft.revision_id}", f"{draft.revision.title}, draft {draft.revision_id}", "trust/policy.md",
               _text(shared, draft, library), banner, in_search=False, in_nav=False, banner_word="Draft")  # fmt: skip


def comment_link(consultation: Consultation, draft: Policy, clause: Clause | None = None) -> str:
    """A mail to whoever collects comments, with the clause quoted; short enough for a mail program to take."""
    about = f": {clause.number or clause.section.heading}" if clause else ""
    subject = f"Comment on {draft.revision.title}, draft {draft.revision_id}{about}"
    quoted = " ".join((*clause.lead_in, clause.text)) if clause else ""
    body = f"“{quoted[:QUOTED]}{'…' if len(quoted) > QUOTED else ''}” ({clause.id})\n\n" if clause else ""
    return f"mailto:{consultation.comments_to}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"


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
