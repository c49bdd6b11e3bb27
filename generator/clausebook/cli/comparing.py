"""The command that compares in a terminal: compare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from clausebook.cli.options import content_or_exit, handbook_option, known
from clausebook.cli.showing import format_option, show_sheet
from clausebook.compare.comparisons import Comparison, find_comparisons
from clausebook.export.comparison import question_sheet, subject_sheet, topic_sheet
from clausebook.model import ANY_POLICY, PolicyKind
from clausebook.model.handbook import Handbook, Trust


@click.command(
    "compare",
    epilog="Examples:  clausebook compare att laat --topic former-pupils   ·   clausebook compare --question mfa",
)
@click.argument("trusts", nargs=-1, metavar="[TRUST]...")
@click.option("--topic", metavar="TOPIC", help="The id of a topic: every clause on it.")
@click.option("--question", metavar="QUESTION", help="The id of a key question: each answer with its clauses.")
@click.option(
    "--subject",
    metavar="SUBJECT",
    help="The name of a file in content/subjects/: its questions, with each answer in a word.",
)
@click.option(
    "--kind",
    metavar="KIND",
    help="Only policies of this kind: an id from content/kinds.yml. Alone: what they are asked of themselves.",
)
@format_option
@handbook_option
def compare_command(
    trusts: tuple[str, ...],
    topic: str | None,
    question: str | None,
    subject: str | None,
    kind: str | None,
    form: str,
    handbook_folder: Path,
) -> None:
    """Show what trusts say on one topic, key question or subject, side by side: all of them, or those that are named."""
    handbook = content_or_exit(handbook_folder.resolve())
    chosen = _chosen(handbook, trusts)
    if sum(1 for one in (topic, question, subject) if one) > 1 or not (topic or question or subject or kind):
        raise click.UsageError(
            "name one thing to compare: --topic TOPIC, --question QUESTION or --subject SUBJECT; or --kind KIND alone"
        )
    of_kind = handbook.kind_by_id[known(kind, "kind of policy", list(handbook.kind_by_id))] if kind else None
    if topic:
        asked = of_kind or _kind_of(handbook, known(topic, "topic", list(handbook.topics)))
        sheet = topic_sheet(handbook, chosen, topic, asked)
    elif question:
        asked = of_kind or _kind_of(
            handbook, handbook.question_by_id[known(question, "key question", list(handbook.question_by_id))].topic
        )
        sheet = question_sheet(handbook, chosen, question, asked)
    else:
        sheet = subject_sheet(_comparison(handbook, subject or ANY_POLICY, of_kind), chosen)
    show_sheet(sheet, form)


def _kind_of(handbook: Handbook, topic: str) -> PolicyKind | None:
    """What every policy is asked is compared kind by kind: where none is named, of the kind that most trusts have."""
    return next(iter(handbook.kinds_in_use), None) if handbook.subject_of[topic].is_any_policy else None


def _comparison(handbook: Handbook, subject: str, kind: PolicyKind | None) -> Comparison:
    name = known(subject, "subject", [one.id for one in handbook.subjects])
    found = [one for one in find_comparisons(handbook) if one.subject.id == name]
    if name == ANY_POLICY:
        found = [one for one in found if kind is None or one.kind == kind]
    if not found:
        raise click.UsageError(
            f"no policy in force here deals with `{subject}`{f' and is of the kind `{kind.id}`' if kind else ''}"
        )
    return replace(found[0], kind=kind) if kind else found[0]


def _chosen(handbook: Handbook, trusts: tuple[str, ...]) -> list[Trust]:
    for trust in trusts:
        known(trust, "trust", list(handbook.trust_by_id))
    if len(set(trusts)) < len(trusts) or len(trusts) == 1:
        raise click.UsageError("a trust is compared with others: name two or more different ones, or none for all")
    return [handbook.trust(trust) for trust in trusts] or list(handbook.trusts)
