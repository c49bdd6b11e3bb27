"""The command that makes a key: acks keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from generator.acknowledgements.database import refresh_database
from generator.acknowledgements.desk import open_desk
from generator.acknowledgements.keys import new_key, write_key
from generator.acknowledgements.private_files import write_private
from generator.acknowledgements.register import Body, open_register
from generator.acknowledgements.trust_keys import render_keys, rotate
from generator.cli.acks_options import (
    as_of_option,
    desk_option,
    handbook_of,
    in_words,
    now,
    passphrase_option,
    read_passphrase,
)
from generator.cli.options import content_or_exit, day, handbook_option


@click.command("keys", epilog="Example:  clausebook acks keys att --desk ~/acknowledgements")
@click.argument("trust")
@desk_option
@passphrase_option
@as_of_option
@handbook_option
def keys_command(trust: str, desk: Path, passphrase_file: Path | None, as_of: datetime | None, handbook: Path) -> None:
    """Make a new key for TRUST, with which personal links and checkpoints are signed; an older one ends today.

    The private half is written to the desk, encrypted with a passphrase. The public half goes into trusts/TRUST/keys.yml,
    from where the site carries it. What an older key signed until today still holds.
    """
    root = handbook.resolve()
    own = handbook_of(content_or_exit(root), trust)
    with in_words():
        place = open_desk(desk, root)
        passphrase = read_passphrase(passphrase_file, new=True)
        key = new_key()
        keys = render_keys(rotate(own.keys, key, day(as_of)))
        facts = {"id": key.id, "public": key.public, "first": day(as_of).isoformat()}
        with open_register(place.register) as register:
            write_private(place.key_file(key.id), write_key(key, passphrase))
            register.add([Body(kind="key", at=now(), trust=trust, facts=facts)])
            _publish(root / "trusts" / trust / "keys.yml", keys)
        refresh_database(place, day(as_of))
    ended = [one.id for one in own.keys if not one.last]
    click.echo(
        f"Made key {key.id} of {trust}: {place.key_file(key.id)}, and its public half in trusts/{trust}/keys.yml."
        + (f" Key {', '.join(ended)} ends today; what it signed still holds." if ended else "")
        + " Publish the site before you issue links. Without its passphrase the key is lost: then make another."
    )


def _publish(path: Path, text: str) -> None:
    beside = path.with_suffix(".yml.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
