"""Every file of a report by its name: workbook, CSV, JSON, dashboard, and a workbook for each manager."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clausebook.acknowledgements.reports.dashboard import render_dashboard
from clausebook.acknowledgements.reports.report import Report
from clausebook.acknowledgements.reports.sheets import report_sheets
from clausebook.acknowledgements.reports.teams import find_teams, team_sheet
from clausebook.export.spreadsheet import render_workbook
from clausebook.export.tables import Sheet, csv_file, render_json
from clausebook.model.dates import in_words


def render_files(report: Report, root: Path) -> Iterator[tuple[str, bytes]]:
    """One file after the other; `root` is the handbook's folder."""
    teams = find_teams(report)
    managers = Sheet(
        "Managers' files", ("Manager", "File"), tuple((team.manager, f"managers/{team.file}.xlsx") for team in teams)
    )
    sheets = (*report_sheets(report), managers)
    title = f"{report.trust.record.name}: acknowledgement as at {in_words(report.day)}"
    yield "report.html", render_dashboard(report, root).encode()
    yield "report.xlsx", render_workbook(title, sheets, report.day)
    yield "report.json", render_json(sheets).encode()
    for sheet in sheets:
        yield f"csv/{sheet.file_name}.csv", csv_file(sheet)
    for team in teams:
        title = f"{team.manager}: your team's acknowledgements as at {in_words(report.day)}"
        yield f"managers/{team.file}.xlsx", render_workbook(title, (team_sheet(team, report),), report.day)
