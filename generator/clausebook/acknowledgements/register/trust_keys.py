"""A trust's keys: which one signs, and keys.yml with a new one, for the site to carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from clausebook.acknowledgements.desk.paths import Desk
from clausebook.acknowledgements.desk.private_files import write_private
from clausebook.acknowledgements.register.entries import Body, Register
from clausebook.acknowledgements.signing.keys import (
    SigningKey,
    WrongPassphraseError,
    fingerprint,
    in_groups,
    new_key,
    read_key,
    write_key,
)
from clausebook.model import PublicKey

HEAD = """\
# The public keys by which a page knows that a personal link is HR's. `clausebook acks keys` writes this file.
# The private halves lie encrypted on HR's own desk. A key that another one took the place of stays here for good:
# links that it signed until its last day still hold, and so does what it proves.
"""


class NoKeyError(Exception):
    """There is no key to sign with, in words that say what to do."""


class LockedKeyError(NoKeyError):
    """The passphrase does not open the key."""


def rotate(keys: Sequence[PublicKey], new: PublicKey) -> tuple[PublicKey, ...]:
    """The keys of a trust with a new one, which takes the place of those in use. Raises NoKeyError on a day before theirs."""
    if later := next((key for key in keys if (key.last or key.first) > new.first), None):
        raise NoKeyError(
            f"key {later.id} is of {later.last or later.first}: a key that takes its place cannot begin on {new.first}, before it"
        )
    ended = tuple(key if key.last else key.model_copy(update={"last": new.first}) for key in keys)
    return (*ended, new)


def make_key(
    desk: Desk, register: Register, trust: str, keys: Sequence[PublicKey], at: str, first: str, passphrase: str
) -> PublicKey:
    """A new key beside those that `trust` has: first its private half is written, then the entry that says at what moment it was made.

    Raises NoKeyError where its first day is before theirs.
    """
    key = new_key()
    public = PublicKey(id=key.id, public=key.public, first=first)
    rotate(keys, public)  # before anything is written
    write_private(desk.key_file(key.id), write_key(key, passphrase))
    facts = {"id": key.id, "public": key.public, "first": first}
    register.add([Body(kind="key", at=at, trust=trust, facts=facts)])
    return public


def keys_made(register: Register, trust: str) -> list[PublicKey]:
    """The keys of a trust that the register says were made, the oldest first."""
    bodies = (entry.body for entry in register.find(kind="key", trust=trust) if entry.body)
    return [PublicKey(**{name: str(body.facts[name]) for name in ("id", "public", "first")}) for body in bodies]


def render_keys(keys: Iterable[PublicKey]) -> str:
    """The text of keys.yml."""
    blocks = [
        f'  # fingerprint {in_groups(fingerprint(key.public))}\n  - id: "{key.id}"\n    public: "{key.public}"\n    first: {key.first}\n' + (f"    last: {key.last}\n" if key.last else "")
        for key in keys
    ]  # fmt: skip
    return f"{HEAD}keys:\n{''.join(blocks)}"


def current_key(trust: str, keys: Sequence[PublicKey]) -> PublicKey:
    """The key that signs. Raises NoKeyError."""
    found = next((key for key in reversed(keys) if not key.last), None)
    if found is None:
        raise NoKeyError(f"{trust} has no key to sign with: clausebook acks keys {trust} makes one")
    return found


def newest_key_at(desk: Desk, keys: Iterable[PublicKey]) -> PublicKey:
    """Of the keys in use, of whatever trust, the newest whose private half lies on the desk. Raises NoKeyError."""
    there = [key for key in keys if not key.last and desk.key_file(key.id).is_file()]
    if not there:
        raise NoKeyError(f"no key in use lies in {desk.root / 'keys'}: clausebook acks keys TRUST makes one")
    return max(there, key=lambda key: (key.first, key.id))


def open_key(desk: Desk, key: str, passphrase: str) -> SigningKey:
    """The private key with that id. Raises NoKeyError where it is not on the desk, or the passphrase does not open it."""
    path: Path = desk.key_file(key)
    if not path.is_file():
        raise NoKeyError(
            f"{path} is not there: the key {key} was made at another desk; name that one, or make a new key with clausebook acks keys"
        )
    try:
        found = read_key(path.read_bytes(), passphrase)
    except WrongPassphraseError as error:
        raise LockedKeyError(f"this passphrase does not open {path}") from error
    if found.id != key:
        raise NoKeyError(f"{path} holds another key than its name says: {found.id}")
    return found
