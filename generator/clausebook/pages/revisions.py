"""Which pages tell of what is not in force: what changed, each past text, the draft, which text held when, a policy that was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from urllib.parse import quote, urlencode

from clausebook.compare.departures import departures_of
from clausebook.compare.revisions.changesets import (
    TOLD_FIRST,
    Changeset,
    changeset_between,
    changesets_of,
    first_changeset,
)
from clausebook.model import Consultation
from clausebook.model.citation import heading_of
from clausebook.model.clause import Clause
from clausebook.model.dates import in_words
from clausebook.model.handbook import Handbook, Policy, Revision, Trust
from clausebook.model.labels import STATUS
from clausebook.pages import trust_views as views
from clausebook.pages.page import Page, place_gaps, roles_bound
from clausebook.pages.pictures import bars_of_changes
from clausebook.pages.terms import find_terms
from clausebook.pages.trust_views import OtherTrusts, Period

QUOTED = 400  # characters of a clause in a mail: mail programs take about 2,000 in a link, and an accent counts for six


def revision_pages(trust: Trust, policy: Policy, handbook: Handbook, compared: frozenset[str]) -> Iterator[Page]:
    """The pages of what is past and what changed; none for a policy with one revision, or none."""
    revision, changesets = policy.shown, changesets_of(policy)
    if not revision or not changesets:
        return
    shared = views.OfRevision(trust, policy, revision, handbook)
    newest, *others = changesets
    yield Page(f"{revision.policy}/changes", "What changed", "trust/changes.md", _changes(shared, newest, others),
               in_nav=not policy.is_withdrawn, in_search=not policy.is_withdrawn)  # fmt: skip
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
        in_search=not policy.is_withdrawn,
        in_nav=False,
    )
    for newer, past in pairwise(policy.revisions):
        yield Page(f"{revision.policy}/{past.id}", f"{past.record.title}, {past.name}", "trust/policy.md",
                   _text(shared, past, compared), _replaced(past, newer), in_search=False, in_nav=False, banner_word="Superseded")  # fmt: skip


def withdrawn_pages(
    trust: Trust, policy: Policy, last: Revision, handbook: Handbook, compared: frozenset[str]
) -> Iterator[Page]:
    """What stood at the addresses of a policy that was withdrawn, each page saying so; `last` is its last text.

    The text stays for whoever looks something up. Pages that asked something of a reader, or told what to do, lead to it.
    """
    shared = views.OfRevision(trust, policy, last, handbook)
    pages = (
        ("", last.record.title, "trust/policy.md", _text(shared, last, compared)),
        ("document", "About the document", "trust/document.md", shared),
        *((path, title, "trust/withdrawn.md", shared) for path, title in _asking(policy, handbook)),
    )
    when = policy.record.withdrawn
    banner = f"It is not in force{f' since {in_words(when)}' if when else ''} and asks nothing of anyone."
    for path, title, template, view in pages:
        yield Page(f"{policy.id}/{path}".rstrip("/"), title, template, view, banner,
                   in_search=False, in_nav=False, banner_word="Withdrawn")  # fmt: skip


def _asking(policy: Policy, handbook: Handbook) -> Iterator[tuple[str, str]]:
    yield "quick-guide", "Quick guide"
    yield "questions", "Questions and answers"
    yield "rights-and-duties", "Rights and duties"
    if policy.shown and handbook.banks_for(policy.shown):
        yield "quiz", "Check yourself"
    yield "acknowledge", "Confirm"


def draft_pages(trust: Trust, policy: Policy, handbook: Handbook, compared: frozenset[str]) -> Iterator[Page]:
    """The draft in full, and what it would change; none where there is no draft."""
    draft = policy.draft
    if draft is None:
        return
    before = policy.shown
    changeset = changeset_between(before, draft) if before else first_changeset(draft)
    shared = views.OfRevision(trust, policy, before or draft, handbook)
    banner = "It is not in force and applies to no one."
    title = "Consultation" if draft.record.consultation else "Draft"
    title = title if before else f"{title}: {draft.record.title}"
    yield Page(f"{draft.policy}/consultation", title, "trust/consultation.md", views.Consultation(shared, changeset),
               banner, hide=("navigation", "toc"), banner_word="Draft", in_search=False)  # fmt: skip
    yield Page(f"{draft.policy}/{draft.id}", f"{draft.record.title}, draft {draft.id}", "trust/policy.md",
               _text(shared, draft, compared), banner, in_search=False, in_nav=False, banner_word="Draft")  # fmt: skip


def comment_link(consultation: Consultation, draft: Revision, clause: Clause | None = None) -> str:
    """A mail to whoever collects comments, with the clause quoted; short enough for a mail program to take."""
    about = f": {clause.number or heading_of(clause)}" if clause else ""
    return _email(consultation.comments_to, f"Comment on {draft.record.title}, draft {draft.id}{about}", clause)


def mistake_link(trust: Trust, revision: Revision, clause: Clause) -> str:
    """An email that says what is wrong with a clause here, to whom the trust names for that; else without an address."""
    about = f"Something is wrong: {revision.record.title}, {clause.number or heading_of(clause)}"
    return _email(trust.record.mistakes_to or "", about, clause)


def _email(to: str, subject: str, clause: Clause | None) -> str:
    quoted = " ".join((*clause.lead_in, clause.text)) if clause else ""
    body = f"“{quoted[:QUOTED]}{'…' if len(quoted) > QUOTED else ''}” ({clause.id})\n\n" if clause else ""
    return f"mailto:{to}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"


def _changes(shared: views.OfRevision, changeset: Changeset, others: list[Changeset]) -> views.Changes:
    bound = {role for diff in changeset.diffs for role in diff.roles}
    return views.Changes(
        shared, changeset, others, [role for role in shared.handbook.roles if role.id in bound],
        [kind for kind in TOLD_FIRST if any(kind in diff.kinds for diff in changeset.diffs)], bars_of_changes(changeset),
    )  # fmt: skip


def _between(changeset: Changeset) -> str:
    return f"What changed from {changeset.old.name} to {changeset.new.name}"


def _text(shared: views.OfRevision, revision: Revision, compared: frozenset[str]) -> views.PolicyText:
    """What the page of a whole text is filled with, without comparisons and notes. `compared`: the topics that have a page on the hub."""
    return views.PolicyText(
        replace(shared, revision=revision, notes={}, departures=departures_of(revision, shared.handbook)), roles_bound(revision, shared.handbook), place_gaps(revision), {}, OtherTrusts({}, {}, compared), {},
        *find_terms(revision, shared.handbook.terms),
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
    return f"This is the text of {past.name}. {newer.name} replaced it{when}."


def _periods(policy: Policy) -> tuple[Period, ...]:
    starts = [(one.record.dates.starts or (None, None))[1] for one in policy.revisions]
    return tuple(
        Period(revision, STATUS[revision.record.status], start, end)
        for revision, start, end in zip(policy.revisions, starts, (None, *starts), strict=False)
    )
