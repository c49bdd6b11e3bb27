"""Encrypting a desk, and making it plain again, so that a run that was stopped is finished by the next one.

Each file is the one or the other at any moment, and both are read as long as the desk has its key: that comes before the first
file is encrypted, and goes after the last one is plain. The register is locked meanwhile, so that nothing is written at the side.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clausebook.acknowledgements.desk.encryption import is_encrypted, new_data_key
from clausebook.acknowledgements.desk.paths import Desk, unlock
from clausebook.acknowledgements.desk.private_files import half_written, rewrite_private, write_private
from clausebook.acknowledgements.register.entries import open_register
from clausebook.system import sync_folder

BATCH = 500  # files in one sync


def encrypt_desk(desk: Desk, passphrase: str) -> int:
    """Encrypt what lies in clear; returns how many files. A desk that has a key keeps it.

    Raises RegisterInUseError, BrokenRegisterError, LockedDeskError, UnreadableFileError.
    """
    with open_register(desk.register):
        if not desk.is_encrypted:
            require_plain(desk)
            write_private(desk.encryption_key, new_data_key(passphrase).written)
        opened = unlock(desk, passphrase)
        _clear(desk)
        plain = [path for path in desk.naming_files() if not _is_encrypted(path)]
        _rewrite(plain, lambda path: opened.as_kept(path, path.read_bytes()))
    return len(plain)


def decrypt_desk(desk: Desk, passphrase: str) -> int:
    """Make a desk plain again; returns how many files were encrypted. Raises as `encrypt_desk`; a file that is damaged keeps the desk its key."""
    with open_register(desk.register):
        opened = unlock(desk, passphrase)
        _clear(desk)
        encrypted = [path for path in desk.naming_files() if _is_encrypted(path)]
        _rewrite(encrypted, opened.read)
        desk.encryption_key.unlink()
        sync_folder(desk.root)
    return len(encrypted)


def require_plain(desk: Desk) -> None:
    """Raises UnreadableFileError where a file is encrypted with a key that is gone: another key would not open it."""
    for path in desk.naming_files():
        if _is_encrypted(path):
            desk.read(path)


def _is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return is_encrypted(file.read(64))


def _clear(desk: Desk) -> None:
    """What a command that was stopped had half written may name people, too."""
    for path in (half_written(desk.people), half_written(desk.salt), *desk.receipts.glob(".*.new")):
        path.unlink(missing_ok=True)


def _rewrite(paths: list[Path], content: Callable[[Path], bytes]) -> None:
    for first in range(0, len(paths), BATCH):
        rewrite_private([(path, content(path)) for path in paths[first : first + BATCH]])
