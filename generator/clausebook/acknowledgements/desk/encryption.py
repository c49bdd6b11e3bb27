"""How an encrypted desk keeps a file: by AES-GCM under a random key, which lies on the desk itself, encrypted under the passphrase."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clausebook.acknowledgements.signing.keys import WrongPassphraseError, stretch, stretch_again
from clausebook.model.base64url import decode, encode

BEGINS = b"clausebook encrypted 1\n"  # no roster, receipt or salt of ours begins so
NONCE = 12  # bytes, as AES-GCM has them (NIST SP 800-38D, 8.2)
NAME = "encryption.key"
WRITTEN = re.compile(rb"(?P<says>scrypt [^\n]+\n[A-Za-z0-9_-]{80}\n)(?P<digest>[0-9a-f]{64})\n")


class DamagedError(Exception):
    """What was encrypted is not what it was, or lies under another name."""


@dataclass(frozen=True)
class DataKey:
    """The key of a desk, and the content of the file in which it lies there."""

    raw: bytes = field(repr=False)
    written: bytes

    def encrypt(self, name: str, content: bytes) -> bytes:
        """The content of the desk's file `name` as it is kept; it can be read again under that name alone."""
        return BEGINS + _seal(self.raw, name, content)

    def decrypt(self, name: str, kept: bytes) -> bytes:
        """Raises DamagedError."""
        return _unseal(self.raw, name, kept.removeprefix(BEGINS))


def is_encrypted(kept: bytes) -> bool:
    return kept.startswith(BEGINS)


def new_data_key(passphrase: str) -> DataKey:
    raw = AESGCM.generate_key(256)
    told, password = stretch(passphrase)
    says = told + encode(_seal(decode(password.decode()), NAME, raw)).encode() + b"\n"
    return DataKey(raw, says + _digest(says) + b"\n")


def read_data_key(written: bytes, passphrase: str) -> DataKey:
    """Raises DamagedError where this is no file of a key as we wrote it, WrongPassphraseError where the passphrase does not open it."""
    found = WRITTEN.fullmatch(written)
    if found is None or _digest(found["says"]) != found["digest"]:
        raise DamagedError
    try:
        stretched = stretch_again(found["says"], passphrase)
    except ValueError as error:
        raise DamagedError from error
    if stretched is None:
        raise DamagedError
    password, sealed = stretched
    try:
        return DataKey(_unseal(decode(password.decode()), NAME, decode(sealed.strip().decode())), written)
    except DamagedError as error:
        raise WrongPassphraseError from error


def _seal(key: bytes, name: str, content: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, name.encode())


def _unseal(key: bytes, name: str, sealed: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())
    except (InvalidTag, ValueError) as error:
        raise DamagedError from error


def _digest(says: bytes) -> bytes:
    return hashlib.sha256(says).hexdigest().encode()
