"""A report as tables, for a workbook, for CSV and for JSON; days are `2025-10-31`, counts are numbers."""

from __future__ import annotations

from collections.abc import Iterator

from clausebook.acknowledgements.reports.cases import STATE_WORDS, STATES, Case
from clausebook.acknowledgements.reports.exceptions import KIND_WORDS
from clausebook.acknowledgements.reports.holdings import Holding
from clausebook.acknowledgements.reports.report import Report
from clausebook.acknowledgements.reports.tallies import Tally
from clausebook.export.tables import Cell, Sheet
from clausebook.model.dates import in_words

COUNTS = ("To sign", "Done", "Done %", "Outstanding", *(STATE_WORDS[state] for state in STATES))
OF_PERSON = ("Name", "Staff number", "Academy", "Manager")
WHOLE = "the whole policy"


def report_sheets(report: Report) -> tuple[Sheet, ...]:
    """Every table, the sums first."""
    return (
        _about(report),
        Sheet("By policy", ("Policy", "Campaign", "Revision", *COUNTS), tuple(map(_counted, report.by_policy))),
        Sheet("By academy", ("Academy", *COUNTS), tuple(map(_counted, (*report.by_academy, report.total)))),
        Sheet("By manager", ("Manager", *COUNTS), tuple(map(_counted, (*report.by_manager, report.total)))),
        Sheet("Days overdue", ("Overdue", "Outstanding"), tuple((band.label, band.count) for band in report.bands)),
        _outstanding(report),
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


def _outstanding(report: Report) -> Sheet:
    headings = (
        *OF_PERSON,
        "Mail",
        "Policy",
        "Revision",
        "To read",
        "Asked",
        "Due",
        "Days overdue",
        "Link ends",
        "Note",
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*_person(case), case.person.mail, case.policy, case.revision, _to_read(case.since), case.asked, case.due,
         case.overdue, case.expires, note_of(case, report.day.isoformat()))
        for case in report.outstanding
    )  # fmt: skip
    return Sheet("Outstanding", headings, rows)


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
        (*_person(case), case.person.starts, case.policy, STATE_WORDS[case.state], case.due, case.overdue)
        for case in report.new_starters
    )  # fmt: skip
    return Sheet("New starters", (*OF_PERSON, "First day", "Policy", "State", "Due", "Days overdue"), rows)


def _trend(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (trend.policy, trend.campaign, str(trend.due or ""), day.day.isoformat(), day.asked, day.done)
        for trend in report.trends
        for day in trend.days
    )
    return Sheet("Trend", ("Policy", "Campaign", "Campaign due", "Day", "Asked by then", "Of these done"), rows)


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
        yield policy, revision or "none", len(found), len(owing), sum(not holding.is_asked for holding in owing)


def _holdings(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*_person(holding.case), holding.case.policy, *_held(holding)) for holding in report.holdings
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
        (clause.policy, clause.since, clause.revision, clause.clause, clause.place, clause.what, clause.count)
        for clause in report.owed_clauses
    )
    return Sheet("Clauses owed", ("Policy", "From", "To", "Clause", "Where", "What changed", "People who owe it"), rows)


def _exceptions(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (KIND_WORDS[one.kind], *((one.person.name, one.person.number, one.person.academy) if one.person else ("not known", "", "")),
         one.policy, one.day, one.by, one.says, ", ".join(one.clauses), str(one.entry or ""))
        for one in report.exceptions
    )  # fmt: skip
    return Sheet(
        "Exceptions", ("Kind", "Name", "Staff number", "Academy", "Policy", "Day", "Decided by", "Says", "Clauses", "Entry"), rows
    )  # fmt: skip


def _unclear(report: Report) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            clause.policy,
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
