"""Which PDFs there are: for each trust its policy, quick guide and form, for the hub its matrices, briefs, checklists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from clausebook.compare.comparisons import find_comparisons
from clausebook.compare.departures import departures_of
from clausebook.compare.matrix import compare_questions, compare_topics
from clausebook.compare.model_moves import compare_three
from clausebook.compare.revisions.changesets import Changeset, changeset_between, changesets_of, first_changeset
from clausebook.findings.find import Finding
from clausebook.findings.policy_register import find_register
from clausebook.looks import Looks
from clausebook.model import Campaign
from clausebook.model.colours import work_out_shades
from clausebook.model.handbook import Academy, Handbook, Policy, Revision, Trust
from clausebook.model.labels import lines_in_words
from clausebook.model.values import DRAFTS
from clausebook.pages import print_views as views
from clausebook.pages.briefs import MOST_COLUMNS, plan_briefs, plan_checklists
from clausebook.pages.cited_places import cite_places
from clausebook.pages.page import notes_by_clause, place_gaps, roles_bound
from clausebook.pages.print_views import MatrixGroup, MatrixRow
from clausebook.pages.privacy import privacy_in_brief
from clausebook.pages.rules import choose_rules
from clausebook.pages.templates import render_print
from clausebook.quizzes import TakenQuiz, draw_options, may_offer_course, take_campaign_quiz, take_quiz

HUB_COLOURS = ("#1f3a5f", "#9a3412")
ONE_PAGE = {
    "brief-question.html": 3220,
    "brief-topic.html": 4000,
    "platform-leaflet.html": 3000,
    "quick-guide.html": 1930,
}
"""What must be one page, by its template: about how many characters fill it at 10 points, where the search for its size begins."""


@dataclass(frozen=True)
class PrintDocument:
    """One PDF to be made: where it goes below the site, and the template and the data that it is laid out from."""

    path: str
    template: str
    looks: Looks = field(repr=False)
    colours: views.Colours = field(repr=False)
    view: object = field(repr=False)
    form: bool = False

    @property
    def one_page(self) -> int:
        """Where it must be one page, about how many characters fill it at 10 points; else 0."""
        return ONE_PAGE.get(self.template, 0)

    @property
    def html(self) -> str:
        """What is laid out, rendered at each call: the texts of all prints together would fill the memory."""
        return render_print(self.template, self.looks, self.colours, self.view)


def trust_prints(
    trust: Trust, handbook: Handbook, findings: tuple[Finding, ...], looks: Looks, as_of: date, *, drafts: bool = False
) -> list[PrintDocument]:
    """The PDFs of one trust on the day `as_of`: its register, of each policy in force or withdrawn, of what changed, and of a draft where it is asked for."""
    register = views.RegisterPrint(trust, handbook, as_of, find_register(trust, handbook, as_of, drafts=drafts))
    prints = [PrintDocument(f"{trust.id}/downloads/policies.pdf", "policies.html", looks, _colours_of(trust), register)]
    for policy in trust.policies:
        if policy.in_force:
            prints += _policy_prints(trust, policy.in_force, handbook, findings, looks)
        elif policy.shown:
            prints.append(_policy(f"{trust.id}/downloads/{policy.id}/policy.pdf", trust, policy.shown, handbook, looks))
        prints += _changes_prints(trust, policy, handbook, looks)
        prints += _departures_print(trust, policy, handbook, looks)
        prints += _draft_prints(trust, policy, handbook, looks) if drafts else ()
    for campaign in trust.campaigns:
        prints += _campaign_prints(trust, campaign, handbook, looks)
    for academy in trust.academies:
        prints += _academy_prints(trust.at(academy), academy, handbook, looks)
    return prints


def _academy_prints(trust: Trust, academy: Academy, handbook: Handbook, looks: Looks) -> Iterator[PrintDocument]:
    """Of an academy only what is its own: its texts, their guides and forms. `trust` is as it is for the academy."""
    for policy in trust.policies:
        if academy.has_own(policy.id):
            revision = academy.texts[policy.id]
            folder = f"{trust.id}/downloads/{revision.folder}"
            yield _policy(f"{folder}/policy.pdf", trust, revision, handbook, looks)
            yield _guide(folder, trust, revision, handbook, (), looks)
            asking = trust.campaigns_for(policy.id)
            yield _form(revision.folder, (revision,), asking, trust.statement_for(revision), trust, handbook, looks)
    for campaign in trust.campaigns:
        if len(campaign.policies) > 1 and any(map(academy.has_own, campaign.policies)):
            revisions = tuple(trust.policy(policy).current for policy in campaign.policies)
            path = f"{trust.at_folder}{campaign.path}"
            yield _form(path, revisions, (campaign,), campaign.statement, trust, handbook, looks)


def _campaign_prints(trust: Trust, campaign: Campaign, handbook: Handbook, looks: Looks) -> Iterator[PrintDocument]:
    """Of one over several policies: the form, its one quiz, and the leaflet on its course."""
    if len(campaign.policies) > 1:
        revisions = tuple(trust.policy(policy).current for policy in campaign.policies)
        yield _form(campaign.path, revisions, (campaign,), campaign.statement, trust, handbook, looks)
    folder, taken = f"{trust.id}/downloads/acknowledge/{campaign.id}", take_campaign_quiz(trust, campaign, handbook)
    if taken:
        yield from _quiz_prints(
            folder, trust, taken, views.CampaignQuizPrint(trust, handbook, taken, draw_options), looks
        )
    if may_offer_course(trust, campaign, handbook):
        leaflet = views.CourseLeaflet(
            trust, campaign, [trust.policy(policy).current for policy in campaign.policies], taken
        )
        yield PrintDocument(
            f"{folder}/platform-leaflet.pdf", "platform-leaflet.html", looks, _colours_of(trust), leaflet
        )


def _quiz_prints(
    folder: str, trust: Trust, taken: TakenQuiz, asked: views.QuizPrint | views.CampaignQuizPrint, looks: Looks
) -> Iterator[PrintDocument]:
    """The questions, and the answers where the page has them too."""
    yield PrintDocument(f"{folder}/quiz.pdf", "quiz.html", looks, _colours_of(trust), asked)
    if taken.mode != "sealed":
        yield PrintDocument(f"{folder}/quiz-answers.pdf", "quiz-answers.html", looks, _colours_of(trust), asked)


def _changes_prints(trust: Trust, policy: Policy, handbook: Handbook, looks: Looks) -> Iterator[PrintDocument]:
    for changeset in changesets_of(policy):
        yield _redline(
            "changes.html", f"changes-{changeset.old.id}_{changeset.new.id}", trust, changeset, handbook, looks
        )


def _departures_print(trust: Trust, policy: Policy, handbook: Handbook, looks: Looks) -> Iterator[PrintDocument]:
    """Where a policy in force departs from the model that it was made from."""
    if policy.in_force and (found := departures_of(policy.in_force, handbook)):
        view = views.DeparturesPrint(trust, policy.in_force, handbook, found, compare_three(policy.in_force, handbook))
        path = f"{trust.id}/downloads/{policy.id}/departures.pdf"
        yield PrintDocument(path, "departures.html", looks, _colours_of(trust), view)


def _draft_prints(trust: Trust, policy: Policy, handbook: Handbook, looks: Looks) -> Iterator[PrintDocument]:
    draft = policy.draft
    if draft is None:
        return
    changeset = changeset_between(policy.shown, draft) if policy.shown else first_changeset(draft)
    if not changeset.is_first:
        yield _redline("changes.html", f"changes-{changeset.old.id}_{draft.id}", trust, changeset, handbook, looks)
    yield _redline("response-form.html", "response-form", trust, changeset, handbook, looks)
    yield _policy(f"{trust.id}/downloads/{draft.policy}/draft.pdf", trust, draft, handbook, looks)


def policy_print(trust: Trust, revision: Revision, handbook: Handbook, looks: Looks) -> str:
    """The HTML of one revision, past or in force, with nothing of ours noted beside it."""
    return _policy("", trust, revision, handbook, looks).html


def _policy(
    path: str, trust: Trust, revision: Revision, handbook: Handbook, looks: Looks, findings: tuple[Finding, ...] = ()
) -> PrintDocument:
    return PrintDocument(path, "policy.html", looks, _colours_of(trust), views.PolicyPrint(
        views.OfTrustOnPaper(trust, revision, handbook, findings), notes_by_clause(findings), place_gaps(revision),
        lambda found: _places_of(found, revision),
    ), form=any(clause.structures.form for clause in revision.clauses))  # fmt: skip


def redline_print(trust: Trust, changeset: Changeset, handbook: Handbook, looks: Looks) -> str:
    """The HTML of what changed from one revision to another."""
    return _redline("changes.html", "", trust, changeset, handbook, looks).html


def _redline(
    template: str, name: str, trust: Trust, changeset: Changeset, handbook: Handbook, looks: Looks
) -> PrintDocument:
    return PrintDocument(f"{trust.id}/downloads/{changeset.new.policy}/{name}.pdf", template, looks, _colours_of(trust), views.ChangesPrint(
        trust, changeset, handbook, changeset.new.record.status in DRAFTS
    ))  # fmt: skip


def _policy_prints(
    trust: Trust, revision: Revision, handbook: Handbook, findings: tuple[Finding, ...], looks: Looks
) -> Iterator[PrintDocument]:
    own = tuple(
        found
        for found in findings
        if (found.trust, found.policy, found.revision) == (revision.trust, revision.policy, revision.id)
        and not found.academy
    )
    shared, colours = views.OfTrustOnPaper(trust, revision, handbook, own), _colours_of(trust)
    folder = f"{trust.id}/downloads/{revision.policy}"
    yield _policy(f"{folder}/policy.pdf", trust, revision, handbook, looks, own)
    yield _guide(folder, trust, revision, handbook, own, looks)
    if taken := take_quiz(trust, revision, handbook):
        asked = views.QuizPrint(shared, taken, draw_options)
        yield from _quiz_prints(folder, trust, taken, asked, looks)
        yield PrintDocument(f"{folder}/platform-leaflet.pdf", "platform-leaflet.html", looks, colours, asked)
    asking = trust.campaigns_for(revision.policy)
    yield _form(revision.policy, (revision,), asking, trust.statement_for(revision), trust, handbook, looks)


def _guide(
    folder: str, trust: Trust, revision: Revision, handbook: Handbook, findings: tuple[Finding, ...], looks: Looks
) -> PrintDocument:
    roles = [role for role in roles_bound(revision, handbook) if role.id not in (*revision.record.binds, "employer")]
    view = views.QuickGuidePrint(
        views.OfTrustOnPaper(trust, revision, handbook, findings), choose_rules(revision, handbook), roles
    )
    return PrintDocument(f"{folder}/quick-guide.pdf", "quick-guide.html", looks, _colours_of(trust), view)


def _form(
    folder: str, revisions: tuple[Revision, ...], campaigns: tuple[Campaign, ...], statement: str, trust: Trust, handbook: Handbook, looks: Looks,
) -> PrintDocument:  # fmt: skip
    privacy = privacy_in_brief(trust) if campaigns else ""
    view = views.FormPrint(trust, handbook, revisions, campaigns, statement, privacy)
    path = f"{trust.id}/downloads/{folder}/acknowledgement-form.pdf"
    return PrintDocument(path, "acknowledgement-form.html", looks, _colours_of(trust), view, form=True)


def _colours_of(trust: Trust) -> views.Colours:
    return views.Colours(trust.record.palette.shades, cite_places)


def _places_of(found: Finding, revision: Revision) -> str:
    """Where a note belongs: its clauses, or the lines of the source."""
    if found.clauses:
        return cite_places([revision.by_id[clause] for clause in found.clauses], most=len(found.clauses))
    return ", ".join(lines_in_words(lines) for lines in found.lines)


def hub_prints(handbook: Handbook, looks: Looks, as_of: date, hub: str = "") -> list[PrintDocument]:
    """The PDFs of the hub: both matrices, a brief of each question and topic, the checklists. `hub`: its address, where one is known."""
    return [
        *matrix_prints(handbook, looks, as_of),
        *sheet_prints(handbook, looks, as_of, hub),
    ]


def sheet_prints(handbook: Handbook, looks: Looks, as_of: date, hub: str = "") -> list[PrintDocument]:
    """The briefs and the checklists."""
    colours = views.Colours(work_out_shades(*HUB_COLOURS), cite_places)
    return [
        PrintDocument(planned.path, planned.template, looks, colours, planned.view)
        for planned in (*plan_briefs(handbook, as_of, hub), *plan_checklists(handbook, as_of))
    ]


def matrix_prints(handbook: Handbook, looks: Looks, as_of: date) -> list[PrintDocument]:
    """Both matrices, landscape."""
    by_question: list[MatrixGroup] = []
    by_topic: list[MatrixGroup] = []
    for one in find_comparisons(handbook):
        for first in range(0, len(one.trusts), MOST_COLUMNS):
            columns = one.trusts[first : first + MOST_COLUMNS]
            names = tuple(trust.record.short_name for trust in columns)
            span = f" ({names[0]} to {names[-1]})" if len(one.trusts) > MOST_COLUMNS else ""
            questions = compare_questions(one, columns)
            topics = compare_topics(handbook, one, columns)
            for group in one.groups:
                ids, label = {topic.id for topic in group.topics}, f"{one.label}: {group.label}{span}"
                asked = tuple(MatrixRow(row.question.ask, row.cells) for row in questions if row.question.topic in ids)
                told = tuple(MatrixRow(row.topic.label, row.cells) for row in topics if row.topic.id in ids)
                by_question += [MatrixGroup(label, names, asked)] if asked else []
                by_topic.append(MatrixGroup(label, names, told))
    colours = views.Colours(work_out_shades(*HUB_COLOURS), cite_places)
    return [
        PrintDocument("downloads/questions-matrix.pdf", "matrix.html", looks, colours, views.MatrixPrint(
            as_of, "Staff policies, by question", "Question", "40%", by_question,
            "Each trust's answer to each key question; the reasons and the clauses are on the hub.",
        )),
        PrintDocument("downloads/topics-matrix.pdf", "matrix.html", looks, colours, views.MatrixPrint(
            as_of, "Staff policies, by topic", "Topic", "24%", by_topic,
            "The forces of each trust's clauses on each topic, the strongest first, and in brackets how many clauses there are.",
        )),
    ]  # fmt: skip
