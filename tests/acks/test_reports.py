"""Reports: every figure of a register made by hand, the same in every view, and nothing that came after the day."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from acks.registers import read_report, replace_text
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.reports.report import Report
from clausebook.acknowledgements.reports.sheets import report_sheets
from clausebook.acknowledgements.reports.tallies import Tally
from clausebook.acknowledgements.reports.teams import find_teams, team_sheet
from clausebook.export.tables import Sheet
from larkhill import write_larkhill

from . import many
from .made_desks import TRUST, MadeDesk, larkhill, term_of_2025

Clausebook = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]
DAY = date(2025, 11, 20)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeDesk:
    return term_of_2025(tmp_path_factory.mktemp("hr") / "desk")


def report_of(made: MadeDesk, day: date = DAY) -> Report:
    return read_report(made.desk, larkhill(), TRUST, day)


@pytest.fixture(scope="module")
def report(made: MadeDesk) -> Report:
    return report_of(made)


def sheet(report: Report, name: str) -> Sheet:
    return next(one for one in report_sheets(report) if one.name == name)


def names(report: Report, state: str) -> list[str]:
    return [case.person.name.split()[0] for case in report.cases if case.state == state]


def test_everybody_is_in_one_state(report: Report) -> None:
    assert {state: names(report, state) for state in ("acknowledged", "carried", "on-behalf", "due", "overdue", "exempt", "left", "not-asked")} == {
        "acknowledged": ["Ann", "Ben"], "carried": ["Hal"], "on-behalf": ["Eve"], "due": ["Ida"], "overdue": ["Lou", "Cat", "Dan", "Kim"],
        "exempt": ["Fay"], "left": ["Gus"], "not-asked": ["Jon"],
    }  # fmt: skip
    assert len(report.cases) == 12  # Max is a governor, whom no campaign names
    total = report.total
    assert (total.to_sign, total.done, total.outstanding, total.share) == (9, 4, 5, "44%")


def test_the_views_add_up_to_the_same(report: Report) -> None:
    def add(tallies: tuple[Tally, ...]) -> tuple[int, ...]:
        return tuple(sum(one.counts[place] for one in tallies) for place in range(len(report.total.counts)))

    assert (
        add(report.by_academy)
        == add(report.by_manager)
        == add(report.by_policy)
        == add(report.by_campaign)
        == report.total.counts
    )
    assert sum(report.total.counts) == len(report.cases)
    assert (
        sum(band.count for band in report.bands)
        == report.total.outstanding
        == sum(len(one.cases) for one in report.owing)
    )
    assert sum(count for _, count in report.assurance) == report.total.done
    assert [(trend.days[-1].asked, trend.days[-1].done) for trend in report.trends] == [(9, 4)]
    assert sum(trend.days[-1].asked for trend in report.trends) == report.total.to_sign
    assert sum(row[2] for row in sheet(report, "Revisions held").rows) == len(report.cases) - report.total.of("left")


def test_who_owes_what_comes_first_and_names_the_policy(report: Report) -> None:
    first = report_sheets(report)[0]
    assert first.name == "Who owes what"
    told = [dict(zip(first.headings, row, strict=True)) for row in first.rows]
    assert [(row["Name"].split()[0], row["Owes"], row["Policy"], row["Campaign"], row["Days overdue"]) for row in told] == [
        (name, 1, "Social media policy", "2025-26", 20) for name in ("Lou", "Cat", "Dan", "Kim")
    ] + [("Ida", 1, "Social media policy", "2025-26", 0)]  # fmt: skip
    assert told[0]["To read"] == "what changed since 2024-09"


def test_by_campaign_people_are_counted(report: Report) -> None:
    assert sheet(report, "By campaign").rows == (("2025-26", 1, 9, 4, "44%", 5, 4, 1),)


@pytest.fixture(scope="module")
def over_four(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Forty people and four policies: of the first every third person owes it, of the next every fourth, and so on."""
    desk, handbook = many.made(tmp_path_factory.mktemp("many") / "desk", 4, 40)
    return read_report(desk, handbook, TRUST, DAY)


