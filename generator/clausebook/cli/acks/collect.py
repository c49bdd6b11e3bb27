"""The commands by which HR takes in what arrives: acks collect, acks review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from clausebook.acknowledgements.campaigns.handbook_index import HandbookIndex
from clausebook.acknowledgements.desk.people import Person, read_people
from clausebook.acknowledgements.inbox.collect import Heap, Judged, collect
from clausebook.acknowledgements.inbox.held import OnHold, Resolution, find_holds, resolve
from clausebook.acknowledgements.inbox.readers.submission import PlatformRow
from clausebook.acknowledgements.inbox.rules.case import Clock
from clausebook.acknowledgements.signing.receipts import FoundReceipt
from clausebook.cli.acks.options import desk_at, desk_option, in_words, now, passphrase_option
from clausebook.cli.options import CONTENT, content_or_exit, day, handbook_option
from clausebook.cli.showing import format_option, show_sheet
from clausebook.export.tables import Sheet
from clausebook.model.dates import in_words as date_in_words

OUTCOMES = ("accept", "duplicate", "hold", "reject")
MOST_SHOWN = 100  # rows of what went well that a terminal is filled with
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
DAY = re.compile(r"(?<!revision )(?<!-)\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b(?!-)")
HEADINGS = ("Decision", "Who", "Policy", "Reason", "Next step", "Entry", "File", "Place")
INTERRUPTED = "You stopped it. What is above is done; run it again on the same files for the rest."
NEVER = (
    "Whoever holds a link can pass it on with the right name typed in: no command can tell that from the real thing."
)


@click.command(
    "collect",
    epilog="Examples:  clausebook acks collect inbox/ scans.pdf --fetched form.csv --desk ~/acknowledgements   ·   clausebook acks collect inbox.mbox --desk ~/acknowledgements --format csv",
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@desk_option
@click.option("--fetched", "fetched", multiple=True, type=click.Path(exists=True, path_type=Path), metavar="PATH",
              help="A learning platform's report, or your form's export, that you took from there yourself: its results, days and addresses count. Can be given several times.")  # fmt: skip
@click.option("--received", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="The day on which HR received what does not tell it itself.  [default: today]")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Decide and show, and write nothing.")
@passphrase_option
@format_option
@handbook_option
def collect_command(
    paths: tuple[Path, ...],
    fetched: tuple[Path, ...],
    desk: Path,
    received: datetime | None,
    passphrase_file: Path | None,
    form: str,
    handbook_folder: Path,
    *,
    dry_run: bool,
) -> None:
    """Take in the receipts that lie in files and folders: accept, duplicate, hold or reject, each with reason and next step.

    PATH is emails (.eml, mbox), texts, tables, scans of paper forms (PDF, PNG, JPEG, TIFF), or a folder of them. Whatever came by
    email proves no more than its sender: a learning platform's report, and the days in a form's export, count only where you took
    the file from there yourself and name it with --fetched. What no server of yours dated has today's day. Run it on the same heap
    as often as you like: nothing counts twice. Answers of quizzes are marked here. A score, a time and a name in a receipt are what somebody claims; a link that was
    passed on, with the right name typed in, cannot be told from the real thing. Exit 1: something is held or rejected.
    """
    if not paths and not fetched:
        raise click.UsageError("name what is to be taken in: PATH, or --fetched PATH")
    root = handbook_folder.resolve()
    books = HandbookIndex(content_or_exit(root))
    moment = now()
    clock = Clock(moment, received.date().isoformat() if received else moment[:10])
    if clock.received > moment[:10]:
        raise click.UsageError(f"--received {clock.received} is a day to come")
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        people = read_people(place)
        by_id = {person.id: person for person in people}
        rows: list[tuple[str, ...]] = []
        interrupted = False
        try:
            rows.extend(
                _row(judged, by_id, books)
                for judged in collect(Heap(paths, fetched), place, books, people, clock, dry=dry_run)
            )
        except KeyboardInterrupt:
            interrupted = True
    counts = Counter(row[0] for row in rows)
    _show(rows, counts, form)
    _say(counts, form, dry=dry_run)
    if interrupted:
        click.echo(INTERRUPTED, err=True)
        raise click.exceptions.Exit(130)
    if counts["hold"] or counts["reject"]:
        raise click.exceptions.Exit(CONTENT)


def _row(one: Judged, people: Mapping[str, Person], books: HandbookIndex) -> tuple[str, ...]:
    decision, origin = one.decision, one.arrival.origin
    entry = str(one.entry or "")
    next_step = decision.next_step.replace("ENTRY", entry) if entry else decision.next_step
    return (
        decision.outcome,
        _who(one, people),
        _policy(one, books),
        decision.words,
        next_step,
        entry,
        origin.file,
        origin.place,
    )


def _who(one: Judged, people: Mapping[str, Person]) -> str:
    """The person whose link it is; where that is not known, who they say that they are."""
    whose, content = one.decision.whose, one.arrival.content
    if whose and (person := people.get(whose.person)):
        return f"{person.name}, {person.number}"
    if isinstance(content, FoundReceipt):
        return f"typed: {content.receipt.name}"
    return f"reported: {content.name or content.mail}" if isinstance(content, PlatformRow) else ""


def _policy(one: Judged, books: HandbookIndex) -> str:
    """The policy by its title, with the revision: of a receipt whose link is not ours, what it says that it is for."""
    whose, content = one.decision.whose, one.arrival.content
    if whose:
        return f"{books.title(whose.trust, whose.policy)}, {whose.asked.revision}"
    if isinstance(content, FoundReceipt):
        told = [part for part in content.receipt.policies if one.arrival.policy in ("", part.policy)]
        return "; ".join(f"{books.title(content.receipt.trust, part.policy)}, {part.revision}" for part in told)
    return content.course if isinstance(content, PlatformRow) else ""


def _show(rows: Sequence[tuple[str, ...]], counts: Counter[str], form: str) -> None:
    """In the terminal what went well is only counted where it would fill the screen."""
    shown = tuple(rows)
    if form == "table" and counts["accept"] + counts["duplicate"] > MOST_SHOWN:
        shown = tuple(row for row in rows if row[0] in ("hold", "reject"))
        click.echo(
            f"{counts['accept']} accepted and {counts['duplicate']} duplicates are not listed: --format csv lists them."
        )
    headings: tuple[str, ...] = HEADINGS
    if form == "table":  # which has no room for a path
        headings = (HEADINGS[0], "Who and policy", *HEADINGS[3:-2], "Where")
        shown = tuple(map(_in_brief, shown))
    if shown:
        show_sheet(_seen(Sheet("What arrived", headings, shown)), form)


def _in_brief(row: tuple[str, ...]) -> tuple[str, ...]:
    outcome, who, policy, reason, next_step, entry, file, place = row
    whose = "\n".join(filter(None, (who, policy)))
    return outcome, whose, _as_said(reason), next_step, entry, f"{Path(file).name}\n{place}"


def _seen(sheet: Sheet) -> Sheet:
    """Without what a terminal would obey: names and files are whatever somebody wrote."""
    return Sheet(
        sheet.name, sheet.headings, tuple(tuple(UNSEEN.sub("\ufffd", str(cell)) for cell in row) for row in sheet.rows)
    )


def _as_said(words: str) -> str:
    """With days as they are said; a revision's id stays what it is."""
    return DAY.sub(lambda found: _day(found[0]), words)


