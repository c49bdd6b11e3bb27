"""The countersigned line of a reply: `ackc1.<payload>.<signature>`, by which a person proves that HR has their receipt.

The payload is base64url of the RFC 8785 form of a Countersigned; the signature is Ed25519 with HR's key over the bytes of
`ackc1.<payload>`. It stands whatever becomes of the register, and shows a register that no longer has the entry.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from clausebook.acknowledgements.register.entries import Entry, Hash
from clausebook.acknowledgements.signing.keys import SigningKey
from clausebook.acknowledgements.signing.receipts import Moment
from clausebook.acknowledgements.signing.tokens import signed_line

START = "ackc1"


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
    return signed_line(START, says, key)