def test_over_several_policies_each_person_stands_once(over_four: Report) -> None:
    owing = {one.person.number: one for one in over_four.owing}
    assert len(owing) == len(over_four.owing) == 24
    assert [over_four.title(case.policy) for case in owing["E20"].cases] == ["Acceptable use", "Code of conduct"]
    assert [over_four.title(case.policy) for case in owing["E0"].cases] == [
        "Acceptable use",
        "Code of conduct",
        "Social media",
        "Whistleblowing",
    ]
    assert [len(one.cases) for one in over_four.owing[:3]] == [2, 1, 1], "most of it overdue first"
    assert [one.overdue for one in over_four.owing] == sorted((one.overdue for one in over_four.owing), reverse=True)
    rows = sheet(over_four, "Who owes what").rows
    assert (
        len(rows)
        == over_four.total.outstanding
        == sum(not number % mod for number in range(40) for mod in (3, 4, 5, 6))
    )


def test_over_several_policies_the_counts_are_of_cases_and_of_people(over_four: Report) -> None:
    assert [(row[0], row[1], row[2]) for row in sheet(over_four, "By policy").rows] == [
        ("Acceptable use", 40, 32), ("Code of conduct", 40, 30), ("Social media", 40, 26), ("Whistleblowing", 40, 33),
    ]  # fmt: skip
    assert sheet(over_four, "By campaign").rows == (("2025-26", 4, 40, 16, "40%", 24, 10, 0),)
    assert [row[:2] for row in sheet(over_four, "Campaigns by policy").rows] == [
        ("2025-26", title) for title in ("Acceptable use", "Code of conduct", "Social media", "Whistleblowing")
    ]
    (trend,) = over_four.trends
    assert (trend.days[-1].asked, trend.days[-1].done) == (160, 121)


def test_every_sheet_calls_a_policy_by_its_title(over_four: Report) -> None:
    (team, *_) = find_teams(over_four)
    for one in (*report_sheets(over_four), team_sheet(team, over_four)):
        cells = {str(cell) for row in one.rows for cell in row}
        assert cells.isdisjoint(many.TITLES), one.name


def test_by_academy_manager_and_days_overdue(report: Report) -> None:
    assert [(one.name[0], one.to_sign, one.done, one.outstanding) for one in report.by_academy] == [
        ("Alder", 4, 2, 2), ("Birch", 4, 2, 2), ("not given", 1, 0, 1),
    ]  # fmt: skip
    assert [(one.name[0], one.to_sign, one.of("overdue"), one.of("not-asked")) for one in report.by_manager] == [
        ("M. Moss", 5, 3, 0), ("Noor, N.", 3, 0, 1), ("not given", 1, 1, 0),
    ]  # fmt: skip
    assert [(band.label, band.count) for band in report.bands if band.count] == [
        ("Not yet due", 1),
        ("15 to 30 days overdue", 4),
    ]
    assert {one.overdue for one in report.owing} == {0, 20}


def test_the_trend_is_cumulative_and_knows_the_due_day(report: Report) -> None:
    (trend,) = report.trends
    assert (trend.campaign, trend.due) == ("2025-26", date(2025, 10, 31))
    by_day = {one.day: (one.asked, one.done) for one in trend.days}
    assert trend.days[0].day == date(2025, 9, 15)
    assert trend.days[-1].day == DAY
    assert len(trend.days) == (DAY - date(2025, 9, 15)).days + 1
    assert [by_day[date(2025, *day)] for day in ((9, 15), (10, 1), (10, 20), (11, 3), (11, 10))] == [
        (8, 1), (8, 2), (8, 3), (8, 4), (9, 4),
    ]  # fmt: skip
    assert all(one.done <= other.done for one, other in zip(trend.days, trend.days[1:], strict=False))


def test_as_at_another_day_only_what_counted_by_then(made: MadeDesk) -> None:
    before = report_of(made, date(2025, 10, 31))
    assert names(before, "acknowledged") == ["Ann"]
    assert names(before, "overdue") == []
    assert names(before, "due") == ["Lou", "Ben", "Cat", "Dan", "Kim"]
    assert names(before, "not-asked") == []  # nobody who started later
    assert report_of(made, date(2025, 11, 1)).bands[1].count == 5
    on_the_day = report_of(made, date(2025, 11, 4))
    assert "Kim" in names(on_the_day, "acknowledged")  # her receipt was voided on the fifth
    assert report_of(made, date(2024, 9, 15)).cases == () or names(report_of(made, date(2024, 9, 15)), "not-asked")


