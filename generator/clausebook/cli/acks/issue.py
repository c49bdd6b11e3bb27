"""The command that issues personal links: acks issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from clausebook.acknowledgements.campaigns.invitations import Ask
from clausebook.acknowledgements.campaigns.issue import Issued, Issuing, issue_links, links_of_day
from clausebook.acknowledgements.campaigns.letters import require_letters
from clausebook.acknowledgements.campaigns.outbox import write_outgoing
from clausebook.acknowledgements.campaigns.paper import FormPage, PaperForm
from clausebook.acknowledgements.campaigns.plan import Plan
from clausebook.acknowledgements.campaigns.renumbered import find_renumbered
from clausebook.acknowledgements.campaigns.roster import Roster, read_roster
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person, read_people
from clausebook.acknowledgements.register.trust_keys import current_key
from clausebook.build.engines.fonts import tell_missing
from clausebook.build.engines.weasyprint import print_files, render_pdf, require_libraries
from clausebook.cli.acks.options import (
    as_of_option,
    desk_at,
    desk_option,
    in_words,
    now,
    passphrase_option,
    signing_key,
    trust_of,
)
from clausebook.cli.options import CONTENT, content_or_exit, day, handbook_option, known, show
from clausebook.looks import Looks
from clausebook.model import Campaign
from clausebook.model.dates import count
from clausebook.model.dates import in_words as date_in_words
from clausebook.model.handbook import Handbook, Trust
from clausebook.model.problems import Problem
from clausebook.pages.templates import render_print

NAMED = 12  # staff numbers that a line of the summary names


@dataclass(frozen=True)
class _Printer:
    """Lays out paper forms with the handbook's templates."""

    looks: Looks
    trust: Trust

    def __call__(self, form: PaperForm) -> bytes:
        html = render_print(
            "paper-form.html", self.looks, FormPage(form, self.trust.record, self.trust.record.palette.shades)
        )
        if told := tell_missing(f"The form of {form.ask.person.number}", html):
            click.echo(told, err=True)
        return render_pdf(html, print_files(self.looks))


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
    handbook_folder: Path, *, paper: bool, again: bool,
) -> None:  # fmt: skip
    """Issue a personal link to everybody in ROSTER.csv whom a campaign asks and who has not acknowledged yet.

    ROSTER has the columns staff_number, name, mail, academy, manager, roles, starts, leaves, aliases, in any order; roles and
    aliases are separated by semicolons, days are written 2025-09-01. Links, emails and forms are written to the desk's out/;
    nothing is sent. Run it again with a newer roster at any time: nobody gets a second link while the first one works.
    """
    root, today = handbook_folder.resolve(), day(as_of)
    handbook = content_or_exit(root)
    own = trust_of(handbook, trust)
    campaigns = _campaigns(own, campaign)
    if paper:
        require_libraries()
    with in_words():
        require_letters(Looks(root))
        place = desk_at(desk, root, passphrase_file, make=True)
        read = _roster(roster, handbook, own)
        _show_and_end(list(find_renumbered(read.rows, read_people(place), trust, str(roster))))
        key = signing_key(place, current_key(trust, own.keys).id, passphrase_file)
        issuing = Issuing(own, campaigns, read.rows, today, now(), key, paper)
        asks = _again(place, issuing) if again else _issue(place, issuing)
        printer = _Printer(Looks(root), own) if paper else None
        _write(place, today, asks, printer, Looks(root))
    if read.unread:
        click.echo(f"Not read in the roster: {', '.join(read.unread)}")


def _campaigns(own: Trust, wanted: str | None) -> tuple[Campaign, ...]:
    if not own.campaigns:
        raise click.UsageError(
            f"{own.id} has no campaign: write trusts/{own.id}/acknowledgements.yml, which trusts/README.md shows"
        )
    ids = [campaign.id for campaign in own.campaigns]
    return tuple(
        campaign for campaign in own.campaigns if wanted is None or campaign.id == known(wanted, "campaign", ids)
    )


def _roster(path: Path, handbook: Handbook, own: Trust) -> Roster:
    found, problems = read_roster(path.read_bytes(), str(path), list(handbook.role_labels), own.academies)
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
    revision, campaign = plan.policy.current, plan.campaign
    parts = (
        f"issued {len(plan.ask)}", f"already holding {len(plan.holding)}", f"acknowledged {len(plan.signed)}",
        f"carried forward {len(plan.carry)}", f"left {len(plan.left)}", f"exempt {len(plan.exempt)}", f"not asked {len(plan.not_asked)}",
    )  # fmt: skip
    return f"{revision.policy} {revision.id}, campaign {campaign.id}, due {date_in_words(campaign.due)}: {' · '.join(parts)}"


def _of_roster(issued: Issued) -> str:
    merged = issued.merged
    lines = [
        f"Roster: {count(len(merged.in_roster), 'person', 'people')}, {len(merged.new)} new, {len(merged.changed)} changed"
    ]
    if merged.gone:
        lines.append(f"No longer in the roster, and nothing says that they left: {_named(merged.gone)}")
    without = [ask.person for plan in issued.plans for ask in plan.ask if not ask.person.mail]
    if without:
        lines.append(f"Without an email address, so only in links.csv and on paper: {_named(without)}")
    back = [person for plan in issued.plans for person in plan.left if not person.leaves]
    if back:
        lines.append(f"Noted as having left, though the roster gives no last day: {_named(back)}")
    return "\n".join(lines)


def _named(people: Sequence[Person]) -> str:
    numbers = list(dict.fromkeys(person.number for person in people))
    more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
    return f"{', '.join(numbers[:NAMED])}{more}"


def _write(place: Desk, today: date, asks: Sequence[Ask], printer: _Printer | None, looks: Looks) -> None:
    if not asks:
        click.echo("No link to hand out.")
        return
    folder = write_outgoing(place, today, asks, printer, looks)
    mails = len({ask.person.id for ask in asks if ask.person.mail})
    forms = f", {count(len(asks), 'paper form')}" if printer else ""
    click.echo(f"Wrote {folder}: links.csv, {count(mails, 'email') or 'no email'}{forms}. Nothing was sent.")
