"""The command that makes what an auditor takes away: acks evidence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from generator.acknowledgements.desk import open_desk, require_private
from generator.cli.acks_options import as_of_option, desk_option, handbook_of, in_words
from generator.cli.options import CONTENT, content_or_exit, day, handbook_option, known, require_looks
from generator.evidence.extract import Wanted
from generator.evidence.gathered import gather_evidence
from generator.evidence.pack import render_pack
from generator.evidence.page import LOOKS
from generator.evidence.zipping import write_zip
from generator.reporting.dashboard import FONT_FOLDER, TEMPLATES


@click.command("evidence", epilog="Examples:  clausebook acks evidence att --desk ~/acknowledgements --out att-2025.zip   ·   clausebook acks evidence att --desk ~/acknowledgements --out att-2025.zip --redact")  # fmt: skip
@click.argument("trust")
@desk_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE.zip", help="The pack, outside the handbook and its site.")  # fmt: skip
@click.option("--policy", metavar="POLICY", help="Only what concerns this policy.  [default: all]")
@click.option(
    "--redact", is_flag=True, help="Leave out receipts, which hold typed names, and whatever was written freely."
)
@as_of_option
@handbook_option
def evidence_command(
    trust: str, desk: Path, out: Path, policy: str | None, as_of: datetime | None, handbook: Path, *, redact: bool
) -> None:
    """Write a pack with which somebody who has nothing else can check who acknowledged which wording, and when.

    It holds each wording with its digest, redlines, statements, the register, receipts, public keys, checkpoints, a README that
    says what proves what and what it does not, and two programs that check it offline. people.json is never in it.
    """
    root = handbook.resolve()
    library = content_or_exit(root)
    own = handbook_of(library, trust)
    if policy:
        known(policy, f"policy of {trust}", [one.id for one in own.series])
    require_looks(root, (f"{TEMPLATES}/evidence", LOOKS, FONT_FOLDER, "overrides/print"))
    with in_words():
        place = open_desk(desk, root, make=False)
        require_private(out, root)
        if not out.resolve().parent.is_dir():
            raise click.UsageError(f"there is no folder {out.resolve().parent}")
        if not place.register.is_file():
            raise click.UsageError(f"there is no register at {place.root}: nothing was issued yet")
        wanted = Wanted(trust, policy, day(as_of).isoformat(), redact)
        evidence = gather_evidence(place, library, wanted)
        write_zip(out.resolve(), render_pack(evidence, root))
    redacted = " Names are left out." if redact else " It holds the names that people typed: hand it over in private."
    click.echo(
        f"Wrote {out}: {evidence.extract.last} entries, {len(evidence.lines)} receipts, {len(evidence.texts)} texts.{redacted}"
    )
    for one in evidence.lacking:
        click.echo(f"It lacks something: {one}", err=True)
    if evidence.lacking:
        raise click.exceptions.Exit(CONTENT)
