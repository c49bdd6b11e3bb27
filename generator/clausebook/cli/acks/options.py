"""What the commands of `acks` share: the desk, the passphrase, the day and the moment, and errors in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from clausebook import clock
from clausebook.acknowledgements.campaigns.invitations import NoSiteError
from clausebook.acknowledgements.desk.paths import MisplacedDeskError
from clausebook.acknowledgements.desk.people import BrokenPeopleError
from clausebook.acknowledgements.inbox.held import RefusedDecisionError
from clausebook.acknowledgements.register.entries import BrokenRegisterError, RegisterInUseError
from clausebook.acknowledgements.register.notes import RefusedNoteError
from clausebook.acknowledgements.register.trust_keys import NoKeyError
from clausebook.cli.options import CONTENT, known
from clausebook.model.handbook import Handbook, Trust

SHOWN = 10  # faults of a register, where another command than verify apply_each them
SHORTEST = 8  # characters of a passphrase
F = TypeVar("F", bound=Callable[..., object])


def desk_option(command: F) -> F:
    return click.option(
        "--desk", type=click.Path(path_type=Path), required=True, metavar="DIR",
        help="HR's own folder, outside the handbook and its site: keys, people, register, receipts. Made where there is none.",
    )(command)  # fmt: skip


def passphrase_option(command: F) -> F:
    return click.option(
        "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        help="Holds the key's passphrase in its first line.  [default: it is asked for]",
    )(command)  # fmt: skip


def as_of_option(command: F) -> F:
    return click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
        help="The day that counts as today.  [default: today, or SOURCE_DATE_EPOCH]",
    )(command)  # fmt: skip


def read_passphrase(file: Path | None, *, new: bool = False) -> str:
    """The passphrase of a key; one that is new is asked for twice."""
    if file:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise click.UsageError(f"{file} is not text in UTF-8") from error
        passphrase = lines[0] if lines else ""
    else:
        passphrase = click.prompt("Passphrase of the key", hide_input=True, confirmation_prompt=new)
    if new and len(passphrase) < SHORTEST:
        raise click.UsageError(
            f"a passphrase of fewer than {SHORTEST} characters is soon guessed: take several words, and keep them where HR keeps such things"
        )
    return str(passphrase)


def now() -> str:
    """This moment, as the register writes it."""
    try:
        return clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    except clock.BadClockError as error:
        raise click.UsageError(str(error)) from error


def trust_of(handbook: Handbook, trust: str) -> Trust:
    trusts = {one.id: one for one in handbook.trusts}
    return trusts[known(trust, "trust", list(trusts))]


@contextmanager
def in_words() -> Iterator[None]:
    """What can stop a command of `acks`, as a wrong command line (2) or as something that does not hold (1)."""
    try:
        yield
    except (MisplacedDeskError, NoKeyError, NoSiteError, RefusedDecisionError, RefusedNoteError) as error:
        raise click.UsageError(str(error)) from error
    except RegisterInUseError as error:
        raise click.UsageError("another command is writing to this register: wait until it is done") from error
    except BrokenPeopleError as error:
        click.echo(f"{error}\nPut back the copy of it that you have.", err=True)
        raise click.exceptions.Exit(CONTENT) from error
    except BrokenRegisterError as error:
        for fault in error.faults[:SHOWN]:
            click.echo(f"register.jsonl:{fault.line}: {fault.what}", err=True)
        click.echo("Nothing was written: the register does not hold. Put back the copy of it that you have; clausebook acks verify says more.", err=True)  # fmt: skip
        raise click.exceptions.Exit(CONTENT) from error
