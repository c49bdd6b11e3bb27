"""The commands by which HR decides: acks note, acks carry-forward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from clausebook.acknowledgements.campaigns.carry_forward_all import carry_forward
from clausebook.acknowledgements.desk.academy_texts import keep_texts
from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.people import Person, read_people
from clausebook.acknowledgements.register.entries import Entry, open_register
from clausebook.acknowledgements.register.notes import NOTES, Note, find_repeated, note_body, require_voidable
from clausebook.acknowledgements.register.standings_as_at import read_standings
from clausebook.cli.acks.options import as_of_option, desk_at, desk_option, in_words, now, passphrase_option, trust_of
from clausebook.cli.options import content_or_exit, day, handbook_option, known
from clausebook.model.dates import in_words as date_in_words
from clausebook.model.handbook import Policy, Revision, Trust
from clausebook.model.problems import nearest


@click.command("note", epilog='Example:  clausebook acks note att exempt 10234 --policy social-media --by "J. Okafor" --why "On leave until June." --desk ~/acknowledgements')  # fmt: skip
@click.argument("trust")
@click.argument("kind", type=click.Choice(NOTES))
@click.argument("staff_number")
@click.option("--policy", "policies", required=True, multiple=True, metavar="POLICY", help="Which policy it is about; again for each of several.")  # fmt: skip
@click.option("--by", required=True, metavar="WHO", help="Who in HR decided it.")
@click.option(
    "--why",
    required=True,
    metavar="WORDS",
    help="Why, in words that an auditor understands; no name of a member of staff.",
)
@click.option("--date", "when", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="From when it counts; for left, the last day at work.  [default: today]")  # fmt: skip
@click.option("--entry", type=click.IntRange(1), metavar="NUMBER", help="For void: the entry that does not count.  [default: the person's last acknowledgement]")  # fmt: skip
@desk_option
@passphrase_option
@handbook_option
def note_command(
    trust: str, kind: str, staff_number: str, policies: tuple[str, ...], by: str, why: str, when: datetime | None, entry: int | None,
    desk: Path, passphrase_file: Path | None, handbook_folder: Path,
) -> None:  # fmt: skip
    """Write down by hand that somebody left, is exempt, signed on behalf or otherwise, or that an entry is void.

    left: of all policies of the trust, from the day after --date. exempt: from the campaign that asks for POLICY now.
    on-behalf: POLICY's revision in force was acknowledged in another way, which --why tells. void: an entry does not count;
    it stays in the register. Nothing is ever taken out: to take a note back, void it.
    """
    root = handbook_folder.resolve()
    own = trust_of(content_or_exit(root), trust)
    published = [_published(own, policy) for policy in dict.fromkeys(policies)]
    if entry and (kind != "void" or len(published) > 1):
        raise click.UsageError("--entry is for void alone, of one policy")
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        person = _person(place, trust, staff_number)
        counts = when.date() if when else day(None)
        notes = [
            Note(kind, person, revision, own.campaign_for(revision.policy, person.roles, person.academy), by, why, counts, now(), entry)  # type: ignore[arg-type]
            for revision in (_binding(own, one, person) for one in (published[:1] if kind == "left" else published))
        ]  # fmt: skip
        keep_texts(place, [note.revision for note in notes])
        added = _add(place, notes)
    for one, is_new in added:
        about = f", about entry {one.body.about}" if one.body and one.body.about else ""
        begun = f"Wrote entry {one.number}" if is_new else f"Entry {one.number} says so already"
        click.echo(f"{begun}: {kind} of {staff_number}{about}, from {date_in_words(counts)}.")


def _published(own: Trust, policy: str) -> Revision:
    shown = _policy(own, policy).shown
    if shown is None:
        raise click.UsageError(f"no text of {policy} was ever in force here: no one can have been asked for it")
    return shown


def _binding(own: Trust, shown: Revision, person: Person) -> Revision:
    """The text of a policy that binds somebody: their academy's, where it has one of its own."""
    return own.text_for(shown.policy, person.academy) if own.policy(shown.policy).in_force else shown


def _policy(own: Trust, policy: str) -> Policy:
    there = {one.id: one for one in own.policies}
    return there[known(policy, f"policy of {own.id}", list(there))]


def _person(place: Desk, trust: str, number: str) -> Person:
    there = {person.number.casefold(): person for person in read_people(place) if person.trust == trust}
    if not there:
        raise click.UsageError(f"no one of {trust} is known at this desk: clausebook acks issue reads the roster first")
    found = there.get(number.casefold())
    if found is None:
        near = nearest(number.casefold(), there)
        raise click.UsageError(
            f"there is no staff number {number!r} at this desk"
            + (f"; did you mean {there[near].number}?" if near else "")
        )
    return found


def _add(place: Desk, notes: Sequence[Note]) -> list[tuple[Entry, bool]]:
    """The entries, all of them or none, and whether each is new: the same note twice is one that was interrupted after it was written."""
    with open_register(place.register) as register:
        standings = read_standings(register)
        before = [find_repeated(note, register, standings) for note in notes]
        bodies = []
        for note in (note for note, said in zip(notes, before, strict=True) if said is None):
            body = note_body(note, standings)
            if body.kind == "void":
                require_voidable(note, next(iter(register.find(number=body.about or 0)), None), standings)
            bodies.append(body)
        return [*((said, False) for said in before if said), *((entry, True) for entry in register.add(bodies))]


@click.command(
    "carry-forward", epilog="Example:  clausebook acks carry-forward att social-media --desk ~/acknowledgements"
)
@click.argument("trust")
@click.argument("policy")
@desk_option
@passphrase_option
@as_of_option
@handbook_option
def carry_forward_command(
    trust: str, policy: str, desk: Path, passphrase_file: Path | None, as_of: datetime | None, handbook_folder: Path
) -> None:
    """After a new revision: carry acknowledgements forward where nothing changed in substance for the person.

    Each gets an entry that says from which revision and why. Whoever is bound by a clause that changed in substance owes
    only what changed; `clausebook acks issue` asks them. It carries forward before it asks anybody, too.
    """
    root, today = handbook_folder.resolve(), day(as_of)
    own = trust_of(content_or_exit(root), trust)
    chosen_policy = _policy(own, policy)
    if chosen_policy.in_force is None:
        raise click.UsageError(f"no revision of {policy} is in force: there is nothing to carry forward to")
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        done = carry_forward(place, own, chosen_policy, today, now())
    reasons = Counter(one.carries.reason for one in done.carried)
    click.echo(
        f"{policy} {chosen_policy.in_force.id}: carried forward {len(done.carried)} "
        f"(editorial changes only {reasons['editorial']}, what changed applies to other roles {reasons['other-roles']})"
    )
    for asks, people in done.asks:
        click.echo(f"To be asked since {asks.since}: {people}, for {', '.join(asks.clauses)}")
