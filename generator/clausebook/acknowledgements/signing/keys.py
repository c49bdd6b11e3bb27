"""The cryptography library, and only here: the keys by which HR's links and checkpoints are known (Ed25519, RFC 8032).

The private key lies encrypted in HR's own folder. The site carries public keys alone.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from clausebook.model.base64url import decode, encode

ID_DIGITS = 12
COST = (
    2**15,
    8,
    3,
)  # of scrypt: N, r, p, one of those that OWASP's Password Storage Cheat Sheet advises; 32 MB and a quarter of a second
STRETCHED = re.compile(rb"scrypt ([0-9]{1,7}) ([0-9]{1,2}) ([0-9]{1,2}) ([A-Za-z0-9_-]{22})\n")


class WrongPassphraseError(Exception):
    """The passphrase does not open the key, or the file is no key of ours."""


@dataclass(frozen=True)
class SigningKey:
    """A key that signs; its `id` is the first digits of the SHA-256 of its public half."""

    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> str:
        """The 32 bytes of the public key, as base64url."""
        return encode(self.private.public_key().public_bytes_raw())

    @property
    def id(self) -> str:
        return key_id(self.public)

    def sign(self, data: bytes) -> str:
        """The signature as base64url."""
        return encode(self.private.sign(data))


def key_id(public: str) -> str:
    """Twelve digits by which a link names the key that signed it."""
    return fingerprint(public)[:ID_DIGITS]


def fingerprint(public: str) -> str:
    """SHA-256 of a public key, by which two people compare it over the telephone; the id is how it begins."""
    return hashlib.sha256(decode(public)).hexdigest()


def in_groups(digest: str) -> str:
    """A fingerprint in groups of four, as it is read out."""
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def new_key() -> SigningKey:
    return SigningKey(Ed25519PrivateKey.generate())


def write_key(key: SigningKey, passphrase: str) -> bytes:
    """The key as encrypted PKCS #8 in PEM, below a line that says how its password follows from the passphrase: by scrypt."""
    told, password = stretch(passphrase)
    pem = key.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(password)
    )  # fmt: skip
    return told + pem


def read_key(raw: bytes, passphrase: str) -> SigningKey:
    """Raises WrongPassphraseError where the passphrase does not open it. A file without the first line was made before November 2026."""
    try:
        password, pem = stretch_again(raw, passphrase) or (passphrase.encode(), raw)
        private = serialization.load_pem_private_key(pem, password)
    except (ValueError, TypeError) as error:
        raise WrongPassphraseError from error
    if not isinstance(private, Ed25519PrivateKey):
        raise WrongPassphraseError
    return SigningKey(private)


def stretch(passphrase: str) -> tuple[bytes, bytes]:
    """A line that tells how a password follows from the passphrase, by scrypt and a new salt, and the password: 32 bytes as base64url."""
    salt = secrets.token_bytes(16)
    return f"scrypt {COST[0]} {COST[1]} {COST[2]} {encode(salt)}\n".encode(), _stretch(passphrase, *COST, salt)


def stretch_again(raw: bytes, passphrase: str) -> tuple[bytes, bytes] | None:
    """The password as the line tells with which `raw` begins, and what follows that line; None where it begins otherwise. Raises ValueError."""
    told = STRETCHED.match(raw)
    if told is None:
        return None
    n, r, p = (int(group) for group in told.groups()[:3])
    return _stretch(passphrase, n, r, p, decode(told[4].decode())), raw[told.end() :]


def _stretch(passphrase: str, n: int, r: int, p: int, salt: bytes) -> bytes:
    return encode(
        hashlib.scrypt(passphrase.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * 1024 * 1024, dklen=32)
    ).encode()


def is_signed(data: bytes, signature: str, public: str) -> bool:
    """Whether the key whose public half is given signed `data`."""
    try:
        Ed25519PublicKey.from_public_bytes(decode(public)).verify(decode(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True
