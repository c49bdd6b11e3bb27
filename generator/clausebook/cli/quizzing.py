"""The commands for HR's side of a quiz: confirm, mark, report, draw, package."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from clausebook.acknowledgements.inbox.slips import CollectedSlips, collect_slips
from clausebook.cli.options import CONTENT, academy_option, at_academy, content_or_exit, day, handbook_option, known
from clausebook.cli.reading import confirm_questions
from clausebook.cli.showing import format_option, show_sheet, show_sheets
from clausebook.export.lms import course_of, course_over, render_packages
from clausebook.export.quiz_results import NAMES, drawing_answers, marks_sheet, report_sheets
from clausebook.export.tables import Sheet, words_of
from clausebook.files import write_files
from clausebook.findings.find import find_all
from clausebook.model.handbook import Handbook
from clausebook.quizzes import TakenQuiz, draw_options, draw_questions, take_campaign_quiz, take_quiz
from clausebook.quizzes.marking import Marked, Refused, mark_all

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, path_type=Path), metavar="PATH...")  # fmt: skip


@click.group("quiz", epilog="Example:  clausebook quiz review att social-media")
def quiz_group() -> None:
    """Quizzes: confirm questions, mark what staff pass on, and report on it."""


@quiz_group.command(
    "review",
    epilog="Examples:  clausebook quiz review att social-media   ·   clausebook quiz review att social-media phone-on-a-trip --yes",
)
@click.argument("trust")
@click.argument("policy")
@click.argument("questions", nargs=-1, metavar="[QUESTION]...")
@click.option("--yes", is_flag=True, help="Write without asking: you have read them elsewhere.")
@handbook_option
def review_command(trust: str, policy: str, questions: tuple[str, ...], handbook_folder: Path, *, yes: bool) -> None:
    """Show each question that is new or doubtful with its right answer and clauses, and write down that you have read it.

    A question is doubtful when a clause or an answer that it rests on has changed since somebody read it. Your yes is kept in
    trusts/TRUST/quizzes.yml, as a mark of these very words. Without QUESTION it is all of them.
    """
    confirm_questions(handbook_folder.resolve(), trust, policy, questions, yes=yes)


@quiz_group.command(
    "mark", epilog="Examples:  clausebook quiz mark slips/   ·   clausebook quiz mark mail.eml --format csv"
)
@PATHS
@format_option
@handbook_option
def mark_command(paths: tuple[Path, ...], form: str, handbook_folder: Path) -> None:
    """Mark what staff have passed on again, by what the handbook says: a score on a slip is never taken on trust.

    PATH is emails (.eml, mbox), texts, tables (CSV, XLSX, JSON), PDFs or a folder of them, or - for what is typed or piped in.
    """
    handbook, collected = content_or_exit(handbook_folder.resolve()), _collect(paths)
    marked = mark_all(collected.slips, handbook)
    if marked:
        show_sheet(_fitted(marks_sheet(marked), form), form)
    _end(collected, [one for one in marked if isinstance(one, Refused)])


@quiz_group.command(
    "report",
    epilog="Examples:  clausebook quiz report slips/   ·   clausebook quiz report slips/ --table clauses --format csv",
)
@PATHS
@click.option("--table", "table", type=click.Choice(NAMES), help="Only this table.  [default: all four]")
@format_option
@handbook_option
def report_command(paths: tuple[Path, ...], table: str | None, form: str, handbook_folder: Path) -> None:
    """Show how hard each question is, which wrong answers draw people, and which clauses are misunderstood.

    It names nobody. Counts under five are hidden, and so is whatever would give them away. In the terminal the answers are
    the wrong ones that five people or more chose; --table answers shows all.
    """
    if form == "csv" and not table:
        raise click.UsageError(f"a CSV file holds one table: add --table with one of {', '.join(NAMES)}")
    handbook, collected = content_or_exit(handbook_folder.resolve()), _collect(paths)
    marked = mark_all(collected.slips, handbook)
    sheets = report_sheets([one for one in marked if isinstance(one, Marked)])
    wanted = [sheet for sheet, name in zip(sheets, NAMES, strict=True) if table in (None, name)]
    if form == "table" and not table:
        wanted = [drawing_answers(sheet) if sheet.name == "Answers" else sheet for sheet in wanted]
    show_sheets([_fitted(sheet, form) for sheet in wanted], form)
    _end(collected, [one for one in marked if isinstance(one, Refused)])


@quiz_group.command(
    "draw",
    epilog="Examples:  clausebook quiz draw att social-media --seed k3x9 --attempt 2   ·   clausebook quiz draw att --campaign 2026-27 --seed k3x9",
)
@click.argument("trust")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option(
    "--campaign",
    "campaign_id",
    metavar="CAMPAIGN",
    help="The one quiz of this campaign; POLICY then names those that someone owes.",
)
@click.option("--seed", required=True, metavar="SEED", help="As it is in the slip, or any word.")
@click.option(
    "--attempt", type=click.IntRange(1, 1000), default=1, show_default=True, help="Which attempt with that seed."
)
@click.option(
    "--role",
    metavar="ROLE",
    default="",
    help="An id from content/roles.yml, for the questions that are for that role alone.",
)
@click.option(
    "--since", metavar="REVISION", help="The quiz on what changed since that revision.  [default: the whole quiz]"
)
@format_option
@handbook_option
def draw_command(
    trust: str,
    policies: tuple[str, ...],
    campaign_id: str | None,
    seed: str,
    attempt: int,
    role: str,
    since: str | None,
    form: str,
    handbook_folder: Path,
) -> None:
    """Show which questions a seed gives, in their order, with their right answers."""
    handbook = content_or_exit(handbook_folder.resolve())
    if campaign_id:
        quiz = _of_campaign(handbook, trust, campaign_id, policies)
    elif len(policies) == 1:
        quiz = _taken(handbook, trust, policies[0], since)
    else:
        raise click.UsageError("name one POLICY, or a campaign with --campaign")
    if role:
        known(role, "role with questions of its own", list(quiz.roles))
    drawn = draw_questions(quiz.pool, seed, attempt - 1, quiz.count, role)
    rows = tuple(
        (str(place), question.id, question.question.kind, ", then ".join(question.right) if question.question.kind == "order" else ", ".join(question.right),
         ", ".join(draw_options(question, seed, attempt - 1)))
        for place, question in enumerate(drawn, 1)
    )  # fmt: skip
    show_sheet(Sheet(f"Attempt {attempt} with {seed}", ("No.", "Question", "Kind", "Right", "Shown as"), rows), form)


def _taken(handbook: Handbook, trust: str, policy: str, since: str | None) -> TakenQuiz:
    trusts = {one.id: one for one in handbook.trusts}
    chosen_trust = trusts[known(trust, "trust", list(trusts))]
    taken = [one.policy for one in chosen_trust.quizzes]
    if not taken:
        raise click.UsageError(f"{trust} takes no quiz: there is no trusts/{trust}/quizzes.yml")
    chosen_policy = {one.id: one for one in chosen_trust.policies}[known(policy, f"quiz that {trust} takes", taken)]
    past = {revision.id: revision for revision in chosen_policy.past}
    before = past[known(since, "past revision", list(past))] if since else None
    quiz = take_quiz(chosen_trust, chosen_policy.current, handbook, before)
    if quiz is None:
        raise click.UsageError(f"no question of the quiz is on what changed since {since}")
    return quiz


def _of_campaign(handbook: Handbook, trust: str, campaign_id: str, policies: tuple[str, ...]) -> TakenQuiz:
    book = handbook.trust(known(trust, "trust", list(handbook.short_names)))
    campaigns = {campaign.id: campaign for campaign in book.campaigns if campaign.has_one_quiz}
    campaign = campaigns[known(campaign_id, f"campaign of {trust} with one quiz", list(campaigns))]
    for policy in policies:
        known(policy, f"policy of {campaign_id}", list(campaign.policies))
    owed = [book.policy(policy).current for policy in campaign.policies if not policies or policy in policies]
    quiz = take_campaign_quiz(book, campaign, handbook, owed)
    if quiz is None:
        raise click.UsageError(f"{trust} takes no quiz on {' or '.join(policies)}")
    return quiz


@quiz_group.command(
    "package",
    epilog="Examples:  clausebook quiz package att social-media --out packages   ·   clausebook quiz package att --campaign 2026-27 --out packages",
)
@click.argument("trust")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option(
    "--campaign", "campaign_id", metavar="CAMPAIGN", help="All policies that this campaign asks for, as one course."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="The folder that they are written to.",
)
@academy_option
@handbook_option
def package_command(
    trust: str,
    policies: tuple[str, ...],
    campaign_id: str | None,
    out: Path,
    academy: str | None,
    handbook_folder: Path,
) -> None:
    """Write the packages for learning platforms into a folder of yours; each holds what is right.

    Several policies make one course, with a lesson each. A site offers the same packages of a policy and of a campaign, but none of
    a sealed quiz.
    """
    if bool(policies) == bool(campaign_id):
        raise click.UsageError("name one POLICY or more, or a campaign with --campaign")
    root = handbook_folder.resolve()
    handbook = content_or_exit(root)
    book = at_academy(handbook.trust(known(trust, "trust", list(handbook.short_names))), academy)
    campaigns = {campaign.id: campaign for campaign in book.campaigns}
    campaign = campaigns[known(campaign_id, f"campaign of {trust}", list(campaigns))] if campaign_id else None
    in_force = {revision.policy: revision for revision in book.in_force}
    names = tuple(dict.fromkeys(campaign.policies if campaign else policies))
    revisions = [in_force[known(policy, f"policy of {trust}", list(in_force))] for policy in names]
    findings = find_all(handbook, day(None))
    course = (
        course_of(book, revisions[0], handbook, findings, root) if len(revisions) == 1
        else course_over(book, revisions, handbook, findings, root, campaign)
    )  # fmt: skip
    if course is None:
        named = " or ".join(names)
        raise click.UsageError(f"{trust} takes no quiz on {named}: run clausebook quiz review {trust} {names[0]} first")
    packages = render_packages(course)
    write_files(out, packages)
    click.echo(f"Wrote {', '.join(packages)} to {out}.")


def _fitted(sheet: Sheet, form: str) -> Sheet:
    """The sheet; for a terminal, which has no room for a column each, with trust, policy and revision in one, or in the title."""
    if form != "table":
        return sheet
    first = sheet.headings.index("Trust")
    last = first + 3
    quizzes = ["\n".join(map(words_of, row[first:last])) for row in sheet.rows]
    if len(set(quizzes)) == 1:
        title = f"{sheet.name}: {quizzes[0].replace(chr(10), ', ')}"
        return Sheet(title, (*sheet.headings[:first], *sheet.headings[last:]),
                     tuple((*row[:first], *row[last:]) for row in sheet.rows))  # fmt: skip
    rows = tuple((*row[:first], quiz, *row[last:]) for quiz, row in zip(quizzes, sheet.rows, strict=True))
    return Sheet(sheet.name, (*sheet.headings[:first], "Quiz", *sheet.headings[last:]), rows)


def _collect(paths: Sequence[Path]) -> CollectedSlips:
    files = [path for path in paths if str(path) != "-"]
    collected = collect_slips(files, sys.stdin.buffer.read() if len(files) < len(paths) else None)
    if collected.slips or collected.lost:
        return collected
    none = f"No slip is in {', '.join(map(str, paths))}. A slip is a line that begins with quiz1. and comes from the page of the quiz."
    return CollectedSlips((), (none,))


def _end(collected: CollectedSlips, refused: Sequence[Refused]) -> None:
    """Says what was lost on the way, with the next step, and then ends with exit code 1."""
    marks = [
        f"{one.slip.name or 'A slip without a name'}, finished {one.slip.finished}: cannot be marked, because {one.reason}. Next: {one.next_step}."
        for one in refused
    ]
    for sentence in (*collected.lost, *marks):
        click.echo(sentence, err=True)
    if collected.lost or marks:
        raise click.exceptions.Exit(CONTENT)
