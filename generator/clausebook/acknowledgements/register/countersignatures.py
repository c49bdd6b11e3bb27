"""The countersigned line of a reply: `ackc1.<payload>.<signature>`, by which a person proves that HR has their receipt.

The payload is base64url of the RFC 8785 form of a Countersigned; the signature is Ed25519 with HR's key over the bytes of
`ackc1.<payload>`. It stands whatever becomes of the register, and shows a register that no longer has the entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, ValidationError

from clausebook.acknowledgements.register.entries import Entry, Hash
from clausebook.acknowledgements.signing.base64url import decode, encode
from clausebook.acknowledgements.signing.keys import SigningKey, is_signed
from clausebook.acknowledgements.signing.receipts import Moment
from clausebook.model.identity import canonical_json

START = "ackc1"
SHAPE = re.compile(r"ackc1\.([A-Za-z0-9_-]{1,2000})\.([A-Za-z0-9_-]{86})")


class Countersigned(BaseModel):
    """What HR confirms: that this entry of its register holds this receipt."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    receipt: str
    """SHA-256 of the receipt's line; empty where there is none, as of a decision by hand."""
    ref: str
    trust: str
    policy: str
    revision: str
    digest: str
    received: str
    entry: int
    hash: Hash
    """Of the entry, on which all that come after it hang."""
    at: Moment
    key: str


def countersign(entry: Entry, at: str, key: SigningKey) -> str:
    """The line. The entry has a body."""
    body = entry.body
    assert body
    says = Countersigned(
        receipt=body.receipt, ref=body.ref, trust=body.trust, policy=body.policy, revision=body.revision, digest=body.digest,
        received=body.received, entry=entry.number, hash=entry.head.hash, at=at, key=key.id,
    )  # fmt: skip
    begun = f"{START}.{encode(canonical_json(says.model_dump()))}"
    return f"{begun}.{key.sign(begun.encode())}"


def read_countersigned(line: str, public_keys: Mapping[str, str]) -> Countersigned | None:
    """What a line confirms; None where it was changed, or signed with a key that is not given."""
    shape = SHAPE.fullmatch(line.strip())
    if not shape:
        return None
    try:
        says = Countersigned.model_validate(json.loads(decode(shape[1])))
    except (ValueError, ValidationError, RecursionError):
        return None
    public = public_keys.get(says.key)
    return says if public and is_signed(f"{START}.{shape[1]}".encode(), shape[2], public) else None
