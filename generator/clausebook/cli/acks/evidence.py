"""The command that makes what an auditor takes away: acks evidence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from clausebook.acknowledgements.desk.paths import require_private
from clausebook.acknowledgements.evidence.extract import Wanted
from clausebook.acknowledgements.evidence.gathered import gather_evidence
from clausebook.acknowledgements.evidence.pack import render_pack
from clausebook.acknowledgements.evidence.verifier.main import main as check_evidence
from clausebook.acknowledgements.evidence.zipping import write_zip
from clausebook.acknowledgements.register.trust_keys import newest_key_at
from clausebook.acknowledgements.signing.keys import fingerprint, in_groups
from clausebook.cli.acks.options import (
    as_of_option,
    desk_at,
    desk_option,
    in_words,
    passphrase_option,
    signing_key,
    trust_of,
)
from clausebook.cli.options import CONTENT, content_or_exit, day, handbook_option, known
from clausebook.model.dates import count


@click.command("evidence", epilog="Examples:  clausebook acks evidence att --desk ~/acknowledgements --out att-2025.zip   ·   clausebook acks evidence att --desk ~/acknowledgements --out att-2025.zip --redact")  # fmt: skip
@click.argument("trust")
@desk_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE.zip", help="The pack, outside the handbook and its site.")  # fmt: skip
@click.option("--policy", metavar="POLICY", help="Only what concerns this policy.  [default: all]")
@click.option(
    "--redact", is_flag=True, help="Leave out receipts, which hold typed names, and whatever was written freely."
)
@passphrase_option
@as_of_option
@handbook_option
def evidence_command(
    trust: str, desk: Path, out: Path, policy: str | None, passphrase_file: Path | None, as_of: datetime | None, handbook_folder: Path,
    *, redact: bool,
) -> None:  # fmt: skip
    """Write a pack with which somebody who has nothing else can check who acknowledged which wording, and when.

    It holds each wording with its digest, redlines, statements, the register, receipts, public keys, checkpoints, a README that
    says what proves what and what it does not, and two programs that check it offline. The key of TRUST signs the whole of it:
    tell the auditor the key's fingerprint by another way. people.json, answers of quizzes and links that still work are never in it.
    """
    root = handbook_folder.resolve()
    handbook = content_or_exit(root)
    own = trust_of(handbook, trust)
    if policy:
        known(policy, f"policy of {trust}", [one.id for one in own.policies])
    with in_words():
        place = desk_at(desk, root, passphrase_file)
        require_private(out, root)
        if not out.resolve().parent.is_dir():
            raise click.UsageError(f"there is no folder {out.resolve().parent}")
        if not place.register.is_file():
            raise click.UsageError(f"there is no register at {place.root}: nothing was issued yet")
        wanted = Wanted(trust, policy, day(as_of).isoformat(), redact)
        key = signing_key(place, newest_key_at(place, own.keys).id, passphrase_file)
        evidence = gather_evidence(place, handbook, wanted, key)
        write_zip(out.resolve(), render_pack(evidence, root))
    redacted = " Names are left out." if redact else " It holds the names that people typed: hand it over in private."
    entries = f"{evidence.extract.last} {'entry' if evidence.extract.last == 1 else 'entries'}"
    said = [entries, count(len(evidence.lines) + len(evidence.told), "receipt"), count(len(evidence.texts), "text")]
    click.echo(f"Wrote {out}: {', '.join(filter(None, said))}.{redacted}")
    click.echo(f"Signed with the key {key.id}. Tell the auditor its fingerprint by another way, such as the telephone:")
    click.echo(f"  {in_groups(fingerprint(key.public))}")
    for one in evidence.lacking:
        click.echo(f"It lacks something: {one}", err=True)
    if evidence.lacking:
        raise click.exceptions.Exit(CONTENT)


@click.command("check", epilog='Example:  clausebook acks check att-2025.zip --fingerprint "3f1c 90ab …"')
@click.argument("pack", type=click.Path(exists=True, path_type=Path), metavar="FILE.zip")
@click.option(
    "--fingerprint", default="", metavar="DIGITS", help="Of HR's key, as HR told it by another way than the pack came."
)
def check_command(pack: Path, fingerprint: str) -> None:
    """Check an evidence pack, or the folder that it was unpacked to, by the programs of this machine and not by those in it.

    Whoever changed a pack can have changed its verify.py and verify.html, too.
    """
    raise click.exceptions.Exit(check_evidence([str(pack), fingerprint]))