def _day(text: str) -> str:
    try:
        return date_in_words(date.fromisoformat(text))
    except ValueError:  # what somebody typed
        return text


def _say(counts: Counter[str], form: str, *, dry: bool) -> None:
    told = " · ".join(f"{name} {counts[name]}" for name in OUTCOMES)
    click.echo(f"{'Nothing was written. ' if dry else ''}{told}", err=form != "table")
    click.echo(NEVER, err=form != "table")


@click.command(
    "review",
    epilog='Examples:  clausebook acks review --desk ~/acknowledgements   ·   clausebook acks review 17 --accept --by "J. Okafor" --why "She rang: her new name." --desk ~/acknowledgements',
)
@click.argument("entry", type=click.IntRange(1), required=False, metavar="[ENTRY]")
@desk_option
@click.option(
    "--accept", "decision", flag_value="accept", help="It counts; of something not understood: it has been answered."
)
@click.option("--reject", "decision", flag_value="reject", help="It does not count.")
@click.option("--by", metavar="WHO", help="Who in HR decided it.")
@click.option("--why", metavar="WORDS", help="Why, in words that an auditor understands; no name of a member of staff.")
@click.option("--witness", default="", metavar="NAME", help="Of a form on paper: who saw it signed.")
@click.option(
    "--for",
    "staff_number",
    default="",
    metavar="STAFF_NUMBER",
    help="Whose it is, where the receipt does not tell.",
)
@passphrase_option
@format_option
@handbook_option
def review_command(
    entry: int | None, desk: Path, decision: str | None, by: str | None, why: str | None, witness: str, staff_number: str,
    passphrase_file: Path | None, form: str, handbook_folder: Path,
) -> None:  # fmt: skip
    """List what is held, with its age, reason and next step; with ENTRY decide it, and write down who and why.

    What somebody did not understand stands here too, until it is answered.
    """
    with in_words():
        place = desk_at(desk, handbook_folder.resolve(), passphrase_file)
        people = read_people(place)
        if entry is None:
            _list(find_holds(place, people), form)
            return
        if not (decision and by and why):
            raise click.UsageError("a decision wants --accept or --reject, --by WHO and --why WORDS")
        resolution = Resolution(entry, decision == "accept", by, why, now(), witness, staff_number)
        written, is_new = resolve(place, people, resolution)
    kinds = " and ".join(f"entry {one.number} ({one.body.kind})" for one in written if one.body)
    click.echo(f"Wrote {kinds}." if is_new else f"It was decided so already: {kinds}.")


def _list(holds: Sequence[OnHold], form: str) -> None:
    if not holds and form == "table":
        click.echo("Nothing is held.")
        return
    today = day(None)
    rows = tuple(_held(one, (today - date.fromisoformat(one.body.at[:10])).days) for one in holds)
    if form == "table":
        rows = tuple((*row[:4], _as_said(row[4]), *row[5:]) for row in rows)
    show_sheet(_seen(Sheet("Held", ("Entry", "Days", "Who", "Policy", "Reason", "Next step"), rows)), form)


def _held(one: OnHold, age: int) -> tuple[str, ...]:
    who = f"{one.person.name}, {one.person.number}" if one.person else one.claims or "not known"
    policy = " ".join(filter(None, (one.body.trust, one.body.policy, one.body.revision)))
    step = one.next_step.replace("ENTRY", str(one.number))
    return str(one.number), str(age), who, policy, one.body.says, step
