"""The command that makes a key: acks keys."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from pathlib import Path

import click

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.register.entries import open_register
from clausebook.acknowledgements.register.trust_keys import keys_made, make_key, open_key, render_keys, rotate
from clausebook.acknowledgements.signing.keys import fingerprint, in_groups
from clausebook.cli.acks.options import (
    as_of_option,
    desk_at,
    desk_option,
    in_words,
    now,
    passphrase_of_desk,
    passphrase_option,
    read_passphrase,
    trust_of,
)
from clausebook.cli.options import content_or_exit, day, handbook_option
from clausebook.edit.journal import write_edits
from clausebook.load import load_handbook
from clausebook.model import PublicKey
from clausebook.system import keeps_private


@click.command("keys", epilog="Example:  clausebook acks keys att --desk ~/acknowledgements")
@click.argument("trust")
@desk_option
@passphrase_option
@as_of_option
@handbook_option
def keys_command(
    trust: str, desk: Path, passphrase_file: Path | None, as_of: datetime | None, handbook_folder: Path
) -> None:
    """Make a new key for TRUST, with which personal links and checkpoints are signed; an older one ends today.

    The private half is written to the desk, encrypted with a passphrase: with the desk's own where that is encrypted. The public half goes into trusts/TRUST/keys.yml,
    from where the site carries it. What an older key signed until today still holds.
    """
    root, today = handbook_folder.resolve(), day(as_of).isoformat()
    trust_of(content_or_exit(root), trust)
    with in_words():
        place = desk_at(desk, root, passphrase_file, make=True)
        passphrase = passphrase_of_desk() or read_passphrase(passphrase_file, new=True)
        with open_register(place.register) as register:
            keys = _keys(root, trust)
            begun = [one for one in keys_made(register, trust) if one.id not in {key.id for key in keys}]
            made = None if begun else make_key(place, register, trust, keys, now(), today, passphrase)
            if begun:
                open_key(place, begun[-1].id, passphrase)
            now_there = reduce(rotate, [*begun, *([made] if made else [])], keys)
            write_edits(root, {f"trusts/{trust}/keys.yml": render_keys(now_there)})
    _tell(place, trust, now_there[-1], [one.id for one in keys if not one.last], finished=made is None)


def _keys(root: Path, trust: str) -> tuple[PublicKey, ...]:
    """The keys that stand in the handbook at this moment: another command may have made one since this one began."""
    file = load_handbook(root)[0].keys_of_trusts.get(trust)
    return tuple(file.record.keys) if file else ()


def _tell(place: Desk, trust: str, key: PublicKey, ended: list[str], *, finished: bool) -> None:
    done = "Finished what was begun: key" if finished else "Made key"
    click.echo(
        f"{done} {key.id} of {trust}: {place.key_file(key.id)}, and its public half in trusts/{trust}/keys.yml."
        + (f" Key {', '.join(ended)} ends today; what it signed still holds." if ended else "")
        + " Publish the site before you issue links. Without its passphrase the key is lost: then make another."
    )
    click.echo(
        f"Its fingerprint, which whoever checks an evidence pack asks you for: {in_groups(fingerprint(key.public))}"
    )
    if not keeps_private():
        click.echo(
            f"Windows may let others who use this computer open {place.root}. Keep it in your own user folder, or encrypt what names people: "
            f'clausebook acks encrypt --desk "{place.root}"'
        )
