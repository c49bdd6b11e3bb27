"""A report as tables, for a workbook, for CSV and for JSON; days are `2025-10-31`, counts are numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clausebook.acknowledgements.reports.cases import STATE_WORDS, STATES, Case
from clausebook.acknowledgements.reports.exceptions import KIND_WORDS
from clausebook.acknowledgements.reports.holdings import Holding
from clausebook.acknowledgements.reports.owing import Owing
from clausebook.acknowledgements.reports.report import Report
from clausebook.acknowledgements.reports.tallies import CampaignTally, Tally
from clausebook.export.tables import Cell, Sheet
from clausebook.model.dates import count, in_words

COUNTS = ("To sign", "Done", "Done %", "Outstanding", *(STATE_WORDS[state] for state in STATES))
OF_PERSON = ("Name", "Staff number", "Academy", "Manager")
WHOLE = "the whole policy"


def report_sheets(report: Report) -> tuple[Sheet, ...]:
    """Every table, the sums first."""
    return (
        owing_sheet(report, report.owing),
        _about(report),
        policy_sheet(report, report.by_policy),
        campaign_sheet(report.campaigns),
        Sheet(
            "Campaigns by policy",
            ("Campaign", "Policy", "Revision", *COUNTS),
            tuple(_of_campaign(report, tally) for tally in report.by_campaign),
        ),
        Sheet("By academy", ("Academy", *COUNTS), tuple(map(_counted, (*report.by_academy, report.total)))),
        Sheet("By manager", ("Manager", *COUNTS), tuple(map(_counted, (*report.by_manager, report.total)))),
        Sheet("Days overdue", ("Overdue", "Outstanding"), tuple((band.label, band.count) for band in report.bands)),
        _new_starters(report),
        _trend(report),
        _held_revisions(report),
        _holdings(report),
        _owed_clauses(report),
        _exceptions(report),
        Sheet("Assurance", ("How sure", "Done"), report.assurance),
        _unclear(report),
    )


def _about(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Trust", report.trust.record.name),
        ("As at the end of", report.day.isoformat()),
        ("People who owe something", len(report.owing)),
        ("Of these with something overdue", sum(one.overdue > 0 for one in report.owing)),
        ("Asked, neither left nor exempt", report.total.to_sign),
        ("Done", report.total.done),
        ("Outstanding", report.total.outstanding),
        ("Of these overdue", report.total.of("overdue")),
        ("Not asked yet, though a campaign names their role", report.total.of("not-asked")),
        ("Left", report.total.of("left")),
        ("Exempt", report.total.of("exempt")),
        ("What is counted", "One person and one policy. Whoever is asked for two policies counts twice."),
        ("Entries of the register", report.entries),
        ("Of these purged", report.purged),
        ("Private", "It names people: it is HR's own, and each manager gets the sheet of their own team only."),
    )  # fmt: skip
    return Sheet("About", ("What", f"As at {in_words(report.day)}"), rows)


def _counted(tally: Tally) -> tuple[Cell, ...]:
    return (*tally.name, tally.to_sign, tally.done, tally.share, tally.outstanding, *tally.counts)


def _person(case: Case) -> tuple[str, ...]:
    person = case.person
    return person.name, person.number, person.academy, case.manager


def owing_sheet(report: Report, owing: Sequence[Owing]) -> Sheet:
    """Who owes what: a row for each policy that somebody owes, person by person."""
    headings = (*OF_PERSON, "Mail", "Owes", "Policy", "Campaign", "Revision", "To read", "Asked", "Due", "Days overdue", "Link ends", "Note")  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*_person(case), case.person.mail, len(one.cases), report.title(case.policy), case.campaign, case.revision, _to_read(case.since),
         case.asked, case.due, case.overdue, case.expires, note_of(case, report.day.isoformat()))
        for one in owing
        for case in one.cases
    )  # fmt: skip
    return Sheet("Who owes what", headings, rows)


def owing_by_person(report: Report, owing: Sequence[Owing]) -> Sheet:
    """Who owes what, as a reader sees it at a glance: a row for each person, with all that they owe in it."""
    day = report.day.isoformat()
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.person.name, "\n".join(_owed(report, case) for case in one.cases), one.overdue, one.person.academy, one.manager, one.person.number,
         " ".join(dict.fromkeys(note for case in one.cases if (note := note_of(case, day)))))
        for one in owing
    )  # fmt: skip
    headings = ("Name", "Owes", "Days overdue", "Academy", "Manager", "Staff number", "Note")
    return Sheet("Who owes what", headings, rows)


def _owed(report: Report, case: Case) -> str:
    when = f"{count(case.overdue, 'day')} overdue" if case.overdue else f"due {in_words(case.due)}"
    return f"{report.title(case.policy)}: {when}"


def policy_sheet(report: Report, tallies: Iterable[Tally]) -> Sheet:
    rows = [(report.title(tally.name[0]), *_counted(tally)[1:]) for tally in tallies]
    return Sheet("By policy", ("Policy", *COUNTS), tuple(sorted(rows, key=lambda row: str(row[0]).casefold())))


def campaign_sheet(campaigns: Iterable[CampaignTally]) -> Sheet:
    """People, and not cases: whoever owes one policy of a campaign has not done it."""
    headings = ("Campaign", "Policies", "People", "Signed all of it", "Signed all %", "Owe some of it", "Of these overdue", "Not asked yet")  # fmt: skip
    rows = tuple((one.campaign, one.policies, one.people, one.done, one.share, one.owing, one.overdue, one.not_asked) for one in campaigns)  # fmt: skip
    return Sheet("By campaign", headings, rows)


def _of_campaign(report: Report, tally: Tally) -> tuple[Cell, ...]:
    campaign, policy, revision = tally.name
    return (campaign, report.title(policy), revision, *_counted(tally)[3:])


def _to_read(since: str) -> str:
    return f"what changed since {since}" if since else WHOLE


def note_of(case: Case, day: str) -> str:
    """What HR, or a manager, should know of somebody who has not signed."""
    notes = [
        "A receipt of theirs waits for HR's decision." if case.is_held else "",
        "They said that clauses are not understood, and wait for an answer." if case.open_questions else "",
        "Their link no longer works: issue a new one." if case.is_outstanding and case.expires < day else "",
    ]
    return " ".join(note for note in notes if note)


def _new_starters(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*_person(case), case.person.starts, report.title(case.policy), STATE_WORDS[case.state], case.due, case.overdue)
        for case in report.new_starters
    )  # fmt: skip
    return Sheet("New starters", (*OF_PERSON, "First day", "Policy", "State", "Due", "Days overdue"), rows)


def _trend(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (trend.campaign, str(trend.due or ""), day.day.isoformat(), day.asked, day.done)
        for trend in report.trends
        for day in trend.days
    )
    return Sheet("Trend", ("Campaign", "Campaign due", "Day", "Asked by then", "Of these done"), rows)


def _held_revisions(report: Report) -> Sheet:
    return Sheet(
        "Revisions held", ("Policy", "Holds", "People", "Of these owe a newer one", "Of these not asked for it yet"),
        tuple(count_held(report)),
    )  # fmt: skip


def count_held(report: Report) -> Iterator[tuple[Cell, ...]]:
    """How many hold which revision; of whoever holds none, the cell says so."""
    groups: dict[tuple[str, str], list[Holding]] = {}
    for holding in report.holdings:
        groups.setdefault((holding.case.policy, holding.holds.revision if holding.holds else ""), []).append(holding)
    for (policy, revision), found in sorted(groups.items(), reverse=True):
        owing = [holding for holding in found if holding.owes]
        yield (
            report.title(policy),
            revision or "none",
            len(found),
            len(owing),
            sum(not holding.is_asked for holding in owing),
        )


def _holdings(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*_person(holding.case), report.title(holding.case.policy), *_held(holding)) for holding in report.holdings
    )
    return Sheet(
        "Who holds what", (*OF_PERSON, "Policy", "Holds", "Since", "How", "Assurance", "Owes", "Clauses owed"), rows
    )


def _held(one: Holding) -> tuple[str, ...]:
    holds = one.holds
    signed = (holds.revision, holds.day[:10], holds.how, holds.assurance) if holds else ("none", "", "", "")
    if not one.owes:
        return (*signed, "", "")
    owes = one.owes if one.is_asked else f"{one.owes}, not asked yet"
    return (*signed, owes, ", ".join(one.clauses) if one.since else WHOLE)


def _owed_clauses(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            report.title(clause.policy),
            clause.since,
            clause.revision,
            clause.clause,
            clause.place,
            clause.what,
            clause.count,
        )
        for clause in report.owed_clauses
    )
    return Sheet("Clauses owed", ("Policy", "From", "To", "Clause", "Where", "What changed", "People who owe it"), rows)


def _exceptions(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (KIND_WORDS[one.kind], *((one.person.name, one.person.number, one.person.academy) if one.person else ("not known", "", "")),
         report.title(one.policy) if one.policy else "", one.day, one.by, one.says, ", ".join(one.clauses), str(one.entry or ""))
        for one in report.exceptions
    )  # fmt: skip
    return Sheet(
        "Exceptions", ("Kind", "Name", "Staff number", "Academy", "Policy", "Day", "Decided by", "Says", "Clauses", "Entry"), rows
    )  # fmt: skip


def _unclear(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            report.title(clause.policy),
            clause.revision,
            clause.clause,
            clause.place,
            clause.text,
            clause.people,
            clause.unanswered,
            "\n".join(clause.questions),
        )
        for clause in report.unclear
    )
    return Sheet(
        "Not understood",
        ("Policy", "Revision", "Clause", "Where", "In full", "People", "Not answered yet", "They asked"),
        rows,
    )
