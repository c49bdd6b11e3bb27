"""How a command shows a table, in the terminal or to take away."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click
from rich.console import Console
from rich.table import Table

from clausebook.export.tables import Sheet, csv_file, render_csv, render_json, render_markdown, words_of

RENDERERS: dict[str, Callable[[Sheet], str]] = {
    "markdown": render_markdown,
    "csv": render_csv,
    "json": lambda sheet: render_json([sheet]),
}
WIDE = 400  # columns of a table that goes to a file: nothing is cut off there
F = TypeVar("F", bound=Callable[..., object])


def format_option(command: F) -> F:
    return click.option(
        "--format", "form", type=click.Choice(["table", *RENDERERS]), default="table", show_default=True,
        help="table for the terminal, the others to take away.",
    )(command)  # fmt: skip


def show_sheet(sheet: Sheet, form: str) -> None:
    if form == "table":
        _print_table(sheet)
    elif form == "csv" and not sys.stdout.isatty():
        click.echo(csv_file(sheet), nl=False)
    else:
        _take_away(RENDERERS[form](sheet))


def _take_away(text: str) -> None:
    """To a console in its signs, to a file as UTF-8, whatever the console's encoding is."""
    click.echo(text if sys.stdout.isatty() else f"{text}\n".encode(), nl=sys.stdout.isatty())


def show_sheets(sheets: Sequence[Sheet], form: str) -> None:
    """Several tables, each under its name; as JSON they are one object, and as CSV there is one only."""
    if form == "json":
        _take_away(render_json(sheets))
        return
    for place, sheet in enumerate(sheets):
        if form == "markdown":
            _take_away(f"{chr(10) if place else ''}## {sheet.name}\n")
        show_sheet(sheet, form)


def print_lines(sheet: Sheet) -> None:
    """The table with a line for each row. In a terminal the last two columns are cut off where they are longer than it is wide."""
    table, wide = Table(box=None, pad_edge=False), None if sys.stdout.isatty() else WIDE
    for place, heading in enumerate(sheet.headings):
        longest = max((len(words_of(row[place])) for row in sheet.rows), default=0)
        may_shrink = place >= len(sheet.headings) - 2
        table.add_column(heading, overflow="ellipsis", no_wrap=True, min_width=None if may_shrink else longest)
    _print(table, sheet, wide)


def _print_table(sheet: Sheet) -> None:
    table = Table(title=sheet.name, show_lines=True)
    for heading in sheet.headings:
        table.add_column(heading, overflow="fold")
    _print(table, sheet)


def _print(table: Table, sheet: Sheet, wide: int | None = None) -> None:
    for row in sheet.rows:
        table.add_row(*(words_of(cell) for cell in row))
    console = Console(highlight=False, markup=False, emoji=False, width=wide)
    console.print(table)
