"""P816: the public keys of a trust that do not hold together, so that a page would refuse good links or trust bad ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from clausebook.load import Loaded
from clausebook.load.document import Path
from clausebook.load.reader import Authored
from clausebook.model import KeysOfTrust, PublicKey
from clausebook.model.base64url import decode
from clausebook.model.problems import Problem

FIELD = 2**255 - 19
EIGHTH = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL = frozenset({0, 1, FIELD - 1, EIGHTH, FIELD - EIGHTH})
"""The second coordinates of the eight points of small order on edwards25519 (RFC 8032, section 5.1)."""
WRITE = "take the line back as `clausebook acks keys` wrote it"


def check_keys(loaded: Loaded) -> Iterator[Problem]:
    for trust, file in loaded.keys_of_trusts.items():
        seen: set[str] = set()
        in_use: list[str] = []
        for i, key in enumerate(file.record.keys):
            path: Path = ("keys", i)
            yield from _fits(file, path, key)
            if key.id in seen:
                yield from file.problem(
                    (*path, "id"),
                    "P816",
                    f"the key `{key.id}` is here twice",
                    "no one could tell which of its days hold",
                    "take one of the two out",
                )
            seen.add(key.id)
            yield from _days(file, path, key)
            if not key.last and in_use:
                yield from file.problem(
                    (*path, "id"), "P816", f"`{in_use[0]}` is in use as well as `{key.id}`", "links are signed with one key at a time, so that a lost one can be told by its days",
                    f"give the older one its `last:` day, or run `clausebook acks keys {trust}`, which does",
                )  # fmt: skip
            in_use += [] if key.last else [key.id]


def _fits(file: Authored[KeysOfTrust], path: Path, key: PublicKey) -> Iterator[Problem]:
    if any(file.is_stand_in((*path, name)) for name in ("id", "public")):
        return
    if key_id(key.public) != key.id:
        yield from file.problem(
            (*path, "id"),
            "P816",
            f"`{key.id}` is not the id of this public key",
            "a link names its key by the id: with another one no link would hold",
            WRITE,
        )
    elif is_weak(key.public):
        yield from file.problem(
            (*path, "public"),
            "P816",
            f"`{key.public}` is a key with which anyone can sign",
            "it is one of the few points of the curve for which signatures can be made without a secret: whoever put it here could forge links",
            "take the key out; `clausebook acks keys` makes a good one",
        )


def is_weak(public: str) -> bool:
    """Whether it is a point of small order, or its number is beyond the field: no library makes such a key."""
    number = int.from_bytes(decode(public), "little") & (2**255 - 1)
    return number >= FIELD or number in SMALL


def key_id(public: str) -> str:
    """The first twelve digits of the SHA-256 of a public key, as `acknowledgements.keys` has it; nothing where it is no key."""
    try:
        return hashlib.sha256(decode(public)).hexdigest()[:12]
    except ValueError:
        return ""


def _days(file: Authored[KeysOfTrust], path: Path, key: PublicKey) -> Iterator[Problem]:
    for name in ("first", "last"):
        day = getattr(key, name)
        if day and len(day) < len("2025-09-01"):
            yield from file.problem(
                (*path, name),
                "P816",
                f"`{name}` is not a day",
                "a key is known by its days",
                "write year, month and day: 2025-09-01",
            )
    if key.last and key.last < key.first[: len(key.last)]:
        yield from file.problem(
            (*path, "last"),
            "P816",
            f"the last day, {key.last}, is before the first, {key.first}",
            "no link could hold",
            WRITE,
        )
