"""The desk: HR's own folder, in which all stands that names people; never inside a handbook or a site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from clausebook.acknowledgements.desk.encryption import NAME, DamagedError, DataKey, is_encrypted, read_data_key
from clausebook.acknowledgements.desk.private_files import make_folder, write_private
from clausebook.acknowledgements.signing.keys import WrongPassphraseError
from clausebook.system import FOLDER

MARK = ".clausebook-desk"  # lies in every desk, and in no other folder
OF_A_REGISTER = b"entries_come_at_the_end"  # stands in it; a copy of a desk may lack the mark, which many programs hide
OF_A_SITE = "assets/stylesheets/clausebook.css"  # a folder that has this is a site of ours
OF_A_HANDBOOK = "trusts/*/trust.yml"


class MisplacedDeskError(Exception):
    """The folder cannot be a desk: it would be published, or it holds something else."""


class LockedDeskError(Exception):
    """The desk is encrypted, and not by what this command knows: the words say what to do."""


class UnreadableFileError(Exception):
    """A file of the desk cannot be decrypted."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.what = what


@dataclass(frozen=True)
class Desk:
    """The paths of one desk, and what lies in those of its files that an encrypted desk keeps encrypted."""

    root: Path
    key: DataKey | None = field(default=None, repr=False)
    """What opens an encrypted desk: see `unlock`."""

    @property
    def people(self) -> Path:
        """Who is behind the opaque ids of the register: the one file with names beside the receipts."""
        return self.root / "people.json"

    @property
    def register(self) -> Path:
        return self.root / "register.sqlite"

    @property
    def receipts(self) -> Path:
        """The lines that people sent, each in a file named by its SHA-256; they hold typed names."""
        return self.root / "receipts"

    @property
    def salt(self) -> Path:
        """Random bytes that never leave the desk: with them nobody finds an address again in what the register keeps of it."""
        return self.root / "salt"

    @property
    def checkpoints(self) -> Path:
        return self.root / "checkpoints"

    def key_file(self, key: str) -> Path:
        """The encrypted private key with that id."""
        return self.root / "keys" / f"{key}.pem"

    def receipt_file(self, receipt: str) -> Path:
        return self.receipts / f"{receipt}.txt"

    def text_file(self, digest: str) -> Path:
        """The text of an academy that somebody was asked to sign, by its digest."""
        return self.root / "texts" / f"{digest}.json"

    def checkpoint_file(self, number: int) -> Path:
        return self.checkpoints / f"{number}.json"

    @property
    def encryption_key(self) -> Path:
        """What an encrypted desk is opened with, itself encrypted under the passphrase; a plain desk has none."""
        return self.root / NAME

    @property
    def is_encrypted(self) -> bool:
        return self.encryption_key.is_file()

    def naming_files(self) -> Iterator[Path]:
        """The files that name people, or help to: those that an encrypted desk keeps encrypted."""
        yield from (path for path in (self.people, self.salt) if path.is_file())
        yield from sorted(self.receipts.glob("*.txt"))

    def read(self, path: Path) -> bytes:
        """What one of these files says: while a desk is being encrypted, one is and another is not. Raises OSError, UnreadableFileError."""
        kept = path.read_bytes()
        if not is_encrypted(kept):
            return kept
        if self.key is None:
            raise UnreadableFileError(path, f"it is encrypted, and {self.encryption_key} is gone: put back the copy of that file that you have; without it no one can read this one")  # fmt: skip
        try:
            return self.key.decrypt(self._name(path), kept)
        except DamagedError as error:
            raise UnreadableFileError(
                path, "it was changed after it was encrypted: put back the copy that you have"
            ) from error

    def as_kept(self, path: Path, content: bytes) -> bytes:
        """`content` as it is to lie at `path`. Raises LockedDeskError where the desk is another one than when this command began."""
        there = self.encryption_key.read_bytes() if self.is_encrypted else None
        if there != (self.key and self.key.written):
            raise LockedDeskError("the desk was encrypted, or made plain, since this command began: run it again")
        return self.key.encrypt(self._name(path), content) if self.key else content

    def write(self, path: Path, content: bytes) -> None:
        """Write one of these files in one step. Raises LockedDeskError."""
        write_private(path, self.as_kept(path, content))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def outgoing(self, day: date, what: str) -> Path:
        """The folder of what a command made on a day for HR to send."""
        return self.root / "out" / f"{day}-{what}"


def open_desk(folder: Path, handbook_folder: Path, *, make: bool = True) -> Desk:
    """The desk at `folder`, made where there is none unless told otherwise.

    Raises MisplacedDeskError where names would stand in what is published, or where something else is there.
    """
    folder, handbook_folder = folder.resolve(), handbook_folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise MisplacedDeskError(f"{folder} is a file: name a folder")
    if reason := _misplaced(folder, handbook_folder, "the desk"):
        raise MisplacedDeskError(reason)
    if not folder.is_dir() and not make:
        raise MisplacedDeskError(f"there is no desk at {folder}: clausebook acks keys makes one")
    if folder.is_dir() and not _is_ours(folder):
        raise MisplacedDeskError(f"{folder} holds something else than a desk of ours: name a new folder")
    with nullcontext() if make else suppress(OSError):  # a copy that can only be read is read
        make_folder(folder)
        if folder.stat().st_mode & 0o777 != FOLDER:
            folder.chmod(FOLDER)
        if make or any(folder.iterdir()):
            write_mark(folder)
    return Desk(folder)


def unlock(desk: Desk, passphrase: str) -> Desk:
    """An encrypted desk with the key to its files. Raises LockedDeskError, UnreadableFileError."""
    path = desk.encryption_key
    try:
        return replace(desk, key=read_data_key(path.read_bytes(), passphrase))
    except WrongPassphraseError as error:
        raise LockedDeskError(f"this passphrase does not open the desk: {path} was made with another one") from error
    except (DamagedError, OSError) as error:
        raise UnreadableFileError(path, "this is not the key that encrypted the desk: it was changed. Put back the copy that you have; without it no one can read the desk") from error  # fmt: skip


def write_mark(folder: Path) -> None:
    """Say in a folder that it is a desk."""
    if not (folder / MARK).exists():
        write_private(
            folder / MARK,
            b"HR's desk of Clausebook: keys, people, register, receipts. Nothing in it is ever published.\n",
        )


def _is_ours(folder: Path) -> bool:
    """A folder of other things may well have a keys/ or an out/ in it."""
    names = {entry.name for entry in folder.iterdir()}
    if MARK in names or not names - {f".{MARK}.new"}:
        return True
    register = Desk(folder).register
    if not register.is_file():
        return False
    with register.open("rb") as file:
        return OF_A_REGISTER in file.read(4096)


def require_private(path: Path, handbook_folder: Path) -> None:
    """Raises MisplacedDeskError where what HR writes to `path`, a file or a folder, would be published."""
    if reason := _misplaced(path.resolve(), handbook_folder.resolve(), "what HR writes to"):
        raise MisplacedDeskError(reason)


def _misplaced(folder: Path, handbook_folder: Path, what: str) -> str | None:
    if folder.is_relative_to(handbook_folder) or handbook_folder.is_relative_to(folder):
        return f"{what} {folder} and the handbook {handbook_folder} must lie apart: names of staff must never stand in what is published or shared"
    for above in (folder, *folder.parents):
        if (above / OF_A_SITE).is_file():
            return f"{what} {folder} would lie in the site {above}, which is published: name a folder that is HR's own"
        if any(above.glob(OF_A_HANDBOOK)):
            return f"{what} {folder} would lie in the handbook {above}: name a folder that is HR's own"
    return None