def test_who_holds_what_and_owes_which_clauses(report: Report) -> None:
    held = {one.case.person.name.split()[0]: one for one in report.holdings}
    assert held["Lou"].holds.revision == "2024-09"
    assert (held["Lou"].owes, held["Lou"].since) == ("2025-09", "2024-09")
    assert held["Lou"].clauses
    assert (held["Cat"].holds, held["Cat"].owes, held["Cat"].since) == (None, "2025-09", "")
    assert (held["Ann"].holds.revision, held["Ann"].owes) == ("2025-09", "")
    assert "Gus" not in held
    assert {(one.since, one.revision, one.count) for one in report.owed_clauses} == {("2024-09", "2025-09", 1)}
    assert tuple(sorted(one.clause for one in report.owed_clauses)) == tuple(sorted(held["Lou"].clauses))
    row = next(row for row in sheet(report, "Who holds what").rows if row[0] == "Cat Example")
    assert row[-2:] == ("2025-09", "the whole policy")


def test_clauses_of_other_roles_are_not_owed(made: MadeDesk) -> None:
    owed = {one.case.person.name: one.clauses for one in report_of(made).holdings}["Lou Example"]
    revision = next(one for one in larkhill().trusts[0].policies[0].revisions if one.id == "2025-09")
    assert all({"staff", "account-owners"} & set(revision.by_id[one].binds) for one in owed if one in revision.by_id)


def test_exceptions_say_who_and_why(report: Report) -> None:
    rows = [(row[0], row[1], row[5], row[6]) for row in sheet(report, "Exceptions").rows]
    assert rows == [
        ("Left", "Gus Example", "2025-10-15", "the roster"),
        ("Exempt", "Fay Example", "2025-10-21", "R. Ward, HR"),
        ("Recorded on behalf", "Eve Example", "2025-10-20", "R. Ward, HR"),
        ("Void", "Kim Example", "2025-11-05", "R. Ward, HR"),
        ("Held for a decision", "Kim Example", "2025-11-06", ""),
        ("Not understood", "Dan Example", "2025-10-22", ""),
    ]
    says = {row[0]: row[7] for row in sheet(report, "Exceptions").rows}
    assert "the acknowledgement of 2025-11-04" in says["Void"]
    assert "Nothing was acknowledged." in says["Left"]


def test_assurance_and_what_was_not_understood(report: Report) -> None:
    assert {level: count for level, count in report.assurance if count} == {
        "link and sender": 1, "link only": 2, "on behalf": 1,
    }  # fmt: skip
    assert [(one.clause, one.people, one.unanswered, one.questions) for one in report.unclear] == [
        ("no-parent-contact", 1, 1, ("Is my niece a relative?",)),
        ("relatives", 1, 1, ("Is my niece a relative?",)),
    ]
    assert all("Dan" not in str(row) for row in sheet(report, "Not understood").rows)


def test_whoever_works_at_an_academy_that_is_not_asked_is_no_matter_of_the_report(made: MadeDesk) -> None:
    handbook = larkhill()
    trust = handbook.trust(TRUST)
    campaign = trust.campaigns[0].model_copy(update={"academies": ("alder",)})
    alder = replace(handbook, trusts=(replace(trust, campaigns=(campaign,)),))
    told = read_report(made.desk, alder, TRUST, DAY)
    assert names(told, "not-asked") == []  # Jon works at Birch
    assert "Eve" in names(told, "on-behalf"), "whoever was asked before is still told"


def test_new_starters_stand_together(report: Report) -> None:
    assert [(row[0], row[4], row[6], row[7]) for row in sheet(report, "New starters").rows] == [
        ("Ida Example", "2025-11-10", "Outstanding, not yet due", "2025-11-24"),
        ("Jon Example", "2025-11-17", "Not asked yet", ""),
    ]


