"""The commands that prove that the register is as it was written: acks verify, acks checkpoint."""

from __future__ import annotations

from pathlib import Path

import click

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.private_files import write_private
from clausebook.acknowledgements.register.checkpoints import Checkpoint, read_checkpoint, sign_checkpoint
from clausebook.acknowledgements.register.entries import Body, Register, open_register
from clausebook.acknowledgements.register.trust_keys import newest_key_at
from clausebook.acknowledgements.register.verify import Verdict, verify_desk
from clausebook.cli.acks.options import desk_at, desk_option, in_words, now, passphrase_option, signing_key
from clausebook.cli.options import CONTENT, handbook_option, known
from clausebook.load import load_handbook
from clausebook.model import PublicKey
from clausebook.model.dates import count


@click.command("verify", epilog="Example:  clausebook acks verify --desk ~/acknowledgements")
@desk_option
@passphrase_option
@handbook_option
def verify_command(desk: Path, passphrase_file: Path | None, handbook_folder: Path) -> None:
    """Hold the desk against its register, and that against its signed checkpoints; each fault is named with its entry or file.

    An entry that was edited, cut out, put in or moved shows in the chain. An end that was cut off whole shows against a
    checkpoint. Receipts and people.json are held against the digests that the register has of them, signatures against the
    public keys of the handbook. Writes nothing.
    """
    root = handbook_folder.resolve()
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        verdict = verify_desk(place, {key.id: key.public for key in _keys(root)})
        for fault in verdict.faults:
            click.echo(str(fault))
        for wrong in verdict.checkpoint_faults:
            click.echo(f"checkpoints/{wrong.file}: {wrong.what}")
        for changed in verdict.file_faults:
            click.echo(f"{changed.file}: {changed.what}")
        click.echo(_in_a_line(verdict))
        if not verdict.holds:
            raise click.exceptions.Exit(CONTENT)


def _in_a_line(verdict: Verdict) -> str:
    wrong = len(verdict.faults) + len(verdict.checkpoint_faults) + len(verdict.file_faults)
    hold = f"{count(verdict.checkpoints, 'signed checkpoint')}" if verdict.checkpoints else "no signed checkpoint"
    looked = f"{verdict.entries} entries, {hold}"
    said = [f"{looked}: {count(wrong, 'fault') or 'no faults'}."]
    if verdict.purged:
        said.append(f"{verdict.purged} were purged, as entries say.")
    if not verdict.checkpoints:
        said.append(
            "Until there is a checkpoint, an end that is cut off whole shows nowhere: clausebook acks checkpoint."
        )
    elif verdict.covered < verdict.entries:
        said.append(f"The newest checkpoint covers the first {verdict.covered}.")
    if verdict.keys_of_desk and verdict.checkpoints:
        said.append("No handbook told the public keys: this desk vouched for itself.")
    return " ".join(said)


def _keys(root: Path) -> list[PublicKey]:
    """The public keys of all trusts, even where something else is wrong in the handbook."""
    return [key for file in load_handbook(root)[0].keys_of_trusts.values() for key in file.record.keys]


@click.command("checkpoint", epilog="Example:  clausebook acks checkpoint --desk ~/acknowledgements")
@desk_option
@click.option(
    "--key",
    metavar="ID",
    help="The key to sign with.  [default: the newest in use whose private half lies on the desk]",
)
@passphrase_option
@handbook_option
def checkpoint_command(desk: Path, key: str | None, passphrase_file: Path | None, handbook_folder: Path) -> None:
    """Sign what the register is at this moment, so that nobody can cut off its end unnoticed.

    Do it after each collecting, and send the file to somebody outside HR, such as the auditor: a copy that lies elsewhere
    cannot be changed along with the register.
    """
    root = handbook_folder.resolve()
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        keys = {one.id: one for one in _keys(root)}
        wanted = keys[known(key, "key", list(keys))] if key else newest_key_at(place, keys.values())
        signing = signing_key(place, wanted.id, passphrase_file)
        with open_register(place.register) as register:
            if not register.length:
                raise click.UsageError("the register is empty: there is nothing to sign")
            if made := _made(place, register):
                click.echo(f"Nothing was added since {made}.")
                return
            path = place.checkpoint_file(register.length)
            checkpoint = Checkpoint(number=register.length, hash=register.hash, at=now(), key=signing.id)
            write_private(path, sign_checkpoint(checkpoint, signing))
            _note(register, checkpoint)
    click.echo(f"Wrote {path}: {checkpoint.number} entries, {checkpoint.hash}. Send a copy to someone outside HR.")


def _made(place: Desk, register: Register) -> Path | None:
    """The checkpoint after which nothing was added but the entry that says so."""
    last = next((entry.body for entry in register.find(number=register.length, kind="checkpoint")), None)
    if last is None or last.about is None:
        return None
    path = place.checkpoint_file(last.about)
    return path if path.is_file() and read_checkpoint(path.read_bytes()) else None


def _note(register: Register, checkpoint: Checkpoint) -> None:
    """Say in the register that there is a checkpoint, so that one that is taken away is missed."""
    facts = {"hash": checkpoint.hash, "key": checkpoint.key}
    register.add([Body(kind="checkpoint", at=checkpoint.at, about=checkpoint.number, facts=facts)])
