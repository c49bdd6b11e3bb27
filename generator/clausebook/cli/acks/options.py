"""What the commands of `acks` share: the desk, the passphrase, the day and the moment, and errors in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import click

from clausebook import clock
from clausebook.acknowledgements.campaigns.invitations import NoSiteError
from clausebook.acknowledgements.desk.paths import (
    Desk,
    LockedDeskError,
    MisplacedDeskError,
    UnreadableFileError,
    open_desk,
    unlock,
)
from clausebook.acknowledgements.desk.people import BrokenPeopleError
from clausebook.acknowledgements.inbox.held import RefusedDecisionError
from clausebook.acknowledgements.register.entries import BrokenRegisterError, RegisterInUseError
from clausebook.acknowledgements.register.notes import RefusedNoteError
from clausebook.acknowledgements.register.trust_keys import LockedKeyError, NoKeyError, open_key
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.cli.options import CONTENT, known
from clausebook.model.handbook import Handbook, Trust
from clausebook.pages.templates import BrokenLetterError

SHOWN = 10  # faults of a register, where another command than verify meets them
OF_DESK = "clausebook.cli.acks.options"
SHORTEST = 8  # characters of a passphrase
F = TypeVar("F", bound=Callable[..., object])


def desk_option(command: F) -> F:
    return click.option(
        "--desk", type=click.Path(path_type=Path), required=True, metavar="DIR",
        help="HR's own folder, outside the handbook and its site: keys, people, register, receipts. clausebook acks keys makes it.",
    )(command)  # fmt: skip


def passphrase_option(command: F) -> F:
    return click.option(
        "--passphrase-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
        help="Holds the passphrase of the key, and of an encrypted desk, in its first line; the key's in the second where it has another.  [default: it is asked for]",
    )(command)  # fmt: skip


def as_of_option(command: F) -> F:
    return click.option(
        "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
        help="The day that counts as today.  [default: today, or SOURCE_DATE_EPOCH]",
    )(command)  # fmt: skip


def read_passphrase(file: Path | None, *, new: bool = False, of: str = "key", line: int = 0) -> str:
    """The passphrase of a key or a desk; one that is new is asked for twice."""
    if file:
        lines = _lines(file)
        passphrase = lines[line] if line < len(lines) else lines[0] if lines else ""
    else:
        passphrase = click.prompt(f"Passphrase of the {of}", hide_input=True, confirmation_prompt=new)
    if new and len(passphrase) < SHORTEST:
        raise click.UsageError(
            f"a passphrase of fewer than {SHORTEST} characters is soon guessed: take several words, and keep them where HR keeps such things"
        )
    return str(passphrase)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{file} is not text in UTF-8") from error


def desk_at(folder: Path, root: Path, passphrase_file: Path | None, *, make: bool = False) -> Desk:
    """The desk, with its passphrase where it is encrypted."""
    place = open_desk(folder, root, make=make)
    if not place.is_encrypted:
        return place
    passphrase = read_passphrase(passphrase_file, of="desk")
    place = unlock(place, passphrase)
    click.get_current_context().meta[OF_DESK] = passphrase
    return place


def passphrase_of_desk() -> str | None:
    """The one that this command was given for an encrypted desk."""
    found: str | None = click.get_current_context().meta.get(OF_DESK)
    return found


def signing_keys(place: Desk, keys: Sequence[str], passphrase_file: Path | None) -> dict[str, SigningKey]:
    """The private keys with these ids: opened with the desk's passphrase where that does it, so that nobody is asked twice."""
    found: dict[str, SigningKey] = {}
    if (of_desk := passphrase_of_desk()) is not None:
        for key in keys:
            with suppress(LockedKeyError):
                found[key] = open_key(place, key, of_desk)
    if rest := [key for key in keys if key not in found]:
        passphrase = read_passphrase(passphrase_file, line=0 if of_desk is None else 1)
        found |= {key: open_key(place, key, passphrase) for key in rest}
    return found


def signing_key(place: Desk, key: str, passphrase_file: Path | None) -> SigningKey:
    return signing_keys(place, [key], passphrase_file)[key]


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
    except (
        MisplacedDeskError,
        LockedDeskError,
        NoKeyError,
        NoSiteError,
        RefusedDecisionError,
        RefusedNoteError,
    ) as error:
        raise click.UsageError(str(error)) from error
    except RegisterInUseError as error:
        raise click.UsageError("another command is writing to this register: wait until it is done") from error
    except BrokenPeopleError as error:
        click.echo(f"{error}\nPut back the copy of it that you have.", err=True)
        raise click.exceptions.Exit(CONTENT) from error
    except (UnreadableFileError, BrokenLetterError) as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(CONTENT) from error
    except BrokenRegisterError as error:
        for fault in error.faults[:SHOWN]:
            click.echo(str(fault), err=True)
        click.echo("Nothing was written: the register does not hold. Put back the copy of it that you have; clausebook acks verify says more.", err=True)  # fmt: skip
        raise click.exceptions.Exit(CONTENT) from error
