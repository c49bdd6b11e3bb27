"""Signed checkpoints: what the register was at a moment, so that an end that was cut off whole is noticed too.

A checkpoint is one file of RFC 8785 JSON: `checkpoint`, and `signature`, which is Ed25519 over the RFC 8785 form of it. Its
worth grows with the places that it is kept in: a copy by mail to somebody outside HR cannot be changed along with the register.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clausebook.acknowledgements.register.entries import Hash
from clausebook.acknowledgements.signing.keys import SigningKey, is_signed
from clausebook.acknowledgements.signing.receipts import Moment
from clausebook.acknowledgements.signing.tokens import SIGNATURE, read_record
from clausebook.model.identity import canonical_json


class Checkpoint(BaseModel):
    """That the register had `number` entries at that moment, and that all of them hang on `hash`."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    number: Annotated[int, Field(ge=1)]
    hash: Hash
    """Of the entry with that number."""
    at: Moment
    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
    """The id of the key that signed it."""


class SignedCheckpoint(BaseModel):
    """A checkpoint as it stands in its file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    checkpoint: Checkpoint
    signature: Annotated[str, StringConstraints(pattern=f"^{SIGNATURE}$")]

    def is_signed_by(self, public: str) -> bool:
        return is_signed(canonical_json(self.checkpoint.model_dump()), self.signature, public)


def sign_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> bytes:
    """The content of its file."""
    signature = key.sign(canonical_json(checkpoint.model_dump()))
    return canonical_json(SignedCheckpoint(checkpoint=checkpoint, signature=signature).model_dump())


def read_checkpoint(raw: bytes) -> SignedCheckpoint | None:
    """None where this is no checkpoint of ours."""
    return read_record(SignedCheckpoint, raw)