def test_a_manager_sees_their_own_team_and_nobody_else(report: Report) -> None:
    teams = {team.manager: team for team in find_teams(report)}
    assert {name: team.file for name, team in teams.items()} == {"M. Moss": "m-moss", "Noor, N.": "noor-n"}
    rows = team_sheet(teams["M. Moss"], report).rows
    assert [row[0].split()[0] for row in rows] == ["Cat", "Dan", "Kim", "Ann", "Ben"]
    assert "wait for an answer" in rows[1][-1]
    assert "waits for HR's decision" in rows[2][-1]
    others = {row[0] for row in team_sheet(teams["Noor, N."], report).rows}
    assert others & {row[0] for row in rows} == set()
    assert "Gus Example" not in others


def test_two_managers_whose_names_look_alike_have_two_files(tmp_path: Path) -> None:
    made = MadeDesk(term_of_2025(tmp_path / "desk").desk)
    made.begin()
    for number, manager in enumerate(("Zoë Łuk", "Zoe Luk", "ZOË LUK", "李")):
        made.person(f"P{number}", manager=manager)
        made.issue(f"P{number}", "2025-09-15")
    files = [team.file for team in find_teams(report_of(made))]
    assert len(set(files)) == 4
    assert all(file.isascii() and "/" not in file for file in files)


def test_a_manager_whom_the_roster_numbers_is_called_by_name(tmp_path: Path) -> None:
    made = MadeDesk(Desk(tmp_path / "desk"))
    for name in ("Sam", "Sim"):
        made.person(name, name="Sam Example")  # two managers of one name are two managers
    for name, number in (("Ada", "001"), ("Bob", "002")):
        made.person(name, manager=number)
        made.issue(name, "2025-09-15")
    teams = find_teams(report_of(made))
    assert [(team.manager, len(team.cases)) for team in teams if "Sam" in team.manager] == [
        ("Sam Example (001)", 1), ("Sam Example (002)", 1),
    ]  # fmt: skip


def test_a_policy_that_was_reissued_moves_the_old_case(tmp_path: Path) -> None:
    """Overdue for the old link is overdue: a second link does not forgive the days."""
    made = term_of_2025(tmp_path / "desk")
    made.issue("Cat", "2025-11-19", "2025-12-31")
    found = next(case for case in report_of(made).cases if case.person.name == "Cat Example")
    assert (found.state, found.due, found.overdue, found.asked) == ("overdue", "2025-10-31", 20, "2025-09-15")


def test_words_that_would_be_formulas_stay_words(tmp_path: Path) -> None:
    made = term_of_2025(tmp_path / "desk")
    made.person("Nel", academy='=HYPERLINK("http://x")')
    made.issue("Nel", "2025-09-15")
    assert any(row[0] == '=HYPERLINK("http://x")' for row in sheet(report_of(made), "By academy").rows)


