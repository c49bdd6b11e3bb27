"""The command that compares in a terminal: compare."""

from __future__ import annotations

from pathlib import Path

import click

from clausebook.cli.options import content_or_exit, handbook_option, known
from clausebook.cli.showing import format_option, show_sheet
from clausebook.export.comparison import question_sheet, topic_sheet
from clausebook.model.handbook import Handbook, Revision


@click.command(
    "compare",
    epilog="Examples:  clausebook compare att laat --topic former-pupils   ·   clausebook compare --question mfa",
)
@click.argument("trusts", nargs=-1, metavar="[TRUST]...")
@click.option("--topic", metavar="TOPIC", help="An id from content/topics.yml.")
@click.option("--question", metavar="QUESTION", help="An id from content/questions.yml.")
@format_option
@handbook_option
def compare_command(
    trusts: tuple[str, ...], topic: str | None, question: str | None, form: str, handbook_folder: Path
) -> None:
    """Show what trusts say on one topic or key question, side by side: all of them, or those that are named."""
    handbook = content_or_exit(handbook_folder.resolve())
    revisions = _chosen(handbook, trusts)
    if topic and not question:
        sheet = topic_sheet(handbook, revisions, known(topic, "topic", list(handbook.topics)))
    elif question and not topic:
        sheet = question_sheet(handbook, revisions, known(question, "key question", list(handbook.question_by_id)))
    else:
        raise click.UsageError("name one thing to compare: --topic TOPIC or --question QUESTION")
    show_sheet(sheet, form)


def _chosen(handbook: Handbook, trusts: tuple[str, ...]) -> list[Revision]:
    by_trust = {revision.trust: revision for revision in handbook.compared}
    for trust in trusts:
        known(trust, "trust", list(by_trust))
    if len(set(trusts)) < len(trusts) or len(trusts) == 1:
        raise click.UsageError("a trust is compared with others: name two or more different ones, or none for all")
    return [by_trust[trust] for trust in trusts] or list(by_trust.values())
