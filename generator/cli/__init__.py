"""The command `clausebook`: its commands, and what the exit code says.

0: done. 1: the content has problems. 2: wrong command line, or this machine lacks something. 3: our bug.
"""

from __future__ import annotations

import errno
import sys
import traceback
from concurrent.futures import BrokenExecutor

import click

from generator import __version__
from generator.cli.acks import acks_group
from generator.cli.building import build_command, generate_command, serve_command
from generator.cli.comparing import compare_command
from generator.cli.inspecting import audit_command, check_command, schema_command
from generator.cli.options import BUG, USAGE
from generator.cli.quizzing import quiz_group
from generator.cli.reviewing import findings_command
from generator.cli.revising import adopt_command, confirm_command, diff_command, revise_command
from generator.cli.starting import new_command
from generator.pdf import MissingLibraryError

OF_THE_MACHINE = {"EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EADDRINUSE", "ENOTDIR", "EEXIST", "EISDIR"}


def main() -> None:
    """Run the command line; every error becomes an exit code here, and nowhere else."""
    try:
        sys.exit(cli(standalone_mode=False))  # click returns the code of an Exit here
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except MissingLibraryError as error:
        click.echo(f"clausebook: {error}", err=True)
        sys.exit(USAGE)
    except BrokenExecutor:
        click.echo("clausebook: a process that was building ended, perhaps for want of memory: try --jobs 1", err=True)
        sys.exit(USAGE)
    except Exception as error:  # noqa: BLE001 — the one place that turns our bugs into an exit code
        if isinstance(error, OSError) and errno.errorcode.get(error.errno or 0) in OF_THE_MACHINE:
            click.echo(
                f"clausebook: {error.strerror}: {error.filename or 'while writing'}",
                err=True,
            )
            sys.exit(USAGE)
        traceback.print_exc()
        click.echo(
            "clausebook: this is a mistake of ours, not of your files. Please report it with the lines above.", err=True
        )
        sys.exit(BUG)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="clausebook")
def cli() -> None:
    """A trust's staff policies as clauses: a site for each trust, comparisons, quizzes and printed pages."""


for command in (
    build_command, check_command, serve_command, new_command, revise_command, diff_command, confirm_command, adopt_command,
    quiz_group, compare_command, findings_command, audit_command, schema_command, generate_command,
    acks_group,
):  # fmt: skip
    cli.add_command(command)
