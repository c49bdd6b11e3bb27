"""The commands of HR's own machine, gathered: acks."""

from __future__ import annotations

import click

from generator.cli.acks_collect import collect_command, hold_command
from generator.cli.acks_decisions import carry_command, note_command
from generator.cli.acks_encrypt import encrypt_command
from generator.cli.acks_evidence import check_command, evidence_command
from generator.cli.acks_issue import issue_command
from generator.cli.acks_keeping import retain_command, subject_command
from generator.cli.acks_keys import keys_command
from generator.cli.acks_register import checkpoint_command, verify_command
from generator.cli.acks_replies import confirm_command, remind_command
from generator.cli.acks_report import report_command


@click.group("acks", epilog="Example:  clausebook acks verify --desk ~/acknowledgements")
def acks_group() -> None:
    """Yearly acknowledgement: keys, personal links, the register of who signed what, on HR's own machine.

    Everything that names people lies in the folder that --desk names, and nowhere else. Nothing is sent.
    """


for command in (
    keys_command, issue_command, collect_command, hold_command, confirm_command, remind_command, carry_command, note_command,
    checkpoint_command, verify_command, report_command, evidence_command, check_command, retain_command, subject_command, encrypt_command,
):  # fmt: skip
    acks_group.add_command(command)
