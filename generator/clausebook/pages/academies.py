"""The pages of a trust's academies: one list, what differs between them, and for each academy only the texts that are its own.

What an academy shares with its trust, such as the questions and the quiz, is read at the trust's pages: thirty academies are not
thirty sites.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from clausebook.compare.revisions.provenance import whose_clauses
from clausebook.findings.academies import adoptions_of
from clausebook.model.clause import Clause
from clausebook.model.handbook import Academy, Handbook, Policy, Trust
from clausebook.pages import academy_views as views
from clausebook.pages import trust_views
from clausebook.pages.acknowledge import acknowledge_view, campaign_page
from clausebook.pages.page import Page, answered, answered_elsewhere, guide_groups, place_gaps, roles_bound
from clausebook.pages.reading_list import reading_list
from clausebook.pages.rules import choose_rules
from clausebook.pages.terms import find_terms
from clausebook.pages.trust_views import OtherTrusts
from clausebook.quizzes import TakenQuiz

LIST, DIFFERENCES = "academies", "academies/differences"


def academy_pages(
    trust: Trust, handbook: Handbook, quizzes: dict[str, TakenQuiz], campaign_quizzes: dict[str, TakenQuiz], as_of: date
) -> Iterator[Page]:
    """Every page that a trust has because it has academies; nothing where it has none."""
    if not trust.academies:
        return
    yield Page(
        LIST, "Our academies", "trust/academies.md", _academies(trust, handbook, as_of), hide=("navigation", "toc")
    )
    yield Page(
        DIFFERENCES, "What differs between our academies", "trust/academy-differences.md", _differences(trust, handbook),
        in_search=False, crumbs=(("Our academies", LIST),), in_nav=False,
    )  # fmt: skip
    for academy in trust.academies:
        theirs = trust.at(academy)
        view = reading_list(theirs, handbook, quizzes, campaign_quizzes)
        yield Page(f"at/{academy.id}", academy.record.name, "trust/home-of-many.md", view, hide=("navigation", "toc"), in_nav=False,
                   crumbs=(("Our academies", LIST),))  # fmt: skip
        for campaign in trust.campaigns if not trust.keys else ():  # a personal link knows the academy
            if len(campaign.policies) > 1:
                page = campaign_page(campaign, campaign_quizzes.get(campaign.id), theirs, handbook)
                yield replace(page, crumbs=_crumbs(academy))
        for policy in trust.policies:
            if academy.has_own(policy.id):
                yield from _own_pages(theirs, academy, policy, handbook, has_quiz=policy.id in quizzes)


def _own_pages(trust: Trust, academy: Academy, policy: Policy, handbook: Handbook, *, has_quiz: bool) -> Iterator[Page]:
    """The whole text and the quick guide of an academy's own text. `trust` is as it is for the academy, `policy` the trust's."""
    revision, theirs = academy.texts[policy.id], trust.policy(policy.id)
    shared = trust_views.OfRevision(trust, theirs, revision, handbook, (), {}, has_quiz)
    roles, crumbs = roles_bound(revision, handbook), _crumbs(academy)
    within = (*crumbs, (revision.record.title, revision.folder))
    title = f"{revision.record.title}, {academy.record.short}"
    yield Page(revision.folder, title, "trust/policy.md", trust_views.PolicyText(
        shared, roles, place_gaps(revision), {}, OtherTrusts({}, {}, frozenset()), {}, *find_terms(revision, handbook.terms),
        whose_clauses(policy, revision, academy),
    ), in_nav=False, crumbs=crumbs)  # fmt: skip
    cells = answered(revision, handbook)
    yield Page(f"{revision.folder}/quick-guide", f"Quick guide: {title}", "trust/quick-guide.md", trust_views.QuickGuide(
        shared, choose_rules(revision, handbook), guide_groups(cells, answered_elsewhere(trust, revision, handbook)), roles,
    ), in_nav=False, in_search=False, crumbs=within)  # fmt: skip
    view = acknowledge_view(theirs, revision, trust, handbook)
    yield Page(f"{revision.folder}/acknowledge", f"Confirm: {title}", "trust/acknowledge.md", view, hide=("navigation", "toc"),
               in_nav=False, in_search=False, crumbs=within)  # fmt: skip


def _crumbs(academy: Academy) -> tuple[tuple[str, str], ...]:
    return ("Our academies", LIST), (academy.record.short, f"at/{academy.id}")


def _academies(trust: Trust, handbook: Handbook, as_of: date) -> views.Academies:
    lines = adoptions_of(trust, as_of)
    policies = (policy for policy in trust.policies if policy.in_force)
    return views.Academies(trust, handbook, tuple(
        views.AdoptedPolicy(policy, tuple(line for line in lines if line.policy.id == policy.id)) for policy in policies
    ))  # fmt: skip


def _differences(trust: Trust, handbook: Handbook) -> views.Differences:
    different = [policy for policy in trust.policies if trust.academies_with_own(policy.id)]
    unchanged = tuple(policy for policy in trust.policies if policy.in_force and policy not in different)
    return views.Differences(trust, handbook, tuple(_difference(trust, policy) for policy in different), unchanged)


def _difference(trust: Trust, policy: Policy) -> views.Difference:
    own = trust.academies_with_own(policy.id)
    using: dict[str, list[Clause]] = {}
    for clause in policy.current.clauses:
        for name in own[0].texts[policy.id].by_id[clause.id].filled_in:
            using.setdefault(name, []).append(clause)
    fields = tuple(
        views.FieldRow(field, tuple(using[field.id])) for field in trust.record.fields if field.id in using
    )  # fmt: skip
    added = tuple((academy, found) for academy in own if (found := _added(policy, academy)))
    same = tuple(academy for academy in trust.academies if academy not in own)
    return views.Difference(policy, policy.current, fields, added, same)


def _added(policy: Policy, academy: Academy) -> tuple[views.AddedClause, ...]:
    appendix, known = academy.appendices.get(policy.id), policy.current.by_id
    if appendix is None:
        return ()
    return tuple(
        views.AddedClause(clause, tuple((one, known.get(one.target)) for one in appendix.bears_on if one.clause == clause.id))
        for clause in academy.texts[policy.id].clauses if clause.of_academy and not clause.lead_in
    )  # fmt: skip
