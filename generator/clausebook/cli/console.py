"""The console as it is: a sign that its encoding lacks is told in others, and never ends a command."""

from __future__ import annotations

import codecs
import sys
import unicodedata

NEAREST = str.maketrans({
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "-", "•": "*",
    "→": "->", "←": "<-", "✓": "v", "✗": "x", "×": "x", "›": ">", "\u00a0": " ", "\u202f": " ", "£": "GBP ",
})  # fmt: skip


def tell_in_its_signs() -> None:
    """Let standard output and error write the nearest signs that they have, where they lack one: in cp1252, or in ASCII."""
    codecs.register_error("nearest", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="nearest")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    told = error.object[error.start : error.end].translate(NEAREST)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", told) if not unicodedata.combining(sign))
    return "".join(sign if sign.isascii() else "?" for sign in plain), error.end
