"""The command `clausebook`: its commands, and what the exit code says.

0: done. 1: the content has problems. 2: wrong command line, or this machine lacks something. 3: our bug.

What may enter: a command's options, what it says in a terminal, and which room does the work; no rule. A command of HR's is a file of `acks/`.
"""

from __future__ import annotations

import errno
import sys
import traceback
from collections.abc import MutableMapping
from concurrent.futures import BrokenExecutor
from importlib import import_module
from typing import Any

import click

from clausebook import __version__
from clausebook.build.cluster import ClusterError
from clausebook.build.engines import MissingEngineError
from clausebook.build.engines.weasyprint import MissingLibraryError
from clausebook.build.publish import BusyError, NothingKeptError
from clausebook.build.remote_store import CacheError
from clausebook.cli.console import tell_in_its_signs
from clausebook.cli.options import BUG, CONTENT, USAGE, show
from clausebook.edit.journal import RefusedError

OF_THE_MACHINE = {"EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EADDRINUSE", "ENOTDIR", "EEXIST", "EISDIR"}


def main() -> None:
    """Run the command line; every error becomes an exit code here, and nowhere else."""
    tell_in_its_signs()
    try:
        sys.exit(cli(standalone_mode=False))  # click returns the code of an Exit here
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except RefusedError as error:
        show(error.problems)
        click.echo("Nothing was written.", err=True)
        sys.exit(CONTENT)
    except (MissingLibraryError, MissingEngineError, ClusterError, CacheError, BusyError, NothingKeptError) as error:
        click.echo(f"clausebook: {error}", err=True)
        sys.exit(USAGE)
    except BrokenExecutor:
        click.echo(
            "clausebook: a process that was building ended, perhaps because memory ran out: try --jobs 1", err=True
        )
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


COMMANDS = {
    "build": "building", "check": "checking", "serve": "building", "new": "starting", "eject": "starting", "revise": "revising", "diff": "revising",
    "confirm-changes": "revising", "adopt": "adopting", "seal": "sealing", "quiz": "quizzing", "compare": "comparing", "findings": "reviewing", "academies": "academies",
    "audit": "inspecting", "schema": "inspecting", "generate": "building", "rollback": "building", "import": "importing", "export": "exporting", "review": "looking", "word": "wording", "take": "taking", "departures": "models", "models": "models", "acks": "acks",
}  # fmt: skip


class _Group(click.Group):
    """Commands that are imported when they are asked for: together they take longer than a build that finds nothing new."""

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        return {name: _load(name) for name in COMMANDS}

    @commands.setter
    def commands(self, _: Any) -> None:
        """click sets an empty one."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's own name
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 — see above
        return _load(cmd_name) if cmd_name in COMMANDS else None


def _load(name: str) -> click.Command:
    module = import_module(f"clausebook.cli.{COMMANDS[name]}")
    word = name.replace("-", "_")
    found = getattr(module, f"{word}_command", None) or getattr(module, f"{word}_group")
    assert isinstance(found, click.Command)
    return found


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="clausebook")
def cli() -> None:
    """A trust's staff policies as clauses: a site for each trust, comparisons, quizzes and printed pages."""
