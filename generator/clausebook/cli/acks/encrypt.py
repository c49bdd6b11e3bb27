"""The command that encrypts a desk, or makes it plain again: acks encrypt."""

from __future__ import annotations

from pathlib import Path

import click

from clausebook.acknowledgements.desk.paths import open_desk
from clausebook.acknowledgements.register.encrypt_desk import decrypt_desk, encrypt_desk, require_plain
from clausebook.cli.acks.options import desk_option, in_words, passphrase_option, read_passphrase
from clausebook.cli.options import handbook_option
from clausebook.model.dates import count


@click.command("encrypt", epilog="Examples:  clausebook acks encrypt --desk ~/acknowledgements   ·   clausebook acks encrypt --undo --desk ~/acknowledgements")  # fmt: skip
@desk_option
@click.option("--undo", is_flag=True, help="Make the desk plain again.")
@passphrase_option
@handbook_option
def encrypt_command(desk: Path, passphrase_file: Path | None, handbook_folder: Path, *, undo: bool) -> None:
    """Encrypt what names people on the desk: people.json, receipts and salt. From then on each command asks for the passphrase.

    It protects a laptop that is lost and a copy of the folder that goes astray, and not from somebody at the open machine. What
    lies in out/ stays readable, because it is there to be sent. Take the passphrase of the key, and one question opens both. A
    passphrase that is forgotten cannot be recovered, and the desk with it. A run that was stopped is finished by the next one.
    """
    with in_words():
        place = open_desk(desk, handbook_folder.resolve(), make=False)
        if undo and not place.is_encrypted:
            require_plain(place)
            click.echo("The desk is not encrypted: nothing was done.")
            return
        passphrase = read_passphrase(passphrase_file, of="desk", new=not place.is_encrypted)
        files = (decrypt_desk if undo else encrypt_desk)(place, passphrase)
    told = count(files, "file") or "no file"
    if undo:
        click.echo(f"The desk is plain again: decrypted {told}.")
        return
    click.echo(
        f"Encrypted {told}; the key to them is {place.encryption_key}, under your passphrase: keep it where HR keeps such things,"
        " because without it no one can read the desk. Copies of the desk that you made before lie in clear: clear them too."
    )