def test_days_between_are_counted_to_the_day(made: MadeDesk) -> None:
    for days in (1, 7, 8, 14, 15, 30, 31, 60, 61):
        bands = report_of(made, date(2025, 10, 31) + timedelta(days=days)).bands
        overdue = [band for band in bands if band.first <= days <= band.last and band.first]
        assert len(overdue) == 1
        assert overdue[0].count >= 4


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A desk beside a handbook, which has no looks of its own."""
    term_of_2025(tmp_path / "desk")
    handbook_folder = tmp_path / "handbook"
    write_larkhill(handbook_folder)
    return tmp_path


def run(clausebook: Clausebook, place: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return clausebook("acks", *arguments, "--desk", place / "desk", "--handbook", place / "handbook")


def test_the_command_writes_private_files(clausebook: Clausebook, place: Path) -> None:
    done = run(clausebook, place, "report", TRUST, "--as-of", "2025-11-20")
    folder = place / "desk/out/2025-11-20-report"
    assert done.returncode == 0, done.stderr
    assert f"Wrote {folder}: 4 of 9 done, 4 overdue; 2 managers." in done.stdout
    assert "5 people owe something, 4 of them overdue" in done.stdout
    assert "Not asked yet, though a campaign names their role: 1." in done.stdout
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "report.xlsx", "report.json", "csv/who-owes-what.csv", "managers/m-moss.xlsx"} <= set(files)
    assert all(path.stat().st_mode & 0o077 == 0 for path in files.values())
    told = json.loads(files["report.json"].read_text())
    assert {row["Academy"]: row["To sign"] for row in told["By academy"]} == {
        "Alder": 4,
        "Birch": 4,
        "not given": 1,
        "All": 9,
    }
    book = openpyxl.load_workbook(files["managers/noor-n.xlsx"])
    cells = {str(cell.value) for page in book for row in page.iter_rows() for cell in row}
    assert "Hal Example" in cells
    assert not cells & {"Ann Example", "Kim Example", "Lou Example"}
    main = openpyxl.load_workbook(files["report.xlsx"])
    assert [[cell.value for cell in row[:2]] for row in main["By policy"].iter_rows(min_row=2)] == [
        ["Social media policy", 9]
    ]


def test_the_same_report_has_the_same_bytes(clausebook: Clausebook, place: Path) -> None:
    for name in ("one", "two"):
        assert run(clausebook, place, "report", TRUST, "--as-of", "2025-11-20", "--out", place / name).returncode == 0
    one, two = ({path.name: path.read_bytes() for path in (place / name).rglob("*.*")} for name in ("one", "two"))
    assert one == two


def test_the_dashboard_asks_nothing_of_anybody_and_promises_nothing(clausebook: Clausebook, place: Path) -> None:
    run(clausebook, place, "report", TRUST, "--as-of", "2025-11-20", "--out", place / "told")
    text = (place / "told/report.html").read_text()
    assert "default-src 'none'" in text
    assert not re.findall(r"<script|<link rel=.stylesheet|https?://|\son\w+=|style=", text)
    assert "A shared link with the right name typed in cannot be detected." in text
    assert "statutory" not in text.lower()


@pytest.mark.parametrize(
    ("out", "said"), [("handbook/report", "must lie apart"), ("handbook/site/x", "must lie apart")]
)
def test_a_report_never_lies_in_the_handbook(clausebook: Clausebook, place: Path, out: str, said: str) -> None:
    done = run(clausebook, place, "report", TRUST, "--out", place / out)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (place / out).exists()


def test_a_broken_register_gives_no_report(clausebook: Clausebook, place: Path) -> None:
    replace_text(place / "desk/register.sqlite", "2025-10-01", "2025-09-30")
    done = run(clausebook, place, "report", TRUST)
    assert done.returncode == 1
    assert "was edited" in done.stderr
    assert not (place / "desk/out").exists()


@pytest.mark.parametrize(
    ("more", "there", "gone"),
    [
        ((), ["Lou Example", "Social media policy: 20 days overdue", "Ida Example", "Social media policy: due 24 November"], ["Ann Example"]),
        (("--by", "policy"), ["By policy", "Social media policy │ 9 │ 4 │ 44% │ 5 │ 4"], ["Lou"]),
        (("--by", "campaign"), ["By campaign", "2025-26 │ 1 │ 9 │ 4 │ 5 │ 4"], ["Lou"]),
        (("--format", "csv"), ["Lou Example,012,", "lou@example.org,1,Social media policy,2025-26,2025-09,what changed since 2024-09"], ["Ann Example"]),
        (("--policy", "social-media", "--campaign", "2025-26"), ["Lou Example"], ["Ann Example"]),
        (("--campaign", "2024-25"), ["there is no campaign"], ["Lou"]),
        (("--policy", "social-medai"), ["did you mean social-media"], ["Lou"]),
    ],
)  # fmt: skip
def test_the_terminal_tells_who_owes_what(
    clausebook: Clausebook, place: Path, more: tuple[str, ...], there: list[str], gone: list[str]
) -> None:
    done = run(clausebook, place, "owed", TRUST, "--as-of", "2025-11-20", *more)
    said = " ".join((done.stdout + done.stderr).split())
    for words in there:
        assert words in said
    assert not [words for words in gone if words in said]


def test_where_nobody_owes_anything_the_terminal_says_so(clausebook: Clausebook, place: Path) -> None:
    done = run(clausebook, place, "owed", TRUST, "--as-of", "2024-09-01")
    assert "No one owes anything as at 1 September 2024." in done.stdout
