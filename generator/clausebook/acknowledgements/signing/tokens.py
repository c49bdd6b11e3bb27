"""A line that carries a record: `<prefix>.<payload>.<end>`, as links, receipts and countersigned lines are written.

The payload is base64url of the record's RFC 8785 form. The end is over the bytes of `<prefix>.<payload>`: a signature (Ed25519), or
check digits, the first sixteen hexadecimal digits of their SHA-256, which show damage and no more.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from clausebook.acknowledgements.signing.keys import SigningKey, is_signed
from clausebook.model.base64url import decode, encode
from clausebook.model.identity import canonical_json

Record = TypeVar("Record", bound=BaseModel)
PAYLOAD = r"[A-Za-z0-9_-]{1,2000}"
SIGNATURE = r"[A-Za-z0-9_-]{86}"
CHECK = r"[0-9a-f]{16}"


@dataclass(frozen=True)
class Token:
    """A line of ours, taken apart."""

    prefix: str
    payload: str
    end: str

    @property
    def begun(self) -> str:
        """What its end is over."""
        return f"{self.prefix}.{self.payload}"

    def is_signed_by(self, public: str) -> bool:
        return is_signed(self.begun.encode(), self.end, public)

    @property
    def is_undamaged(self) -> bool:
        """Whether its check digits fit."""
        return _check(self.begun) == self.end


def signed_line(prefix: str, record: BaseModel, key: SigningKey) -> str:
    begun = f"{prefix}.{payload_of(record)}"
    return f"{begun}.{key.sign(begun.encode())}"


def checked_line(prefix: str, record: BaseModel) -> str:
    begun = f"{prefix}.{payload_of(record)}"
    return f"{begun}.{_check(begun)}"


def payload_of(record: BaseModel) -> str:
    return encode(canonical_json(record.model_dump()))


def read_token(line: str, prefix: str, *, payload: str = PAYLOAD, end: str = SIGNATURE) -> Token | None:
    """A line taken apart; None where it is not whole, by the patterns of its parts."""
    shape = re.fullmatch(rf"({prefix})\.({payload})\.({end})", line)
    return Token(*shape.groups()) if shape else None


def record_in(kind: type[Record], payload: str) -> Record | None:
    """None where the payload holds no such record."""
    try:
        return read_record(kind, decode(payload))
    except ValueError:
        return None


def read_record(kind: type[Record], raw: bytes) -> Record | None:
    """The record that JSON holds; None where it holds no such record."""
    try:
        return kind.model_validate(json.loads(raw))
    except (ValueError, ValidationError, RecursionError):
        return None


def _check(begun: str) -> str:
    return hashlib.sha256(begun.encode()).hexdigest()[:16]
