"""The command that compares in a terminal: compare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from generator.cli.options import content_or_exit, handbook_option, known_or_exit
from generator.merge import Library, Policy
from generator.sheets import question_sheet, topic_sheet
from generator.tables import Sheet, render_csv, render_json, render_markdown, words_of

RENDERERS: dict[str, Callable[[Sheet], str]] = {
    "markdown": render_markdown,
    "csv": render_csv,
    "json": lambda sheet: render_json([sheet]),
}


@click.command(
    "compare",
    epilog="Examples:  clausebook compare att laat --topic former-pupils   ·   clausebook compare --question mfa",
)
@click.argument("trusts", nargs=-1, metavar="[TRUST]...")
@click.option("--topic", metavar="TOPIC", help="An id from content/topics.yml.")
@click.option("--question", metavar="QUESTION", help="An id from content/questions.yml.")
@click.option("--format", "form", type=click.Choice(["table", *RENDERERS]), default="table", show_default=True,
              help="table for the terminal, the others to take away.")  # fmt: skip
@handbook_option
def compare_command(
    trusts: tuple[str, ...], topic: str | None, question: str | None, form: str, handbook: Path
) -> None:
    """Show what trusts say on one topic or key question, side by side: all of them, or those that are named."""
    library = content_or_exit(handbook.resolve())
    policies = _chosen(library, trusts)
    if topic and not question:
        sheet = topic_sheet(library, policies, known_or_exit(topic, "topic", list(library.topics)))
    elif question and not topic:
        sheet = question_sheet(library, policies, known_or_exit(question, "key question", list(library.question_by_id)))
    else:
        raise click.UsageError("name one thing to compare: --topic TOPIC or --question QUESTION")
    if form == "table":
        _print_table(sheet)
    else:
        click.echo(RENDERERS[form](sheet))


def _chosen(library: Library, trusts: tuple[str, ...]) -> list[Policy]:
    by_trust = {policy.trust: policy for policy in library.compared}
    for trust in trusts:
        known_or_exit(trust, "trust", list(by_trust))
    if len(set(trusts)) < len(trusts) or len(trusts) == 1:
        raise click.UsageError("a trust is compared with others: name two or more different ones, or none for all")
    return [by_trust[trust] for trust in trusts] or list(by_trust.values())


def _print_table(sheet: Sheet) -> None:
    table = Table(title=sheet.name, show_lines=True)
    for heading in sheet.headings:
        table.add_column(heading, overflow="fold")
    for row in sheet.rows:
        table.add_row(*(words_of(cell) for cell in row))
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(table)
