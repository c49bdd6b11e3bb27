"""Which pages tell of a policy's other revisions: what changed, each past text, the draft, and which text held when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from urllib.parse import quote, urlencode

from clausebook.compare.revisions.changesets import TOLD_FIRST, Changeset, changeset_between, changesets_of
from clausebook.model import Consultation
from clausebook.model.dates import in_words
from clausebook.model.handbook import Clause, Handbook, Policy, Revision, Trust
from clausebook.model.labels import STATUS
from clausebook.pages import trust_views as views
from clausebook.pages.page import Page, place_gaps, roles_bound
from clausebook.pages.trust_views import Period

QUOTED = 400  # characters of a clause in a mail: mail programs take about 2,000 in a link, and an accent counts for six


def revision_pages(trust: Trust, policy: Policy, handbook: Handbook) -> Iterator[Page]:
    """The pages of what is past and what changed; none for a policy with one revision."""
    if not policy.past:
        return
    revision, changesets = policy.in_force, changesets_of(policy)
    shared = views.OfRevision(trust, policy, revision, handbook)
    newest, *others = changesets
    yield Page(f"{revision.policy}/changes", "What changed", "trust/changes.md", _changes(shared, newest, others))
    for changeset in changesets:
        yield Page(
            f"{revision.policy}/{changeset.path}",
            _between(changeset),
            "trust/changes.md",
            _changes(shared, changeset, []),
            in_search=False,
            in_nav=False,
        )
    yield Page(
        f"{revision.policy}/revisions",
        "All revisions",
        "trust/revisions.md",
        views.Revisions(shared, _periods(policy), changesets),
        in_nav=False,
    )
    for newer, past in pairwise(policy.revisions):
        yield Page(f"{revision.policy}/{past.id}", f"{past.record.title}, {past.id}", "trust/policy.md",
                   _text(shared, past), _replaced(past, newer), in_search=False, in_nav=False, banner_word="Superseded")  # fmt: skip


def draft_pages(trust: Trust, policy: Policy, handbook: Handbook) -> Iterator[Page]:
    """The draft in full, and what it would change; none where there is no draft."""
    draft = policy.draft
    if draft is None:
        return
    shared = views.OfRevision(trust, policy, policy.in_force, handbook)
    banner = "It is not in force and binds nobody."
    title = "Consultation" if draft.record.consultation else "Draft"
    yield Page(f"{draft.policy}/consultation", title, "trust/consultation.md", views.Consultation(shared, changeset_between(policy.in_force, draft)),
               banner, hide=("navigation", "toc"), banner_word="Draft", in_search=False)  # fmt: skip
    yield Page(f"{draft.policy}/{draft.id}", f"{draft.record.title}, draft {draft.id}", "trust/policy.md",
               _text(shared, draft), banner, in_search=False, in_nav=False, banner_word="Draft")  # fmt: skip


def comment_link(consultation: Consultation, draft: Revision, clause: Clause | None = None) -> str:
    """A mail to whoever collects comments, with the clause quoted; short enough for a mail program to take."""
    about = f": {clause.number or clause.section.heading}" if clause else ""
    subject = f"Comment on {draft.record.title}, draft {draft.id}{about}"
    quoted = " ".join((*clause.lead_in, clause.text)) if clause else ""
    body = f"“{quoted[:QUOTED]}{'…' if len(quoted) > QUOTED else ''}” ({clause.id})\n\n" if clause else ""
    return f"mailto:{consultation.comments_to}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"


def _changes(shared: views.OfRevision, changeset: Changeset, others: list[Changeset]) -> views.Changes:
    bound = {role for diff in changeset.diffs for role in diff.roles}
    return views.Changes(
        shared, changeset, others, [role for role in shared.handbook.roles if role.id in bound],
        [kind for kind in TOLD_FIRST if any(kind in diff.kinds for diff in changeset.diffs)],
    )  # fmt: skip


def _between(changeset: Changeset) -> str:
    return f"What changed from {changeset.old.id} to {changeset.new.id}"


def _text(shared: views.OfRevision, revision: Revision) -> views.PolicyText:
    """What the page of a whole text is filled with, without comparisons and notes."""
    return views.PolicyText(
        replace(shared, revision=revision, notes={}), roles_bound(revision, shared.handbook), place_gaps(revision), {}, {}, {}
    )  # fmt: skip


def _replaced(past: Revision, newer: Revision) -> str:
    starts = newer.record.dates.starts
    when = (
        f" on {in_words(starts[1])}"
        if starts and len(starts[1]) == len("2026-09-01")
        else f" in {in_words(starts[1])}"
        if starts
        else ""
    )
    return f"This is the revision {past.id}. {newer.id} replaced it{when}."


def _periods(policy: Policy) -> tuple[Period, ...]:
    starts = [(one.record.dates.starts or (None, None))[1] for one in policy.revisions]
    return tuple(
        Period(revision, STATUS[revision.record.status], start, end)
        for revision, start, end in zip(policy.revisions, starts, (None, *starts), strict=False)
    )
