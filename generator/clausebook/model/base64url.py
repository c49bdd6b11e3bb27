"""base64url without padding (RFC 4648, section 5), as links and receipts are written."""

from __future__ import annotations

import base64
import binascii


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Raises ValueError where `text` is not base64url, or is not the one form in which its bytes are written."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if encode(data) != text:  # bits beyond the last byte: a second spelling of the same bytes
        raise ValueError("not base64url")
    return data
