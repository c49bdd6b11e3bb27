"""The command that issues personal links: acks issue."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from generator.acknowledgements.asks import Ask
from generator.acknowledgements.database import refresh_database
from generator.acknowledgements.desk import Desk
from generator.acknowledgements.issue import Issued, Issuing, issue_links, links_of_day
from generator.acknowledgements.outgoing import write_outgoing
from generator.acknowledgements.paper import PaperForm
from generator.acknowledgements.people import Person, read_people
from generator.acknowledgements.plan import Plan
from generator.acknowledgements.renumbered import find_renumbered
from generator.acknowledgements.roster import Roster, read_roster
from generator.acknowledgements.trust_keys import current_key
from generator.calendar_dates import count
from generator.calendar_dates import in_words as date_in_words
from generator.cli.acks_options import (
    as_of_option,
    desk_at,
    desk_option,
    handbook_of,
    in_words,
    now,
    passphrase_option,
    signing_key,
)
from generator.cli.options import CONTENT, content_or_exit, day, handbook_option, known, show
from generator.glyphs import tell_missing
from generator.merge import Handbook, Library
from generator.model import Campaign
from generator.palette import darkened, work_out_shades
from generator.pdf import require_libraries, write_pdf
from generator.problems import Problem
from generator.render import render_print

NAMED = 12  # staff numbers that a line of the summary names


@dataclass(frozen=True)
class _Printer:
    """Lays out paper forms with the handbook's templates."""

    templates: Path
    handbook: Handbook

    def __call__(self, form: PaperForm) -> bytes:
        palette = self.handbook.trust.palette
        html = render_print(
            "paper-form.html", self.templates, form=form, ask=form.ask, trust=self.handbook.trust,
            shades=work_out_shades(palette.primary, palette.accent), band=darkened(palette.primary),
        )  # fmt: skip
        if told := tell_missing(f"The form of {form.ask.person.number}", html):
            click.echo(told, err=True)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "form.pdf"
            write_pdf(html, self.templates, out)
            return out.read_bytes()


@click.command(
    "issue", epilog="Example:  clausebook acks issue att roster.csv --desk ~/acknowledgements --campaign 2026-27"
)
@click.argument("trust")
@click.argument("roster", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@desk_option
@click.option(
    "--campaign", metavar="ID", help="Only this campaign of trusts/TRUST/acknowledgements.yml.  [default: all]"
)
@click.option(
    "--paper", is_flag=True, help="Write a paper form for each person as well, to be signed before a witness."
)
@click.option("--again", is_flag=True, help="Issue nothing; write the files of the links of this day once more, after a run that was interrupted.")  # fmt: skip
@passphrase_option
@as_of_option
@handbook_option
def issue_command(
    trust: str, roster: Path, desk: Path, campaign: str | None, passphrase_file: Path | None, as_of: datetime | None,
    handbook: Path, *, paper: bool, again: bool,
) -> None:  # fmt: skip
    """Issue a personal link to everybody in ROSTER.csv whom a campaign asks and who has not acknowledged yet.

    ROSTER has the columns staff_number, name, mail, academy, manager, roles, starts, leaves, aliases, in any order; roles and
    aliases are separated by semicolons, days are written 2025-09-01. Links, emails and forms are written to the desk's out/;
    nothing is sent. Run it again with a newer roster at any time: nobody gets a second link while the first one works.
    """
    root, today = handbook.resolve(), day(as_of)
    library = content_or_exit(root)
    own = handbook_of(library, trust)
    campaigns = _campaigns(own, campaign)
    if paper:
        require_libraries()
    with in_words():
        place = desk_at(desk, root, passphrase_file, make=True)
        read = _roster(roster, library)
        _show_and_end(list(find_renumbered(read.rows, read_people(place), trust, str(roster))))
        key = signing_key(place, current_key(trust, own.keys).id, passphrase_file)
        issuing = Issuing(own, campaigns, read.rows, today, now(), key, paper)
        asks = _again(place, issuing) if again else _issue(place, issuing)
        printer = _Printer(root / "overrides" / "print", own) if paper else None
        _write(place, today, asks, printer)
        refresh_database(place, today)
    if read.unread:
        click.echo(f"Not read in the roster: {', '.join(read.unread)}")


def _campaigns(own: Handbook, wanted: str | None) -> tuple[Campaign, ...]:
    if not own.campaigns:
        raise click.UsageError(
            f"{own.id} has no campaign: write trusts/{own.id}/acknowledgements.yml, which trusts/README.md shows"
        )
    ids = [one.id for one in own.campaigns]
    return tuple(one for one in own.campaigns if wanted is None or one.id == known(wanted, "campaign", ids))


def _roster(path: Path, library: Library) -> Roster:
    found, problems = read_roster(path.read_bytes(), str(path), list(library.role_labels))
    _show_and_end(problems)
    assert found
    return found


def _show_and_end(problems: list[Problem]) -> None:
    if problems:
        show(problems)
        click.echo("Nothing was issued or written.", err=True)
        raise click.exceptions.Exit(CONTENT)


def _issue(place: Desk, issuing: Issuing) -> Sequence[Ask]:
    issued = issue_links(place, issuing)
    for plan in issued.plans:
        click.echo(_summary(plan))
    click.echo(_of_roster(issued))
    return issued.asks


def _again(place: Desk, issuing: Issuing) -> Sequence[Ask]:
    asks, others = links_of_day(place, issuing)
    if others:
        click.echo(
            f"Left out: {count(others, 'link')} of this day that another key signed. To replace one, void its entry and issue again."
        )
    return asks


def _summary(plan: Plan) -> str:
    policy, campaign = plan.series.in_force, plan.campaign
    parts = (
        f"issued {len(plan.ask)}", f"already holding {len(plan.holding)}", f"acknowledged {len(plan.signed)}",
        f"carried forward {len(plan.carry)}", f"left {len(plan.left)}", f"exempt {len(plan.exempt)}", f"not asked {len(plan.not_asked)}",
    )  # fmt: skip
    return f"{policy.id} {policy.revision_id}, campaign {campaign.id}, due {date_in_words(campaign.due)}: {' · '.join(parts)}"


def _of_roster(issued: Issued) -> str:
    merged = issued.merged
    lines = [
        f"Roster: {count(len(merged.in_roster), 'person', 'people')}, {len(merged.new)} new, {len(merged.changed)} changed"
    ]
    if merged.gone:
        lines.append(f"No longer in the roster, and nothing says that they left: {_named(merged.gone)}")
    without = [one.person for plan in issued.plans for one in plan.ask if not one.person.mail]
    if without:
        lines.append(f"Without an email address, so only in links.csv and on paper: {_named(without)}")
    back = [person for plan in issued.plans for person in plan.left if not person.leaves]
    if back:
        lines.append(f"Noted as having left, though the roster gives no last day: {_named(back)}")
    return "\n".join(lines)


def _named(people: Sequence[Person]) -> str:
    numbers = list(dict.fromkeys(one.number for one in people))
    more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
    return f"{', '.join(numbers[:NAMED])}{more}"


def _write(place: Desk, today: date, asks: Sequence[Ask], printer: _Printer | None) -> None:
    if not asks:
        click.echo("No link to hand out.")
        return
    folder = write_outgoing(place, today, asks, printer)
    mails = len({one.person.id for one in asks if one.person.mail})
    forms = f", {count(len(asks), 'paper form')}" if printer else ""
    click.echo(f"Wrote {folder}: links.csv, {count(mails, 'email') or 'no email'}{forms}. Nothing was sent.")
