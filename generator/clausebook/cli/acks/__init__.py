"""The commands of HR's own machine, gathered: acks."""

from __future__ import annotations

import click

from clausebook.cli.acks.collect import collect_command, review_command
from clausebook.cli.acks.decisions import carry_forward_command, note_command
from clausebook.cli.acks.encrypt import encrypt_command
from clausebook.cli.acks.evidence import check_command, evidence_command
from clausebook.cli.acks.issue import issue_command
from clausebook.cli.acks.keeping import purge_command, subject_access_command
from clausebook.cli.acks.keys import keys_command
from clausebook.cli.acks.register import checkpoint_command, verify_command
from clausebook.cli.acks.replies import remind_command, reply_command
from clausebook.cli.acks.report import owed_command, report_command


@click.group("acks", epilog="Example:  clausebook acks verify --desk ~/acknowledgements")
def acks_group() -> None:
    """Yearly acknowledgement: keys, personal links, the register of who signed what, on HR's own machine.

    Everything that names people lies in the folder that --desk names, and nowhere else. Nothing is sent.
    """


for command in (
    keys_command, issue_command, collect_command, review_command, reply_command, remind_command, carry_forward_command, note_command,
    checkpoint_command, verify_command, owed_command, report_command, evidence_command, check_command, purge_command, subject_access_command, encrypt_command,
):  # fmt: skip
    acks_group.add_command(command)
